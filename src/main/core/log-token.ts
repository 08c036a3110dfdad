// A token port that tells the technical log which call was refused with which code: what a vendor is asked first.
import type { LogTechnical } from '../../shared/contract/technical-log.ts';
import type { TokenPort, TokenRefused } from '../ports/token.ts';

/** The same port; of a refusal only its code and the module's own CKR name are told. */
export function logToken(token: TokenPort, log: LogTechnical): TokenPort {
  const told =
    <R, T extends { readonly ok: true }>(
      call: 'prove' | 'sign' | 'hold',
      run: (request: R) => Promise<T | TokenRefused>,
    ) =>
    async (request: R): Promise<T | TokenRefused> => {
      const result = await run(request);
      if (!result.ok) {
        const { code, rawName } = result.refusal;
        log('token-refused', { call, code, answer: rawName ?? '' });
      }
      return result;
    };
  return {
    ...token,
    provePin: told('prove', (request) => token.provePin(request)),
    sign: told('sign', (request) => token.sign(request)),
    hold: told('hold', (request) => token.hold(request)),
    signHeld: told('sign', (request) => token.signHeld(request)),
  };
}
