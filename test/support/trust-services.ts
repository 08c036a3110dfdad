// The services of a test PKI: responder, lists, time-stamps and trust lists over software authorities.
import { exportKeyPem, pemOf } from '../../stand/pki/issue.ts';
import { issueService, type ServiceRequest } from '../../stand/pki/issue-service.ts';
import type { PkiKey, PkiKeys } from '../../stand/pki/pki-keys.ts';
import type { StatusBook } from '../../stand/pki/status-book.ts';
import { issueAuthority } from '../../stand/pki/issue.ts';
import { daysFrom, type TestAuthorities } from './soft-token.ts';

export const NOTHING_REVOKED: StatusBook = { revoked: new Map(), unknown: new Set() };

/** A service certificate of the test's issuing CA with any part changed. */
export const testService = (
  { issuing }: TestAuthorities,
  now: Date,
  purpose: ServiceRequest['purpose'],
  change: Partial<ServiceRequest> = {},
): Promise<PkiKey & { readonly certDer: Uint8Array }> =>
  issueService({
    issuer: issuing,
    commonName: `TEST ${purpose}`,
    kind: 'rsa',
    purpose,
    notBefore: daysFrom(now, -30),
    notAfter: daysFrom(now, 300),
    ...change,
  });

/** All keys a stand's node needs to answer OCSP, CRL, time-stamps and trust lists. */
export async function testServices(authorities: TestAuthorities, now: Date): Promise<PkiKeys> {
  const listCa = await issueAuthority({
    commonName: 'TEST TRUST LIST CA',
    kind: 'rsa',
    issuing: true,
    notBefore: daysFrom(now, -800),
    notAfter: daysFrom(now, 800),
  });
  const [ocsp, tsa, list] = await Promise.all([
    testService(authorities, now, 'ocsp'),
    testService(authorities, now, 'tsa'),
    testService(authorities, now, 'document', { issuer: listCa }),
  ]);
  const { issuing } = authorities;
  return {
    issuing: { certPem: pemOf(issuing.certDer), keyPem: await exportKeyPem(issuing.privateKey) },
    ocsp,
    tsa,
    list,
    listCaPem: pemOf(listCa.certDer),
  };
}
