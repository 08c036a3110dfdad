// Child process that makes the whole demo PKI in one folder: its own SOFTHSM2_CONF, the parent's stays as it is.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCertificate } from '../../src/shared/cades/certificate.ts';
import { issueGostAuthority } from './gost-issue.ts';
import {
  exportKeyPem,
  issueAuthority,
  issuePerson,
  issueTlsServer,
  pemOf,
  STORAGE,
  type Authority,
} from './issue.ts';
import { issueService } from './issue-service.ts';
import { pinSha256, type DemoManifest } from './manifest.ts';
import { OFFICERS, type OfficerPlan } from './officers.ts';
import { openSoftModule, writeSoftHsmConfig, type SoftModule } from './soft-token.ts';

const DAY_MS = 86_400_000;
const SIGN_KEY = '01';
const AUTH_KEY = '02';
const EXPIRED_KEY = '03';

interface Order {
  readonly dir: string;
  readonly now: string;
  readonly pin: string;
}

async function make({ dir, now, pin }: Order): Promise<void> {
  const at = (days: number): Date => new Date(Date.parse(now) + days * DAY_MS);
  const term = { notBefore: at(-1000), notAfter: at(3650) };
  process.env['SOFTHSM2_CONF'] = writeSoftHsmConfig(dir);
  const file = (name: string, text: string): void => {
    mkdirSync(join(dir, name, '..'), { recursive: true });
    writeFileSync(join(dir, name), text, { mode: 0o600 });
  };

  const root = await issueAuthority({
    commonName: 'ОҚУ СТЕНДІ – TRAINING ROOT (RSA)',
    kind: 'rsa',
    issuing: false,
    ...term,
  });
  const issuing = await issueAuthority({
    commonName: 'ОҚУ СТЕНДІ – TRAINING ISSUING CA (RSA)',
    kind: 'rsa',
    issuing: true,
    issuer: root,
    ...term,
  });
  // Citizens' newer certificates come from a GOST root of its own, as at the NCA.
  const gostRoot = issueGostAuthority('ОҚУ СТЕНДІ – TRAINING ROOT (GOST)', term);
  const gostIssuing = issueGostAuthority('ОҚУ СТЕНДІ – TRAINING ISSUING CA (GOST)', term, gostRoot);
  const trusted = [root, issuing, gostRoot, gostIssuing];
  file('trust/trust.pem', trusted.map(({ certDer }) => pemOf(certDer)).join(''));
  file('ca/gost-issuing.key', gostIssuing.key.secret());
  file('ca/gost-issuing.pem', pemOf(gostIssuing.certDer));
  // The root's key is not kept: nobody issues another CA on this stand.
  file('ca/issuing.key', await exportKeyPem(issuing.privateKey));
  file('ca/issuing.pem', pemOf(issuing.certDer));

  const tlsCa = await issueAuthority({
    commonName: 'TRAINING TLS CA',
    kind: 'ec-p256',
    issuing: true,
    ...term,
  });
  const tls = await issueTlsServer(tlsCa, { notBefore: at(-30), notAfter: at(365) });
  file('tls/ca.pem', pemOf(tlsCa.certDer));
  file('tls/server.pem', tls.certPem);
  file('tls/server.key', tls.keyPem);

  const service = async (name: string, request: Parameters<typeof issueService>[0]) => {
    const made = await issueService(request);
    file(`services/${name}.pem`, made.certPem);
    file(`services/${name}.key`, made.keyPem);
  };
  const served = { kind: 'rsa', notBefore: at(-30), notAfter: at(365) } as const;
  await service('ocsp', {
    ...served,
    issuer: issuing,
    commonName: 'TRAINING OCSP',
    purpose: 'ocsp',
  });
  await service('tsa', { ...served, issuer: issuing, commonName: 'TRAINING TSA', purpose: 'tsa' });
  // A CA for list signers alone: what a station pins.
  const listCa = await issueAuthority({
    commonName: 'TRAINING TRUST LIST CA',
    kind: 'rsa',
    issuing: true,
    ...term,
  });
  file('trust/list-ca.pem', pemOf(listCa.certDer));
  await service('list', {
    ...served,
    issuer: listCa,
    commonName: 'TRAINING TRUST LIST',
    purpose: 'document',
  });

  const softModule = await openSoftModule();
  const officers: DemoManifest['officers'][number][] = [];
  for (const officer of OFFICERS)
    officers.push(await makeToken(softModule, issuing, officer, pin, at));
  softModule.close();
  const manifest: DemoManifest = {
    version: 3,
    validTo: at(360).toISOString(),
    pinSha256: pinSha256(pin),
    officers,
  };
  // Written last: a folder without it is one that was not finished, and is made again.
  file('manifest.json', JSON.stringify(manifest, null, 2));
}

async function makeToken(
  softModule: SoftModule,
  issuer: Authority,
  officer: OfficerPlan,
  pin: string,
  at: (days: number) => Date,
): Promise<DemoManifest['officers'][number]> {
  const token = softModule.create(officer.tokenLabel, { pin, soPin: '87654321' });
  const issue = async (keyId: string, usage: 'sign' | 'auth', from: number, to: number) => {
    const certDer = await issuePerson({
      ...officer,
      issuer,
      spkiDer: token.generate({ keyId, kind: officer.key }),
      unit: { name: `ГУ "${officer.department.nameRu}"`, bin: officer.department.bin },
      roles: ['legal-entity', officer.certificateRole],
      usage,
      keyStorageOid: STORAGE.token,
      notBefore: at(from),
      notAfter: at(to),
    });
    token.store(keyId, certDer);
    return certDer;
  };
  const certDer = await issue(SIGN_KEY, 'sign', -30, 365);
  // One token carries keys that must be shown as unusable, each with its reason.
  if (officer.id === 'reviewer-almaty') {
    await issue(AUTH_KEY, 'auth', -30, 365);
    await issue(EXPIRED_KEY, 'sign', -400, -35);
  }
  token.close();
  const read = readCertificate(certDer);
  if (!read.ok) throw new Error(`own certificate ${read.code}`);
  return {
    id: officer.id,
    tokenSerial: token.serial,
    keyId: SIGN_KEY,
    certSha256: read.certificate.sha256,
    certDer: Buffer.from(certDer).toString('base64'),
  };
}

// The order comes through stdin, not argv: it holds the PIN, and argv is read by everybody.
const chunks: Buffer[] = [];
for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
await make(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Order);
