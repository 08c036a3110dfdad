// Bytes in, detached CAdES-B-B out: attributes here, the one raw signature in the token.
import { toBeSigned } from '../../shared/cades/build.ts';
import type { TokenRefusalCode } from '../../shared/contract/token-refusals.ts';
import { no, type Result, ok } from '../../shared/kernel/result.ts';
import type { TokenKeyRef, TokenRefused, TokenSignature } from '../ports/token.ts';
import type { Desk, SessionKey } from './desk.ts';
import { notePin } from './pin-facts.ts';
import { tokenRefusal } from './token-refusal.ts';

const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

/** What takes the bytes to be signed to the token: with a PIN for one call, or under a held log-in. */
export type SignOnToken = (
  request: TokenKeyRef & { readonly tbs: Uint8Array },
) => Promise<TokenSignature | TokenRefused>;

/** Signs once; the PIN goes to the token for this one call. */
export const makeCades = (
  desk: Desk,
  key: SessionKey,
  content: Uint8Array,
  pin: string,
): Promise<Result<Uint8Array, TokenRefusalCode>> =>
  makeCadesOn(desk, key, content, async (request) => {
    const signed = await desk.deps.token.sign({ ...request, pin });
    if (signed.ok) notePin(desk, signed);
    return signed;
  });

/** Signs under the log-in that `token.hold` opened with this key. */
export const makeCadesHeld = (
  desk: Desk,
  key: SessionKey,
  content: Uint8Array,
): Promise<Result<Uint8Array, TokenRefusalCode>> =>
  makeCadesOn(desk, key, content, (request) => desk.deps.token.signHeld(request));

/** The CMS carries the issuing CA, not the root. */
async function makeCadesOn(
  desk: Desk,
  key: SessionKey,
  content: Uint8Array,
  sign: SignOnToken,
): Promise<Result<Uint8Array, TokenRefusalCode>> {
  const issuing = desk.deps.trust.intermediates.filter((ca) =>
    same(ca.subjectDer, key.certificate.issuerDer),
  );
  const prepared = toBeSigned({
    content,
    certDer: key.certificate.der,
    chainDer: issuing.map((ca) => ca.der),
    signingTime: desk.deps.clock.now(),
  });
  const { moduleId, serial, keyId, certSha256 } = key;
  const signed = await sign({ moduleId, serial, keyId, certSha256, tbs: prepared.signedAttrsDer });
  if (!signed.ok) return tokenRefusal(signed.refusal);
  const finished = prepared.finish(signed.signature);
  // The token answered with something its own certificate does not verify: another key, or a fault.
  return finished.ok ? ok(finished.cms) : no('key-mismatch');
}
