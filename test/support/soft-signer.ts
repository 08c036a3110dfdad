// Signs CAdES with a software key, where a test is about the signature and not about the token.
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { toBeSigned } from '../../src/shared/cades/build.ts';
import type { PersonRequest } from '../../stand/pki/issue.ts';
import { issueOfficer, type TestAuthorities } from './soft-token.ts';

export interface SoftSigner {
  readonly certDer: Uint8Array;
  readonly privateKey: KeyObject;
  /** What a token would answer: RSA block or r‖s. */
  raw(tbs: Uint8Array): Uint8Array;
  /** Detached CAdES-B-B with the issuing CA included. */
  cms(content: Uint8Array): Uint8Array;
}

export async function makeSoftSigner(
  kind: 'rsa' | 'ec-p256',
  { issuing }: TestAuthorities,
  now: Date,
  change: Partial<PersonRequest> = {},
): Promise<SoftSigner> {
  const { publicKey, privateKey } =
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const certDer = await issueOfficer(issuing, spki, now, change);
  const raw = (tbs: Uint8Array): Uint8Array =>
    sign(
      'sha256',
      tbs,
      kind === 'rsa' ? privateKey : { key: privateKey, dsaEncoding: 'ieee-p1363' },
    );
  return {
    certDer,
    privateKey,
    raw,
    cms(content) {
      const job = toBeSigned({ content, certDer, chainDer: [issuing.certDer], signingTime: now });
      const done = job.finish(raw(job.signedAttrsDer));
      if (!done.ok) throw new Error(done.code);
      return done.cms;
    },
  };
}
