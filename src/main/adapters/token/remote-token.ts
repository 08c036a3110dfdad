// The core's side of the token process: time limits, lost answers and crashes become typed refusals.
import type {
  TokenPort,
  TokenPresenceEvent,
  TokenRefusalCode,
  TokenRefused,
} from '../../ports/token.ts';
import { payloadOf, type PortLike } from '../../../shared/kernel/port-like.ts';
import { tokenMessage, tokenReplies, type TokenRequest } from './protocol.ts';

export interface RemoteTokenLimits {
  readonly listMs: number;
  readonly pinMs: number;
  readonly signMs: number;
}

/** A card computes RSA in about a second; a PIN pad or a slow reader may take many. */
const DEFAULT_LIMITS: RemoteTokenLimits = { listMs: 10_000, pinMs: 30_000, signMs: 60_000 };

export interface RemoteTokenOptions {
  readonly limits?: Partial<RemoteTokenLimits>;
  /** The process hangs or is gone: the shell kills it, starts another and calls `attach` with a new port. */
  readonly onLost?: (reason: 'timeout' | 'crashed') => void;
}

export interface RemoteToken extends TokenPort {
  attach(port: PortLike): void;
  /** Orderly end (lock, quit): open calls answer `not-running`, `onLost` is not called. */
  detach(): void;
}

type Call = TokenRequest['call'];
interface Open {
  readonly call: Call;
  readonly settle: (result: unknown) => void;
  readonly timer: NodeJS.Timeout;
}

const refuse = (code: TokenRefusalCode, detail?: string): TokenRefused => ({
  ok: false,
  refusal: detail === undefined ? { code } : { code, detail },
});

/** Not attached at first: every call answers `not-running` until `attach`. */
export function createRemoteToken({ limits, onLost }: RemoteTokenOptions = {}): RemoteToken {
  const allowed = { ...DEFAULT_LIMITS, ...limits };
  const limitOf: Readonly<Record<Call, number>> = {
    list: allowed.listMs,
    'prove-pin': allowed.pinMs,
    sign: allowed.signMs,
  };
  const listeners = new Set<(event: TokenPresenceEvent) => void>();
  const open = new Map<number, Open>();
  let port: PortLike | null = null;
  let lastId = 0;

  const tell = (event: TokenPresenceEvent): void =>
    listeners.forEach((listener) => listener(event));

  /** Lets the port go; whatever it still says is not heard: a late signature is no signature. */
  const drop = (answer: TokenRefused): void => {
    const gone = port;
    port = null;
    const waiting = [...open.values()];
    open.clear();
    for (const { settle, timer } of waiting) {
      clearTimeout(timer);
      settle(answer);
    }
    gone?.close?.();
  };

  const lose = (reason: 'timeout' | 'crashed', detail?: string): void => {
    drop(refuse(reason, detail));
    tell({ type: 'process-lost', reason });
    onLost?.(reason);
  };

  const hear = (message: unknown): void => {
    const parsed = tokenMessage.safeParse(payloadOf(message));
    if (!parsed.success) return lose('crashed', 'the token process sent an unreadable message');
    const said = parsed.data;
    if (said.kind === 'presence') return tell({ type: said.type, token: said.token });
    const waiting = open.get(said.id);
    if (!waiting) return;
    const result = tokenReplies[waiting.call].safeParse(said.result);
    if (!result.success) return lose('crashed', 'the token process sent an unreadable answer');
    open.delete(said.id);
    clearTimeout(waiting.timer);
    waiting.settle(result.data);
  };

  /** `request` without its id; the answer's shape was checked by `tokenReplies` for this very call. */
  const ask = <T>(request: TokenRequest): Promise<T | TokenRefused> => {
    const to = port;
    if (!to) return Promise.resolve(refuse('not-running'));
    return new Promise((resolve) => {
      const timer = setTimeout(() => lose('timeout'), limitOf[request.call]);
      const settle = (result: unknown): void => resolve(result as T | TokenRefused);
      open.set(request.id, { call: request.call, settle, timer });
      to.postMessage(request);
    });
  };

  return {
    listTokens: () => ask({ id: ++lastId, call: 'list' }),
    provePin: (request) => ask({ id: ++lastId, call: 'prove-pin', request }),
    sign: ({ tbs, ...key }) =>
      // A copy in memory of its own: a view of a shared pool would carry its neighbours along.
      ask({ id: ++lastId, call: 'sign', request: { ...key, tbs: Uint8Array.from(tbs) } }),
    onPresence: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    attach: (next) => {
      if (port) drop(refuse('not-running', 'the port was replaced'));
      port = next;
      next.on('message', (message) => {
        if (port === next) hear(message);
      });
      next.on('close', () => {
        if (port === next) lose('crashed');
      });
      next.start?.();
      tell({ type: 'process-ready' });
    },
    detach: () => drop(refuse('not-running')),
  };
}
