// Bytes in, detached CAdES-B-B out: attributes here, the one raw signature in the token.
import { toBeSigned } from '../../shared/cades/build.ts';
import type { TokenRefusalCode } from '../../shared/contract/token-refusals.ts';
import { no, type Result, ok } from '../../shared/kernel/result.ts';
import type { Desk, SessionKey } from './desk.ts';
import { notePin } from './pin-facts.ts';
import { tokenRefusal } from './token-refusal.ts';

const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

/** Signs once; the PIN goes to the token for this one call. The CMS carries the issuing CA, not the root. */
export async function makeCades(
  desk: Desk,
  key: SessionKey,
  content: Uint8Array,
  pin: string,
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
  const signed = await desk.deps.token.sign({
    moduleId,
    serial,
    keyId,
    certSha256,
    pin,
    tbs: prepared.signedAttrsDer,
  });
  if (!signed.ok) return tokenRefusal(signed.refusal);
  notePin(desk, signed);
  const finished = prepared.finish(signed.signature);
  // The token answered with something its own certificate does not verify: another key, or a fault.
  return finished.ok ? ok(finished.cms) : no('key-mismatch');
}
