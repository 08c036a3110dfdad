// The stand's applicants through the whole core: GOST and P-256 requests, who signed, with which key, and the verdict.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CaseDto } from '../../src/shared/contract/case.ts';
import type { ReplyOf } from '../../src/shared/contract/channels.ts';
import { keyKindOf } from '../../stand/pki/applicant-signer.ts';
import { startStand, type Stand } from '../../stand/start.ts';
import {
  logInAs,
  QUEUE,
  startWorkstation,
  until,
  type Workstation,
} from '../support/workstation.ts';

let stand: Stand;
let desk: Workstation;
beforeAll(async () => {
  stand = await startStand({ people: 60 });
  desk = await startWorkstation(stand, { stationId: 'station-gost' });
  await logInAs(desk, stand, 'reviewer-almaty');
  // The first synchronisation brings the region's cases page by page: all are here when none follows.
  let before = -1;
  await until(async () => {
    const { total } = await desk.get('queue.page', { ...QUEUE, view: 'all', limit: 1 });
    const settled = total > 20 && total === before;
    before = total;
    if (!settled) await new Promise((resolve) => setTimeout(resolve, 1_000));
    return settled;
  }, 'the region’s cases');
});
afterAll(async () => {
  await desk?.stop();
  await stand?.stop();
});

/** Every case of the officer's region, opened. */
async function cases(): Promise<CaseDto[]> {
  const found: CaseDto[] = [];
  for (let after: string | null = null; ;) {
    const page: ReplyOf<'queue.page'> = await desk.get('queue.page', {
      ...QUEUE,
      view: 'all',
      after,
      limit: 50,
    });
    for (const { applicationId } of page.rows)
      found.push(await desk.get('case.open', { applicationId }));
    if (page.next === null) return found;
    after = page.next;
  }
}

it('says valid or invalid of GOST requests as of others, with the key and where it lives', async () => {
  const all = await cases();
  const signed = all.filter(({ applicantSignature: { kind } }) => kind === 'eds');
  const seen = new Set<string>();
  for (const { iin, applicantSignature: given } of signed) {
    const algorithm = keyKindOf(iin);
    expect(given.key).toEqual({ algorithm, storage: 'file' });
    expect(given.signer).not.toBeNull();
    expect(['valid', 'invalid']).toContain(given.verdict);
    if (given.verdict === 'valid') expect(given.reason).toBeNull();
    seen.add(`${algorithm} ${given.verdict}`);
  }
  expect(seen).toContain('gost-512 valid');
  expect(seen).toContain('ec-p256 valid');
  for (const { applicantSignature: other } of all.filter((one) => !signed.includes(one)))
    expect(other).toMatchObject({ verdict: 'not-eds', key: null });
});

it('readiness tells what the token computes: SoftHSM has no GOST', async () => {
  const { steps } = await desk.get('readiness.run', {});
  const step = steps.find(({ name }) => name === 'mechanisms');
  expect(step).toMatchObject({ state: 'ok', code: 'gost-absent' });
  expect(step?.params['list']).toContain('CKM_RSA_PKCS');
});
