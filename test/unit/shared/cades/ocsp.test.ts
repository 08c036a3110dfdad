// OCSP answers: what they say is read right, and every way of being worthless has its own word.
import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NcaCertificate } from '../../../../src/shared/cades/certificate-types.ts';
import {
  buildOcspRequest,
  readOcspAnswer,
  readOcspRequest,
  type OcspAnswerInput,
} from '../../../../src/shared/cades/ocsp.ts';
import type { RevocationAnswer } from '../../../../src/shared/cades/revocation.ts';
import { createOcspResponder, type OcspTimes } from '../../../../stand/pki/ocsp-responder.ts';
import type { PkiKey } from '../../../../stand/pki/pki-keys.ts';
import type { StatusBook } from '../../../../stand/pki/status-book.ts';
import { exportKeyPem, pemOf } from '../../../../stand/pki/issue.ts';
import { makeSoftSigner } from '../../../support/soft-signer.ts';
import { makeAuthorities, readOwn, type TestAuthorities } from '../../../support/soft-token.ts';
import { NOTHING_REVOKED, testService } from '../../../support/trust-services.ts';

const now = new Date('2026-02-10T08:00:00Z');
const nonce = randomBytes(24);
let ca: TestAuthorities;
let issuer: NcaCertificate;
let officer: NcaCertificate;
let other: NcaCertificate;
let responder: PkiKey;
beforeAll(async () => {
  ca = await makeAuthorities(now);
  issuer = readOwn(ca.issuing.certDer);
  officer = readOwn((await makeSoftSigner('rsa', ca, now)).certDer);
  other = readOwn((await makeSoftSigner('ec-p256', ca, now)).certDer);
  responder = await testService(ca, now, 'ocsp');
});

const book = (change: Partial<StatusBook>): StatusBook => ({ ...NOTHING_REVOKED, ...change });
interface Ask {
  readonly book?: StatusBook;
  readonly signer?: PkiKey;
  readonly times?: Partial<OcspTimes>;
  readonly about?: NcaCertificate;
  readonly nonce?: Uint8Array;
}
function response(ask: Ask = {}): Uint8Array {
  const request = buildOcspRequest({
    certificate: ask.about ?? officer,
    issuer,
    nonce: ask.nonce ?? nonce,
  });
  return createOcspResponder(issuer, ask.signer ?? responder).answer(
    request,
    ask.book ?? NOTHING_REVOKED,
    { now, validSeconds: 600, ...ask.times },
  );
}
const read = (bytes: Uint8Array, change: Partial<OcspAnswerInput> = {}): RevocationAnswer =>
  readOcspAnswer({ response: bytes, certificate: officer, issuer, nonce, now, ...change });
const whyOf = (answer: RevocationAnswer): string =>
  answer.status === 'unavailable' ? answer.why : answer.status;

describe('an answer says', () => {
  it('good, until when', () => {
    expect(read(response())).toEqual({
      status: 'good',
      source: 'ocsp',
      asOf: now,
      until: new Date(now.getTime() + 600_000),
    });
  });

  it('revoked, when and why', () => {
    const at = new Date('2026-02-01T10:00:00Z');
    const revoked = new Map([[officer.serialHex, { at, reason: 'key-compromise' as const }]]);
    expect(read(response({ book: book({ revoked }) }))).toMatchObject({
      status: 'revoked',
      at,
      reason: 'key-compromise',
    });
  });

  it('unknown, which is not "unavailable"', () => {
    const unknown = new Set([officer.serialHex]);
    expect(read(response({ book: book({ unknown }) }))).toMatchObject({ status: 'unknown' });
  });

  it('the same from the CA itself, and from a P-256 responder', async () => {
    const keyPem = await exportKeyPem(ca.issuing.privateKey);
    const itself = { certPem: pemOf(ca.issuing.certDer), keyPem };
    expect(whyOf(read(response({ signer: itself })))).toBe('good');
    const ec = await testService(ca, now, 'ocsp', { kind: 'ec-p256' });
    expect(whyOf(read(response({ signer: ec })))).toBe('good');
  });
});

describe('an answer is worth nothing', () => {
  it('without our nonce, or with another', () => {
    expect(whyOf(read(response({ times: { nonce: false } })))).toBe('nonce-missing');
    expect(whyOf(read(response({ nonce: randomBytes(24) })))).toBe('nonce-mismatch');
    // A kept answer is judged by its dates alone.
    expect(whyOf(read(response({ times: { nonce: false } }), { nonce: null }))).toBe('good');
  });

  it('from a foreign responder: another CA, no purpose, no nocheck, out of its dates', async () => {
    const strangers = await makeAuthorities(now);
    const cases: PkiKey[] = [
      await testService(strangers, now, 'ocsp'),
      await testService(ca, now, 'document'),
      await testService(ca, now, 'ocsp', { noCheck: false }),
      await testService(ca, now, 'ocsp', { notAfter: new Date(now.getTime() - 1000) }),
    ];
    for (const signer of cases) expect(whyOf(read(response({ signer })))).toBe('foreign-responder');
  });

  it("signed with another key under the responder's certificate", async () => {
    const { keyPem } = await testService(ca, now, 'ocsp');
    const signer = { certPem: responder.certPem, keyPem };
    expect(whyOf(read(response({ signer })))).toBe('signature-invalid');
  });

  it('about another certificate', () => {
    expect(whyOf(read(response({ about: other })))).toBe('other-certificate');
  });

  it('when it has run out, or is of the future', () => {
    const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
    expect(whyOf(read(response(), { now: at(14) }))).toBe('good'); // five minutes of clock skew
    expect(whyOf(read(response(), { now: at(16) }))).toBe('stale');
    expect(whyOf(read(response(), { now: at(-6) }))).toBe('stale');
  });

  it('when the responder refuses', () => {
    expect(whyOf(read(Uint8Array.of(0x30, 3, 0x0a, 1, 3)))).toBe('responder-refused');
    const foreign = readOwn(ca.root.certDer);
    const request = buildOcspRequest({ certificate: officer, issuer: foreign, nonce });
    const bytes = createOcspResponder(issuer, responder).answer(request, NOTHING_REVOKED, {
      now,
      validSeconds: 1,
    });
    expect(whyOf(read(bytes))).toBe('responder-refused');
  });

  it('with any byte altered', () => {
    const bytes = response();
    // The responder's certificate is covered by the CA's signature, the rest by the responder's.
    for (let i = 0; i < bytes.length; i += 1) {
      const bent = Uint8Array.from(bytes);
      bent[i]! ^= 0x01;
      expect(read(bent).status, `byte ${i}`).toBe('unavailable');
    }
    expect(read(new Uint8Array())).toMatchObject({ status: 'unavailable', why: 'malformed' });
  });
});

it('a question names the certificate and carries the nonce', () => {
  const request = buildOcspRequest({ certificate: officer, issuer, nonce });
  const facts = readOcspRequest(request);
  expect(Buffer.from(facts?.serialDer ?? []).equals(officer.serialDer)).toBe(true);
  expect(Buffer.from(facts?.nonceDer ?? []).includes(nonce)).toBe(true);
  expect(readOcspRequest(request.subarray(1))).toBeNull();
  expect(() => buildOcspRequest({ certificate: officer, issuer, nonce: randomBytes(8) })).toThrow();
});
