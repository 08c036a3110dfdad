// One key for one piece of work: token found, certificate compared, PIN tried once, key checked; errors become refusals.
import type { PinProofRequest, TokenRefusalCode, TokenRefused } from '../../ports/token.ts';
import { ckrOf, meaningOf } from './ckr.ts';
import { checkGost } from './gost-mechanism.ts';
import { chosenCertificate, privateKey } from './pkcs11-key.ts';
import {
  findAttribute,
  flagOf,
  readSlot,
  readTokens,
  rescan,
  type LoadedModule,
  type ModuleState,
  type Pkcs11ModuleConfig,
  type SlotToken,
} from './pkcs11-module.ts';
import { inSession, logIn } from './pkcs11-session.ts';
import { TokenError } from './token-error.ts';

export interface OpenKey {
  readonly module: LoadedModule;
  /** Flags as they are after the log-in. */
  readonly token: SlotToken;
  readonly session: Buffer;
  readonly handle: Buffer;
  readonly kind: string;
  /** CKA_ALWAYS_AUTHENTICATE of the private key. */
  readonly pinAlways: boolean;
}

/** Finds the token, checks certificate and PIN length, logs in once, checks the key, runs `work`. */
export function withKey<T>(
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
    if (!token)
      throw new TokenError(
        isBlank(module, request.serial) ? 'token-not-initialized' : 'token-absent',
      );
    checkPin(token, request.pin);
    return inSession(module, token, (session) => {
      // Before the PIN is spent: is it still the certificate the officer looked at?
      const certificate = chosenCertificate(module, session, request);
      checkGost(module, token.slot, certificate.kind);
      logIn(module, session, request.pin);
      const handle = privateKey(module, session, certificate);
      const always = findAttribute(module, session, handle, module.p11.CKA_ALWAYS_AUTHENTICATE);
      const pinAlways = flagOf(always) === true;
      const { kind } = certificate;
      return work({ module, token: find() ?? token, session, handle, kind, pinAlways });
    });
  } catch (error) {
    return refused(error, find);
  }
}

/** The token was wiped since it was listed. */
const isBlank = (module: LoadedModule, serial: string): boolean =>
  module.api.C_GetSlotList(true).some((slot) => readSlot(module, slot)?.serial === serial);

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

/** What an error of the module means; `find` looks whether the token is still there. */
export function refused(error: unknown, find: () => SlotToken | undefined): TokenRefused {
  if (error instanceof TokenError) {
    const after = safely(find);
    const detail = error.message ? { detail: error.message } : {};
    return {
      ok: false,
      refusal: { code: error.code, ...detail, ...(after && { pin: after.pin }) },
    };
  }
  const rawCode = ckrOf(error);
  if (rawCode === null) throw error;
  const { name, refusal } = meaningOf(rawCode);
  const ofPin = SAID_OF_THE_PIN.includes(refusal);
  const after = ofPin ? safely(find) : whileItLasts(find);
  // Modules name a pulled-out token in many ways; that it no longer answers is the surest sign.
  const code = !after && !ofPin ? 'token-removed' : refusal;
  return { ok: false, refusal: { code, rawCode, rawName: name, ...(after && { pin: after.pin }) } };
}

/** PC/SC looks at a reader each 400 ms: only after that is a card that "failed" surely still there. */
const READER_LOOK_MS = 600;

function whileItLasts(find: () => SlotToken | undefined): SlotToken | undefined {
  const still = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; waited < READER_LOOK_MS; waited += 100) {
    if (!safely(find)) return undefined;
    Atomics.wait(still, 0, 0, 100);
  }
  return safely(find);
}

function safely(find: () => SlotToken | undefined): SlotToken | undefined {
  try {
    return find();
  } catch (error) {
    if (ckrOf(error) === null) throw error;
    return undefined;
  }
}
