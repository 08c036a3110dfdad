// Verification of GOST requests (signature, chain, dates) and Streebog, beside OpenSSL's GOST engine.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readCertificate } from '../../src/shared/cades/certificate.ts';
import { streebog512 } from '../../src/shared/cades/gost/streebog.ts';
import { APPLICANT_POLICY } from '../../src/shared/cades/signability.ts';
import { verifyDetachedCades } from '../../src/shared/cades/verify.ts';
import { signGostCms } from '../../stand/pki/gost-cms.ts';
import { issueGostAuthority, issueGostPerson } from '../../stand/pki/gost-issue.ts';
import { ms, timed, type Figure } from './measure.ts';

const REQUESTS = 100;
const MEGABYTES = 8;

const CONF =
  'openssl_conf=o\n[o]\nengines=e\n[e]\ngost=g\n[g]\nengine_id=gost\ndefault_algorithms=ALL\n';

/** The engine over the same sizes, a process each as a script would call it. */
async function engine(): Promise<{ verify: string; hash: string }> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-gost-'));
  const at = (name: string) => path.join(dir, name);
  fs.writeFileSync(at('conf'), CONF);
  const env = { ...process.env, OPENSSL_CONF: at('conf') };
  const openssl = (...args: string[]) => execFileSync('openssl', args, { env, stdio: 'pipe' });
  try {
    const kind = ['-algorithm', 'gost2012_512', '-pkeyopt', 'paramset:A'];
    openssl('genpkey', ...kind, '-out', at('key'));
    openssl('pkey', '-in', at('key'), '-pubout', '-out', at('pub'));
    fs.writeFileSync(at('data'), Buffer.alloc(400, 7));
    fs.writeFileSync(at('large'), Buffer.alloc(MEGABYTES * 1024 * 1024, 7));
    const digest = ['dgst', '-md_gost12_512'];
    openssl(...digest, '-sign', at('key'), '-out', at('sig'), at('data'));
    const checked = await timed(() => {
      for (let i = 0; i < REQUESTS; i++)
        openssl(...digest, '-verify', at('pub'), '-signature', at('sig'), at('data'));
    });
    const hashed = await timed(() => openssl(...digest, at('large')));
    return { verify: ms(checked.took), hash: ms(hashed.took) };
  } catch {
    return { verify: 'no GOST engine here', hash: 'no GOST engine here' };
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

export async function benchGost(): Promise<Figure[]> {
  const now = new Date();
  const day = 86_400_000;
  const validity = {
    notBefore: new Date(now.getTime() - 30 * day),
    notAfter: new Date(now.getTime() + 300 * day),
  };
  const root = issueGostAuthority('BENCH ROOT', validity);
  const issuing = issueGostAuthority('BENCH ISSUING', validity, root);
  const anchor = readCertificate(root.certDer);
  if (!anchor.ok) throw new Error(anchor.detail);
  const content = Buffer.alloc(400, 7);
  const requests = Array.from({ length: REQUESTS }, (_, i) => {
    const person = {
      surname: 'ҮЛГІ',
      name: 'АДАМ',
      patronymic: null,
      iin: String(951345300000 + i),
    };
    return signGostCms(content, issueGostPerson(issuing, person, validity), issuing, now);
  });
  const verified = await timed(() => {
    for (const cms of requests) {
      const result = verifyDetachedCades({
        ...{ cms, content, now, anchors: [anchor.certificate], intermediates: [] },
        ...{ requireSigningCertificateV2: false, policy: APPLICANT_POLICY },
      });
      if (!result.ok) throw new Error(result.detail);
    }
  });
  const large = Buffer.alloc(MEGABYTES * 1024 * 1024, 7);
  const hashed = await timed(() => streebog512(large));
  const beside = await engine();
  const perSecond = (count: number, took: number) => ((count * 1000) / took).toFixed(0);
  return [
    {
      what: `${REQUESTS} GOST requests verified`,
      ours: `${ms(verified.took)} (${perSecond(REQUESTS, verified.took)} a second, one core)`,
      beside: `${beside.verify} ${REQUESTS} × openssl dgst -verify`,
      note: 'ours: CMS, signature, chain of three GOST certificates, policy; openssl: one signature each, a process each',
    },
    {
      what: `Streebog-512 of ${MEGABYTES} MB`,
      ours: `${ms(hashed.took)} (${perSecond(MEGABYTES, hashed.took)} MB/s)`,
      beside: `${beside.hash} openssl dgst`,
      note: 'ours in JavaScript; requests are a few hundred bytes',
    },
  ];
}
