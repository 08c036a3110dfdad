// 100 approvals end to end, durable, against 100 runs of `openssl cms -sign` over the same bytes.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ReplyOf } from '../../src/shared/contract/channels.ts';
import {
  QUEUE,
  reviewByEye,
  until,
  type Workstation,
  type WorkstationStand,
} from '../support/workstation.ts';
import { ms, spread, timed, type Figure } from './measure.ts';

const WANTED = 100;

/** Clean cases of the node, claimed and confirmed, pictures here. */
async function ready(desk: Workstation): Promise<string[]> {
  const done: string[] = [];
  let after: string | null = null;
  while (done.length < WANTED) {
    const page: ReplyOf<'queue.page'> = await desk.get('queue.page', {
      ...QUEUE,
      findings: 'clean',
      held: 'free',
      after,
      limit: 50,
    });
    for (const { applicationId } of page.rows) {
      if (done.length === WANTED) break;
      if (!(await desk.call('case.claim', { applicationId })).ok) continue;
      await until(async () => {
        const one = await desk.get('case.open', { applicationId });
        return one.photo.problem === null && one.signature.problem === null;
      }, 'pictures');
      if (await reviewByEye(desk, applicationId)) done.push(applicationId);
    }
    if (page.next === null) throw new Error(`only ${done.length} clean cases`);
    after = page.next;
  }
  return done;
}

export async function benchSigning(stand: WorkstationStand, desk: Workstation): Promise<Figure[]> {
  const cases = await ready(desk);
  const each: number[] = [];
  const ours = await timed(async () => {
    for (const applicationId of cases) {
      const one = await timed(async () => {
        const { intentId } = await desk.get('act.prepareApproval', { applicationId });
        await desk.get('act.sign', { intentId, pin: stand.pin });
      });
      each.push(one.took);
    }
  });

  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-openssl-'));
  const at = (name: string) => path.join(dir, name);
  const item = desk.core.desk.session!.store.outbox.open().at(-1)!;
  fs.writeFileSync(at('statement'), item.body);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  openssl(
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=bench'],
    ...['-keyout', at('key.pem'), '-out', at('cert.pem')],
  );
  const theirs = await timed(() => {
    for (let i = 0; i < WANTED; i++)
      openssl(
        ...['cms', '-sign', '-cades', '-binary', '-md', 'sha256', '-outform', 'DER'],
        ...['-in', at('statement'), '-signer', at('cert.pem'), '-inkey', at('key.pem')],
        ...['-out', at('act.p7s')],
      );
  });
  fs.rmSync(dir, { recursive: true, force: true });
  return [
    {
      what: `${WANTED} signed approvals`,
      ours: `${ms(ours.took)} (${spread(each)} each)`,
      beside: `${ms(theirs.took)} ${WANTED} × openssl cms -sign`,
      note: 'ours: statement, PIN log-in and RSA-2048 in the SoftHSM token, CAdES, two durable transactions, journal; openssl: key in a file, a process each',
    },
  ];
}
