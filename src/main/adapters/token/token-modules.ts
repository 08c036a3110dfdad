// All modules of the station as one token port: a process for each, so that one that hangs disturbs no other.
import type {
  PinProofRequest,
  PinProved,
  TokenListing,
  TokenModuleState,
  TokenModuleView,
  TokenPort,
  TokenRefused,
  TokenView,
} from '../../ports/token.ts';
import type { PortLike } from '../../../shared/kernel/port-like.ts';
import { mergeTokens } from './merge-tokens.ts';
import { rememberTries } from './remember-tries.ts';
import {
  createRemoteToken,
  type RemoteState,
  type RemoteToken,
  type RemoteTokenLimits,
} from './remote-token.ts';

export interface TokenModulesOptions {
  /** In the order of preference: the station's file. */
  readonly modules: readonly { readonly id: string; readonly title: string }[];
  readonly limits?: Partial<RemoteTokenLimits>;
  /** A listing waits this long for a module that is just starting. */
  readonly patienceMs?: number;
  readonly onLost?: (moduleId: string, reason: 'timeout' | 'crashed') => void;
  readonly onSpent?: (moduleId: string) => void;
}

export interface TokenModules extends TokenPort {
  attach(moduleId: string, port: PortLike): void;
  detach(): void;
}

const SHOWN_AS: Readonly<Record<RemoteState, TokenModuleState>> = {
  off: 'starting',
  starting: 'starting',
  renewing: 'starting',
  ready: 'ready',
  timeout: 'hung',
  crashed: 'crashed',
};

interface Room {
  readonly id: string;
  readonly title: string;
  readonly remote: RemoteToken;
  /** What made the last process end; cleared when a later one answers. */
  lost: 'timeout' | 'crashed' | null;
}

/** Until `attach` a module is shown as starting and its calls answer `not-running`. */
export function createTokenModules(options: TokenModulesOptions): TokenModules {
  const { limits = {}, patienceMs = 2_000, onLost, onSpent } = options;
  const rooms = options.modules.map(({ id, title }): Room => {
    const room: Room = {
      id,
      title,
      lost: null,
      remote: createRemoteToken({
        moduleId: id,
        limits,
        onLost: (reason) => {
          room.lost = reason;
          onLost?.(id, reason);
        },
        ...(onSpent && { onSpent: () => onSpent(id) }),
      }),
    };
    room.remote.onPresence((event) => {
      if (event.type === 'process-ready') room.lost = null;
    });
    return room;
  });
  const roomOf = (moduleId: string): Room | undefined => rooms.find(({ id }) => id === moduleId);

  const tries = rememberTries();
  const nameOf = ({ moduleId, serial }: { readonly moduleId: string; readonly serial: string }) =>
    JSON.stringify([moduleId, serial]);

  /** Hands a PIN to its module; the answer's flags are those of the module and of our own memory. */
  const withPin = async <T extends PinProved>(
    request: PinProofRequest,
    call: (remote: RemoteToken) => Promise<T | TokenRefused>,
  ): Promise<T | TokenRefused> => {
    const room = roomOf(request.moduleId);
    if (!room) return { ok: false, refusal: { code: 'module-missing' } };
    const result = await call(room.remote);
    tries.note(nameOf(request), result);
    if (result.ok || !result.refusal.pin) return result;
    const pin = tries.shown(nameOf(request), result.refusal.pin);
    return { ok: false, refusal: { ...result.refusal, pin } };
  };

  const stateView = ({ id, title, remote, lost }: Room): TokenModuleView => {
    const state = remote.state();
    // One that was lost and does not answer yet is still the one that was lost.
    const shown = lost !== null && state !== 'ready' ? SHOWN_AS[lost] : SHOWN_AS[state];
    return { moduleId: id, title, state: shown };
  };

  const list = async (
    room: Room,
  ): Promise<{ modules: readonly TokenModuleView[]; tokens: readonly TokenView[] }> => {
    const { remote } = room;
    if (remote.state() === 'starting' && room.lost === null) await answers(remote, patienceMs);
    const alive = remote.state() === 'ready' || remote.state() === 'renewing';
    const listing = alive ? await remote.listTokens() : null;
    return listing?.ok
      ? {
          modules: listing.modules,
          tokens: listing.tokens.map((token) => ({
            ...token,
            pin: tries.shown(nameOf(token), token.pin),
          })),
        }
      : { modules: [stateView(room)], tokens: [] };
  };

  return {
    async listTokens(): Promise<TokenListing> {
      const lists = await Promise.all(rooms.map(list));
      return {
        ok: true,
        tokens: mergeTokens(lists.flatMap(({ tokens }) => tokens)),
        modules: lists.flatMap(({ modules }) => modules),
      };
    },
    provePin: (request) => withPin(request, (remote) => remote.provePin(request)),
    sign: (request) => withPin(request, (remote) => remote.sign(request)),
    hold: (request) => withPin(request, (remote) => remote.hold(request)),
    signHeld: async (request) =>
      (await roomOf(request.moduleId)?.remote.signHeld(request)) ?? {
        ok: false,
        refusal: { code: 'module-missing' },
      },
    release: async () => {
      await Promise.all(rooms.map(({ remote }) => remote.release()));
    },
    renew: () => rooms.forEach(({ remote }) => remote.renew()),
    onPresence(listener) {
      const off = rooms.map(({ remote }) => remote.onPresence(listener));
      return () => off.forEach((stop) => stop());
    },
    attach: (moduleId, port) => roomOf(moduleId)?.remote.attach(port),
    detach: () => rooms.forEach(({ remote }) => remote.detach()),
  };
}

/** Resolves when the process has spoken for the first time, is lost, or the time is over. */
function answers(remote: RemoteToken, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      off();
      resolve();
    };
    const timer = setTimeout(done, ms);
    const off = remote.onPresence(({ type }) => {
      if (type === 'process-ready' || type === 'process-lost') done();
    });
  });
}
