// The token port on PKCS#11, synchronous and blocking: for the token process (and tests), nowhere else.
import type {
  PinProofRequest,
  TokenListing,
  TokenModuleView,
  TokenPort,
  TokenPresence,
  TokenRefusalCode,
  TokenRefused,
  TokenView,
} from '../../ports/token.ts';
import { ckrOf, meaningOf } from './ckr.ts';
import { chosenCertificate, privateKey, readCertificates } from './pkcs11-key.ts';
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
import { inSession, logIn } from './pkcs11-session.ts';
import { signOnce } from './pkcs11-sign.ts';
import { TokenError } from './token-error.ts';

/** Presence is told by whoever polls: the process around it (serve-token), once a second. */
export interface Pkcs11Token extends Omit<TokenPort, 'onPresence'> {
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

  return {
    listTokens,
    provePin: async (request) =>
      withKey(open, configs, request, ({ token }) => ({ ok: true, pin: token.pin })),
    sign: async (request) =>
      withKey(open, configs, request, ({ module, token, session, key, kind }) => {
        const { tbs, pin } = request;
        const signature = signOnce(module, token.slot, session, key, { kind, tbs, pin });
        return { ok: true, signature, pin: token.pin };
      }),
    present: () =>
      loaded().flatMap((module) => {
        const moduleId = module.config.id;
        try {
          rescan(module);
          return readTokens(module).map(({ serial, label }) => ({ moduleId, serial, label }));
        } catch (error) {
          // A module that cannot say what is inserted counts as empty: the screen locks.
          if (ckrOf(error) === null) throw error;
          return [];
        }
      }),
    close: () => {
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
    return [{ moduleId: module.config.id, serial, label, model, manufacturer, pin, certificates }];
  } catch (error) {
    if (ckrOf(error) === null) throw error;
    return [];
  }
}

interface OpenKey {
  readonly module: LoadedModule;
  /** Flags as they are after the log-in. */
  readonly token: SlotToken;
  readonly session: Buffer;
  readonly key: Buffer;
  readonly kind: string;
}

/** Finds the token, checks certificate and PIN length, logs in once, checks the key, runs `work`. */
function withKey<T>(
  open: (config: Pkcs11ModuleConfig) => ModuleState,
  configs: readonly Pkcs11ModuleConfig[],
  request: PinProofRequest,
  work: (key: OpenKey) => T,
): T | TokenRefused {
  const config = configs.find((c) => c.id === request.moduleId);
  if (!config) return { ok: false, refusal: { code: 'module-missing' } };
  const state = open(config);
  if (!state.ok) {
    const code = state.view.state === 'missing' ? 'module-missing' : 'module-failed';
    return {
      ok: false,
      refusal: { code, ...(state.view.detail && { detail: state.view.detail }) },
    };
  }
  const { module } = state;
  const find = () => readTokens(module).find((token) => token.serial === request.serial);
  try {
    rescan(module);
    const token = find();
    if (!token) throw new TokenError('token-absent');
    checkPin(token, request.pin);
    return inSession(module, token, (session) => {
      // Before the PIN is spent: is it still the certificate the officer looked at?
      const certificate = chosenCertificate(module, session, request);
      logIn(module, session, request.pin);
      const key = privateKey(module, session, certificate);
      return work({ module, token: find() ?? token, session, key, kind: certificate.kind });
    });
  } catch (error) {
    return refused(error, find);
  }
}

/** What can be known without spending a try. @throws TokenError */
function checkPin({ pin: state }: SlotToken, pin: string): void {
  if (!state.initialized) throw new TokenError('pin-not-initialized');
  if (state.locked) throw new TokenError('pin-locked');
  const length = Buffer.byteLength(pin, 'utf8');
  const tooLong = state.maxLength > 0 && length > state.maxLength;
  if (length === 0 || length < state.minLength || tooLong) throw new TokenError('pin-length');
}

/** A try that was spent is said as such, also when the token was pulled out right after it. */
const SAID_OF_THE_PIN: readonly TokenRefusalCode[] = [
  'pin-incorrect',
  'pin-locked',
  'pin-expired',
  'pin-length',
  'pin-not-initialized',
];

function refused(error: unknown, find: () => SlotToken | undefined): TokenRefused {
  const after = safely(find);
  const pin = after ? { pin: after.pin } : {};
  if (error instanceof TokenError) {
    const detail = error.message ? { detail: error.message } : {};
    return { ok: false, refusal: { code: error.code, ...detail, ...pin } };
  }
  const rawCode = ckrOf(error);
  if (rawCode === null) throw error;
  const { name, refusal } = meaningOf(rawCode);
  // Modules name a pulled-out token in many ways; that it no longer answers is the surest sign.
  const code = !after && !SAID_OF_THE_PIN.includes(refusal) ? 'token-removed' : refusal;
  return { ok: false, refusal: { code, rawCode, rawName: name, ...pin } };
}

function safely(find: () => SlotToken | undefined): SlotToken | undefined {
  try {
    return find();
  } catch (error) {
    if (ckrOf(error) === null) throw error;
    return undefined;
  }
}
