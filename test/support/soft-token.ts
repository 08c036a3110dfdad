// Real SoftHSM tokens in a folder of their own, with certificates of a test CA in the NCA layout.
import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { readCertificate } from '../../src/shared/cades/certificate.ts';
import type { NcaCertificate } from '../../src/shared/cades/certificate-types.ts';
import type { Pkcs11ModuleConfig } from '../../src/main/adapters/token/pkcs11-module.ts';
import type { TokenKeyRef } from '../../src/main/ports/token.ts';
import { issueAuthority, issuePerson, STORAGE, type Authority } from '../../stand/pki/issue.ts';
import type { PersonRequest } from '../../stand/pki/issue.ts';
import {
  openSoftModule,
  SOFTHSM_MODULE,
  writeSoftHsmConfig,
  type SoftKeyPlan,
} from '../../stand/pki/soft-token.ts';

export const PIN = '2580147';
const DAY_MS = 86_400_000;

export const daysFrom = (now: Date, days: number): Date => new Date(now.getTime() + days * DAY_MS);

export interface TestKeyPlan extends SoftKeyPlan {
  readonly certificate?: Partial<PersonRequest>;
}

export interface TestAuthorities {
  readonly root: Authority;
  readonly issuing: Authority;
  readonly anchors: readonly NcaCertificate[];
  readonly intermediates: readonly NcaCertificate[];
}

export function readOwn(der: Uint8Array): NcaCertificate {
  const read = readCertificate(der);
  if (!read.ok) throw new Error(read.detail);
  return read.certificate;
}

/** Root → issuing CA, software keys. */
export async function makeAuthorities(now: Date): Promise<TestAuthorities> {
  const term = { notBefore: daysFrom(now, -800), notAfter: daysFrom(now, 800) };
  const name = { commonName: 'TEST ROOT', kind: 'rsa', issuing: false, ...term } as const;
  const root = await issueAuthority(name);
  const issuing = await issueAuthority({
    ...name,
    commonName: 'TEST ISSUING CA',
    issuing: true,
    issuer: root,
  });
  return {
    root,
    issuing,
    anchors: [readOwn(root.certDer)],
    intermediates: [readOwn(issuing.certDer)],
  };
}

/** An officer's certificate with any part changed. */
export function issueOfficer(
  issuer: Authority,
  spkiDer: Uint8Array,
  now: Date,
  change: Partial<PersonRequest> = {},
): Promise<Uint8Array> {
  return issuePerson({
    issuer,
    spkiDer,
    surname: 'СЫНАҚОВА',
    name: 'ӘСЕЛ',
    patronymic: 'МАРАТҚЫЗЫ',
    iin: '801345300016',
    unit: { name: 'ГУ "Учебное управление"', bin: '991340000017' },
    roles: ['legal-entity', 'signatory'],
    usage: 'sign',
    keyStorageOid: STORAGE.token,
    notBefore: daysFrom(now, -30),
    notAfter: daysFrom(now, 365),
    ...change,
  });
}

export interface SoftTokens {
  readonly dir: string;
  readonly softhsmConf: string;
  readonly module: Pkcs11ModuleConfig;
  readonly authorities: TestAuthorities;
  /** Key reference and certificate of `label` + `keyId`. */
  key(label: string, keyId: string): { readonly ref: TokenKeyRef; readonly certDer: Uint8Array };
  /** Pulls the token out: SoftHSM then answers CKR_GENERAL_ERROR for its slot. */
  remove(label: string): void;
  insert(label: string): void;
  dispose(): void;
}

/** Makes tokens and sets SOFTHSM2_CONF of this process, which must not have loaded SoftHSM yet. */
export async function makeSoftTokens(
  now: Date,
  plan: Readonly<Record<string, readonly TestKeyPlan[]>>,
): Promise<SoftTokens> {
  // A worker's process.env is a copy the C library never sees.
  if (!isMainThread) throw new Error('SoftHSM tests need a process of their own (pool: forks)');
  const dir = mkdtempSync(join(tmpdir(), 'kualik-tokens-'));
  const softhsmConf = writeSoftHsmConfig(dir);
  process.env['SOFTHSM2_CONF'] = softhsmConf;
  const authorities = await makeAuthorities(now);
  const made = new Map<string, { ref: TokenKeyRef; certDer: Uint8Array }>();
  const folders = new Map<string, string>();
  const softModule = await openSoftModule();
  for (const [label, keys] of Object.entries(plan)) {
    const before = new Set(readdirSync(join(dir, 'tokens')));
    const token = softModule.create(label, { pin: PIN, soPin: '87654321' });
    for (const name of readdirSync(join(dir, 'tokens')))
      if (!before.has(name)) folders.set(label, join(dir, 'tokens', name));
    for (const key of keys) {
      const spkiDer = token.generate(key);
      const certDer = await issueOfficer(authorities.issuing, spkiDer, now, key.certificate);
      token.store(key.keyId, certDer);
      const certSha256 = readOwn(certDer).sha256;
      const ref = { moduleId: 'soft', serial: token.serial, keyId: key.keyId, certSha256 };
      made.set(`${label}/${key.keyId}`, { ref, certDer });
    }
    token.close();
  }
  softModule.close();
  const folder = (label: string): string => {
    const path = folders.get(label);
    if (!path) throw new Error(`no token ${label}`);
    return path;
  };
  return {
    dir,
    softhsmConf,
    module: { id: 'soft', title: 'SoftHSM', path: SOFTHSM_MODULE, rescanByRestart: true },
    authorities,
    key(label, keyId) {
      const found = made.get(`${label}/${keyId}`);
      if (!found) throw new Error(`no key ${keyId} on ${label}`);
      return found;
    },
    remove: (label) => renameSync(folder(label), join(dir, `out-${label}`)),
    insert: (label) => renameSync(join(dir, `out-${label}`), folder(label)),
    dispose: () => rmSync(dir, { recursive: true, force: true }),
  };
}
