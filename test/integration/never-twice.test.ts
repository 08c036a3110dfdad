// Never twice: two counters of a point and one of another, the line cut and the process killed at every step.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelName, RequestOf, ResultOf } from '../../src/shared/contract/channels.ts';
import { STAND_REGIONS } from '../../stand/directory.ts';
import { startStand, type Stand } from '../../stand/start.ts';
import { atPoint } from '../support/central/an-application.ts';
import { childScript } from '../support/child-script.ts';
import type { LeaseChildOptions } from '../support/lease-child.ts';
import { logInAs, startWorkstation, until, type Workstation } from '../support/workstation.ts';

/** What a scenario needs of a counter, in this process or in another. */
interface Counter {
  call<N extends ChannelName>(name: N, request: RequestOf<N>): Promise<ResultOf<N>>;
}
type Card = { applicationId: string; ticket: string };

const A = 'station-a';
const CARDS = 40;
let stand: Stand;
let mine: Workstation;
let colleague: Workstation;
let far: Workstation;
const cards: Card[] = [];
const folders: string[] = [];
const point = (n: number) =>
  STAND_REGIONS.find(({ region }) => region.code === '750000000')!.points[n]!;

beforeAll(async () => {
  const issuer = { roles: ['issuer' as const] };
  const almaty = STAND_REGIONS.find(({ region }) => region.code === '750000000')!.region;
  stand = await startStand({
    // No faces: nobody looks at the person here.
    applications: Array.from({ length: CARDS }, (_, n) => cardAtPoint(n)),
    profiles: {
      'issuer-almaty': { registrationPoint: point(0) },
      'head-almaty': { ...issuer, registrationPoint: point(0) },
      'reviewer-astana': { ...issuer, region: almaty, registrationPoint: point(1) },
    },
  });
  const { code } = point(0);
  cards.push(...(await stand.control.listApplications({ point: code, stage: 'at-point' })));
  expect(cards).toHaveLength(CARDS);
  mine = await counterAt(A, 'issuer-almaty');
  colleague = await counterAt('station-b', 'head-almaty');
  far = await counterAt('station-far', 'reviewer-astana');
}, 240_000);
afterAll(async () => {
  for (const one of [mine, colleague, far]) await one?.stop();
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
  await stand?.stop();
});

async function counterAt(
  stationId: string,
  officer: Parameters<typeof logInAs>[2],
  userDir = folder(),
): Promise<Workstation> {
  const counter = await startWorkstation(stand, { stationId, userDir });
  expect((await logInAs(counter, stand, officer)).ok).toBe(true);
  await counter.get('line.syncNow', {});
  return counter;
}
function folder(): string {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-never-'));
  folders.push(made);
  return made;
}

function cardAtPoint(n: number) {
  const { head, ...rest } = atPoint();
  const card = { ...head.card!, number: `0${20_000_000 + n}` };
  const dossier = { ...rest.dossier, registrationPoint: point(0) };
  return { ...rest, dossier, head: { ...head, card } };
}

let next = 0;
const fresh = (): Card => {
  const card = cards[next++];
  if (card === undefined) throw new Error('the stand has too few cards at the point');
  return card;
};

const ANSWERS = {
  present: true as const,
  questions: [{ code: 'birth-date' as const, outcome: 'right' as const }],
  oldCard: { outcome: 'surrendered' as const, reason: null, text: null },
};
const numberOf = async ({ applicationId }: Card): Promise<string> =>
  (await stand.control.findApplication({ applicationId })).head.card!.number;

const open = (counter: Counter, { ticket }: Card) =>
  counter.call('issuance.openByTicket', { ticket });
async function prepare(counter: Counter, card: Card) {
  const { applicationId } = card;
  const request = { applicationId, ...ANSWERS, card: await numberOf(card) };
  return counter.call('issuance.prepareHandOver', request);
}
const sign = (counter: Counter, intentId: string) =>
  counter.call('act.sign', { intentId, pin: stand.pin });

/** As far as it comes: true = this counter signed a hand-over of the card. */
async function handOver(counter: Counter, card: Card): Promise<boolean> {
  if (!(await open(counter, card)).ok) return false;
  const prepared = await prepare(counter, card);
  return prepared.ok && (await sign(counter, prepared.value.intentId)).ok;
}

const accepted = async ({ applicationId }: Card) =>
  (await stand.control.acts()).filter(
    (act) => act.applicationId === applicationId && act.kind === 'kualik/hand-over',
  );
const isIssued = async ({ applicationId }: Card): Promise<boolean> =>
  (await stand.control.findApplication({ applicationId })).head.stage === 'issued';
const refusal = <N extends ChannelName>(result: ResultOf<N>): string =>
  result.ok ? 'none' : result.refusal.code;

const OTHERS_CARD = ['claimed-by-other', 'lease-unsettled'];

/**
 * With everything on line again: the card is issued once, by whoever signed; where nobody had, one counter
 * gets it in the end and not two. Every counter then says that it is issued.
 */
async function issuedOnce(counter: Workstation, card: Card, stationId: string, signed: boolean) {
  await counter.get('line.syncNow', {});
  if (!signed) {
    await until(async () => {
      const [here, there] = [await handOver(counter, card), await handOver(colleague, card)];
      expect(here && there).toBe(false);
      return here || there;
    }, 'one of them has the card');
  }
  await until(async () => {
    await counter.get('outbox.sendNow', {});
    await colleague.get('outbox.sendNow', {});
    return isIssued(card);
  }, 'issued at the node');
  const acts = await accepted(card);
  expect(acts).toHaveLength(1);
  if (signed) expect(acts[0]!.stationId).toBe(stationId);
  for (const one of [counter, colleague]) {
    await one.get('line.syncNow', {});
    expect(refusal(await open(one, card))).toBe('already-issued');
    expect((await one.get('outbox.read', {})).needsYou).toEqual([]);
  }
  expect(refusal(await open(far, card))).toBe('out-of-scope');
}

const STEPS = ['take', 'open', 'prepare', 'sign', 'send', 'renew', 'return'] as const;
type Step = (typeof STEPS)[number];

describe('the line cut', () => {
  beforeEach(async () => {
    await stand.control.clearFaults();
    await mine.get('line.syncNow', {});
    await mine.call('leases.giveBack', {});
  });

  const cut = async (when: 'before' | 'after') => {
    await stand.control.addFault({ kind: 'drop', when, stationId: A });
  };
  const moments = STEPS.flatMap((step) =>
    (['before', 'after'] as const).map((when) => ({ step, when })),
  );

  it.each(moments)('$when the node heard of "$step": issued once', async ({ step, when }) => {
    const card = fresh();
    let signed = false;
    const at = async (which: Step): Promise<void> => (which === step ? cut(when) : undefined);
    await at('take');
    const taken = await mine.call('leases.take', {});
    expect(taken.ok).toBe(step !== 'take');
    if (step === 'renew' || step === 'return') {
      await at(step);
      if (step === 'return') expect((await mine.call('leases.giveBack', {})).ok).toBe(true);
      else {
        const { session } = mine.core.desk;
        const { config } = session!;
        session!.config = { ...config, issueLease: { ...config.issueLease, hours: 100 } };
        await mine.get('line.syncNow', {}); // renewal is due, and lost
        session!.config = config;
      }
    }
    await at('open');
    const opened = await open(mine, card);
    // Without a lease nothing can be opened; what was given back is given back, answer or not.
    expect(opened.ok).toBe(step !== 'take' && step !== 'return');
    if (opened.ok) {
      await at('prepare');
      const prepared = await prepare(mine, card);
      expect(prepared.ok).toBe(true);
      await at('sign');
      if (step === 'send') await cut(when);
      signed = prepared.ok && (await sign(mine, prepared.value.intentId)).ok;
      expect(signed).toBe(true);
      expect(OTHERS_CARD.concat('already-issued')).toContain(refusal(await open(colleague, card)));
    }
    expect(refusal(await open(far, card))).toBe('out-of-scope');
    if (signed) expect(refusal(await open(mine, card))).toBe('already-issued');
    else if (await handOver(colleague, card)) {
      // He had it while our line was dead: with the line back we do not.
      await stand.control.clearFaults();
      await until(async () => (await isIssued(card)) || null, 'his act');
      await mine.get('line.syncNow', {});
      expect(await handOver(mine, card)).toBe(false);
      expect(await accepted(card)).toHaveLength(1);
      return;
    }
    await stand.control.clearFaults();
    await issuedOnce(mine, card, A, signed);
  });

  it('a card that another counter wants is given back, unless it is at ours', async () => {
    const [wished, busy] = [fresh(), fresh()];
    await mine.get('leases.take', {});
    await mine.get('issuance.openByTicket', { ticket: busy.ticket });
    for (const card of [wished, busy])
      expect(refusal(await open(colleague, card))).toBe('claimed-by-other');
    await until(async () => (await open(colleague, wished)).ok, 'the card that was wished for');
    await stand.control.addFault({ kind: 'drop', when: 'before', stationId: A });
    expect(refusal(await open(mine, wished))).not.toBe('none');
    expect(await handOver(colleague, busy)).toBe(false);
    expect(await handOver(mine, busy)).toBe(true);
    expect(await handOver(colleague, wished)).toBe(true);
    await stand.control.clearFaults();
    await issuedOnce(mine, busy, A, true);
  });

  it('past its time, or with a clock put back, nothing is signed; nobody else gets the card before we told', async () => {
    const card = fresh();
    await mine.get('leases.take', {});
    await stand.control.addFault({ kind: 'drop', when: 'before', stationId: A });
    const opened = await mine.get('issuance.openByTicket', { ticket: card.ticket });
    const prepared = await prepare(mine, card);
    if (!prepared.ok) throw new Error('not prepared');
    const { clock } = mine.core.desk.deps;
    const now = clock.now;
    const shift = (hours: number) =>
      Object.assign(clock, { now: () => new Date(now().getTime() + hours * 3_600_000) });
    // An officer who stays away for hours is locked out; here only the hours are wanted.
    const { session } = mine.core.desk;
    const { config } = session!;
    session!.config = { ...config, lockAfterMinutes: 10_000, logOutAfterHours: 1000 };
    shift(-1);
    expect(refusal(await sign(mine, prepared.value.intentId))).toBe('clock-went-back');
    shift(13);
    expect(refusal(await sign(mine, prepared.value.intentId))).toBe('claim-over');
    expect(refusal(await prepare(mine, card))).toBe('claim-over');
    Object.assign(clock, { now });
    session!.config = config;
    await stand.control.expireIssueLeases();
    expect(refusal(await open(colleague, card))).toBe('lease-unsettled');
    expect(opened.stage).toBe('at-counter');
    await stand.control.clearFaults();
    await until(async () => {
      await mine.get('line.syncNow', {});
      return (await mine.get('leases.read', {})).own?.overdue === false;
    }, 'the lease made longer');
    await issuedOnce(mine, card, A, false);
  });
});

/** A counter in a process of its own. */
async function child(userDir: string, stationId: string) {
  const { configPath, config, pin, officers } = stand;
  const options: LeaseChildOptions = {
    stand: { configPath, config, pin, officers },
    userDir,
    stationId,
  };
  const { file, execArgv } = childScript('lease-child');
  const run = spawn(process.execPath, [...execArgv, file, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...stand.config.env },
  });
  const waiting = new Map<number, (result: never) => void>();
  const gone = new Promise<void>((resolve) => run.once('exit', () => resolve()));
  const ready = new Promise<void>((resolve, reject) => {
    run.once('exit', (code) => reject(new Error(`child ended: ${code}`)));
    readline.createInterface({ input: run.stdout }).on('line', (line) => {
      const told = JSON.parse(line) as { ready?: boolean; id?: number; result?: never };
      if (told.ready === true) resolve();
      else waiting.get(told.id!)?.(told.result!);
    });
  });
  await ready;
  let id = 0;
  const counter: Counter = {
    call: (name, request) =>
      new Promise((resolve) => {
        id += 1;
        waiting.set(id, resolve as (result: never) => void);
        run.stdin.write(`${JSON.stringify({ id, name, request })}\n`);
      }),
  };
  return {
    counter,
    async kill() {
      run.kill('SIGKILL');
      await gone;
    },
  };
}

describe('kill −9', () => {
  beforeEach(async () => {
    await stand.control.clearFaults();
    await mine.get('line.syncNow', {});
    await mine.call('leases.giveBack', {});
  });

  /** `lost`: the node did the work and its answer never came. */
  const deaths = [
    { step: 'take', lost: true },
    { step: 'take', lost: false },
    { step: 'open', lost: false },
    { step: 'claim', lost: true },
    { step: 'prepare', lost: false },
    { step: 'signing', lost: false },
    { step: 'sign', lost: false },
    { step: 'send', lost: true },
    { step: 'renew', lost: true },
    { step: 'return', lost: true },
  ] as const;

  it.each(deaths)('at "$step", answer lost: $lost: issued once', async ({ step, lost }) => {
    const card = fresh();
    const stationId = `killed-${step}-${lost}`;
    const userDir = folder();
    const { counter, kill } = await child(userDir, stationId);
    const lose = (
      ...operation: (
        'takeIssueLease' | 'claim' | 'submitAct' | 'renewIssueLease' | 'returnLeasedCards'
      )[]
    ) => stand.control.addFault({ kind: 'drop', when: 'after', stationId, operation });
    let signed = false;
    if (lost) await lose('takeIssueLease', 'claim', 'submitAct', 'returnLeasedCards').then(async ({ faultId }) => {
      if (step !== 'take' && step !== 'claim') {
        await stand.control.removeFault({ faultId });
        expect((await counter.call('leases.take', {})).ok).toBe(true);
        await lose('submitAct', 'renewIssueLease', 'returnLeasedCards');
      }
    }); // prettier-ignore
    if (step === 'take') expect((await counter.call('leases.take', {})).ok).toBe(!lost);
    else if (step === 'claim') expect(refusal(await open(counter, card))).toBe('line-dead');
    else if (step === 'return') expect((await counter.call('leases.giveBack', {})).ok).toBe(true);
    else if (step === 'renew') {
      await stand.control.expireIssueLeases(); // as if it had lain there for hours
      await counter.call('line.syncNow', {});
    } else {
      if (!lost) expect((await counter.call('leases.take', {})).ok).toBe(true);
      expect((await open(counter, card)).ok).toBe(true);
      if (step !== 'open') {
        if (step === 'sign')
          await stand.control.addFault({ kind: 'drop', when: 'before', stationId });
        const prepared = await prepare(counter, card);
        if (!prepared.ok) throw new Error('not prepared');
        if (step === 'signing') void sign(counter, prepared.value.intentId);
        else if (step !== 'prepare') signed = (await sign(counter, prepared.value.intentId)).ok;
        expect(signed).toBe(step === 'sign' || step === 'send');
        if (step === 'send') await until(async () => isIssued(card), 'the act at the node');
      }
    }
    await kill();
    const held = refusal(await open(colleague, card));
    if (step === 'return') expect(held).toBe('none');
    else expect(OTHERS_CARD.concat('already-issued')).toContain(held);
    if (held !== 'none') expect(await handOver(colleague, card)).toBe(false);
    await stand.control.clearFaults();
    const again = await counterAt(stationId, 'issuer-almaty', userDir);
    // Killed in the middle of the signature: the act is there whole, or it never was.
    const { session } = again.core.desk;
    const promised = session!.store.cases
      .counterClaims()
      .some(({ applicationId }) => applicationId === card.applicationId);
    const { stage } = session!.store.cases.find(card.applicationId)!.state;
    const keptWhole = promised && stage === 'issue-promised';
    if (step !== 'signing') expect(keptWhole && !signed).toBe(false);
    await issuedOnce(again, card, stationId, signed || keptWhole || (await isIssued(card)));
    await again.call('leases.giveBack', {});
    await again.stop();
  });
});
