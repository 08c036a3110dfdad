// The token port on PKCS#11, synchronous and blocking: for the token process (and tests), nowhere else.
import type {
  PinProved,
  TokenListing,
  TokenModuleView,
  TokenPort,
  TokenPresence,
  TokenView,
} from '../../ports/token.ts';
import { ckrOf, meaningOf } from './ckr.ts';
import { isFactoryPin } from './factory-pins.ts';
import { mechanismNames } from './mechanism-names.ts';
import { readCertificates } from './pkcs11-key.ts';
import {
  loadPkcs11Js,
  openModule,
  readTokens,
  rescan,
  type LoadedModule,
  type ModuleState,
  type Pkcs11ModuleConfig,
  type SlotToken,
} from './pkcs11-module.ts';
import { heldLogIn } from './pkcs11-hold.ts';
import { inSession } from './pkcs11-session.ts';
import { signOnce } from './pkcs11-sign.ts';
import { withKey, type OpenKey } from './pkcs11-with-key.ts';

/** Presence is told by whoever polls: the process around it (serve-token), once a second. */
export interface Pkcs11Token extends Omit<TokenPort, 'onPresence' | 'renew'> {
  /** Initialised tokens now in their slots. */
  present(): readonly TokenPresence[];
  /** C_Finalize of every module. */
  close(): void;
}

/** Opens the configured modules; one that is missing or fails is a row in the listing, not an error. */
export async function openPkcs11Token(
  configs: readonly Pkcs11ModuleConfig[],
): Promise<Pkcs11Token> {
  const p11 = await loadPkcs11Js();
  const states = new Map<string, ModuleState>();
  const open = (config: Pkcs11ModuleConfig): ModuleState => {
    const known = states.get(config.id);
    // A module that failed (daemon not yet up) is asked again each time.
    if (known?.ok) return known;
    const state = openModule(p11, config);
    states.set(config.id, state);
    return state;
  };
  configs.forEach(open);

  const loaded = (): LoadedModule[] =>
    [...states.values()].flatMap((state) => (state.ok ? [state.module] : []));

  const listTokens = async (): Promise<TokenListing> => {
    const tokens: TokenView[] = [];
    const modules = configs.map((config): TokenModuleView => {
      const state = open(config);
      if (!state.ok) return state.view;
      try {
        rescan(state.module);
        tokens.push(...readTokens(state.module).flatMap((token) => viewOf(state.module, token)));
        return { moduleId: config.id, title: config.title, state: 'ready' };
      } catch (error) {
        const rawCode = ckrOf(error);
        if (rawCode === null) throw error;
        const detail = meaningOf(rawCode).name;
        return { moduleId: config.id, title: config.title, state: 'failed', rawCode, detail };
      }
    });
    return { ok: true, tokens, modules };
  };

  const held = heldLogIn();

  return {
    listTokens,
    provePin: async (request) => {
      held.release();
      return withKey(open, configs, request, (key) => ({
        ok: true,
        ...provedOf(key, request.pin),
      }));
    },
    hold: async ({ pin, ...ref }) => {
      held.release();
      return withKey(open, configs, { ...ref, pin }, (key) => {
        if (!key.pinAlways) held.keep(ref, key);
        return { ok: true, ...provedOf(key, pin) };
      });
    },
    signHeld: async (request) => held.sign(request),
    release: async () => held.release(),
    sign: async (request) => {
      held.release();
      return withKey(open, configs, request, (key) => {
        const { tbs, pin } = request;
        const { module, token, session, handle, kind } = key;
        const signature = signOnce(module, token.slot, session, handle, { kind, tbs, pin });
        return { ok: true, signature, ...provedOf(key, pin) };
      });
    },
    present: () => {
      held.releaseRested();
      return loaded().flatMap((module) => {
        const moduleId = module.config.id;
        try {
          rescan(module);
          return readTokens(module).map(({ serial, label }) => ({ moduleId, serial, label }));
        } catch (error) {
          // A module that cannot say what is inserted counts as empty: the screen locks.
          if (ckrOf(error) === null) throw error;
          return [];
        }
      });
    },
    close: () => {
      held.release();
      for (const module of loaded()) module.api.C_Finalize();
      states.clear();
    },
  };
}

/** The token with its certificates; none when it was pulled out while being read. */
function viewOf(module: LoadedModule, token: SlotToken): TokenView[] {
  const { serial, label, model, manufacturer, pin } = token;
  try {
    const certificates = inSession(module, token, (session) => readCertificates(module, session));
    const moduleId = module.config.id;
    const mechanisms = mechanismNames(module, token.slot);
    const known = { serial, label, model, manufacturer, mechanisms, pin };
    return [{ moduleId, ...known, certificates }];
  } catch (error) {
    if (ckrOf(error) === null) throw error;
    return [];
  }
}

const provedOf = ({ token, pinAlways }: OpenKey, pin: string): Omit<PinProved, 'ok'> => ({
  pin: token.pin,
  pinAlways,
  factoryPin: isFactoryPin(pin),
});
