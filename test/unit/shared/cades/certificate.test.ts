// Certificates of the NCA layout: names from ASN.1, numbers, roles, usages; odd ones refused.
import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { readCertificate } from '../../../../src/shared/cades/certificate.ts';
import { readPemCertificates, readTrustPem } from '../../../../src/shared/cades/trust.ts';
import { pemOf, STORAGE } from '../../../../stand/pki/issue.ts';
import {
  issueOfficer,
  makeAuthorities,
  readOwn,
  type TestAuthorities,
} from '../../../support/soft-token.ts';

const now = new Date('2026-02-10T08:00:00Z');
const p256 = (): Uint8Array =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
    type: 'spki',
    format: 'der',
  });
let authorities: TestAuthorities;
beforeAll(async () => {
  authorities = await makeAuthorities(now);
});

describe('reading a certificate', () => {
  it('takes every fact of the NCA layout, quotes in O kept', async () => {
    const read = readOwn(await issueOfficer(authorities.issuing, p256(), now));
    expect(read).toMatchObject({
      subjectCommonName: 'СЫНАҚОВА ӘСЕЛ',
      surname: 'СЫНАҚОВА',
      givenName: 'ӘСЕЛ',
      patronymic: 'МАРАТҚЫЗЫ',
      organisation: 'ГУ "Учебное управление"',
      iin: '801345300016',
      bin: '991340000017',
      issuerCommonName: 'TEST ISSUING CA',
      keyUsage: ['digitalSignature', 'nonRepudiation'],
      roles: ['legal-entity', 'signatory'],
      policies: ['1.2.398.3.3.2'],
      keyStorageOid: STORAGE.token,
      keyStorage: 'token',
      publicKeyKind: 'ec-p256',
      publicKeyBits: 256,
      isCa: false,
      selfIssued: false,
      unknownCritical: [],
    });
    expect(read.notBefore.toISOString()).toBe('2026-01-11T08:00:00.000Z');
  });

  it('tells absent parts as null', async () => {
    const change = {
      patronymic: null,
      unit: null,
      keyStorageOid: null,
      roles: ['individual'],
    } as const;
    const read = readOwn(await issueOfficer(authorities.issuing, p256(), now, change));
    expect(read).toMatchObject({
      patronymic: null,
      bin: null,
      organisation: null,
      keyStorage: null,
    });
  });

  it('knows CA certificates and RSA sizes', () => {
    const [issuing] = authorities.intermediates;
    expect(issuing).toMatchObject({ isCa: true, pathLength: 0, publicKeyKind: 'rsa' });
    expect(issuing?.publicKeyBits).toBe(2048);
    expect(authorities.anchors[0]).toMatchObject({
      isCa: true,
      pathLength: null,
      selfIssued: true,
    });
  });

  it('recognises a GOST key of the NCA, which it cannot compute with', async () => {
    // AlgorithmIdentifier { 1.2.398.3.10.1.1.2.2, { …2.2.1 } }, OCTET STRING of 128 bytes in the BIT STRING
    const oid = Buffer.from('06092a830e030a01010202', 'hex');
    const parameters = Buffer.from('300c060a2a830e030a0101020201', 'hex');
    const point = Buffer.concat([Buffer.from([0x04, 0x81, 0x80]), Buffer.alloc(128, 7)]);
    const bits = Buffer.concat([Buffer.from([0x03, 0x81, point.length + 1, 0]), point]);
    const head = Buffer.concat([
      Buffer.from([0x30, oid.length + parameters.length]),
      oid,
      parameters,
    ]);
    const body = Buffer.concat([head, bits]);
    const spki = Buffer.concat([Buffer.from([0x30, 0x81, body.length]), body]);
    const read = readOwn(await issueOfficer(authorities.issuing, spki, now));
    expect(read.publicKeyKind).toBe('gost-512');
  });

  it('refuses cut, prolonged and oversized bytes without throwing', async () => {
    const der = await issueOfficer(authorities.issuing, p256(), now);
    for (let length = 0; length < der.length; length += 7)
      expect(readCertificate(der.subarray(0, length))).toMatchObject({ ok: false });
    const longer = Buffer.concat([der, Buffer.from([0])]);
    expect(readCertificate(longer)).toMatchObject({ ok: false, code: 'malformed' });
    expect(readCertificate(new Uint8Array(40_000))).toMatchObject({ ok: false, code: 'too-large' });
  });

  it('splits a trust file into anchors and issuing CAs, and refuses an empty one', () => {
    const { root, issuing } = authorities;
    const trust = readTrustPem(pemOf(issuing.certDer) + pemOf(root.certDer));
    expect(trust.anchors.map((c) => c.subjectCommonName)).toEqual(['TEST ROOT']);
    expect(trust.intermediates.map((c) => c.subjectCommonName)).toEqual(['TEST ISSUING CA']);
    expect(() => readPemCertificates('')).toThrow('no certificate');
  });
});
