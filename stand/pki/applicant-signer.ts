// Signs applications as the applicants did: a certificate and a P-256 or GOST key for each, in memory only.
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { toBeSigned } from '../../src/shared/cades/build.ts';
import { signGostCms } from './gost-cms.ts';
import { issueGostPerson, type GostAuthority } from './gost-issue.ts';
import { issuePerson, STORAGE, type Authority } from './issue.ts';

export interface Applicant {
  readonly iin: string;
  readonly surname: string;
  readonly name: string;
  readonly patronymic?: string | null;
  /** When he signed; the stand's `now` by default. */
  readonly signedAt?: Date;
  /** Which kind of key he has; by his IIN when absent. */
  readonly algorithm?: 'ec-p256' | 'gost-512';
}

export type SignApplication = (bytes: Uint8Array, who: Applicant) => Promise<Uint8Array>;

const DAY_MS = 86_400_000;

/** Half of the people hold the newer GOST keys; the same person always the same kind. */
export const keyKindOf = (iin: string): 'ec-p256' | 'gost-512' =>
  [...iin].reduce((sum, digit) => sum + Number(digit), 0) % 2 === 0 ? 'gost-512' : 'ec-p256';

/** Detached CAdES-B-B over `bytes`; a second application of one person is signed with the same key. */
export function createApplicantSigner(
  issuer: Authority,
  gostIssuer: GostAuthority,
  now: Date,
): SignApplication {
  const known = new Map<string, Promise<{ certDer: Uint8Array; key: KeyObject }>>();
  const knownGost = new Map<string, ReturnType<typeof issueGostPerson>>();
  const validity = {
    notBefore: new Date(now.getTime() - 200 * DAY_MS),
    notAfter: new Date(now.getTime() + 165 * DAY_MS),
  };

  const signGost = (bytes: Uint8Array, who: Applicant, id: string): Uint8Array => {
    const person = { ...who, patronymic: who.patronymic ?? null };
    const held = knownGost.get(id) ?? issueGostPerson(gostIssuer, person, validity);
    knownGost.set(id, held);
    return signGostCms(bytes, held, gostIssuer, who.signedAt ?? now);
  };

  const issue = async (who: Applicant) => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const certDer = await issuePerson({
      issuer,
      spkiDer: publicKey.export({ type: 'spki', format: 'der' }),
      surname: who.surname,
      name: who.name,
      patronymic: who.patronymic ?? null,
      iin: who.iin,
      unit: null,
      roles: ['individual'],
      usage: 'sign',
      // Most citizens keep their key in a file.
      keyStorageOid: STORAGE.file,
      ...validity,
    });
    return { certDer, key: privateKey };
  };

  return async (bytes, who) => {
    const id = JSON.stringify([who.iin, who.surname, who.name]);
    if ((who.algorithm ?? keyKindOf(who.iin)) === 'gost-512') return signGost(bytes, who, id);
    const held = known.get(id) ?? issue(who);
    known.set(id, held);
    const { certDer, key } = await held;
    const signingTime = who.signedAt ?? now;
    const job = toBeSigned({ content: bytes, certDer, chainDer: [issuer.certDer], signingTime });
    const raw = sign('sha256', job.signedAttrsDer, { key, dsaEncoding: 'ieee-p1363' });
    const finished = job.finish(raw);
    if (!finished.ok) throw new Error(`own signature ${finished.code}`);
    return finished.cms;
  };
}
