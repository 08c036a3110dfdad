// Certificates and keys on a token: found by id and hash, refused when the key could leave the token.
import { createHash } from 'node:crypto';
import { readCertificate } from '../../../shared/cades/certificate.ts';
import type { TokenCertificate, TokenKeyKind, TokenKeyRef } from '../../ports/token.ts';
import { CKK_GOSTR3410_512 } from './gost-mechanism.ts';
import { TokenError } from './token-error.ts';
import {
  findAttribute,
  findObjects,
  flagOf,
  ulongOf,
  type Handle,
  type LoadedModule,
} from './pkcs11-module.ts';

/** Public certificates of the token, read without a log-in; those without an id name no key. */
export function readCertificates(module: LoadedModule, session: Handle): TokenCertificate[] {
  const { p11 } = module;
  const handles = findObjects(module, session, [
    { type: p11.CKA_CLASS, value: p11.CKO_CERTIFICATE },
    { type: p11.CKA_CERTIFICATE_TYPE, value: p11.CKC_X_509 },
  ]);
  return handles.flatMap((handle) => {
    const id = findAttribute(module, session, handle, p11.CKA_ID);
    const der = findAttribute(module, session, handle, p11.CKA_VALUE);
    if (!id || id.length === 0 || !der || der.length === 0) return [];
    const read = readCertificate(der);
    return {
      keyId: id.toString('hex'),
      certSha256: createHash('sha256').update(der).digest('hex'),
      der: Uint8Array.from(der),
      kind: read.ok ? read.certificate.publicKeyKind : 'other',
    };
  });
}

/** The certificate the caller chose, still the same one. @throws TokenError */
export function chosenCertificate(
  module: LoadedModule,
  session: Handle,
  key: TokenKeyRef,
): TokenCertificate {
  const onToken = readCertificates(module, session).filter((c) => c.keyId === key.keyId);
  const same = onToken.find((c) => c.certSha256 === key.certSha256);
  if (same) return same;
  throw new TokenError(onToken.length > 0 ? 'certificate-changed' : 'key-absent');
}

/** CKA_KEY_TYPE that fits a certificate; undefined for keys we cannot sign with. */
const keyTypeOf = (kind: TokenKeyKind, p11: LoadedModule['p11']): number | undefined =>
  ({ rsa: p11.CKK_RSA, 'ec-p256': p11.CKK_EC, 'gost-512': CKK_GOSTR3410_512, other: undefined })[
    kind
  ];

/**
 * The private key behind the certificate, after log-in.
 * SoftHSM takes any key at C_SignInit, so type and rights are checked here. @throws TokenError
 */
export function privateKey(
  module: LoadedModule,
  session: Handle,
  certificate: TokenCertificate,
): Handle {
  const { p11 } = module;
  const keyType = keyTypeOf(certificate.kind, p11);
  if (keyType === undefined)
    throw new TokenError('mechanism-unsupported', `key kind ${certificate.kind}`);
  const found = findObjects(module, session, [
    { type: p11.CKA_CLASS, value: p11.CKO_PRIVATE_KEY },
    { type: p11.CKA_ID, value: Buffer.from(certificate.keyId, 'hex') },
  ]);
  if (found.length === 0) throw new TokenError('key-absent');
  const flag = (key: Handle, type: number) => flagOf(findAttribute(module, session, key, type));
  const fitting = found.filter(
    (key) => ulongOf(findAttribute(module, session, key, p11.CKA_KEY_TYPE)) === keyType,
  );
  const [key] = fitting;
  if (!key || fitting.length > 1)
    throw new TokenError('key-mismatch', `${found.length} keys, ${fitting.length} of the type`);
  // An absent answer counts as the worse one: a key that may be copied gives no proof of presence.
  if (flag(key, p11.CKA_EXTRACTABLE) !== false || flag(key, p11.CKA_SENSITIVE) !== true)
    throw new TokenError('key-extractable');
  if (flag(key, p11.CKA_SIGN) === false)
    throw new TokenError('mechanism-unsupported', 'the key may not sign');
  return key;
}
