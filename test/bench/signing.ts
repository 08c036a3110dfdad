// Approvals signed one by one, a batch of 500, and 1,000 acts verified; beside OpenSSL and pkcs11-tool in the same run.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { OFFICER_POLICY } from '../../src/shared/cades/signability.ts';
import { readTrustPem } from '../../src/shared/cades/trust.ts';
import { verifyDetachedCades } from '../../src/shared/cades/verify.ts';
import type { ReplyOf } from '../../src/shared/contract/channels.ts';
import {
  QUEUE,
  reviewByEye,
  until,
  type Workstation,
  type WorkstationStand,
} from '../support/workstation.ts';
import { ms, spread, timed, type Figure } from './measure.ts';

const SINGLE = 100;
const BATCH = 500;
const VERIFIED = 1000;

/** Clean cases of the node, claimed and confirmed, pictures here. */
async function ready(desk: Workstation, wanted: number): Promise<string[]> {
  const done: string[] = [];
  let after: string | null = null;
  while (done.length < wanted) {
    const page: ReplyOf<'queue.page'> = await desk.get('queue.page', {
      ...QUEUE,
      findings: 'clean',
      held: 'free',
      after,
      limit: 50,
    });
    for (const { applicationId } of page.rows) {
      if (done.length === wanted) break;
      if (!(await desk.call('case.claim', { applicationId })).ok) continue;
      await until(async () => {
        const one = await desk.get('case.open', { applicationId });
        return one.photo.problem === null && one.signature.problem === null;
      }, 'pictures');
      if (await reviewByEye(desk, applicationId)) done.push(applicationId);
    }
    // Rows that were claimed leave "free", so the next page is asked from the start of what is left.
    if (page.next === null && done.length < wanted)
      throw new Error(`only ${done.length} of ${wanted} cases can be approved: more --people`);
    after = page.next;
  }
  return done;
}

const run = (program: string, args: readonly string[]): void => {
  execFileSync(program, args, { stdio: 'pipe' });
};

/** A folder with the bytes of one real statement and a software key of the same size. */
function workshop(desk: Workstation) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-openssl-'));
  const at = (name: string): string => path.join(dir, name);
  fs.writeFileSync(at('statement'), desk.core.desk.session!.store.outbox.open().at(-1)!.body);
  run('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=bench'],
    ...['-keyout', at('key.pem'), '-out', at('cert.pem')],
  ]);
  return { at, close: () => fs.rmSync(dir, { recursive: true, force: true }) };
}

export async function benchSigning(stand: WorkstationStand, desk: Workstation): Promise<Figure[]> {
  const single = await singly(stand, desk);
  const { at, close } = workshop(desk);
  const openssl = await timed(() => {
    for (let i = 0; i < SINGLE; i++)
      run('openssl', [
        ...['cms', '-sign', '-cades', '-binary', '-md', 'sha256', '-outform', 'DER'],
        ...['-in', at('statement'), '-signer', at('cert.pem'), '-inkey', at('key.pem')],
        ...['-out', at('act.p7s')],
      ]);
  });
  const { moduleId, keyId, label } = desk.core.desk.session!.key;
  const modulePath = stand.config.modules.find(({ id }) => id === moduleId)!.path;
  const tool = await timed(() => {
    for (let i = 0; i < SINGLE; i++)
      run('pkcs11-tool', [
        ...['--module', modulePath, '--token-label', label, '--login', '--pin', stand.pin],
        ...['--sign', '--mechanism', 'SHA256-RSA-PKCS', '--id', keyId],
        ...['-i', at('statement'), '-o', at('raw')],
      ]);
  });
  const figures: Figure[] = [
    {
      what: `${SINGLE} signed approvals`,
      ours: `${ms(single.took)} (${spread(single.each)} each)`,
      beside: `${ms(openssl.took)} ${SINGLE} × openssl cms -sign; ${ms(tool.took)} ${SINGLE} × pkcs11-tool --sign`,
      note: 'ours: statement, PIN log-in and RSA-2048 in the SoftHSM token, CAdES, two durable transactions, journal; openssl: key in a file, a process each; pkcs11-tool: PIN log-in and the raw signature in the same token, a process each',
    },
  ];
  figures.push(await batch(stand, desk));
  figures.push(await verification(stand, desk, at));
  close();
  return figures;
}

async function singly(stand: WorkstationStand, desk: Workstation) {
  const cases = await ready(desk, SINGLE);
  const each: number[] = [];
  const { took } = await timed(async () => {
    for (const applicationId of cases) {
      const one = await timed(async () => {
        const { intentId } = await desk.get('act.prepareApproval', { applicationId });
        await desk.get('act.sign', { intentId, pin: stand.pin });
      });
      each.push(one.took);
    }
  });
  return { took, each };
}

/** One PIN for all: from the ticked list to the last durable signature. */
async function batch(stand: WorkstationStand, desk: Workstation): Promise<Figure> {
  const applicationIds = await ready(desk, BATCH);
  const read = await timed(() => desk.get('batch.read', {}));
  const prepared = await timed(() => desk.get('batch.prepare', { applicationIds }));
  const intentIds = prepared.value.items.flatMap(({ intentId }) => intentId ?? []);
  const signed = await timed(async () => {
    await desk.get('batch.sign', { intentIds, pin: stand.pin });
    const last = await until(
      () => {
        const word = desk.pushes.findLast(({ topic }) => topic === 'batch');
        return word?.topic === 'batch' && !word.run.running && word;
      },
      'the end of the batch',
      600_000,
    );
    if (last.run.done !== BATCH || last.run.ended !== null)
      throw new Error(`batch ended with ${last.run.done}: ${last.run.ended}`);
  });
  const whole = prepared.took + signed.took;
  return {
    what: `batch of ${BATCH} approvals with one PIN`,
    ours: `${ms(whole)} (${ms(whole / BATCH)} each: statements ${ms(prepared.took)}, signatures ${ms(signed.took)}; list read in ${ms(read.took)})`,
    beside: '—',
    note: 'each item: intent durable, case compared with its statement again, RSA-2048 in the SoftHSM token under one log-in, CAdES, durable, journal; the sync loop runs beside it',
  };
}

/** Every act of this run, again and again until 1,000; OpenSSL does the same with a process each. */
async function verification(
  stand: WorkstationStand,
  desk: Workstation,
  at: (name: string) => string,
): Promise<Figure> {
  const trustPem = fs.readFileSync(stand.config.trustFile, 'utf8');
  const trust = readTrustPem(trustPem);
  const acts = desk.core.desk.session!.store.outbox.open().filter(({ cms }) => cms !== null);
  const act = (n: number) => acts[n % acts.length]!;
  const each: number[] = [];
  const ours = await timed(() => {
    for (let n = 0; n < VERIFIED; n++) {
      const { body, cms } = act(n);
      const began = performance.now();
      const verdict = verifyDetachedCades({
        cms: cms!,
        content: body,
        ...trust,
        now: new Date(),
        requireSigningCertificateV2: true,
        policy: OFFICER_POLICY,
      });
      if (!verdict.ok) throw new Error(verdict.detail);
      each.push(performance.now() - began);
    }
  });
  fs.writeFileSync(at('roots.pem'), trustPem);
  acts.forEach(({ body, cms }, n) => {
    fs.writeFileSync(at(`${n}.json`), body);
    fs.writeFileSync(at(`${n}.p7s`), cms!);
  });
  const theirs = await timed(() => {
    for (let n = 0; n < VERIFIED; n++) {
      const name = String(n % acts.length);
      run('openssl', [
        ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-purpose', 'any'],
        ...['-in', at(`${name}.p7s`), '-content', at(`${name}.json`)],
        ...['-CAfile', at('roots.pem'), '-out', '/dev/null'],
      ]);
    }
  });
  return {
    what: `verification of ${VERIFIED.toLocaleString('en')} acts`,
    ours: `${ms(ours.took)} (${spread(each)} each)`,
    beside: `${ms(theirs.took)} ${VERIFIED.toLocaleString('en')} × openssl cms -verify`,
    note: `${acts.length} acts of this run, in turn; ours: strict DER, digest, signature, signing-certificate-v2, chain, dates, role, in one process; openssl: a process each`,
  };
}
