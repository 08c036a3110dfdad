// One table of PKCS#11 answers: number → name, what it means for the officer, how grave it is.
import type { TokenRefusalCode } from '../../ports/token.ts';

/** `officer`: he can mend it; `token`: the device; `program`: ours or the module's fault, goes to diagnostics. */
export type CkrSeverity = 'officer' | 'token' | 'program';

export interface CkrMeaning {
  readonly name: string;
  readonly refusal: TokenRefusalCode;
  readonly severity: CkrSeverity;
}

const row = (name: string, refusal: TokenRefusalCode, severity: CkrSeverity): CkrMeaning => ({
  name: `CKR_${name}`,
  refusal,
  severity,
});

/** Numbers of PKCS#11 v2.40, section 6.1 of the header pkcs11t.h. */
export const CKR: Readonly<Record<number, CkrMeaning>> = {
  0x02: row('HOST_MEMORY', 'module-failed', 'program'),
  0x03: row('SLOT_ID_INVALID', 'token-removed', 'token'),
  0x05: row('GENERAL_ERROR', 'module-failed', 'program'),
  0x06: row('FUNCTION_FAILED', 'module-failed', 'program'),
  0x07: row('ARGUMENTS_BAD', 'module-failed', 'program'),
  0x30: row('DEVICE_ERROR', 'module-failed', 'token'),
  0x31: row('DEVICE_MEMORY', 'module-failed', 'token'),
  0x32: row('DEVICE_REMOVED', 'token-removed', 'token'),
  0x50: row('FUNCTION_CANCELED', 'cancelled', 'officer'),
  0x54: row('FUNCTION_NOT_SUPPORTED', 'mechanism-unsupported', 'program'),
  0x60: row('KEY_HANDLE_INVALID', 'key-absent', 'token'),
  0x62: row('KEY_SIZE_RANGE', 'mechanism-unsupported', 'program'),
  0x63: row('KEY_TYPE_INCONSISTENT', 'mechanism-unsupported', 'program'),
  0x68: row('KEY_FUNCTION_NOT_PERMITTED', 'mechanism-unsupported', 'program'),
  0x70: row('MECHANISM_INVALID', 'mechanism-unsupported', 'program'),
  0x71: row('MECHANISM_PARAM_INVALID', 'mechanism-unsupported', 'program'),
  0x82: row('OBJECT_HANDLE_INVALID', 'key-absent', 'token'),
  0x90: row('OPERATION_ACTIVE', 'module-failed', 'program'),
  0x91: row('OPERATION_NOT_INITIALIZED', 'module-failed', 'program'),
  0xa0: row('PIN_INCORRECT', 'pin-incorrect', 'officer'),
  0xa1: row('PIN_INVALID', 'pin-incorrect', 'officer'),
  0xa2: row('PIN_LEN_RANGE', 'pin-length', 'officer'),
  0xa3: row('PIN_EXPIRED', 'pin-expired', 'officer'),
  0xa4: row('PIN_LOCKED', 'pin-locked', 'officer'),
  0xb0: row('SESSION_CLOSED', 'token-removed', 'token'),
  0xb1: row('SESSION_COUNT', 'module-failed', 'token'),
  0xb3: row('SESSION_HANDLE_INVALID', 'token-removed', 'token'),
  0xe0: row('TOKEN_NOT_PRESENT', 'token-removed', 'token'),
  0xe1: row('TOKEN_NOT_RECOGNIZED', 'module-failed', 'token'),
  0x100: row('USER_ALREADY_LOGGED_IN', 'module-failed', 'program'),
  0x101: row('USER_NOT_LOGGED_IN', 'module-failed', 'program'),
  0x102: row('USER_PIN_NOT_INITIALIZED', 'pin-not-initialized', 'officer'),
  0x104: row('USER_ANOTHER_ALREADY_LOGGED_IN', 'module-failed', 'program'),
  0x105: row('USER_TOO_MANY_TYPES', 'module-failed', 'program'),
  0x150: row('BUFFER_TOO_SMALL', 'module-failed', 'program'),
  0x190: row('CRYPTOKI_NOT_INITIALIZED', 'module-failed', 'program'),
  0x191: row('CRYPTOKI_ALREADY_INITIALIZED', 'module-failed', 'program'),
  0x200: row('FUNCTION_REJECTED', 'cancelled', 'officer'),
};

/** Meaning of any code; vendor codes (≥ 0x80000000) and unknown ones are the module's failure. */
export const meaningOf = (rawCode: number): CkrMeaning =>
  CKR[rawCode] ?? row(`0x${rawCode.toString(16)}`, 'module-failed', 'program');

/** The CKR number of an error thrown by pkcs11js, or null when the error is not from a module. */
export function ckrOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'number')
    return null;
  return error.name === 'Pkcs11Error' || error.message.startsWith('CKR_') ? error.code : null;
}
