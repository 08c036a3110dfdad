// A batch on real parts: one PIN, each item taken by the node; wrong PIN, cancel, lock, another token, a killed core.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ReplyOf } from '../../src/shared/contract/channels.ts';
import { startStand, type Stand } from '../../stand/start.ts';
import { childScript } from '../support/child-script.ts';
import { readOwn } from '../support/soft-token.ts';
import {
  QUEUE,
  logInAs,
  reviewByEye,
  startWorkstation,
  until,
  type Workstation,
} from '../support/workstation.ts';

let stand: Stand;
let desk: Workstation;
const REST = { newsWaitMs: 400, retryMs: 100, tickMs: 200, takeBackMs: 3_600_000 };
const open: Workstation[] = [];

beforeAll(async () => {
  stand = await startStand({ people: 110, bench: true }); // few faces, all in Almaty
}, 300_000);
afterEach(async () => {
  for (const one of open.splice(0)) await one.stop();
});
afterAll(() => stand?.stop());

async function sit(options: Parameters<typeof startWorkstation>[1] = {}): Promise<Workstation> {
  desk = await startWorkstation(stand, options);
  open.push(desk);
  const entered = await logInAs(desk, stand, 'reviewer-almaty');
  if (!entered.ok) throw new Error(entered.refusal.code);
  await until(async () => (await desk.get('line.read', {})).lastSyncAt, 'sync');
  return desk;
}

/** Clean cases, opened, claimed, reviewed, not decided. */
async function reviewed(count: number): Promise<string[]> {
  const done: string[] = [];
  const page = await desk.get('queue.page', { ...QUEUE, findings: 'clean', held: 'free' });
  for (const { applicationId } of page.rows) {
    if (done.length === count) return done;
    if (!(await desk.call('case.claim', { applicationId })).ok) continue;
    await until(async () => {
      const shown = await desk.get('case.open', { applicationId });
      return shown.photo.problem === null && shown.signature.problem === null;
    }, 'pictures');
    if (await reviewByEye(desk, applicationId)) done.push(applicationId);
  }
  if (done.length < count) throw new Error(`only ${done.length} clean cases`);
  return done;
}

const ended = () =>
  until(async () => {
    const batch = await desk.get('batch.read', {});
    return batch.run?.running === false && batch;
  }, 'the end of the batch');

const intentsOf = ({ items }: ReplyOf<'batch.read'>): string[] =>
  items.flatMap(({ intentId }) => intentId ?? []);

const actsOf = async (ids: readonly string[]) =>
  (await stand.control.acts()).filter((act) => ids.includes(act.applicationId));

describe('a batch', () => {
  it('lists what is ready, signs all with one PIN, and the node takes each once', async () => {
    await sit();
    const ids = await reviewed(4);
    const before = await desk.get('batch.read', {});
    expect(before.ready.map(({ applicationId }) => applicationId).sort()).toEqual([...ids].sort());
    const prepared = await desk.get('batch.prepare', { applicationIds: ids });
    expect(prepared.items.map(({ state }) => state)).toEqual(ids.map(() => 'waiting'));
    const statements = await Promise.all(
      intentsOf(prepared).map((intentId) => desk.get('batch.statement', { intentId })),
    );
    expect(await desk.call('updates.install', {})).toMatchObject({
      refusal: { code: 'update-act' },
    });
    await desk.get('batch.sign', { intentIds: intentsOf(prepared), pin: stand.pin });
    expect(await desk.call('updates.install', {})).toMatchObject({
      refusal: { code: 'update-batch' },
    });
    const after = await ended();
    expect(after.items.map(({ state }) => state)).toEqual(ids.map(() => 'signed'));
    expect(after.run).toMatchObject({ done: 4, all: 4, ended: null });
    await until(async () => (await actsOf(ids)).length === 4, 'four acts at the node');
    for (const act of await actsOf(ids)) {
      const shown = statements.find(({ intentId }) => intentId === act.actId);
      expect(JSON.parse(act.statement)).toEqual(shown?.statement);
    }
    const pushed = desk.pushes.filter(({ topic }) => topic === 'batch');
    expect(pushed.at(-1)).toMatchObject({ run: { running: false, done: 4 } });
    expect((await desk.get('batch.drop', {})).items).toEqual([]);
    expect(await actsOf(ids)).toHaveLength(4); // what is signed stays signed
  });

  it('a wrong PIN costs one try, signs nothing and keeps what was prepared', async () => {
    const tries: string[] = [];
    await sit({ times: REST });
    const port = desk.core.desk.deps.token;
    const { hold, sign } = port;
    Object.assign(port, {
      hold: (request: Parameters<typeof hold>[0]) => (tries.push('hold'), hold(request)),
      sign: (request: Parameters<typeof sign>[0]) => (tries.push('sign'), sign(request)),
    });
    try {
      const ids = await reviewed(3);
      const intentIds = intentsOf(await desk.get('batch.prepare', { applicationIds: ids }));
      expect(await desk.call('batch.sign', { intentIds, pin: '000000' })).toMatchObject({
        refusal: { code: 'pin-incorrect', params: { tries: 'low' } },
      });
      expect(tries).toEqual(['hold']);
      const still = await desk.get('batch.read', {});
      expect(still.items.map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting']);
      await desk.get('batch.sign', { intentIds, pin: stand.pin });
      expect((await ended()).run).toMatchObject({ done: 3, ended: null });
      expect(tries).toEqual(['hold', 'hold']); // three signatures, one log-in
    } finally {
      Object.assign(port, { hold, sign });
    }
  });

  it('with a key that may not sign is refused before the PIN: no try, all still prepared', async () => {
    let shift = 0;
    const clock = { now: () => new Date(Date.now() + shift) };
    await stand.control.setServices({ ocspSeconds: 1 });
    await sit({ times: { ...REST, tickMs: 3_600_000 }, clock });
    const officer = stand.officers.find(({ id }) => id === 'reviewer-almaty')!;
    const put = (state: 'good' | 'revoked') =>
      stand.control.setCertificate({
        serial: readOwn(officer.certDer).serialHex,
        state,
        reason: 'key-compromise',
      });
    const port = desk.core.desk.deps.token;
    const { hold, sign } = port;
    const asked: string[] = [];
    Object.assign(port, {
      hold: (request: Parameters<typeof hold>[0]) => (asked.push('hold'), hold(request)),
      sign: (request: Parameters<typeof sign>[0]) => (asked.push('sign'), sign(request)),
    });
    try {
      const ids = await reviewed(2);
      const intentIds = intentsOf(await desk.get('batch.prepare', { applicationIds: ids }));
      const refused = async (reason: string): Promise<void> => {
        expect(await desk.call('batch.sign', { intentIds, pin: '000000' })).toMatchObject({
          refusal: { code: 'key-unusable', params: { reason } },
        });
        const still = await desk.get('batch.read', {});
        expect(still.items.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
        expect(still.run).toBeNull();
      };
      await put('revoked');
      await new Promise((resolve) => setTimeout(resolve, 1_200)); // the kept answer runs out
      await refused('revoked');
      await put('good');
      await new Promise((resolve) => setTimeout(resolve, 1_200));
      shift = 3 * 366 * 86_400_000;
      await refused('expired');
      shift = 0;
      expect(asked).toEqual([]);
      await desk.get('batch.sign', { intentIds, pin: stand.pin });
      expect((await ended()).run).toMatchObject({ done: 2, ended: null });
      expect(asked).toEqual(['hold']);
    } finally {
      Object.assign(port, { hold, sign });
      await put('good');
      await stand.control.setServices({ ocspSeconds: 600 });
    }
  });

  it('cancel ends it between two items; the rest is not signed and can be signed later', async () => {
    await sit({ times: REST });
    const ids = await reviewed(4);
    const intentIds = intentsOf(await desk.get('batch.prepare', { applicationIds: ids }));
    await desk.get('batch.sign', { intentIds, pin: stand.pin });
    await desk.get('batch.stop', {});
    const after = await ended();
    const signed = after.items.filter(({ state }) => state === 'signed').length;
    expect(after.run?.ended).toBe('stopped');
    expect(signed).toBeLessThan(4);
    const rest = after.items.filter(({ state }) => state === 'waiting');
    expect(rest).toHaveLength(4 - signed);
    await desk.get('batch.sign', {
      intentIds: rest.flatMap(({ intentId }) => intentId ?? []),
      pin: stand.pin,
    });
    expect((await ended()).items.map(({ state }) => state)).toEqual(ids.map(() => 'signed'));
    const { outbox } = desk.core.desk.session!.store;
    expect(outbox.open().filter(({ applicationId }) => ids.includes(applicationId))).toHaveLength(
      4,
    );
  });

  it('another token beside it ends it; so does the lock', async () => {
    await sit({ times: REST });
    const ids = await reviewed(3);
    const intentIds = intentsOf(await desk.get('batch.prepare', { applicationIds: ids }));
    await desk.get('batch.sign', { intentIds, pin: stand.pin });
    const token = { moduleId: 'softhsm', serial: 'another', label: 'another' };
    desk.presence({ type: 'inserted', token });
    const first = await ended();
    expect(first.run?.ended).toBe('other-token');
    expect(first.items.filter(({ state }) => state === 'signed').length).toBeLessThan(3);
    const left = first.items.flatMap(({ intentId, state }) =>
      state === 'waiting' && intentId !== null ? [intentId] : [],
    );
    await desk.get('batch.sign', { intentIds: left, pin: stand.pin });
    await desk.call('session.lock', {});
    expect(await desk.call('batch.read', {})).toMatchObject({ refusal: { code: 'locked' } });
    await until(
      () => desk.pushes.findLast((one) => one.topic === 'batch')?.run.ended === 'locked',
      'the end',
    );
    await desk.call('session.unlock', { pin: stand.pin });
    // Its items name people, so they do not outlive the lock; what was signed is in the outbox.
    expect(await desk.get('batch.read', {})).toMatchObject({ items: [], run: null });
  });

  it('signs nothing that changed since it was shown, and goes on with the others', async () => {
    await sit({ times: REST });
    const ids = await reviewed(3);
    const intentIds = intentsOf(await desk.get('batch.prepare', { applicationIds: ids }));
    await desk.get('case.confirm', {
      applicationId: ids[0]!,
      group: 'photo',
      confirmed: false,
    });
    await desk.get('batch.sign', { intentIds, pin: stand.pin });
    const after = await ended();
    expect(after.items.map(({ state }) => state)).toEqual(['not-signed', 'signed', 'signed']);
    expect(after.items[0]?.code).toBe('case-changed');
    const shown = await desk.get('case.open', { applicationId: ids[0]! });
    expect(shown).toMatchObject({ stage: 'in-review', act: null });
  });

  it('takes only cases that were opened here and are ready; each other says why', async () => {
    await sit({ times: REST });
    const [ready] = await reviewed(1);
    const page = await desk.get('queue.page', { ...QUEUE, findings: 'clean', held: 'free' });
    const [unopened, unreviewed] = page.rows.map(({ applicationId }) => applicationId);
    await desk.get('case.open', { applicationId: unreviewed! });
    const { items } = await desk.get('batch.prepare', {
      applicationIds: [ready!, unopened!, unreviewed!],
    });
    expect(items.map(({ state, code }) => [state, code])).toEqual([
      ['waiting', null],
      ['not-signed', 'not-opened'],
      ['not-signed', 'wrong-stage'],
    ]);
    expect(
      await desk.call('batch.sign', {
        intentIds: ['6f5c1a52-6f0e-4c43-9d8b-111111111111'],
        pin: stand.pin,
      }),
    ).toMatchObject({ refusal: { code: 'intent-gone' } });
  });

  it('a token that wants its PIN each time signs one item a PIN', async () => {
    await sit({ times: REST });
    const port = desk.core.desk.deps.token;
    const { hold, sign } = port;
    const used: string[] = [];
    // SoftHSM makes no PIN-always keys: the answers are real, only this one fact is told otherwise.
    Object.assign(port, {
      hold: async (request: Parameters<typeof hold>[0]) => {
        used.push('hold');
        const answer = await port.provePin(request);
        return answer.ok ? { ...answer, pinAlways: true } : answer;
      },
      sign: async (request: Parameters<typeof sign>[0]) => {
        used.push('sign');
        const answer = await sign(request);
        return answer.ok ? { ...answer, pinAlways: true } : answer;
      },
    });
    try {
      const ids = await reviewed(2);
      const intentIds = intentsOf(await desk.get('batch.prepare', { applicationIds: ids }));
      const told = await desk.get('batch.sign', { intentIds, pin: stand.pin });
      expect(told).toMatchObject({ pinAlways: true, run: null });
      const one = await desk.get('batch.sign', { intentIds, pin: stand.pin });
      expect(one.items.map(({ state }) => state)).toEqual(['signed', 'waiting']);
      const wrong = await desk.call('batch.sign', {
        intentIds: intentIds.slice(1),
        pin: '000000',
      });
      expect(wrong).toMatchObject({ refusal: { code: 'pin-incorrect' } });
      const two = await desk.get('batch.sign', { intentIds: intentIds.slice(1), pin: stand.pin });
      expect(two.items.map(({ state }) => state)).toEqual(['signed', 'signed']);
      expect(used).toEqual(['hold', 'sign', 'sign', 'sign']);
    } finally {
      Object.assign(port, { hold, sign });
      await desk.call('session.logOut', {});
    }
  });
});

describe('a core that is killed in the middle of a batch', () => {
  it('leaves each item signed once or not signed, and none in between', async () => {
    const userDir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-batch-'));
    const signed = path.join(userDir, 'told-as-signed');
    await sit({ userDir, times: REST });
    const ids = await reviewed(12);
    await desk.stop();
    open.length = 0;
    const { configPath, config, pin, officers } = stand;
    const options = {
      stand: { configPath, config, pin, officers },
      userDir,
      applicationIds: ids,
      signed,
    };
    const { file, execArgv } = childScript('batch-child');
    const child = spawn(process.execPath, [...execArgv, file, JSON.stringify(options)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...config.env },
    });
    child.stdout.on('data', (data: Buffer) => {
      if (
        String(data)
          .split('\n')
          .some((line) => Number(line) >= 4)
      )
        child.kill('SIGKILL');
    });
    const [, signal] = await new Promise<[number | null, string | null]>((resolve) =>
      child.once('exit', (code, by) => resolve([code, by])),
    );
    expect(signal).toBe('SIGKILL');
    const told = fs.readFileSync(signed, 'utf8').split('\n').filter(Boolean);
    expect(told.length).toBeGreaterThanOrEqual(4);

    await sit({ userDir });
    const shown = await Promise.all(
      ids.map((applicationId) => desk.get('case.open', { applicationId })),
    );
    const promised = shown.filter(({ act }) => act !== null).map((one) => one.applicationId);
    for (const id of told) expect(promised).toContain(id); // what was told as signed is signed
    expect(promised.length).toBeLessThan(ids.length);
    await desk.get('outbox.sendNow', {}); // they rest for an hour
    await until(async () => (await actsOf(ids)).length >= promised.length, 'the acts at the node');
    const acts = await actsOf(ids);
    expect(acts.map(({ applicationId }) => applicationId).sort()).toEqual([...promised].sort());
    for (const one of shown.filter(({ act }) => act === null)) {
      expect(one.stage).toBe('in-review');
      expect(one.flags).toContain('not-signed');
    }
    // The rest is still confirmed and can be signed anew, once.
    const rest = ids.filter((id) => !promised.includes(id));
    const again = await desk.get('batch.prepare', { applicationIds: rest });
    await desk.get('batch.sign', { intentIds: intentsOf(again), pin: stand.pin });
    await ended();
    await until(async () => (await actsOf(ids)).length === ids.length, 'all acts at the node');
    const counts = new Map<string, number>();
    for (const { applicationId } of await actsOf(ids))
      counts.set(applicationId, (counts.get(applicationId) ?? 0) + 1);
    expect([...counts.values()].every((n) => n === 1)).toBe(true);
    expect((await desk.get('journal.verify', {})).ok).toBe(true);
    await desk.stop();
    open.length = 0;
    fs.rmSync(userDir, { recursive: true, force: true });
  }, 180_000);
});
