// The stand's PKI: made once at set-up, kept in its folder, made again when it runs out.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readPemCertificates } from '../../src/shared/cades/trust.ts';
import { createApplicantSigner, type SignApplication } from './applicant-signer.ts';
import { gostKey } from './gost-key.ts';
import { importAuthority } from './issue.ts';
import { demoManifest, pinSha256, type DemoManifest } from './manifest.ts';
import type { PkiKey, PkiKeys } from './pki-keys.ts';
import { OFFICERS, type OfficerPlan } from './officers.ts';
import { SOFTHSM_MODULE } from './soft-token.ts';

export interface DemoOfficer extends OfficerPlan {
  readonly tokenSerial: string;
  /** CKA_ID of the signing key, hex. */
  readonly keyId: string;
  readonly certSha256: string;
  readonly certDer: Uint8Array;
}

export interface DemoPki {
  readonly paths: {
    readonly dir: string;
    readonly softhsmConf: string;
    readonly trustPem: string;
    /** The CA of trust-list signers: what a station pins. */
    readonly trustListCa: string;
    readonly tlsKey: string;
    readonly tlsCert: string;
    readonly tlsCa: string;
  };
  /** PKCS#11 library of the tokens. */
  readonly module: string;
  /** Value for SOFTHSM2_CONF, set before the module is loaded. */
  readonly softhsmConf: string;
  readonly pin: string;
  /** Roots and issuing CAs, RSA and GOST, PEM. */
  readonly trustPem: string;
  readonly tlsKey: string;
  readonly tlsCert: string;
  readonly tlsCaPem: string;
  readonly officers: readonly DemoOfficer[];
  /** Keys of the CA, its OCSP responder, its TSA and the signer of trust lists. */
  readonly services: PkiKeys;
  /** Detached CAdES of an applicant over these bytes. */
  readonly signApplication: SignApplication;
}

export interface DemoPkiRequest {
  readonly dir: string;
  readonly now: Date;
  /** PIN of every officer's token; of this stand only. */
  readonly pin: string;
}

/** Reads the PKI of `dir`, or makes it (a few seconds). @throws Error when SoftHSM is missing. */
export async function makeDemoPki({ dir, now, pin }: DemoPkiRequest): Promise<DemoPki> {
  if (!existsSync(SOFTHSM_MODULE))
    throw new Error(`SoftHSM is not installed (no ${SOFTHSM_MODULE}): apt-get install softhsm2`);
  const manifest = readManifest(dir, now, pin) ?? (await make(dir, now, pin));
  const paths = {
    dir,
    softhsmConf: join(dir, 'softhsm2.conf'),
    trustPem: join(dir, 'trust/trust.pem'),
    trustListCa: join(dir, 'trust/list-ca.pem'),
    tlsKey: join(dir, 'tls/server.key'),
    tlsCert: join(dir, 'tls/server.pem'),
    tlsCa: join(dir, 'tls/ca.pem'),
  };
  const text = (path: string): string => readFileSync(path, 'utf8');
  const [issuing] = readPemCertificates(text(join(dir, 'ca/issuing.pem')));
  if (!issuing) throw new Error('the demo PKI has no issuing CA');
  const issuer = await importAuthority(issuing.der, text(join(dir, 'ca/issuing.key')));
  const [gostIssuing] = readPemCertificates(text(join(dir, 'ca/gost-issuing.pem')));
  if (!gostIssuing) throw new Error('the demo PKI has no GOST CA');
  const gostIssuer = {
    certDer: gostIssuing.der,
    name: gostIssuing.subjectDer,
    key: gostKey(text(join(dir, 'ca/gost-issuing.key'))),
  };
  const service = (name: string): PkiKey => ({
    certPem: text(join(dir, `services/${name}.pem`)),
    keyPem: text(join(dir, `services/${name}.key`)),
  });
  return {
    paths,
    services: {
      issuing: {
        certPem: text(join(dir, 'ca/issuing.pem')),
        keyPem: text(join(dir, 'ca/issuing.key')),
      },
      ocsp: service('ocsp'),
      tsa: service('tsa'),
      list: service('list'),
      listCaPem: text(paths.trustListCa),
    },
    module: SOFTHSM_MODULE,
    softhsmConf: paths.softhsmConf,
    pin,
    trustPem: text(paths.trustPem),
    tlsKey: text(paths.tlsKey),
    tlsCert: text(paths.tlsCert),
    tlsCaPem: text(paths.tlsCa),
    officers: OFFICERS.map((plan) => withKey(plan, manifest)),
    signApplication: createApplicantSigner(issuer, gostIssuer, now),
  };
}

function withKey(plan: OfficerPlan, manifest: DemoManifest): DemoOfficer {
  const found = manifest.officers.find((officer) => officer.id === plan.id);
  if (!found) throw new Error(`the demo PKI knows no officer ${plan.id}`);
  return { ...plan, ...found, certDer: Buffer.from(found.certDer, 'base64') };
}

/** The manifest when the folder is whole, of this version and PIN, and still good at `now`. */
function readManifest(dir: string, now: Date, pin: string): DemoManifest | null {
  const path = join(dir, 'manifest.json');
  if (!existsSync(path)) return null;
  const read = demoManifest.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!read.success || read.data.pinSha256 !== pinSha256(pin)) return null;
  return now < new Date(read.data.validTo) ? read.data : null;
}

/** Makes the folder anew; only what this stand itself wrote is removed. */
async function make(dir: string, now: Date, pin: string): Promise<DemoManifest> {
  for (const own of ['manifest.json', 'tokens', 'trust', 'tls', 'ca', 'services', 'softhsm2.conf'])
    rmSync(join(dir, own), { recursive: true, force: true });
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  await runChild(JSON.stringify({ dir, now: now.toISOString(), pin }));
  const manifest = readManifest(dir, now, pin);
  if (!manifest) throw new Error('the demo PKI was not finished');
  return manifest;
}

/** SoftHSM reads its configuration from the environment once: a process of its own keeps ours clean. */
function runChild(order: string): Promise<void> {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const script = fileURLToPath(new URL('./make-demo-pki.ts', import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', loader, script], {
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    const complaints: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve();
      reject(
        new Error(`making the demo PKI failed: ${Buffer.concat(complaints).toString('utf8')}`),
      );
    });
    child.stdin.end(order);
  });
}
