// Which certificates may sign: every reason has a certificate that shows it.
import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  APPLICANT_POLICY,
  assessSigningCertificate,
  OFFICER_POLICY,
  type SigningPolicy,
  type UnusableReason,
} from '../../../../src/shared/cades/signability.ts';
import type { PersonRequest } from '../../../../stand/pki/issue.ts';
import { STORAGE } from '../../../../stand/pki/issue.ts';
import {
  daysFrom,
  issueOfficer,
  makeAuthorities,
  readOwn,
  type TestAuthorities,
} from '../../../support/soft-token.ts';

const now = new Date('2026-02-10T08:00:00Z');
const spkiOf = (pair: { publicKey: import('node:crypto').KeyObject }): Uint8Array =>
  pair.publicKey.export({ type: 'spki', format: 'der' });
const p256 = spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }));
const p384 = spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }));
const rsa1024 = spkiOf(generateKeyPairSync('rsa', { modulusLength: 1024 }));
let authorities: TestAuthorities;
beforeAll(async () => {
  authorities = await makeAuthorities(now);
});

const assess = async (
  change: Partial<PersonRequest>,
  policy: SigningPolicy = OFFICER_POLICY,
  spki = p256,
) => {
  const certificate = readOwn(await issueOfficer(authorities.issuing, spki, now, change));
  return assessSigningCertificate(certificate, { now, policy });
};

describe('assessing a signing certificate', () => {
  it('takes the head, the right of signature and, by policy, an employee', async () => {
    for (const role of ['head', 'signatory', 'employee'] as const)
      expect(await assess({ roles: ['legal-entity', role] })).toEqual({
        usable: true,
        warnings: [],
      });
    const strict = { ...OFFICER_POLICY, allowEmployee: false };
    expect(await assess({ roles: ['legal-entity', 'employee'] }, strict)).toMatchObject({
      reasonCode: 'role-employee',
    });
  });

  const cases: [UnusableReason, Partial<PersonRequest>, SigningPolicy?, Uint8Array?][] = [
    ['auth-key', { usage: 'auth' }],
    ['expired', { notBefore: daysFrom(now, -400), notAfter: daysFrom(now, -1) }],
    ['not-yet-valid', { notBefore: daysFrom(now, 1) }],
    ['role-individual', { roles: ['individual'] }],
    ['role-finance', { roles: ['legal-entity', 'finance'] }],
    ['role-hr', { roles: ['legal-entity', 'hr'] }],
    ['role-information-system', { roles: ['legal-entity', 'information-system'] }],
    ['role-missing', { roles: [] }],
    ['role-missing', { roles: ['head'] }],
    ['role-missing', { roles: ['civil-servant'] }],
    ['no-iin', { iin: null }],
    ['no-bin', { unit: { name: 'X', bin: null } }],
    ['iin-mismatch', {}, { ...OFFICER_POLICY, expectedIin: '781345300043' }],
    ['bin-mismatch', {}, { ...OFFICER_POLICY, expectedBin: '991340000027' }],
    ['file-key-forbidden', { keyStorageOid: STORAGE.file }],
    ['algorithm-unsupported', {}, OFFICER_POLICY, p384],
    ['key-too-short', {}, OFFICER_POLICY, rsa1024],
  ];
  it.each(cases)('%s', async (reasonCode, change, policy, spki) => {
    expect(await assess(change, policy, spki)).toEqual({ usable: false, reasonCode });
  });

  it('never takes a CA certificate', () => {
    const [ca] = authorities.intermediates;
    expect(ca && assessSigningCertificate(ca, { now, policy: OFFICER_POLICY })).toMatchObject({
      reasonCode: 'ca-certificate',
    });
  });

  it('takes civil servants where their CA is trusted', async () => {
    const policy = { ...OFFICER_POLICY, allowCivilServants: true };
    expect(await assess({ roles: ['civil-servant'] }, policy)).toMatchObject({ usable: true });
  });

  it('warns before the end and where the key may live anywhere', async () => {
    const change = { notAfter: new Date(daysFrom(now, 14).getTime() + 1000), keyStorageOid: null };
    expect(await assess(change)).toEqual({
      usable: true,
      warnings: [{ code: 'expires-soon', daysLeft: 14 }, { code: 'key-storage-unknown' }],
    });
  });

  it('lets an applicant sign with a file key and an officer not with an applicant’s', async () => {
    const change = { roles: ['individual'], unit: null, keyStorageOid: STORAGE.file } as const;
    expect(await assess(change, APPLICANT_POLICY)).toMatchObject({ usable: true });
    expect(await assess({}, APPLICANT_POLICY)).toMatchObject({ reasonCode: 'role-missing' });
  });
});
