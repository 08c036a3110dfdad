// Custody on real parts: a parcel scanned, killed between scans, taken over once; returns, places and a count.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { actPack } from '../../src/main/app/act-pack.ts';
import type { OpenDesk } from '../../src/main/app/desk.ts';
import { checkPack } from '../../src/shared/cades/check-pack.ts';
import type { ChannelName, ReplyOf, RequestOf } from '../../src/shared/contract/channels.ts';
import type { DispatchDto } from '../../src/shared/contract/stock.ts';
import { STAND_REGIONS } from '../../stand/directory.ts';
import { startStand, type Stand } from '../../stand/start.ts';
import { childScript } from '../support/child-script.ts';
import type { LeaseChildOptions } from '../support/lease-child.ts';
import {
  QUICK,
  logInAs,
  startWorkstation,
  until,
  type Workstation,
} from '../support/workstation.ts';

const ALMATY = STAND_REGIONS.find(({ region }) => region.code === '750000000')!;
const POINT = ALMATY.points[0]!;
const [A, B] = ['station-a', 'station-b'];
let stand: Stand;
let mine: Workstation;
let colleague: Workstation;
const folders: string[] = [];

beforeAll(async () => {
  stand = await startStand({
    people: 60,
    profiles: {
      'issuer-almaty': { registrationPoint: POINT },
      'head-almaty': { roles: ['issuer'], registrationPoint: POINT },
    },
  });
  mine = await deskAt(A, 'issuer-almaty');
  colleague = await deskAt(B, 'head-almaty');
}, 240_000);
afterEach(() => stand.control.clearFaults());
afterAll(async () => {
  for (const one of [mine, colleague]) await one?.stop();
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
  await stand?.stop();
});

function folder(): string {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-custody-'));
  folders.push(made);
  return made;
}

async function deskAt(
  stationId: string,
  officer: Parameters<typeof logInAs>[2],
  options: Parameters<typeof startWorkstation>[1] = {},
): Promise<Workstation> {
  const desk = await startWorkstation(stand, { userDir: folder(), ...options, stationId });
  expect((await logInAs(desk, stand, officer)).ok).toBe(true);
  await desk.get('line.syncNow', {});
  return desk;
}

/** A parcel these desks have heard of: the one the stand begins with, or a new one of one card. */
async function parcel(which: 'first' | 'new', ...desks: Workstation[]): Promise<DispatchDto> {
  const point = POINT.code;
  const { dispatchId } =
    which === 'first'
      ? (await stand.control.dispatches({ point })).at(-1)!
      : await stand.control.makeDispatch({ point, count: 1 });
  const heard = (desk: Workstation) =>
    until(async () => {
      const answer = await desk.call('stock.dispatch', { dispatchId });
      return answer.ok && answer.value;
    }, 'the list at the desk');
  for (const desk of desks) await heard(desk);
  return heard(desks[0]!);
}

const scan = (desk: Workstation, { dispatchId }: { dispatchId: string }, text: string) =>
  desk.get('stock.scan', { dispatchId, text });
const mark = (
  desk: Workstation,
  request: Partial<RequestOf<'stock.mark'>> &
    Pick<RequestOf<'stock.mark'>, 'dispatchId' | 'cardNumber' | 'outcome'>,
) => desk.call('stock.mark', { place: null, note: null, ...request });
const sign = (desk: Workstation, intentId: string) =>
  desk.call('stock.sign', { intentId, pin: stand.pin });

async function acceptAll(desk: Workstation, dispatch: DispatchDto): Promise<string> {
  for (const { cardNumber } of dispatch.cards) await scan(desk, dispatch, cardNumber);
  const { dispatchId } = dispatch;
  const { intentId } = await desk.get('stock.prepareAcceptance', { dispatchId });
  expect((await sign(desk, intentId)).ok).toBe(true);
  return intentId;
}

const row = async (desk: Workstation, { dispatchId }: { dispatchId: string }) =>
  (await desk.get('stock.dispatches', {})).rows.find((one) => one.dispatchId === dispatchId)!;
const actsOf = async (dispatchId: string) =>
  (await stand.control.custodyActs()).filter((act) => act.dispatchId === dispatchId);
const headOf = async (applicationId: string) =>
  (await stand.control.findApplication({ applicationId })).head;
const taken = (desk: Workstation, dispatch: DispatchDto) =>
  until(async () => {
    await desk.get('outbox.sendNow', {});
    return (await row(desk, dispatch)).accepted;
  }, 'taken over');

/** Cards of the point nobody moves: the stock as the desk sees it. */
const STOCK = { search: '', order: 'place', waitingDays: 0, after: null, limit: 500 } as const;
const stock = async (desk: Workstation, search = '') =>
  (await desk.get('stock.cards', { ...STOCK, search })).rows;
const lying = async (desk: Workstation) =>
  (await stock(desk)).filter(({ away, condition }) => away === null && condition === 'good');

/** A desk in a process of its own, driven by calls until it is killed. */
async function child(userDir: string) {
  const { configPath, config, pin, officers } = stand;
  const options: LeaseChildOptions = {
    stand: { configPath, config, pin, officers },
    userDir,
    stationId: A,
  };
  const { file, execArgv } = childScript('lease-child');
  const running = spawn(process.execPath, [...execArgv, file, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...config.env },
  });
  const lines = readline.createInterface({ input: running.stdout })[Symbol.asyncIterator]();
  await lines.next(); // it is logged in
  let id = 0;
  return {
    async get<N extends ChannelName>(name: N, request: RequestOf<N>): Promise<ReplyOf<N>> {
      running.stdin.write(`${JSON.stringify({ id: ++id, name, request })}\n`);
      const { value } = (await lines.next()) as { value: string };
      const { result } = JSON.parse(value) as { result: { ok: boolean; value: ReplyOf<N> } };
      if (!result.ok) throw new Error(`${name} refused: ${value}`);
      return result.value;
    },
    kill: () =>
      new Promise<void>((resolve) => {
        running.once('exit', () => resolve());
        running.kill('SIGKILL');
      }),
  };
}

describe('a parcel', () => {
  it('keeps each scan through a killed process, and an intent without a signature is none', async () => {
    const dispatch = await parcel('first', mine);
    const [first, second] = dispatch.cards;
    const { dispatchId } = dispatch;
    const userDir = folder();
    const killed = await child(userDir);
    await until(
      async () =>
        (await killed.get('stock.dispatches', {})).rows.some(
          (one) => one.dispatchId === dispatchId,
        ),
      'the list in the child',
    );
    await killed.get('stock.box', { dispatchId, place: 'A-7' });
    await killed.get('stock.scan', { dispatchId, text: first!.cardNumber });
    await killed.get('stock.scan', { dispatchId, text: second!.ticket });
    const intent = await killed.get('stock.prepareAcceptance', { dispatchId });
    expect(intent.statement.cards).toHaveLength(8);
    await killed.kill();

    const again = await deskAt(A, 'issuer-almaty', { userDir });
    const found = await again.get('stock.dispatch', { dispatchId });
    expect(found.counts).toMatchObject({ expected: 8, arrived: 2, unscanned: 6 });
    expect(found.cards.map(({ place }) => place).slice(0, 3)).toEqual(['A-7', 'A-7', null]);
    expect(found.place).toBe('A-7');
    expect(found.act).toBeNull();
    expect(await sign(again, intent.intentId)).toMatchObject({ refusal: { code: 'intent-gone' } });
    await again.stop();
    expect(await actsOf(dispatchId)).toEqual([]);
  });

  it('with one missing, one damaged and one extra is signed, accepted, and told so everywhere', async () => {
    const dispatch = await parcel('first', mine);
    const { dispatchId, cards } = dispatch;
    const [good, late, damaged, missing, ...rest] = cards;
    await mine.get('stock.box', { dispatchId, place: ' B-2 ' });
    expect((await scan(mine, dispatch, good!.cardNumber)).outcome).toBe('counted');
    expect((await scan(mine, dispatch, good!.ticket)).outcome).toBe('again');
    expect((await scan(mine, dispatch, damaged!.cardNumber)).outcome).toBe('counted');
    const number = damaged!.cardNumber;
    expect(await mark(mine, { dispatchId, cardNumber: number, outcome: 'damaged' })).toMatchObject({
      refusal: { code: 'note-missing' },
    });
    await mark(mine, { dispatchId, cardNumber: number, outcome: 'damaged', note: ' скол угла ' });
    const foreign = (await lying(mine))[0]!;
    const extra = await scan(mine, dispatch, foreign.cardNumber);
    expect(extra).toMatchObject({ outcome: 'extra', ticket: foreign.ticket });
    expect(await mine.call('stock.scan', { dispatchId, text: 'NO-SUCH-TICKET' })).toMatchObject({
      refusal: { code: 'not-a-card' },
    });

    const before = await mine.get('stock.prepareAcceptance', { dispatchId });
    for (const { ticket } of [late!, ...rest]) await scan(mine, dispatch, ticket); // the panel stands
    expect(await sign(mine, before.intentId)).toMatchObject({ refusal: { code: 'case-changed' } });
    const { intentId, statement, sha256 } = await mine.get('stock.prepareAcceptance', {
      dispatchId,
    });
    expect(statement.cards.map((card) => 'outcome' in card && card.outcome)).toEqual([
      'arrived',
      'arrived',
      'damaged',
      'missing',
      ...rest.map(() => 'arrived'),
    ]);
    expect((await sign(mine, intentId)).ok).toBe(true);
    expect(await mine.call('stock.scan', { dispatchId, text: missing!.ticket })).toMatchObject({
      refusal: { code: 'dispatch-closed' },
    });
    await taken(mine, dispatch);
    expect(await actsOf(dispatchId)).toHaveLength(1);
    expect(await headOf(good!.applicationId)).toMatchObject({
      stage: 'at-point',
      card: { place: 'B-2', condition: 'good' },
    });
    expect((await headOf(damaged!.applicationId)).card).toMatchObject({ condition: 'damaged' });
    expect((await headOf(missing!.applicationId)).stage).toBe('sent');

    await until(async () => (await stock(mine, number)).length === 1, 'the damaged card in stock');
    const { applicationId } = damaged!;
    expect(await mine.call('issuance.open', { applicationId })).toMatchObject({
      refusal: { code: 'card-damaged' },
    });
    const paper = await mine.get('papers.show', { kind: 'dispatch-act', dispatchId });
    expect(paper).toMatchObject({ kind: 'dispatch-act', number: dispatch.number, sha256 });
    expect(paper.kind === 'dispatch-act' && paper.extra).toEqual([
      { cardNumber: foreign.cardNumber, note: null },
    ]);
    const pack = actPack(mine.core.desk as OpenDesk, intentId)!;
    const trustPem = fs.readFileSync(stand.config.trustFile, 'utf8');
    expect(checkPack(pack, { trustPem, now: new Date() })).toMatchObject({ ok: true, statement });
    // Known by its evidence too, as every other act.
    await until(async () => {
      const { acceptedToday } = await mine.get('outbox.read', {});
      const item = acceptedToday.find(({ id }) => id === intentId);
      return item?.ticket === dispatch.number && item.cards === 8 && item.evidence;
    }, 'the stamp');
  });

  it('signed with a dead line counts as here, and is accepted once though the answer was lost', async () => {
    const dispatch = await parcel('new', mine);
    await stand.control.addFault({ kind: 'drop', when: 'before', stationId: A });
    const begun = await mine.get('stock.beginCount', {});
    await acceptAll(mine, dispatch);
    expect((await row(mine, dispatch)).act?.state).toMatch(/queued|sending/);
    const { count } = await mine.get('stock.countScan', { text: dispatch.cards[0]!.cardNumber });
    expect(count.expected).toBe(begun.expected + 1);
    await mine.get('stock.closeCount', {});
    await stand.control.clearFaults();
    await stand.control.addFault({
      kind: 'drop',
      when: 'after',
      operation: 'submitCustody',
      stationId: A,
      times: 1,
    });
    await taken(mine, dispatch);
    expect(await actsOf(dispatch.dispatchId)).toHaveLength(1);
  });

  it('taken over by another counter meanwhile is refused, says by whom, and is closed', async () => {
    const dispatch = await parcel('new', mine, colleague);
    await stand.control.addFault({ kind: 'drop', when: 'before', stationId: A });
    const actId = await acceptAll(mine, dispatch);
    await acceptAll(colleague, dispatch);
    await taken(colleague, dispatch);
    await stand.control.clearFaults();
    const refused = await until(async () => {
      await mine.get('outbox.sendNow', {});
      return (await mine.get('outbox.read', {})).needsYou.find(({ id }) => id === actId);
    }, 'the refusal');
    expect(refused).toMatchObject({
      state: 'refused',
      lastAnswer: {
        code: 'already-accepted',
        params: { officerName: colleague.core.desk.session!.officer.fullName },
      },
    });
    expect(refused.actions).toContain('back-to-review');
    await mine.get('outbox.backToReview', { id: actId });
    expect(await taken(mine, dispatch)).toBeTruthy();
    expect((await row(mine, dispatch)).act).toBeNull();
    expect(await actsOf(dispatch.dispatchId)).toHaveLength(1);
  });

  it('is taken back while it rests, with every scan as it was', async () => {
    const dispatch = await parcel('new', mine);
    const { dispatchId } = dispatch;
    const resting = await deskAt('station-c', 'issuer-almaty', {
      times: { ...QUICK, takeBackMs: 600_000 },
    });
    await until(async () => (await resting.call('stock.dispatch', { dispatchId })).ok, 'the list');
    const actId = await acceptAll(resting, dispatch);
    await resting.get('act.takeBack', { actId });
    const open = await resting.get('stock.dispatch', { dispatchId });
    expect(open).toMatchObject({ act: null, counts: { arrived: 1, unscanned: 0 } });
    await resting.stop();
  });
});

describe('the stock', () => {
  it('gives cards back: the spoilt one is made anew, the uncollected one stays with the centre', async () => {
    const [spoilt, left, other] = await lying(mine);
    const cards = [
      { applicationId: spoilt!.applicationId, reason: 'damaged' as const, note: null },
      { applicationId: left!.applicationId, reason: 'uncollected' as const, note: null },
    ];
    expect(await mine.call('stock.prepareReturn', { cards })).toMatchObject({
      refusal: { code: 'note-missing', params: { ticket: spoilt!.ticket } },
    });
    cards[0] = { ...cards[0]!, note: 'не читается зона' as never };
    const { intentId } = await mine.get('stock.prepareReturn', { cards });
    await stand.control.addFault({ kind: 'drop', when: 'before', stationId: A });
    expect((await sign(mine, intentId)).ok).toBe(true);
    const { applicationId } = left!;
    expect(await mine.call('issuance.open', { applicationId })).toMatchObject({
      refusal: { code: 'card-returning' },
    });
    expect(await mine.call('stock.prepareReturn', { cards })).toMatchObject({
      refusal: { code: 'wrong-stage' },
    });
    expect((await stock(mine, left!.cardNumber))[0]?.away).toBe('returning');
    await stand.control.clearFaults();
    await until(async () => {
      await mine.get('outbox.sendNow', {});
      const { rows } = await mine.get('stock.returns', {});
      return rows.find(({ actId }) => actId === intentId)?.state === 'accepted';
    }, 'accepted');
    expect((await headOf(left!.applicationId)).stage).toBe('returned');
    expect(await headOf(spoilt!.applicationId)).toMatchObject({ stage: 'in-production' });
    const rest = await stock(mine);
    expect(rest.some((card) => card.applicationId === other!.applicationId)).toBe(true);
    expect(rest.some((card) => card.applicationId === applicationId)).toBe(false);
    const { stage } = await mine.get('case.open', { applicationId });
    expect(stage).toBe('returned');
    expect(await mine.get('papers.show', { kind: 'return-act', actId: intentId })).toMatchObject({
      cards: [{ remake: expect.any(Boolean) }, { remake: expect.any(Boolean) }],
    });
  });

  it('puts a card elsewhere at once, and the node hears of it', async () => {
    const [card] = await lying(mine);
    const { applicationId } = card!;
    await mine.get('stock.place', { applicationId, place: 'Z-99' });
    expect((await stock(mine, card!.ticket))[0]?.place).toBe('Z-99');
    await until(async () => {
      await mine.get('outbox.sendNow', {});
      return (await headOf(applicationId)).card?.place === 'Z-99';
    }, 'the place at the node');
  });

  it('is counted against the list, and what differs stands on paper', async () => {
    const here = await until(async () => {
      const cards = await lying(mine);
      return cards.length > 3 && cards;
    }, 'cards');
    const begun = await mine.get('stock.beginCount', {});
    const all = begun.missing;
    expect(here.every(({ ticket }) => all.some((one) => one.ticket === ticket))).toBe(true);
    const [lost, ...found] = all;
    for (const { cardNumber, ticket } of found)
      await mine.get('stock.countScan', { text: found.length % 2 ? cardNumber : ticket });
    const again = await mine.get('stock.countScan', { text: found[0]!.cardNumber });
    expect(again.outcome).toBe('again');
    const stranger = await mine.get('stock.countScan', { text: '999999999' });
    expect(stranger).toMatchObject({ outcome: 'extra', ticket: null });
    const closed = await mine.get('stock.closeCount', {});
    expect(closed).toMatchObject({
      expected: all.length,
      seen: all.length - 1,
      missing: [{ ticket: lost!.ticket }],
      extra: [{ cardNumber: '999999999', ticket: null, stage: null }],
    });
    expect(await mine.call('stock.countScan', { text: lost!.cardNumber })).toMatchObject({
      refusal: { code: 'no-count' },
    });
    const { countId } = closed;
    expect(await mine.get('papers.show', { kind: 'count-difference', countId })).toMatchObject({
      missing: [{ ticket: lost!.ticket }],
      closedAt: closed.closedAt,
    });
    expect(await mine.get('stock.count', {})).toEqual(closed);
  });
});
