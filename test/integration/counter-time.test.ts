// Time and age at a counter: a clock that is wrong, a token that is slow, an answer that comes late, a cache of before.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { NodeConfig } from '../../src/shared/central/messages.ts';
import { STAND_REGIONS } from '../../stand/directory.ts';
import { startStand, type Stand } from '../../stand/start.ts';
import { atPoint } from '../support/central/an-application.ts';
import { logInAs, startWorkstation, until, type Workstation } from '../support/workstation.ts';

const POINT = STAND_REGIONS.find(({ region }) => region.code === '750000000')!.points[0]!;
const CARDS = 5;
const HOUR = 3_600_000;
let stand: Stand;
let cards: { applicationId: string; ticket: string }[];
const open: Workstation[] = [];
const folders: string[] = [];

beforeAll(async () => {
  stand = await startStand({
    // No faces: nobody looks at the person here.
    applications: Array.from({ length: CARDS }, (_, n) => {
      const { head, ...rest } = atPoint();
      const card = { ...head.card!, number: `0${20_000_000 + n}` };
      const dossier = { ...rest.dossier, registrationPoint: POINT };
      return { ...rest, dossier, head: { ...head, card } };
    }),
    profiles: { 'issuer-almaty': { registrationPoint: POINT } },
  });
  cards = [...(await stand.control.listApplications({ point: POINT.code, stage: 'at-point' }))];
}, 240_000);
afterEach(async () => {
  await stand.control.clearFaults();
  for (const one of open.splice(0)) await one.stop();
});
afterAll(async () => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
  await stand?.stop();
});

function folder(): string {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-time-'));
  folders.push(made);
  return made;
}

async function counter(
  stationId: string,
  options: Parameters<typeof startWorkstation>[1] = {},
): Promise<Workstation> {
  const desk = await startWorkstation(stand, { userDir: folder(), ...options, stationId });
  open.push(desk);
  expect((await logInAs(desk, stand, 'issuer-almaty')).ok).toBe(true);
  return desk;
}

async function prepared(desk: Workstation, n: number): Promise<string> {
  const { applicationId, ticket } = cards[n]!;
  await desk.get('issuance.openByTicket', { ticket });
  const { head } = await stand.control.findApplication({ applicationId });
  const { intentId } = await desk.get('issuance.prepareHandOver', {
    applicationId,
    present: true,
    questions: [{ code: 'birth-date', outcome: 'right' }],
    oldCard: { outcome: 'surrendered', reason: null, text: null },
    card: head.card!.number,
  });
  return intentId;
}

const sign = (desk: Workstation, intentId: string) =>
  desk.call('act.sign', { intentId, pin: stand.pin });

it('a clock that is minutes late: a hand-over says the time of the node, and is taken', async () => {
  await stand.control.setClock({ offsetMs: 4 * 60_000 });
  const desk = await counter('station-behind');
  await desk.get('line.syncNow', {});
  const intentId = await prepared(desk, 0);
  const { body } = desk.core.desk.session!.store.outbox.find(intentId)!;
  const { at } = JSON.parse(new TextDecoder().decode(body)) as { at: string };
  expect(Date.parse(at) - Date.now()).toBeGreaterThan(3 * 60_000);
  expect((await sign(desk, intentId)).ok).toBe(true);
  const { state } = await until(() => {
    const item = desk.core.desk.session!.store.outbox.find(intentId)!;
    return (item.state === 'accepted' || item.state === 'refused') && item;
  }, 'the answer');
  await stand.control.setClock({ offsetMs: 0 });
  expect(state).toBe('accepted');
});

it('a token that takes longer than the claim lasts: nothing is handed over', async () => {
  const desk = await counter('station-slow');
  await desk.get('line.syncNow', {});
  const intentId = await prepared(desk, 1);
  const { clock, token } = desk.core.desk.deps;
  const { now } = clock;
  const plain = token.sign;
  Object.assign(desk.core.desk.session!.config, { lockAfterMinutes: 10_000, logOutAfterHours: 99 });
  Object.assign(token, {
    async sign(request: Parameters<typeof plain>[0]) {
      const made = await plain(request);
      Object.assign(clock, { now: () => new Date(now().getTime() + HOUR) });
      return made;
    },
  });
  try {
    expect(await sign(desk, intentId)).toMatchObject({ refusal: { code: 'claim-over' } });
  } finally {
    Object.assign(token, { sign: plain });
    Object.assign(clock, { now });
  }
  expect(desk.core.desk.session!.store.outbox.counts().waiting).toBe(0);
  const { applicationId } = cards[1]!;
  expect((await stand.control.findApplication({ applicationId })).head.stage).toBe('at-point');
});

it('an answer about a claim that was given up meanwhile does not take the place of the new one', async () => {
  const desk = await counter('station-late');
  await desk.get('line.syncNow', {});
  const { applicationId, ticket } = cards[2]!;
  await desk.get('issuance.openByTicket', { ticket });
  const { store } = desk.core.desk.session!;
  const leaseNow = () => store.cases.find(applicationId)!.state.lease?.leaseId;
  const first = leaseNow();
  const { node } = desk.core.desk.deps;
  const renew = node.renewClaim;
  let asked = (): void => undefined;
  let answer = (): void => undefined;
  const isAsked = new Promise<void>((resolve) => (asked = resolve));
  const mayAnswer = new Promise<void>((resolve) => (answer = resolve));
  Object.assign(node, {
    async renewClaim(id: string) {
      const told = await renew(id);
      asked();
      await mayAnswer;
      return told;
    },
  });
  Object.assign(desk.core.desk.session!.config, { leaseMinutes: 10_000 }); // renewal is due
  const round = desk.get('line.syncNow', {});
  await isAsked;
  await desk.get('issuance.refuse', { applicationId, reason: 'abandoned' });
  await until(() => store.leases.dropped().length === 0, 'the node told');
  await desk.get('issuance.openByTicket', { ticket });
  const second = leaseNow();
  expect(second).not.toBe(first);
  answer();
  await round;
  expect(leaseNow()).toBe(second);
  Object.assign(node, { renewClaim: renew });
});

it('a cache of before, with the line dead: logs in, works, allows nothing it was not told of', async () => {
  const userDir = folder();
  const before = await counter('station-old', { userDir });
  await before.get('line.syncNow', {});
  const { meta } = before.core.desk.session!.store;
  const { issueLease, liveCamera, outsideServices, picturesKeptDays, ...old } =
    meta.find('config')!;
  expect([issueLease, liveCamera, outsideServices, picturesKeptDays]).not.toContain(undefined);
  meta.set('config', old as NodeConfig);
  await before.stop();
  await stand.control.addFault({ kind: 'drop', when: 'before', stationId: 'station-old' });
  const desk = await counter('station-old', { userDir, nodeUrl: 'https://127.0.0.1:9' });
  expect(await desk.get('leases.read', {})).toMatchObject({ own: null, automatic: false });
  expect((await desk.get('services.read', {})).services).toEqual([]);
  const { applicationId, ticket } = cards[3]!;
  expect(await desk.call('issuance.openByTicket', { ticket })).toMatchObject({
    refusal: { code: 'line-dead' },
  });
  expect(await desk.call('issuance.camera', { applicationId, open: true })).toMatchObject({
    refusal: { code: 'camera-not-allowed' },
  });
  await desk.get('line.syncNow', {});
  const failures = desk.logged.map(({ event }) => event).filter((event) => /failed/.test(event));
  expect(failures).toEqual([]);
});
