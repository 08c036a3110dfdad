// One signature on the token: mechanism by key kind, hash in the host where the token has none.
import { createHash } from 'node:crypto';
import { ckrOf } from './ckr.ts';
import { gostAttempt } from './gost-mechanism.ts';
import { findAttribute, flagOf, type Handle, type LoadedModule } from './pkcs11-module.ts';
import { TokenError } from './token-error.ts';

/** DER of DigestInfo { SHA-256, NULL } up to the digest (RFC 8017, section 9.2). */
const DIGEST_INFO_SHA256 = Buffer.from('3031300d060960864801650304020105000420', 'hex');
const MECHANISM_INVALID = 0x70;
/** RSA-4096 gives 512 bytes. */
const MAX_SIGNATURE = 1024;

interface Attempt {
  readonly mechanism: number;
  readonly data: Buffer;
}

/**
 * Signs the whole of `tbs`: SHA-256 and RSA → PKCS#1 v1.5 block, EC → r‖s; Streebog and GOST → as the token says it.
 * @throws TokenError, or the module's own error.
 */
export function signOnce(
  module: LoadedModule,
  slot: Handle,
  session: Handle,
  key: Handle,
  { kind, tbs, pin }: { readonly kind: string; readonly tbs: Uint8Array; readonly pin: string },
): Uint8Array {
  const { api, p11 } = module;
  const digest = createHash('sha256').update(tbs).digest();
  // SoftHSM has no CKM_ECDSA_SHA256 and some RSA tokens no hash: the plain mechanisms are everywhere.
  const attempts: Attempt[] =
    kind === 'rsa'
      ? [
          { mechanism: p11.CKM_SHA256_RSA_PKCS, data: Buffer.from(tbs) },
          { mechanism: p11.CKM_RSA_PKCS, data: Buffer.concat([DIGEST_INFO_SHA256, digest]) },
        ]
      : kind === 'gost-512'
        ? [gostAttempt(tbs)]
        : [{ mechanism: p11.CKM_ECDSA, data: digest }];
  const offered = new Set(api.C_GetMechanismList(slot));
  const always = flagOf(findAttribute(module, session, key, p11.CKA_ALWAYS_AUTHENTICATE)) === true;
  for (const { mechanism, data } of attempts.filter((a) => offered.has(a.mechanism))) {
    if (!initialised(module, session, key, mechanism)) continue;
    // PIN-always keys want a context log-in between C_SignInit and C_Sign, for each signature.
    if (always) api.C_Login(session, p11.CKU_CONTEXT_SPECIFIC, pin);
    return Uint8Array.from(api.C_Sign(session, data, Buffer.alloc(MAX_SIGNATURE)));
  }
  throw new TokenError('mechanism-unsupported', `no mechanism for ${kind}`);
}

/** False when the token lists the mechanism but refuses it for this key. */
function initialised(
  { api }: LoadedModule,
  session: Handle,
  key: Handle,
  mechanism: number,
): boolean {
  try {
    api.C_SignInit(session, { mechanism }, key);
    return true;
  } catch (error) {
    if (ckrOf(error) === MECHANISM_INVALID) return false;
    throw error;
  }
}
