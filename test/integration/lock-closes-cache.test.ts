// Behind the lock: the cache file is closed once every promise is kept, nothing answers, nothing is lost, time is not forgotten.
import { fork, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openToAll } from '../../src/main/core/handlers.ts';
import { channels, type ChannelName } from '../../src/shared/contract/channels.ts';
import type { CaseDraft } from '../../src/shared/contract/draft.ts';
import { startStand, type Stand } from '../../stand/start.ts';
import {
  logInAs,
  QUEUE,
  startWorkstation,
  until,
  type Workstation,
} from '../support/workstation.ts';
import type { CoreOrder } from '../support/core-process.ts';

const REASONS = [{ code: 'PHOTO_POSE', comment: null, boxes: [] }];
const DRAFT = {
  kind: 'review',
  codes: ['PHOTO_POSE'],
  comments: { PHOTO_POSE: 'голова повёрнута' },
  boxes: { PHOTO_POSE: [{ picture: 'photo', x: 0.1, y: 0.2, w: 0.3, h: 0.4 }] },
  drawnOn: { photo: 'a'.repeat(64), signature: 'b'.repeat(64) },
  composing: true,
  writing: null,
} as const satisfies CaseDraft;

const userDir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-lock-'));
let stand: Stand;
let desk: Workstation;
/** Added to the clock of the workstation. */
let ahead = 0;

async function sit(id: 'reviewer-almaty' | 'issuer-almaty' = 'reviewer-almaty'): Promise<void> {
  desk = await startWorkstation(stand, {
    userDir,
    clock: { now: () => new Date(Date.now() + ahead) },
  });
  expect(await logInAs(desk, stand, id)).toMatchObject({ ok: true });
  await until(async () => (await desk.get('line.read', {})).lastSyncAt, 'the first sync');
}
beforeAll(async () => {
  stand = await startStand({ people: 60 });
  await sit();
}, 300_000);
afterEach(async () => {
  ahead = 0;
  await stand.control.clearFaults();
});
afterAll(async () => {
  await desk?.stop();
  await stand?.stop();
  fs.rmSync(userDir, { recursive: true, force: true });
});

/** Files of the cache that this very process has open. */
const openFiles = (): string[] =>
  fs.readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const file = fs.readlinkSync(`/proc/self/fd/${fd}`);
      return file.startsWith(path.join(userDir, 'cache')) ? [path.basename(file)] : [];
    } catch {
      return []; // closed between the two questions
    }
  });
const asleep = () => until(() => desk.core.desk.asleep, 'the cache to be closed', 30_000);
const unlock = async (): Promise<void> =>
  expect(await desk.call('session.unlock', { pin: stand.pin })).toMatchObject({ ok: true });
const lines = (event: string) => desk.logged.filter((one) => one.event === event);
const lineIs = (state: string) =>
  until(async () => (await desk.get('line.read', {})).state === state, state, 30_000);

/** A case of this officer, held. */
async function heldCase(): Promise<string> {
  const { applicationId } = await desk.get('queue.next', { after: null });
  await until(
    async () => (await desk.get('case.open', { applicationId })).stage === 'in-review',
    'held',
  );
  return applicationId;
}

describe('lock', () => {
  it('closes the file and wipes the key; nothing answers; the PIN opens it, and all is there', async () => {
    const keys: { readonly was: Uint8Array; readonly key: Uint8Array }[] = [];
    const { vault } = desk.core.desk.deps;
    const unseal = vault.unseal.bind(vault);
    Object.assign(vault, {
      unseal: async (...of: Parameters<typeof unseal>) => {
        const answer = await unseal(...of);
        if (answer.ok) keys.push({ was: Uint8Array.from(answer.key), key: answer.key });
        return answer;
      },
    });
    const counts = await desk.get('queue.counts', {});
    const [first] = (await desk.get('queue.page', QUEUE)).rows;
    expect(openFiles().length).toBeGreaterThan(0);

    await desk.get('session.lock', {});
    const { shown } = await asleep();
    expect(openFiles()).toEqual([]);
    expect(shown).toMatchObject({ state: 'locked', lockedBecause: 'key' });
    expect(shown.place).toBeUndefined();
    expect(lines('cache-closed')).toHaveLength(1);

    const asked = Object.keys(channels).filter(
      (name) => !Object.hasOwn(openToAll, name),
    ) as ChannelName[];
    const plain = asked.filter((name) => channels[name].request.safeParse({}).success);
    expect(plain.length).toBeGreaterThan(10);
    for (const name of plain)
      expect(await desk.call(name, {} as never), name).toMatchObject({
        refusal: { code: 'locked' },
      });
    const { applicationId } = first!;
    for (const answer of [
      await desk.call('queue.page', QUEUE),
      await desk.call('case.open', { applicationId }),
      await desk.call('draft.read', { applicationId }),
      await desk.call('place.keep', { screen: 'queue', applicationId: null }),
    ])
      expect(answer).toMatchObject({ refusal: { code: 'locked' } });
    expect(await desk.get('line.read', {})).toMatchObject({ lastSyncAt: null, outboxWaiting: 0 });
    expect(await logInAs(desk, stand, 'reviewer-almaty')).toMatchObject({ ok: false });
    expect(await desk.call('session.unlock', { pin: '000000' })).toMatchObject({
      refusal: { code: 'pin-incorrect' },
    });
    expect(openFiles()).toEqual([]);

    await unlock();
    expect(openFiles().length).toBeGreaterThan(0);
    expect(keys).toHaveLength(1);
    expect(keys[0]!.was.some((byte) => byte !== 0)).toBe(true);
    expect([...keys[0]!.key]).toEqual(Array(32).fill(0));
    expect(await desk.get('queue.counts', {})).toEqual(counts);
    const page = { kinds: [], text: '', before: null, limit: 20 };
    const { rows } = await desk.get('journal.page', page);
    const refused = rows.find(({ kind }) => kind === 'log-in-refused');
    expect(refused?.details).toMatchObject({ code: 'pin-incorrect', unlock: true });
    expect(rows.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['locked', 'unlocked']));
    expect((await desk.get('journal.verify', {})).ok).toBe(true);
  });

  it('brings back place and draft; an unsigned statement is not to be signed any more', async () => {
    const applicationId = await heldCase();
    const place = { screen: 'case', applicationId } as const;
    await desk.get('place.keep', place);
    const intent = await desk.get('act.prepareAnnulment', { applicationId, reasons: REASONS });
    await desk.get('draft.keep', { applicationId, draft: DRAFT });
    await desk.get('session.lock', {});
    await asleep();
    const opened = await desk.get('session.unlock', { pin: stand.pin });
    expect(opened.place).toEqual(place);
    expect((await desk.get('draft.read', { applicationId })).draft).toEqual(DRAFT);
    expect(
      await desk.call('act.sign', { intentId: intent.intentId, pin: stand.pin }),
    ).toMatchObject({ refusal: { code: 'intent-gone' } });
    expect((await desk.get('case.open', { applicationId })).stage).toBe('in-review');
  });

  it('waits for a call that is on its way', async () => {
    const { rows } = await desk.get('queue.page', { ...QUEUE, held: 'free' });
    const { applicationId } = rows.find(({ stage }) => stage === 'received')!;
    const { node } = desk.core.desk.deps;
    const { claim: ask } = node;
    let answer = (): void => undefined;
    const answered = new Promise<void>((done) => (answer = done));
    Object.assign(node, { claim: (id: string) => answered.then(() => ask(id)) });
    const claim = desk.call('case.claim', { applicationId });
    await until(() => desk.core.desk.calls > 0, 'the call');
    await desk.get('session.lock', {});
    await desk.core.loop.roundNow();
    await new Promise((done) => setTimeout(done, 300)); // the loop had its turn to close it
    expect(desk.core.desk.asleep === null && openFiles().length > 0).toBe(true);
    Object.assign(node, { claim: ask });
    answer();
    expect(await claim).toMatchObject({ ok: true });
    await asleep();
    await unlock();
    expect((await desk.get('case.open', { applicationId })).stage).toBe('in-review');
    await desk.get('case.release', { applicationId });
  });

  it('keeps open for a signed act on a dead line, sends it when the line is back, then closes', async () => {
    const applicationId = await heldCase();
    await desk.get('draft.keep', { applicationId, draft: DRAFT });
    await stand.control.stop({ ms: 600_000, how: 'drop' });
    await lineIs('offline');
    const asked = { applicationId, reasons: REASONS };
    const { intentId } = await desk.get('act.prepareAnnulment', asked);
    const { actId } = await desk.get('act.sign', { intentId, pin: stand.pin });
    expect((await desk.get('draft.read', { applicationId })).draft).toBeNull();
    await desk.get('session.lock', {});
    await until(() => lines('cache-stays-open').length > 0, 'the word that it stays open');
    await new Promise((done) => setTimeout(done, 1_000));
    expect(desk.core.desk.asleep).toBeNull();
    expect(openFiles().length).toBeGreaterThan(0);
    expect(await desk.call('queue.counts', {})).toMatchObject({ refusal: { code: 'locked' } });
    await stand.control.resume();
    await asleep();
    expect(openFiles()).toEqual([]);
    expect((await stand.control.acts()).map((act) => act.actId)).toContain(actId);
    await unlock();
    expect((await desk.get('outbox.read', {})).acceptedToday.map(({ id }) => id)).toContain(actId);
  }, 60_000);

  it('makes claims longer behind it; one that the node refused is given up at the unlocking', async () => {
    const applicationId = await heldCase();
    const leaseOf = () => desk.core.desk.session!.store.cases.find(applicationId)!.state.lease!;
    const before = leaseOf();
    const { leaseMinutes } = desk.core.desk.session!.config;
    await desk.get('session.lock', {});
    const closed = await asleep();
    ahead = leaseMinutes * 60_000 * 0.8;
    const claim = closed.claims.find((one) => one.applicationId === applicationId)!;
    await until(() => claim.changed, 'the longer claim');
    ahead = 0;
    await unlock();
    expect(leaseOf().leaseId).toBe(before.leaseId);
    expect(Date.parse(leaseOf().until)).toBeGreaterThan(Date.parse(before.until));

    await stand.control.addFault({
      kind: 'refuse',
      code: 'lease-missing',
      operation: 'renewClaim',
    });
    await desk.get('session.lock', {});
    const again = await asleep();
    ahead = leaseMinutes * 60_000 * 0.8;
    await until(() => again.claims.some(({ lapsed }) => lapsed), 'the refusal');
    ahead = 0;
    await stand.control.clearFaults();
    await unlock();
    expect(desk.core.desk.session!.store.cases.find(applicationId)?.state.stage).toBe('received');
  });

  it('a PIN changed meanwhile: the one of before is asked for, and the cache stays closed until then', async () => {
    const { vault } = desk.core.desk.deps;
    const { iin, bin } = desk.core.desk.session!.key.certificate;
    await desk.get('session.lock', {});
    await asleep();
    const sealed = '918273';
    expect(await vault.reseal({ iin: iin!, bin: bin! }, stand.pin, sealed)).toBe(true);
    expect(await desk.call('session.unlock', { pin: stand.pin })).toMatchObject({
      refusal: { code: 'cache-pin-changed' },
    });
    expect(openFiles()).toEqual([]);
    const both = { pin: stand.pin, previousPin: sealed };
    expect(await desk.call('session.unlock', both)).toMatchObject({ ok: true });
    await desk.get('session.lock', {});
    await asleep();
    await unlock(); // sealed under the new one by now
  });

  it('a token pulled out while the node answers opens nothing, whether the cache is closed or not', async () => {
    const { node } = desk.core.desk.deps;
    const { openSession } = node;
    const { moduleId, serial, label } = desk.core.desk.session!.key;
    const pulled = (): void =>
      desk.presence({ type: 'removed', token: { moduleId, serial, label } });
    Object.assign(node, {
      openSession: async (...of: Parameters<typeof openSession>) => {
        const answer = await openSession(...of);
        pulled();
        return answer;
      },
    });
    const unlocked = (): Promise<unknown> => desk.call('session.unlock', { pin: stand.pin });
    const absent = { refusal: { code: 'token-absent' } };
    await desk.get('session.lock', {});
    await asleep();
    expect(await unlocked()).toMatchObject(absent);
    expect(openFiles()).toEqual([]);
    Object.assign(node, { openSession });
    await unlock();

    desk.core.desk.calls += 1; // one on its way: the cache stays open
    Object.assign(node, {
      openSession: (...of: Parameters<typeof openSession>) => {
        pulled();
        return openSession(...of);
      },
    });
    await desk.get('session.lock', {});
    expect(await unlocked()).toMatchObject(absent);
    expect(desk.core.desk.session?.locked).toBe('key');
    desk.core.desk.calls -= 1;

    await desk.get('session.logOut', {});
    expect(await logInAs(desk, stand, 'reviewer-almaty')).toMatchObject(absent);
    expect(desk.core.desk.session).toBeNull();
    expect(openFiles()).toEqual([]);
    Object.assign(node, { openSession });
    expect(await logInAs(desk, stand, 'reviewer-almaty')).toMatchObject({ ok: true });
  });

  it('the PIN of who was logged out meanwhile opens nothing for who sits there by then', async () => {
    const { node } = desk.core.desk.deps;
    const { openSession } = node;
    let answer = (): void => undefined;
    const answered = new Promise<void>((done) => (answer = done));
    let asked = false;
    Object.assign(node, {
      openSession: async (...of: Parameters<typeof openSession>) => {
        asked = true;
        await answered;
        return openSession(...of);
      },
    });
    await desk.get('session.lock', {});
    const late = desk.call('session.unlock', { pin: stand.pin });
    await until(() => asked, 'the question to the node');
    Object.assign(node, { openSession });
    await desk.get('session.logOut', {});
    expect(await logInAs(desk, stand, 'issuer-almaty')).toMatchObject({ ok: true });
    await desk.get('session.lock', {});
    answer();
    expect(await late).toMatchObject({ refusal: { code: 'signed-out' } });
    expect((desk.core.desk.session ?? desk.core.desk.asleep)?.locked).toBe('key');
    await desk.get('session.logOut', {});
    expect(await logInAs(desk, stand, 'reviewer-almaty')).toMatchObject({ ok: true });
  });

  it('log-out behind it forgets who was here', async () => {
    await desk.get('session.lock', {});
    await asleep();
    expect(await desk.get('session.logOut', {})).toMatchObject({
      state: 'signed-out',
      officer: null,
    });
    expect(desk.core.desk.asleep).toBeNull();
    expect(await logInAs(desk, stand, 'reviewer-almaty')).toMatchObject({ ok: true });
    expect((await desk.get('session.read', {})).place).toBeUndefined();
  });
});

describe('draft', () => {
  it('survives the death of the core and a restart behind the lock', async () => {
    const applicationId = await heldCase();
    await desk.stop();
    const officer = stand.officers.find(({ id }) => id === 'reviewer-almaty')!;
    const { tokenSerial: serial, keyId, certSha256 } = officer;
    const key = { moduleId: stand.config.modules[0]!.id, serial, keyId, certSha256 };
    const child = fork(path.resolve('test/support/core-process.ts'), {
      execArgv: ['--import', 'tsx'],
      serialization: 'advanced',
      env: { ...process.env, ...stand.config.env },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    try {
      const { configPath, config, officers } = stand;
      await order(child, {
        type: 'start',
        stand: { configPath, config, officers },
        userDir,
        spentMs: 20_000,
      });
      const call = (name: string, payload: unknown) =>
        order(child, { type: 'call', name, payload });
      await until(async () => {
        const answer = await call('session.logIn', { ...key, pin: stand.pin });
        return (answer as { ok: boolean }).ok; // its token process may still be starting
      }, 'the log-in of the other core');
      expect(await call('draft.keep', { applicationId, draft: DRAFT })).toMatchObject({ ok: true });
    } finally {
      const gone = new Promise((done) => child.once('exit', done));
      child.kill('SIGKILL');
      await gone;
    }
    await sit();
    expect((await desk.get('draft.read', { applicationId })).draft).toEqual(DRAFT);

    await desk.get('session.lock', {});
    await asleep();
    await desk.stop();
    await sit();
    expect((await desk.get('draft.read', { applicationId })).draft).toEqual(DRAFT);
    await desk.get('case.release', { applicationId });
    expect((await desk.get('draft.read', { applicationId })).draft).toBeNull();
    expect(
      await desk.call('draft.keep', { applicationId: QUEUE_NOBODY, draft: DRAFT }),
    ).toMatchObject({
      refusal: { code: 'not-in-cache' },
    });
  }, 120_000);
});

const QUEUE_NOBODY = '00000000-0000-4000-8000-000000000000';
let lastOrder = 0;
type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never;

function order(child: ChildProcess, what: Unnumbered<CoreOrder>): Promise<unknown> {
  const id = ++lastOrder;
  return new Promise((done, failed) => {
    const hear = (answer: { id: number; value?: unknown; error?: string }): void => {
      if (answer.id !== id) return;
      child.off('message', hear as never);
      if (answer.error === undefined) done(answer.value);
      else failed(new Error(answer.error));
    };
    child.on('message', hear as never);
    child.send({ ...what, id });
  });
}

describe('the clock of leases', () => {
  it('remembers the hours behind the lock: put back meanwhile, it went back', async () => {
    await desk.get('session.logOut', {});
    await desk.stop();
    await sit('issuer-almaty');
    await stand.control.stop({ ms: 600_000, how: 'drop' });
    await lineIs('offline');
    await desk.get('session.lock', {});
    const closed = await asleep();
    const was = closed.highestMs;
    ahead = 10 * 3_600_000;
    await until(() => closed.highestMs > was + 9 * 3_600_000, 'the hours to be seen');
    ahead = 0;
    await unlock();
    const seen = desk.core.desk.session!.store.meta.find('clockSeen');
    expect(seen!.highestMs).toBeGreaterThan(was + 9 * 3_600_000);
    await stand.control.resume();
  }, 60_000);
});

describe('a disk that takes nothing', () => {
  it('hides no wrong PIN and keeps nobody logged in', async () => {
    const full = () => {
      throw new Error('database or disk is full');
    };
    Object.assign(desk.core.desk.session!.store.journal, { append: full });
    Object.assign(desk.core.desk.deps.files, { keepForJournal: full });
    await desk.get('session.lock', {});
    expect(await desk.call('session.unlock', { pin: '000000' })).toMatchObject({
      refusal: { code: 'pin-incorrect' },
    });
    expect(await desk.get('session.logOut', {})).toMatchObject({ state: 'signed-out' });
    expect(openFiles()).toEqual([]);
    expect(lines('lock-not-journaled')).toHaveLength(3);
  });
});
