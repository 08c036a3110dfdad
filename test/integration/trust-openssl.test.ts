// Trust evidence against OpenSSL, in both directions: what it makes we read, what we make it accepts.
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addTimeStamp,
  signatureValue,
  splitCadesT,
  verifyCadesT,
} from '../../src/shared/cades/cades-t.ts';
import type { NcaCertificate } from '../../src/shared/cades/certificate-types.ts';
import { readCrlAnswer } from '../../src/shared/cades/crl.ts';
import { buildOcspRequest, readOcspAnswer } from '../../src/shared/cades/ocsp.ts';
import { OFFICER_POLICY } from '../../src/shared/cades/signability.ts';
import {
  buildTimeStampRequest,
  readTimeStampReply,
  verifyTimeStamp,
  type TimeStampInput,
} from '../../src/shared/cades/timestamp.ts';
import { verifyDetachedCades } from '../../src/shared/cades/verify.ts';
import { makeCrl } from '../../stand/pki/crl-maker.ts';
import { pemOf } from '../../stand/pki/issue.ts';
import { createOcspResponder } from '../../stand/pki/ocsp-responder.ts';
import type { PkiKey, PkiKeys } from '../../stand/pki/pki-keys.ts';
import { openTimeStampAuthority } from '../../stand/pki/time-stamp-authority.ts';
import { forgeToken } from '../support/forge-token.ts';
import { makeSoftSigner, type SoftSigner } from '../support/soft-signer.ts';
import { makeAuthorities, readOwn, type TestAuthorities } from '../support/soft-token.ts';
import { NOTHING_REVOKED, testService, testServices } from '../support/trust-services.ts';

const now = new Date();
const content = Buffer.from('{"decision":"approve","ticket":"Ә-1"}');
const dir = mkdtempSync(join(tmpdir(), 'kualik-evidence-'));
let ca: TestAuthorities;
let issuer: NcaCertificate;
let keys: PkiKeys;
let rsa: SoftSigner;
let ec: SoftSigner;
const file = (name: string, text?: string | Uint8Array): string => {
  if (text !== undefined) writeFileSync(join(dir, name), text);
  return join(dir, name);
};
beforeAll(async () => {
  ca = await makeAuthorities(now);
  issuer = readOwn(ca.issuing.certDer);
  keys = await testServices(ca, now);
  rsa = await makeSoftSigner('rsa', ca, now);
  ec = await makeSoftSigner('ec-p256', ca, now);
  file('root.pem', pemOf(ca.root.certDer));
  file('issuing.pem', keys.issuing.certPem);
  file('both.pem', pemOf(ca.root.certDer) + keys.issuing.certPem);
  file('officer.pem', pemOf(rsa.certDer));
  file('content.bin', content);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** What OpenSSL said on both streams, and whether it ended well. */
function openssl(...args: string[]): { ok: boolean; text: string } {
  const done = spawnSync('openssl', args, { encoding: 'utf8' });
  return { ok: done.status === 0, text: `${done.stdout}${done.stderr}` };
}

async function stamped(
  signer: SoftSigner,
  tsa: PkiKey = keys.tsa,
  chain = keys.issuing.certPem,
): Promise<{ cms: Uint8Array; token: Uint8Array; nonce: Uint8Array }> {
  const cms = signer.cms(content);
  const nonce = randomBytes(16);
  const authority = openTimeStampAuthority(tsa, chain);
  const reply = await authority.stamp(buildTimeStampRequest(signatureValue(cms), nonce));
  authority.close();
  const token = readTimeStampReply(reply);
  if (token === null) throw new Error('no token');
  return { cms, token, nonce };
}
const check = (token: Uint8Array, cms: Uint8Array, change: Partial<TimeStampInput> = {}) => {
  const result = verifyTimeStamp({
    token,
    stamped: signatureValue(cms),
    nonce: null,
    anchors: ca.anchors,
    intermediates: ca.intermediates,
    between: { from: new Date(now.getTime() - 60_000), to: new Date(Date.now() + 60_000) },
    ...change,
  });
  return result.ok ? 'ok' : result.code;
};

describe('time-stamps of OpenSSL', () => {
  it('are taken: RSA and P-256 signers, RSA and P-256 authorities', async () => {
    const ecTsa = await testService(ca, now, 'tsa', { kind: 'ec-p256' });
    for (const signer of [rsa, ec])
      for (const tsa of [keys.tsa, ecTsa]) {
        const { cms, token, nonce } = await stamped(signer, tsa);
        expect(check(token, cms, { nonce })).toBe('ok');
      }
  });

  it('are refused when moved from another signature, or for another question', async () => {
    const one = await stamped(rsa);
    expect(check(one.token, ec.cms(content))).toBe('imprint-mismatch');
    expect(check(one.token, one.cms, { nonce: randomBytes(16) })).toBe('nonce-mismatch');
  });

  it('are refused from an authority whose purpose is not critical, or not time-stamps alone', async () => {
    // OpenSSL itself refuses to stamp with such a certificate: the token is made past its check.
    const loose = await testService(ca, now, 'tsa', { critical: false });
    const other = await testService(ca, now, 'document');
    const { cms, token } = await stamped(rsa);
    expect(check(forgeToken(token, loose), cms)).toBe('purpose-not-critical');
    expect(check(forgeToken(token, other), cms)).toBe('purpose-missing');
    expect(check(forgeToken(token, keys.tsa), cms)).toBe('ok'); // the forging itself is sound
  });

  it('are refused of a foreign authority, and outside the time they can have', async () => {
    const strangers = await makeAuthorities(now);
    const foreign = await testService(strangers, now, 'tsa');
    const { cms, token } = await stamped(rsa, foreign, pemOf(strangers.issuing.certDer));
    expect(check(token, cms)).toBe('chain-untrusted');
    const own = await stamped(rsa);
    const later = new Date(Date.now() + 600_000);
    expect(check(own.token, own.cms, { between: { from: later, to: later } })).toBe(
      'time-implausible',
    );
  });

  it('are refused with any byte of content, attributes or signature altered', async () => {
    const { cms, token } = await stamped(ec);
    expect(check(token, cms)).toBe('ok');
    const certificates = [keys.tsa.certPem, keys.issuing.certPem].map((pem) =>
      Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64'),
    );
    const inCertificate = (i: number): boolean =>
      certificates.some((der) => {
        const at = Buffer.from(token).indexOf(der);
        return at >= 0 && i >= at && i < at + der.length;
      });
    let tried = 0;
    for (let i = 0; i < token.length; i++) {
      // A helper certificate that breaks is left out; the chain is then ours alone.
      if (inCertificate(i)) continue;
      const bent = Uint8Array.from(token);
      bent[i]! ^= 0x01;
      if (check(bent, cms) === 'ok') expect.fail(`byte ${i} of ${token.length} is not read`);
      tried += 1;
    }
    expect(tried).toBeGreaterThan(500);
  });
});

describe('CAdES-T', () => {
  it('is accepted by openssl cms -verify -cades and openssl ts -verify', async () => {
    for (const signer of [rsa, ec]) {
      const { cms, token } = await stamped(signer);
      const t = addTimeStamp(cms, token);
      expect(splitCadesT(t).basic).toEqual(Buffer.from(cms));
      expect(Buffer.from(splitCadesT(t).timeStamp ?? []).equals(token)).toBe(true);
      const verify = (data: string) =>
        openssl(
          ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', file('t.p7s', t)],
          ...['-content', data, '-CAfile', file('root.pem'), '-out', '/dev/null'],
        );
      expect(verify(file('content.bin'))).toMatchObject({ ok: true });
      expect(verify(file('other.bin', 'other')).ok).toBe(false);
      const ts = (value: Uint8Array) =>
        openssl(
          ...['ts', '-verify', '-token_in', '-in', file('token.der', token)],
          ...['-data', file('value.bin', value), '-CAfile', file('both.pem')],
        );
      expect(ts(signatureValue(cms))).toMatchObject({ ok: true });
      expect(ts(Buffer.from('other')).ok).toBe(false);
    }
  });

  it('is verified whole by us: at the stamped time, with the stamp of this signature', async () => {
    const { cms, token } = await stamped(rsa);
    const input = {
      content,
      anchors: ca.anchors,
      intermediates: [],
      now: new Date(Date.now() + 1000),
      requireSigningCertificateV2: true,
      policy: OFFICER_POLICY,
      tsa: { anchors: ca.anchors, intermediates: [] },
    };
    expect(verifyCadesT({ ...input, cms: addTimeStamp(cms, token) })).toMatchObject({
      ok: true,
      timeStamp: { policy: '1.2.398.3.3.2.6.2' },
    });
    expect(verifyCadesT({ ...input, cms })).toMatchObject({ ok: false, timeStamp: 'missing' });
    const moved = addTimeStamp(ec.cms(content), token);
    expect(verifyCadesT({ ...input, cms: moved })).toMatchObject({
      ok: false,
      timeStamp: 'imprint-mismatch',
    });
    // At level B-B nothing may stand beside the signature.
    expect(verifyDetachedCades({ ...input, cms: addTimeStamp(cms, token), now })).toMatchObject({
      ok: false,
      code: 'attributes-invalid',
    });
  });
});

describe('OCSP', () => {
  const ask = () => {
    const certificate = readOwn(rsa.certDer);
    const nonce = randomBytes(20);
    return { certificate, nonce, request: buildOcspRequest({ certificate, issuer, nonce }) };
  };

  it('ours is accepted by openssl ocsp: status, nonce, signer', () => {
    const { request } = ask();
    const response = createOcspResponder(issuer, keys.ocsp).answer(request, NOTHING_REVOKED, {
      now: new Date(),
      validSeconds: 600,
    });
    const verdict = openssl(
      ...['ocsp', '-reqin', file('q.der', request), '-respin', file('a.der', response)],
      ...['-CAfile', file('root.pem'), '-verify_other', file('issuing.pem')],
      '-resp_text',
    );
    expect(verdict.text).toContain('Response verify OK');
    expect(verdict.text).toContain('Cert Status: good');
    expect(verdict.text).not.toMatch(/WARNING|ERROR/i);
  });

  it('of OpenSSL is read by us: good, revoked, unknown', () => {
    const { certificate, nonce, request } = ask();
    const serial = Buffer.from(certificate.serialDer.subarray(2)).toString('hex').toUpperCase();
    const row = (state: string, revoked: string) =>
      `${state}\t351231235959Z\t${revoked}\t${serial}\tunknown\t/CN=X\n`;
    const answer = (index: string) => {
      execFileSync(
        'openssl',
        [
          ...['ocsp', '-index', file('index.txt', index), '-CA', file('issuing.pem'), '-nmin', '5'],
          ...[
            '-rsigner',
            file('ocsp.pem', keys.ocsp.certPem),
            '-rkey',
            file('ocsp.key', keys.ocsp.keyPem),
          ],
          ...['-reqin', file('q.der', request), '-respout', file('a.der')],
        ],
        { stdio: 'pipe' },
      );
      const response = readFileSync(file('a.der'));
      return readOcspAnswer({ response, certificate, issuer, nonce, now: new Date() });
    };
    expect(answer(row('V', ''))).toMatchObject({ status: 'good' });
    expect(answer(row('R', '260101100000Z,keyCompromise'))).toMatchObject({
      status: 'revoked',
      at: new Date('2026-01-01T10:00:00Z'),
      reason: 'key-compromise',
    });
    expect(answer('')).toMatchObject({ status: 'unknown' });
  });
});

describe('revocation lists', () => {
  it('ours are accepted by openssl crl, base and delta, and stop a verification', () => {
    const certificate = readOwn(rsa.certDer);
    const entries = new Map([
      [
        certificate.serialHex,
        { at: new Date(now.getTime() - 60_000), reason: 'key-compromise' as const },
      ],
    ]);
    const term = {
      asOf: new Date(now.getTime() - 60_000),
      until: new Date(now.getTime() + 600_000),
    };
    const base = makeCrl(issuer, keys.issuing.keyPem, { number: 4, ...term, entries });
    const delta = makeCrl(issuer, keys.issuing.keyPem, {
      number: 5,
      baseNumber: 4,
      ...term,
      entries,
    });
    for (const der of [base, delta]) {
      const shown = openssl(
        ...['crl', '-inform', 'DER', '-in', file('crl.der', der), '-noout', '-text'],
        ...['-CAfile', file('both.pem')],
      );
      expect(shown.text).toContain('verify OK');
      expect(shown.text).toContain('Key Compromise');
    }
    expect(
      openssl('crl', '-inform', 'DER', '-in', file('crl.der'), '-noout', '-text').text,
    ).toContain('Delta CRL Indicator: critical');
    const pem = execFileSync('openssl', ['crl', '-inform', 'DER', '-in', file('base.der', base)]);
    const checked = openssl(
      ...['verify', '-crl_check', '-CAfile', file('root.pem'), '-untrusted', file('issuing.pem')],
      ...['-CRLfile', file('crl.pem', pem), file('officer.pem')],
    );
    expect(checked.text).toContain('certificate revoked');
  });

  it('of OpenSSL are read by us', () => {
    const certificate = readOwn(rsa.certDer);
    const serial = Buffer.from(certificate.serialDer.subarray(2)).toString('hex').toUpperCase();
    const config = file(
      'ca.cnf',
      [
        '[ca]',
        'default_ca = d',
        '[d]',
        `database = ${file('ca.txt', `R\t351231235959Z\t260101100000Z,superseded\t${serial}\tunknown\t/CN=X\n`)}`,
        `crlnumber = ${file('crlnumber', '0A\n')}`,
        'default_md = sha256',
        'crl_extensions = e',
        '[e]',
        'authorityKeyIdentifier = keyid',
        '',
      ].join('\n'),
    );
    execFileSync(
      'openssl',
      [
        ...['ca', '-gencrl', '-config', config, '-crldays', '1', '-out', file('made.pem')],
        ...['-keyfile', file('issuing.key', keys.issuing.keyPem), '-cert', file('issuing.pem')],
      ],
      { stdio: 'pipe' },
    );
    const base = execFileSync('openssl', ['crl', '-in', file('made.pem'), '-outform', 'DER']);
    const input = { base, delta: null, issuer, now: new Date() };
    expect(readCrlAnswer({ ...input, certificate })).toMatchObject({
      status: 'revoked',
      reason: 'superseded',
    });
    expect(readCrlAnswer({ ...input, certificate: readOwn(ec.certDer) }).status).toBe('good');
  });
});
