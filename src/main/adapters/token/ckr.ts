// One table of PKCS#11 answers: number → name and code of the dictionary, which says the rest.
import { TOKEN_DICTIONARY, type TokenSeverity } from '../../../shared/contract/token-refusals.ts';
import type { TokenRefusalCode } from '../../ports/token.ts';

export interface CkrMeaning {
  readonly name: string;
  readonly refusal: TokenRefusalCode;
  readonly severity: TokenSeverity;
}

const row = (name: string, refusal: TokenRefusalCode): CkrMeaning => ({
  name: `CKR_${name}`,
  refusal,
  severity: TOKEN_DICTIONARY[refusal].severity,
});

/** Numbers of PKCS#11 v2.40, section 6.1 of the header pkcs11t.h. */
export const CKR: Readonly<Record<number, CkrMeaning>> = {
  0x02: row('HOST_MEMORY', 'module-failed'),
  0x03: row('SLOT_ID_INVALID', 'token-removed'),
  0x05: row('GENERAL_ERROR', 'module-failed'),
  0x06: row('FUNCTION_FAILED', 'module-failed'),
  0x07: row('ARGUMENTS_BAD', 'module-failed'),
  0x30: row('DEVICE_ERROR', 'token-failed'),
  0x31: row('DEVICE_MEMORY', 'token-failed'),
  0x32: row('DEVICE_REMOVED', 'token-removed'),
  0x50: row('FUNCTION_CANCELED', 'cancelled'),
  0x54: row('FUNCTION_NOT_SUPPORTED', 'mechanism-unsupported'),
  0x60: row('KEY_HANDLE_INVALID', 'key-absent'),
  0x62: row('KEY_SIZE_RANGE', 'mechanism-unsupported'),
  0x63: row('KEY_TYPE_INCONSISTENT', 'mechanism-unsupported'),
  0x68: row('KEY_FUNCTION_NOT_PERMITTED', 'mechanism-unsupported'),
  0x70: row('MECHANISM_INVALID', 'mechanism-unsupported'),
  0x71: row('MECHANISM_PARAM_INVALID', 'mechanism-unsupported'),
  0x82: row('OBJECT_HANDLE_INVALID', 'key-absent'),
  0x90: row('OPERATION_ACTIVE', 'module-failed'),
  0x91: row('OPERATION_NOT_INITIALIZED', 'module-failed'),
  0xa0: row('PIN_INCORRECT', 'pin-incorrect'),
  0xa1: row('PIN_INVALID', 'pin-incorrect'),
  0xa2: row('PIN_LEN_RANGE', 'pin-length'),
  0xa3: row('PIN_EXPIRED', 'pin-expired'),
  0xa4: row('PIN_LOCKED', 'pin-locked'),
  0xb0: row('SESSION_CLOSED', 'token-removed'),
  0xb1: row('SESSION_COUNT', 'token-failed'),
  0xb3: row('SESSION_HANDLE_INVALID', 'token-removed'),
  0xe0: row('TOKEN_NOT_PRESENT', 'token-removed'),
  0xe1: row('TOKEN_NOT_RECOGNIZED', 'token-failed'),
  0x100: row('USER_ALREADY_LOGGED_IN', 'module-failed'),
  0x101: row('USER_NOT_LOGGED_IN', 'module-failed'),
  0x102: row('USER_PIN_NOT_INITIALIZED', 'pin-not-initialized'),
  0x104: row('USER_ANOTHER_ALREADY_LOGGED_IN', 'module-failed'),
  0x105: row('USER_TOO_MANY_TYPES', 'module-failed'),
  0x150: row('BUFFER_TOO_SMALL', 'module-failed'),
  0x190: row('CRYPTOKI_NOT_INITIALIZED', 'module-failed'),
  0x191: row('CRYPTOKI_ALREADY_INITIALIZED', 'module-failed'),
  0x200: row('FUNCTION_REJECTED', 'cancelled'),
};

/** Meaning of any code; vendor codes (≥ 0x80000000) and unknown ones are the module's failure. */
export const meaningOf = (rawCode: number): CkrMeaning =>
  CKR[rawCode] ?? row(`0x${rawCode.toString(16)}`, 'module-failed');

/** The CKR number of an error thrown by pkcs11js, or null when the error is not from a module. */
export function ckrOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'number')
    return null;
  return error.name === 'Pkcs11Error' || error.message.startsWith('CKR_') ? error.code : null;
}
