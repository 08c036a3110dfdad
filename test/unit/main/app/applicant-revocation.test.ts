// A revoked applicant's certificate: before the request was signed it undoes the signature, later it does not.
import { expect, it } from 'vitest';
import { judged } from '../../../../src/main/app/applicant-revocation.ts';
import type { RevocationAnswer } from '../../../../src/shared/cades/revocation.ts';

const signedAt = '2026-02-10T08:00:00.000Z';
const at = '2026-02-12T08:00:00.000Z';
const valid = { verdict: 'valid', reason: null, signer: 'ҮЛГІЛІЕВА ӘСЕЛ' } as const;
const revokedAt = (time: string): RevocationAnswer => ({
  status: 'revoked',
  source: 'ocsp',
  at: new Date(time),
  reason: 'key-compromise',
  asOf: new Date(at),
});
const shown = (answer: RevocationAnswer) => {
  const { verdict, reason, revocation } = judged(valid, answer, signedAt, at);
  return [verdict, reason, revocation?.status];
};

it('follows what the CA said, and when the certificate ended', () => {
  expect(shown(revokedAt('2026-02-10T07:59:59.000Z'))).toEqual(['invalid', 'revoked', 'revoked']);
  expect(shown(revokedAt(signedAt))).toEqual(['invalid', 'revoked', 'revoked']);
  expect(shown(revokedAt('2026-02-11T00:00:00.000Z'))).toEqual(['valid', null, 'revoked']);
  const asOf = new Date(at);
  expect(shown({ status: 'good', source: 'crl', asOf, until: asOf })).toEqual([
    'valid',
    null,
    'good',
  ]);
  expect(shown({ status: 'unknown', source: 'ocsp', asOf })).toEqual([
    'cannot-check',
    'status-unknown',
    'unknown',
  ]);
  // "Unavailable" is not "unknown": nothing was said, the verdict stays.
  expect(shown({ status: 'unavailable', why: 'no-answer', detail: '' })).toEqual([
    'valid',
    null,
    'unavailable',
  ]);
});
