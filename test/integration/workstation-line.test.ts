// A bad line and a busy one: every fault ends in exactly one act at the node, races in one winner.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ReplyOf } from '../../src/shared/contract/channels.ts';
import { startStand, type Stand } from '../../stand/start.ts';
import {
  QUEUE,
  logInAs,
  reviewByEye,
  startWorkstation,
  until,
  type Workstation,
} from '../support/workstation.ts';

type Fault = Parameters<Stand['control']['addFault']>[0];

let stand: Stand;
let desk: Workstation;
let second: Workstation;

beforeAll(async () => {
  stand = await startStand({ people: 60 });
  desk = await startWorkstation(stand);
  second = await startWorkstation(stand, { stationId: 'station-2' });
  for (const one of [desk, second]) {
    expect((await logInAs(one, stand, 'reviewer-almaty')).ok).toBe(true);
    await until(async () => (await one.get('line.read', {})).lastSyncAt, 'first sync');
  }
});
afterAll(async () => {
  await desk?.stop();
  await second?.stop();
  await stand?.stop();
});
beforeEach(async () => {
  await stand.control.clearFaults();
  await stand.control.resume();
});

const actsFor = async (applicationId: string) =>
  (await stand.control.acts()).filter((act) => act.applicationId === applicationId);

/** An annulment signed on the next case; needs no clean case and walks the same outbox. */
async function signNext(workstation: Workstation): Promise<ReplyOf<'act.sign'>> {
  const next = await workstation.get('queue.next', { after: null });
  await workstation.get('case.open', next);
  const intent = await workstation.get('act.prepareAnnulment', {
    ...next,
    reasons: [{ code: 'PHOTO_LIGHT', comment: null, boxes: [] }],
  });
  return workstation.get('act.sign', { intentId: intent.intentId, pin: stand.pin });
}

const shown = (workstation: Workstation, applicationId: string) =>
  workstation.get('case.open', { applicationId });

describe('outbox under faults', () => {
  const faults: [string, Fault][] = [
    ['a slow node', { kind: 'delay', ms: 1500, operation: 'submitAct', times: 1 }],
    ['a line cut before', { kind: 'drop', when: 'before', operation: 'submitAct', times: 2 }],
    ['an answer lost after', { kind: 'drop', when: 'after', operation: 'submitAct', times: 1 }],
    ['errors 503', { kind: 'status', status: 503, operation: 'submitAct', times: 2 }],
    ['errors 500', { kind: 'status', status: 500, operation: 'submitAct', times: 1 }],
    ['no JSON', { kind: 'malformed', how: 'broken-json', operation: 'submitAct', times: 1 }],
    ['a page of HTML', { kind: 'malformed', how: 'html', operation: 'submitAct', times: 1 }],
    ['a wrong shape', { kind: 'malformed', how: 'wrong-shape', operation: 'submitAct', times: 1 }],
    ['maintenance', { kind: 'refuse', code: 'unavailable', operation: 'submitAct', times: 2 }],
  ];

  it.each(faults)('%s: signed once, accepted once', async (_name, fault) => {
    await stand.control.addFault(fault);
    const { actId, applicationId } = await signNext(desk);
    expect(['annulment-promised', 'annulled']).toContain((await shown(desk, applicationId)).stage);
    await until(async () => {
      await desk.get('outbox.sendNow', {}); // the officer is impatient: waiting times are dropped
      return (await shown(desk, applicationId)).act?.state === 'accepted';
    }, 'acceptance');
    const stored = await actsFor(applicationId);
    expect(stored.map((act) => act.actId)).toEqual([actId]);
    expect((await shown(desk, applicationId)).stage).toBe('annulled');
  });

  it('a refusal is shown with its code and a way back, and the case can be decided again', async () => {
    await stand.control.addFault({
      kind: 'refuse',
      code: 'statement-mismatch',
      params: { field: 'photoSha256' },
      operation: 'submitAct',
      times: 1,
    });
    const { actId, applicationId } = await signNext(desk);
    await until(async () => (await desk.get('outbox.read', {})).needsYou.length > 0, 'refusal');
    const { needsYou } = await desk.get('outbox.read', {});
    expect(needsYou[0]).toMatchObject({
      id: actId,
      state: 'refused',
      lastAnswer: { code: 'statement-mismatch', field: 'photoSha256' },
      actions: ['back-to-review', 'export'],
    });
    expect((await shown(desk, applicationId)).flags).toContain('refused-by-node');
    const after = await desk.get('outbox.backToReview', { id: actId });
    expect(after.needsYou).toEqual([]);
    expect((await shown(desk, applicationId)).stage).toBe('received');
    await desk.get('case.claim', { applicationId });
    const intent = await desk.get('act.prepareAnnulment', {
      applicationId,
      reasons: [{ code: 'PHOTO_LIGHT', comment: null, boxes: [] }],
    });
    await desk.get('act.sign', { intentId: intent.intentId, pin: stand.pin });
    await until(async () => (await actsFor(applicationId)).length === 1, 'the second act');
  });

  it('a dead line: promised and kept, taken back while unsent, sent when the line is there', async () => {
    const held = await desk.get('queue.next', { after: null });
    await shown(desk, held.applicationId);
    await stand.control.stop({ ms: 600_000, how: 'drop' });
    await until(async () => (await desk.get('line.read', {})).state === 'offline', 'offline');
    const reasons = [{ code: 'SIGNATURE_CROPPED', comment: null, boxes: [] }];
    const intent = await desk.get('act.prepareAnnulment', { ...held, reasons });
    const signed = await desk.get('act.sign', { intentId: intent.intentId, pin: stand.pin });
    const promised = await shown(desk, held.applicationId);
    expect(promised.stage).toBe('annulment-promised');
    expect((await desk.get('queue.counts', {})).promised).toBe(1);
    expect(await desk.call('queue.next', { after: null })).toMatchObject({
      refusal: { code: 'line-dead' },
    });
    expect((await desk.get('line.read', {})).outboxWaiting).toBe(1);
    const slip = await desk.get('outbox.read', {});
    expect(slip.onItsWay[0]?.actions).toContain('take-back');
    await desk.get('act.takeBack', { actId: signed.actId });
    expect((await shown(desk, held.applicationId)).stage).toBe('in-review');
    const again = await desk.get('act.prepareAnnulment', { ...held, reasons });
    const kept = await desk.get('act.sign', { intentId: again.intentId, pin: stand.pin });
    await stand.control.resume();
    await until(
      async () => (await shown(desk, held.applicationId)).act?.state === 'accepted',
      'acceptance after the line came back',
      30_000,
    );
    expect((await actsFor(held.applicationId)).map(({ actId }) => actId)).toEqual([kept.actId]);
  });
});

describe('a calm line', () => {
  it('asks for news and waits: no storm of questions when nothing happens', async () => {
    await until(async () => (await desk.get('line.read', {})).state === 'online', 'online');
    await new Promise((resolve) => setTimeout(resolve, 500));
    await stand.control.resetRequests();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const asked = await stand.control.requests();
    expect(asked['news']?.count ?? 0).toBeGreaterThan(0);
    // Two desks, news every 0.4 s at the most in this test's rhythm, one pull after each.
    expect(asked['changes']?.count ?? 0).toBeLessThan(40);
  });

  it('no fault of the node opens a locked screen without the PIN', async () => {
    for (const how of ['html', 'broken-json'] as const) {
      await stand.control.addFault({ kind: 'malformed', how, operation: 'challenge' });
      await desk.get('session.lock', {});
      expect(await desk.call('session.unlock', { pin: '000000' })).toMatchObject({
        ok: false,
        refusal: { code: 'pin-incorrect' },
      });
      expect((await desk.get('session.read', {})).state).toBe('locked');
      expect((await desk.call('session.unlock', { pin: stand.pin })).ok).toBe(true);
      await stand.control.clearFaults();
    }
    await stand.control.addFault({ kind: 'refuse', code: 'forbidden', operation: 'openSession' });
    await desk.get('session.lock', {});
    expect((await desk.call('session.unlock', { pin: '000000' })).ok).toBe(false);
    expect((await desk.call('session.unlock', { pin: stand.pin })).ok).toBe(true);
    await stand.control.clearFaults();
  });

  it('an act taken back while another is on its way is never sent', async () => {
    await stand.control.stop({ ms: 600_000, how: 'drop' });
    await until(async () => (await desk.get('line.read', {})).state === 'offline', 'offline');
    const held = await stand.control
      .resume()
      .then(() => until(async () => (await desk.get('line.read', {})).state === 'online', 'online'))
      .then(() => desk.get('queue.next', { after: null }));
    const other = await desk.get('queue.next', { after: held.applicationId });
    await stand.control.stop({ ms: 600_000, how: 'drop' });
    await until(async () => (await desk.get('line.read', {})).state === 'offline', 'offline again');
    const reasons = [{ code: 'PHOTO_POSE', comment: null, boxes: [] }];
    const acts: string[] = [];
    for (const { applicationId } of [held, other]) {
      const { intentId } = await desk.get('act.prepareAnnulment', { applicationId, reasons });
      acts.push((await desk.get('act.sign', { intentId, pin: stand.pin })).actId);
    }
    // The first one is slow at the node; the second is taken back meanwhile.
    await stand.control.addFault({ kind: 'delay', ms: 1500, operation: 'submitAct', times: 1 });
    await stand.control.resume();
    await until(
      async () => (await shown(desk, held.applicationId)).act?.state === 'sending',
      'the first on its way',
    );
    await desk.get('act.takeBack', { actId: acts[1]! });
    await until(
      async () => (await shown(desk, held.applicationId)).act?.state === 'accepted',
      'the first accepted',
    );
    await desk.get('line.syncNow', {});
    expect(await actsFor(other.applicationId)).toEqual([]);
    expect((await shown(desk, other.applicationId)).stage).toBe('in-review');
    await desk.get('case.release', other);
  });
});

describe('two workstations', () => {
  it('claim one case at once: exactly one wins, the other is told who and until when', async () => {
    const { rows } = await desk.get('queue.page', { ...QUEUE, held: 'free' });
    const { applicationId } = rows.at(-1)!;
    const answers = await Promise.all(
      [desk, second].map((one) => one.call('case.claim', { applicationId })),
    );
    const lost = answers.find(({ ok }) => !ok);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(lost).toMatchObject({ ok: false, refusal: { code: 'claimed-by-other' } });
    if (lost?.ok === false) {
      expect(lost.refusal.params?.['department']).toBeTruthy();
      expect(Date.parse(String(lost.refusal.params?.['until']))).toBeGreaterThan(Date.now());
    }
    const loser = answers[0]?.ok ? second : desk;
    await until(
      async () => (await shown(loser, applicationId)).holder?.mine === false,
      'the holder on the other screen',
    );
    expect((await shown(loser, applicationId)).actions).toContainEqual(
      expect.objectContaining({ action: 'claim', enabled: false }),
    );
    await (answers[0]?.ok ? desk : second).get('case.release', { applicationId });
    await until(
      async () => (await shown(loser, applicationId)).holder === null,
      'the released case is free on the other screen',
    );
  });

  it('see each other’s decisions, news and moves', async () => {
    const { applicationId } = await signNext(second);
    await until(async () => (await shown(desk, applicationId)).stage === 'annulled', 'decision');
    const added = await stand.control.addApplication({ region: '750000000' });
    await until(
      async () => (await desk.call('case.open', { applicationId: added.applicationId })).ok,
      'a new application',
    );
    await stand.control.moveCase({ applicationId: added.applicationId, region: '710000000' });
    await until(
      async () => (await shown(desk, added.applicationId)).stage === 'left',
      'the moved application',
    );
  });

  it('lose a lease that was taken over: the work is kept and shown as a conflict', async () => {
    const next = await desk.get('queue.next', { after: null });
    await shown(desk, next.applicationId);
    await reviewByEye(desk, next.applicationId);
    await stand.control.claimAs({ ...next, stationId: 'station-9', officerName: 'ДРУГОЙ' });
    await until(async () => (await shown(desk, next.applicationId)).stage === 'received', 'taken');
    expect((await shown(desk, next.applicationId)).flags).toContain('conflict');
    expect((await desk.get('queue.counts', {})).attention).toBeGreaterThan(0);
  });
});

describe('bad input from the node', () => {
  it.each(['unknown-enum', 'oversize-text', 'wrong-type'] as const)(
    'one application with %s is set aside with what was wrong; the rest goes on',
    async (how) => {
      const added = await stand.control.addApplication({ region: '750000000' });
      const before = await desk.get('line.read', {});
      await stand.control.addFault({
        kind: 'malformed',
        how,
        operation: 'changes',
        stationId: 'station-1',
        applicationId: added.applicationId,
      });
      await stand.control.touch({ applicationId: added.applicationId });
      const fine = await stand.control.addApplication({ region: '750000000' });
      await until(
        async () => (await desk.get('line.read', {})).damaged > before.damaged,
        'the damaged application',
      );
      const damage = await desk.get('case.damage', { applicationId: added.applicationId });
      expect(damage.problems.length).toBeGreaterThan(0);
      await until(
        async () => (await desk.call('case.open', { applicationId: fine.applicationId })).ok,
        'the good application beside it',
      );
      const attention = await desk.get('queue.page', { ...QUEUE, view: 'attention' });
      expect(attention.rows.map((row) => row.applicationId)).toContain(added.applicationId);
    },
  );

  it('a whole answer of nonsense changes nothing and is asked for again', async () => {
    const { all } = await desk.get('queue.counts', {});
    await stand.control.addFault({
      kind: 'malformed',
      how: 'truncated',
      operation: 'changes',
      stationId: 'station-1',
      times: 2,
    });
    const added = await stand.control.addApplication({ region: '750000000' });
    await until(
      async () => (await desk.call('case.open', { applicationId: added.applicationId })).ok,
      'the application after the nonsense',
    );
    expect((await desk.get('queue.counts', {})).all).toBeGreaterThan(all);
  });

  it('foreign bytes under a picture’s address are never shown, and approval is not offered', async () => {
    const fresh = await startWorkstation(stand, { stationId: 'station-3' });
    await stand.control.addFault({
      kind: 'blob',
      stationId: 'station-3',
      base64: Buffer.from('<script>alert(1)</script>').toString('base64'),
      mime: 'text/html',
    });
    expect((await logInAs(fresh, stand, 'reviewer-almaty')).ok).toBe(true);
    await until(async () => (await fresh.get('line.read', {})).lastSyncAt, 'sync');
    const { applicationId } = await fresh.get('queue.next', { after: null });
    const found = await until(async () => {
      const one = await shown(fresh, applicationId);
      return one.signature.problem !== 'not-here-yet' && one;
    }, 'the verdict on the picture');
    expect(found.signature).toMatchObject({ url: null, problem: 'hash-mismatch' });
    expect(found.flags).toContain('picture-problem');
    expect(found.actions).toContainEqual(
      expect.objectContaining({
        action: 'approve',
        enabled: false,
        because: expect.objectContaining({ code: 'picture-missing' }),
      }),
    );
    expect(found.actions).toContainEqual(
      expect.objectContaining({ action: 'annul', enabled: true }),
    );
    const wanted = { what: 'picture', sha256: found.signature.sha256 } as const;
    expect(await fresh.core.picture(wanted)).toBeNull();
    // A screen that reads the case again at each word of it must not turn in a circle.
    const told = () =>
      fresh.pushes.filter((push) => push.topic === 'cases' && push.ids?.includes(applicationId))
        .length;
    const settled = await until(async () => {
      const before = told();
      await new Promise((resolve) => setTimeout(resolve, 1_500)); // measures ahead are told too
      return told() === before && before;
    }, 'silence about the case');
    for (let n = 0; n < 3; n++) {
      await shown(fresh, applicationId);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(told()).toBe(settled);
    await fresh.stop();
  });
});
