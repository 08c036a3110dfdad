// The core's side of one token process: time limits, lost answers, crashes and fresh starts become typed results.
import type {
  TokenPort,
  TokenPresence,
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
  /** A process that does not say its first word in this time hangs: modules load their drivers. */
  readonly startMs: number;
  /** Later it speaks each second: silence this long, while nothing is asked of it, is a hang. */
  readonly silentMs: number;
  /** A process that had a PIN is replaced after this much quiet; a batch stays in one process. */
  readonly spentMs: number;
}

/** A card computes RSA in about a second; old readers and a first log-in take several. */
const DEFAULT_LIMITS: RemoteTokenLimits = {
  listMs: 10_000,
  pinMs: 20_000,
  signMs: 20_000,
  startMs: 15_000,
  silentMs: 5_000,
  spentMs: 1_000,
};

export interface RemoteTokenOptions {
  readonly moduleId?: string;
  readonly limits?: Partial<RemoteTokenLimits>;
  /** The process hangs or is gone: the shell kills it, starts another and calls `attach` with a new port. */
  readonly onLost?: (reason: 'timeout' | 'crashed') => void;
  /** The process had a PIN in its memory: the shell replaces it at once; calls wait for `attach`. */
  readonly onSpent?: () => void;
}

/** `renewing`: an orderly replacement, calls wait; `timeout` and `crashed`: lost, calls are refused. */
export type RemoteState = 'off' | 'starting' | 'ready' | 'renewing' | 'timeout' | 'crashed';

export interface RemoteToken extends TokenPort {
  state(): RemoteState;
  attach(port: PortLike): void;
  /** Orderly end (quit): open calls answer `not-running`, `onLost` is not called. */
  detach(): void;
}

type Call = TokenRequest['call'];
type TokenResult = { readonly ok: true } | TokenRefused;
interface Open {
  readonly call: Call;
  readonly settle: (result: unknown) => void;
  readonly timer: NodeJS.Timeout;
}

const refuse = (code: TokenRefusalCode, detail?: string): TokenRefused => ({
  ok: false,
  refusal: detail === undefined ? { code } : { code, detail },
});
/** After these a library's own state is not trusted with another call. */
const FAULTS: readonly TokenRefusalCode[] = ['module-failed', 'token-failed', 'token-removed'];
const isFault = (result: TokenResult): boolean =>
  !result.ok && FAULTS.includes(result.refusal.code);
const identity = (t: TokenPresence): string => JSON.stringify([t.moduleId, t.serial]);

/** Not attached at first: every call answers `not-running` until `attach`. */
export function createRemoteToken(options: RemoteTokenOptions = {}): RemoteToken {
  const { moduleId = '', onLost, onSpent } = options;
  const allowed = { ...DEFAULT_LIMITS, ...options.limits };
  const limitOf: Readonly<Record<Call, number>> = {
    list: allowed.listMs,
    'prove-pin': allowed.pinMs,
    sign: allowed.signMs,
    hold: allowed.pinMs,
    'sign-held': allowed.signMs,
    release: allowed.listMs,
  };
  const listeners = new Set<(event: TokenPresenceEvent) => void>();
  const open = new Map<number, Open>();
  let queued: TokenRequest[] = [];
  let known = new Map<string, TokenPresence>();
  let state: RemoteState = 'off';
  let port: PortLike | null = null;
  let lastId = 0;
  let heardAt = 0;
  let watchdog: NodeJS.Timeout | undefined;
  let spent: NodeJS.Timeout | undefined;
  let renewWhenQuiet = false;
  /** A log-in is held: the process stays until it is released. */
  let holding = false;

  const tell = (event: TokenPresenceEvent): void =>
    listeners.forEach((listener) => listener(event));

  /** Lets the port go; whatever it still says is not heard: a late signature is no signature. */
  const letGo = (next: RemoteState): void => {
    const gone = port;
    port = null;
    state = next;
    renewWhenQuiet = false;
    holding = false;
    clearInterval(watchdog);
    clearTimeout(spent);
    gone?.close?.();
  };

  const drop = (next: RemoteState, answer: TokenRefused): void => {
    const waiting = [...open.values()];
    open.clear();
    queued = [];
    for (const { settle, timer } of waiting) {
      clearTimeout(timer);
      settle(answer);
    }
    letGo(next);
  };

  const renew = (): void => {
    if (!onSpent || !port) return;
    if (open.size > 0) {
      renewWhenQuiet = true;
      return;
    }
    letGo('renewing');
    onSpent();
  };

  /** What came and went since the last word, also across a restart of the process. */
  const compare = (tokens: readonly TokenPresence[]): void => {
    const now = new Map(tokens.map((t) => [identity(t), t]));
    const before = known;
    known = now;
    const gone = [...before].filter(([id]) => !now.has(id));
    for (const [, token] of gone) tell({ type: 'removed', token });
    for (const [id, token] of now) if (!before.has(id)) tell({ type: 'inserted', token });
    // Libraries keep sessions and locks of a card that was pulled out: nothing of them is kept.
    if (gone.length > 0) renew();
  };

  const lose = (reason: 'timeout' | 'crashed', detail?: string): void => {
    // Lost twice without a word: whether the officer's token is still there is not known, so it is gone.
    const blind = state === 'starting';
    drop(reason, refuse(reason, detail));
    if (blind) compare([]);
    tell({ type: 'process-lost', reason, moduleId });
    onLost?.(reason);
  };

  const answered = (id: number, waiting: Open, result: TokenResult): void => {
    open.delete(id);
    clearTimeout(waiting.timer);
    waiting.settle(result);
    if (isFault(result)) renewWhenQuiet = true;
    if (waiting.call !== 'list') {
      holding = result.ok && (waiting.call === 'hold' || (holding && waiting.call === 'sign-held'));
      clearTimeout(spent);
      // A log-in that is held and never released ends in the process; then that is not needed either.
      spent = setTimeout(renew, holding ? allowed.signMs * 2 : allowed.spentMs);
      spent.unref();
    }
    if (renewWhenQuiet && open.size === 0) renew();
  };

  const hear = (message: unknown): void => {
    heardAt = performance.now();
    const parsed = tokenMessage.safeParse(payloadOf(message));
    if (!parsed.success) return lose('crashed', 'the token process sent an unreadable message');
    const said = parsed.data;
    if (said.kind === 'present') {
      const first = state !== 'ready';
      state = 'ready';
      compare(said.tokens);
      if (first) tell({ type: 'process-ready', moduleId });
      return;
    }
    const waiting = open.get(said.id);
    if (!waiting) return;
    const result = tokenReplies[waiting.call].safeParse(said.result);
    if (!result.success) return lose('crashed', 'the token process sent an unreadable answer');
    answered(said.id, waiting, result.data);
  };

  const watch = (): void => {
    const patience = state === 'ready' ? allowed.silentMs : allowed.startMs;
    if (open.size === 0 && performance.now() - heardAt > patience) lose('timeout');
  };

  /** `request` without its id; the answer's shape was checked by `tokenReplies` for this very call. */
  const ask = <T>(request: TokenRequest): Promise<T | TokenRefused> => {
    if (!port && state !== 'renewing') return Promise.resolve(refuse('not-running'));
    return new Promise((resolve) => {
      const timer = setTimeout(() => lose('timeout'), limitOf[request.call]);
      const settle = (result: unknown): void => resolve(result as T | TokenRefused);
      open.set(request.id, { call: request.call, settle, timer });
      if (port) port.postMessage(request);
      else queued.push(request);
    });
  };

  return {
    state: () => state,
    listTokens: () => ask({ id: ++lastId, call: 'list' }),
    provePin: (request) => ask({ id: ++lastId, call: 'prove-pin', request }),
    sign: ({ tbs, ...key }) =>
      // A copy in memory of its own: a view of a shared pool would carry its neighbours along.
      ask({ id: ++lastId, call: 'sign', request: { ...key, tbs: Uint8Array.from(tbs) } }),
    hold: (request) => ask({ id: ++lastId, call: 'hold', request }),
    signHeld: ({ tbs, ...key }) =>
      ask({ id: ++lastId, call: 'sign-held', request: { ...key, tbs: Uint8Array.from(tbs) } }),
    release: async () => {
      // Nothing is held in a process that is being replaced or gone.
      if (port && holding) await ask({ id: ++lastId, call: 'release' });
    },
    renew,
    onPresence: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    attach: (next) => {
      if (port) drop('off', refuse('not-running', 'the port was replaced'));
      port = next;
      state = 'starting';
      heardAt = performance.now();
      watchdog = setInterval(watch, Math.max(50, allowed.silentMs / 4));
      watchdog.unref();
      next.on('message', (message) => {
        if (port === next) hear(message);
      });
      next.on('close', () => {
        if (port === next) lose('crashed');
      });
      next.start?.();
      for (const request of queued.splice(0)) next.postMessage(request);
    },
    detach: () => drop('off', refuse('not-running')),
  };
}
