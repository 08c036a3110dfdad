// GOST certificates and CMS of the NCA's layout, made by an independent implementation: taken, and refused altered.
import { beforeAll, describe, expect, it } from 'vitest';
import { streebog256, streebog512 } from '../../src/shared/cades/gost/streebog.ts';
import { PARAM_SET_A } from '../../src/shared/cades/gost/curve.ts';
import { toLittleEndian } from '../../src/shared/cades/gost/byte-order.ts';
import { APPLICANT_POLICY, OFFICER_POLICY } from '../../src/shared/cades/signability.ts';
import {
  verifyDetachedCades,
  type VerifyInput,
  type VerifyResult,
} from '../../src/shared/cades/verify.ts';
import { signGostCms } from '../../stand/pki/gost-cms.ts';
import { issueGostAuthority, issueGostPerson } from '../../stand/pki/gost-issue.ts';
import { makeKz, checkKz, engineDigests, whyNoEngine } from '../support/gost/kz-maker.ts';
import { readOwn } from '../support/soft-token.ts';

const reason = whyNoEngine();
if (reason) console.warn(`SKIPPED: GOST against an independent implementation: ${reason}`);

const now = new Date('2026-03-02T06:30:00Z');
const content = Buffer.from('{"type":"application-request","ticket":"Ә-77"}\r\n');
const person = { iin: '951345300017', surname: 'ҮЛГІЛІ', name: 'АЙГЕРІМ', patronymic: 'СЕРІКҚЫЗЫ' };
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe.skipIf(reason !== null)('against OpenSSL’s GOST engine', () => {
  // Pseudo-random but the same each run; every length around the borders of a block, and long ones.
  const messages = [...Array.from({ length: 194 }, (_, i) => i), 255, 256, 257, 1000, 65_537].map(
    (length) => Buffer.from(Array.from({ length }, (_, i) => (i * 167 + length * 31 + 13) & 0xff)),
  );

  it('Streebog of every length, 256 and 512 bits', () => {
    // All bits set makes every addition of the checksum carry.
    const all = [...messages, ...[64, 65, 127, 128, 192].map((n) => Buffer.alloc(n, 0xff))];
    const { bits256, bits512 } = engineDigests(all);
    expect(all.map((m) => hex(streebog256(m)))).toEqual(bits256);
    expect(all.map((m) => hex(streebog512(m)))).toEqual(bits512);
  });

  let made: ReturnType<typeof makeKz>;
  beforeAll(() => {
    made = makeKz(content, person, now);
  });

  const verify = (cms: Uint8Array, change: Partial<VerifyInput> = {}): VerifyResult =>
    verifyDetachedCades({
      cms,
      content,
      anchors: [readOwn(made.root)],
      intermediates: [],
      now,
      requireSigningCertificateV2: false,
      policy: { ...APPLICANT_POLICY, expectedIin: person.iin },
      ...change,
    });
  const outcome = (result: VerifyResult) =>
    result.ok ? 'ok' : [result.code, result.fault ?? result.reason].filter(Boolean).join(': ');

  it('reads the certificate: holder, roles, key and where it lives', () => {
    expect(readOwn(made.leaf)).toMatchObject({
      ...{ iin: person.iin, surname: person.surname, givenName: person.name },
      ...{ patronymic: person.patronymic, roles: ['individual'], keyStorage: 'file' },
      ...{ publicKeyKind: 'gost-512', publicKeyBits: 512, unknownCritical: [] },
    });
  });

  it.each(['plain', 'bound', 'boundByStreebog'] as const)('takes a message (%s)', (form) => {
    const result = verify(made[form]);
    expect(outcome(result)).toBe('ok');
    if (!result.ok) return;
    expect(result.signingTime).toEqual(now);
    expect(result.chain.map((c) => c.subjectCommonName)).toEqual([
      `${person.surname} ${person.name}`,
      'GOST TEST ISSUING',
      'GOST TEST ROOT',
    ]);
  });

  it('the maker itself checks its message as we do', () => {
    const given = { cms: made.bound, content, certificate: made.leaf, issuer: made.issuing };
    expect(checkKz(given)).toEqual({
      ...{ digest: true, signature: true, issued: true, asItStands: false },
    });
  });

  it('an officer’s rules do not take such a key unless they say so', () => {
    const policy = OFFICER_POLICY;
    expect(outcome(verify(made.bound, { policy }))).toBe(
      'algorithm-unsupported: algorithm-unsupported',
    );
    // Where they do, the key is no longer the fault, the role is.
    expect(outcome(verify(made.bound, { policy: { ...OFFICER_POLICY, allowGost: true } }))).toBe(
      'signer-not-allowed: role-individual',
    );
  });

  /** The message with `change` made to a copy of it. */
  const altered = (change: (bytes: Buffer) => void, cms: Buffer = made.bound): Buffer => {
    const bytes = Buffer.from(cms);
    change(bytes);
    return bytes;
  };
  /** The signature is the last value of the message. */
  const signatureAt = (cms: Buffer) => cms.length - 128;
  const q = toLittleEndian(PARAM_SET_A.n, 64);

  it.each<[string, string, (bytes: Buffer) => void]>([
    [
      'r and s changed places',
      'signature-wrong',
      (b) => {
        const at = signatureAt(b);
        Buffer.concat([b.subarray(at + 64), b.subarray(at, at + 64)]).copy(b, at);
      },
    ],
    ['one bit of r', 'signature-wrong', (b) => (b[signatureAt(b) + 5]! ^= 1)],
    ['one bit of s', 'signature-wrong', (b) => (b[signatureAt(b) + 64 + 5]! ^= 1)],
    ['r = 0', 'signature-range', (b) => b.fill(0, signatureAt(b), signatureAt(b) + 64)],
    ['s = 0', 'signature-range', (b) => b.fill(0, signatureAt(b) + 64)],
    ['r = q', 'signature-range', (b) => b.set(q, signatureAt(b))],
    ['s = q', 'signature-range', (b) => b.set(q, signatureAt(b) + 64)],
    ['the key’s point off the curve', 'point-off-curve', (b) => (b[keyAt(b) + 70]! ^= 1)],
    [
      'the key’s halves changed places',
      'point-off-curve',
      (b) => {
        const at = keyAt(b);
        Buffer.concat([b.subarray(at + 64, at + 128), b.subarray(at, at + 64)]).copy(b, at);
      },
    ],
    // 126 bytes of key and two that stand for something else, so that all lengths still agree
    [
      'a key of another length',
      'key-length',
      (b) => {
        const at = keyAt(b);
        Buffer.from([0x04, 0x7e]).copy(b, at - 3);
        b.copyWithin(at - 1, at, at + 126);
        Buffer.from([0x05, 0x00, 0x00]).copy(b, at + 125);
      },
    ],
  ])('refuses %s', (_, fault, change) => {
    expect(outcome(verify(altered(change)))).toBe(`signature-invalid: ${fault}`);
  });

  /** Where the 128 bytes of the signer's key start. */
  function keyAt(bytes: Buffer): number {
    const head = Buffer.from('03818400048180', 'hex');
    const leafAt = bytes.indexOf(made.leaf.subarray(0, 60));
    return bytes.indexOf(head, leafAt) + head.length;
  }

  it('refuses a signature in the Russian byte order', () => {
    expect(outcome(verify(made.russianOrder))).toMatch(/^signature-invalid: signature-/);
  });

  it('cannot check a key on another parameter set, and says so', () => {
    const setA = Buffer.from('2a830e030a0101020201', 'hex');
    const cms = altered((b) => (b[b.lastIndexOf(setA, keyAt(b)) + setA.length - 1] = 2));
    const result = verify(cms);
    expect(outcome(result)).toBe('algorithm-unsupported');
    expect(!result.ok && result.claimedSigner?.iin).toBe(person.iin);
  });

  it('refuses other content, other anchors, another IIN, and dates that have passed', () => {
    const other = Buffer.from(content);
    other[3]! ^= 1;
    expect(outcome(verify(made.bound, { content: other }))).toBe('digest-mismatch');
    const strangers = makeKz(content, person, now);
    expect(outcome(verify(made.bound, { anchors: [readOwn(strangers.root)] }))).toBe(
      'chain-untrusted',
    );
    // The same names, other keys: the issuer is found by name and its signature does not fit.
    expect(outcome(verify(strangers.bound))).toBe('chain-untrusted');
    const policy = { ...APPLICANT_POLICY, expectedIin: '951345300027' };
    expect(outcome(verify(made.bound, { policy }))).toBe('signer-not-allowed: iin-mismatch');
    const late = new Date('2027-03-02T06:30:00Z');
    expect(outcome(verify(made.bound, { now: late }))).toBe('expired: expired');
  });

  it('refuses a certificate altered after it was issued', () => {
    const cms = altered((b) => (b[b.indexOf(Buffer.from(person.patronymic))]! ^= 0x02), made.plain);
    expect(verify(cms).ok).toBe(false);
  });

  it('refuses a message with any one byte altered', { timeout: 120_000 }, () => {
    // Every seventh byte, other ones in each part: the whole of it would take minutes of curve arithmetic.
    for (let at = 0; at < made.bound.length; at += 7)
      expect([at, verify(altered((b) => (b[at]! ^= 0x10))).ok]).toEqual([at, false]);
  });

  it('the stand’s own signer makes what the engine and we take', () => {
    const validity = { notBefore: new Date('2026-01-01'), notAfter: new Date('2027-01-01') };
    const root = issueGostAuthority('TEST ROOT', validity);
    const issuing = issueGostAuthority('TEST ISSUING', validity, root);
    const signer = issueGostPerson(issuing, person, validity);
    const cms = signGostCms(content, signer, issuing, now);
    const given = { cms, content, certificate: signer.certDer, issuer: issuing.certDer };
    expect(checkKz(given)).toEqual({
      ...{ digest: true, signature: true, issued: true, asItStands: false },
    });
    const anchors = [readOwn(root.certDer)];
    expect(outcome(verify(cms, { anchors, requireSigningCertificateV2: false }))).toBe('ok');
    expect(outcome(verify(cms, { anchors, content: Buffer.from('x') }))).toBe('digest-mismatch');
  });
});
