// The one exception inside the adapter: carries a refusal code up to where the typed result is made.
import type { TokenRefusalCode } from '../../ports/token.ts';

export class TokenError extends Error {
  readonly code: TokenRefusalCode;
  /** `detail` is technical English without PIN or personal data. */
  constructor(code: TokenRefusalCode, detail = '') {
    super(detail);
    this.name = 'TokenError';
    this.code = code;
  }
}
