// The stand's PKI: officers on their tokens, a trusted TLS server, signed applications; made once and kept.
import { execFileSync } from 'node:child_process';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPkcs11Token, type Pkcs11Token } from '../../src/main/adapters/token/pkcs11-token.ts';
import { officerProfile } from '../../src/shared/central/messages.ts';
import { isIin } from '../../src/shared/kernel/iin.ts';
import { readCertificate } from '../../src/shared/cades/certificate.ts';
import {
  APPLICANT_POLICY,
  assessSigningCertificate,
  OFFICER_POLICY,
} from '../../src/shared/cades/signability.ts';
import { readTrustPem } from '../../src/shared/cades/trust.ts';
import { verifyDetachedCades } from '../../src/shared/cades/verify.ts';
import { keyKindOf } from '../../stand/pki/applicant-signer.ts';
import { makeDemoPki, type DemoPki } from '../../stand/pki/demo-pki.ts';

const now = new Date();
const pin = '4815162';
const dir = mkdtempSync(join(tmpdir(), 'kualik-pki-'));
let pki: DemoPki;
let token: Pkcs11Token;
beforeAll(async () => {
  const before = process.env['SOFTHSM2_CONF'];
  pki = await makeDemoPki({ dir, now, pin });
  expect(process.env['SOFTHSM2_CONF']).toBe(before);
  process.env['SOFTHSM2_CONF'] = pki.softhsmConf;
  token = await openPkcs11Token([{ id: 'soft', title: 'SoftHSM', path: pki.module }]);
});
afterAll(() => {
  token.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('the demo PKI', () => {
  it('has four synthetic officers, each with a profile the node can serve', () => {
    expect(pki.officers.map((o) => [o.id, o.region.code, o.key])).toEqual([
      ['reviewer-almaty', '750000000', 'rsa'],
      ['reviewer-astana', '710000000', 'ec-p256'],
      ['issuer-almaty', '750000000', 'ec-p256'],
      ['head-almaty', '750000000', 'rsa'],
    ]);
    for (const officer of pki.officers) {
      const { iin, fullName, department, region, roles, registrationPoint } = officer;
      const profile = { iin, fullName, department, region, roles, registrationPoint };
      expect(officerProfile.parse(profile)).toEqual(profile);
      expect(isIin(iin)).toBe(true);
      // Month 13 or more: a number that belongs to nobody.
      expect(Number(iin.slice(2, 4))).toBeGreaterThan(12);
    }
  });

  it('lets every officer prove the PIN with a key that may sign', async () => {
    for (const officer of pki.officers) {
      const read = readCertificate(officer.certDer);
      if (!read.ok) throw new Error(read.detail);
      const policy = {
        ...OFFICER_POLICY,
        expectedIin: officer.iin,
        expectedBin: officer.department.bin,
      };
      expect(assessSigningCertificate(read.certificate, { now, policy })).toEqual({
        usable: true,
        warnings: [],
      });
      const key = { keyId: officer.keyId, certSha256: officer.certSha256, pin };
      const proof = await token.provePin({ moduleId: 'soft', serial: officer.tokenSerial, ...key });
      expect(proof).toMatchObject({ ok: true });
    }
  });

  it('shows an AUTH key and an expired one beside the good one on the Almaty token', async () => {
    const listing = await token.listTokens();
    if (!listing.ok) throw new Error(listing.refusal.code);
    const almaty = listing.tokens.find((t) => t.serial === pki.officers[0]?.tokenSerial);
    const reasons = almaty?.certificates.map(({ der }) => {
      const read = readCertificate(der);
      if (!read.ok) throw new Error(read.detail);
      const judged = assessSigningCertificate(read.certificate, { now, policy: OFFICER_POLICY });
      return judged.usable ? 'usable' : judged.reasonCode;
    });
    expect(reasons?.sort()).toEqual(['auth-key', 'expired', 'usable']);
  });

  it('keeps no private key of an officer or of the root in a file', () => {
    const files = readdirSync(dir, { recursive: true }).map(String);
    const kept = files.filter((name) => name.endsWith('.key')).sort();
    expect(kept).toEqual([
      ...[join('ca', 'gost-issuing.key'), join('ca', 'issuing.key')],
      ...['list', 'ocsp', 'tsa'].map((name) => join('services', `${name}.key`)),
      join('tls', 'server.key'),
    ]);
    for (const name of kept) expect(statSync(join(dir, name)).mode & 0o077).toBe(0);
  });

  it('signs applications so that we and OpenSSL take them', async () => {
    const bytes = Buffer.from('{"ticket":"T-1"}');
    const algorithm = 'ec-p256' as const;
    const who = { iin: '991332300002', surname: 'ӘБДІ', name: 'СЫНАҚ', algorithm };
    const cms = await pki.signApplication(bytes, who);
    const trust = readTrustPem(pki.trustPem);
    const policy = { ...APPLICANT_POLICY, expectedIin: who.iin };
    const check = { ...trust, now, requireSigningCertificateV2: true, policy };
    expect(verifyDetachedCades({ cms, content: bytes, ...check })).toMatchObject({
      ok: true,
      signer: { surname: 'ӘБДІ', givenName: 'СЫНАҚ', roles: ['individual'] },
    });
    const { writeFileSync } = await import('node:fs');
    writeFileSync(join(dir, 'a.p7s'), cms);
    writeFileSync(join(dir, 'a.bin'), bytes);
    const args = ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', 'a.p7s'];
    const rest = ['-content', 'a.bin', '-CAfile', pki.paths.trustPem, '-out', '/dev/null'];
    execFileSync('openssl', [...args, ...rest], { cwd: dir, stdio: 'pipe' });
  });

  it('signs half of the applications with GOST keys, and we take them', async () => {
    const bytes = Buffer.from('{"ticket":"T-2"}');
    const who = { iin: '991332300002', surname: 'ӘБДІ', name: 'СЫНАҚ', patronymic: 'ҮЛГІҰЛЫ' };
    const trust = readTrustPem(pki.trustPem);
    const policy = { ...APPLICANT_POLICY, expectedIin: who.iin };
    const check = { ...trust, now, requireSigningCertificateV2: false, policy };
    // The PKI read back from its folder signs under the same root.
    const again = await makeDemoPki({ dir, now, pin });
    for (const from of [pki, again]) {
      const cms = await from.signApplication(bytes, { ...who, algorithm: 'gost-512' });
      const result = verifyDetachedCades({ cms, content: bytes, ...check });
      expect(result).toMatchObject({
        ok: true,
        signer: { ...{ surname: 'ӘБДІ', patronymic: 'ҮЛГІҰЛЫ' }, publicKeyKind: 'gost-512' },
      });
    }
    const kinds = Array.from({ length: 200 }, (_, i) => keyKindOf(`9913323${10_000 + i}`));
    const gost = kinds.filter((kind) => kind === 'gost-512').length;
    expect(gost).toBeGreaterThan(80);
    expect(gost).toBeLessThan(120);
  });

  it('gives a TLS server that its own CA vouches for, by name and by address', async () => {
    const server = createServer({ key: pki.tlsKey, cert: pki.tlsCert }, (_, answer) =>
      answer.end(),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const status = (host: string, ca: string) =>
      new Promise<number | string>((resolve) => {
        const options = { host: '127.0.0.1', servername: host, port, ca, agent: false };
        request({ ...options, headers: { host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        })
          .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'))
          .end();
      });
    expect(await status('localhost', pki.tlsCaPem)).toBe(200);
    expect(await status('other.example', pki.tlsCaPem)).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(await status('localhost', pki.trustPem)).not.toBe(200);
    server.close();
  });

  it('is kept, and made anew when it has run out or the PIN is another', async () => {
    const serials = (p: DemoPki) => p.officers.map((o) => o.tokenSerial);
    expect(serials(await makeDemoPki({ dir, now, pin }))).toEqual(serials(pki));
    const elsewhere = mkdtempSync(join(tmpdir(), 'kualik-pki-'));
    try {
      const first = await makeDemoPki({ dir: elsewhere, now, pin });
      const later = new Date(now.getTime() + 400 * 86_400_000);
      const second = await makeDemoPki({ dir: elsewhere, now: later, pin });
      expect(serials(second)).not.toEqual(serials(first));
      const third = await makeDemoPki({ dir: elsewhere, now: later, pin: '1234567' });
      expect(serials(third)).not.toEqual(serials(second));
    } finally {
      rmSync(elsewhere, { recursive: true, force: true });
    }
  });
});
