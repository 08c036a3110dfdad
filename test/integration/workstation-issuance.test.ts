// The counter on real parts: by ticket, in person, once; a proxy refused; a second counter too late.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStand, type Stand } from '../../stand/start.ts';
import { logInAs, startWorkstation, until, type Workstation } from '../support/workstation.ts';

let stand: Stand;
let counter: Workstation;
let other: Workstation;

beforeAll(async () => {
  stand = await startStand({ people: 60 });
  counter = await startWorkstation(stand);
  other = await startWorkstation(stand, { stationId: 'station-2' });
  for (const one of [counter, other]) {
    expect((await logInAs(one, stand, 'issuer-almaty')).ok).toBe(true);
    await until(async () => (await one.get('line.read', {})).lastSyncAt, 'first sync');
  }
});
afterAll(async () => {
  await counter?.stop();
  await other?.stop();
  await stand?.stop();
});

const LIST = { search: '', after: null, limit: 50 } as const;
const ready = async (workstation: Workstation) =>
  (await workstation.get('issuance.page', { view: 'ready', ...LIST })).rows.filter(
    ({ stage }) => stage === 'at-point',
  );
const ANSWERS = {
  present: true as const,
  questions: [{ code: 'birth-date' as const, outcome: 'right' as const }],
  oldCard: { outcome: 'surrendered' as const, reason: null },
};

describe('issuance', () => {
  it('shows the officer of the point no queue to decide, only cards', async () => {
    expect((await ready(counter)).length).toBeGreaterThan(3);
    const next = await counter.call('queue.next', { after: null });
    expect(next.ok).toBe(false);
  });

  it('hands a card over by its ticket, signed; the node holds the act', async () => {
    const [row] = await ready(counter);
    const card = await counter.get('issuance.openByTicket', { ticket: ` ${row!.ticket} ` });
    expect(card.stage).toBe('at-counter');
    expect(card.questions.length).toBeGreaterThanOrEqual(3);
    expect(card.photo.url).toMatch(/^case-image:/);
    const withoutReason = await counter.call('issuance.prepareHandOver', {
      applicationId: card.applicationId,
      ...ANSWERS,
      oldCard: { outcome: 'not-presented', reason: ' ' },
    });
    expect(withoutReason).toMatchObject({ refusal: { code: 'old-card-reason-missing' } });
    const intent = await counter.get('issuance.prepareHandOver', {
      applicationId: card.applicationId,
      ...ANSWERS,
    });
    expect(intent.statement).toMatchObject({ type: 'kualik/hand-over', inPerson: true });
    await counter.get('act.sign', { intentId: intent.intentId, pin: stand.pin });
    await until(async () => {
      const { head } = await stand.control.findApplication({ applicationId: card.applicationId });
      return head.stage === 'issued';
    }, 'issued at the node');
    const again = await until(async () => {
      const answer = await counter.call('issuance.openByTicket', { ticket: card.ticket });
      return !answer.ok && answer;
    }, 'refusal of a second issue');
    expect(again).toMatchObject({ refusal: { code: 'already-issued' } });
    const elsewhere = await other.call('issuance.openByTicket', { ticket: card.ticket });
    expect(elsewhere.ok).toBe(false);
  });

  it('two counters and one card: one claims it, the other is told', async () => {
    const [row] = await ready(counter);
    const both = await Promise.all(
      [counter, other].map((one) =>
        one.call('issuance.open', { applicationId: row!.applicationId }),
      ),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'claimed-by-other' } });
    const winner = both[0]?.ok ? counter : other;
    await winner.get('issuance.refuse', { applicationId: row!.applicationId, reason: 'abandoned' });
  });

  it('refuses a proxy by one key: recorded with clause 4.3, reported once, the card stays', async () => {
    const row = (await ready(counter)).at(-1)!;
    await counter.get('issuance.open', { applicationId: row.applicationId });
    const after = await counter.get('issuance.refuse', {
      applicationId: row.applicationId,
      reason: 'proxy',
    });
    expect(after.stage).toBe('at-point');
    const report = await until(
      async () =>
        (await stand.control.reports()).find(
          (one) => one.applicationId === row.applicationId && one.reason === 'proxy',
        ),
      'the report at the node',
    );
    expect(report).toMatchObject({ reason: 'proxy', clause: '4.3' });
    const { rows } = await counter.get('journal.page', {
      kinds: ['hand-over-refused'],
      text: row.ticket,
      before: null,
      limit: 10,
    });
    expect(rows[0]?.details).toEqual({ reason: 'proxy', clause: '4.3' });
    const { head } = await stand.control.findApplication({ applicationId: row.applicationId });
    expect(head.stage).toBe('at-point');
  });

  it('knows an unknown ticket and one still in production', async () => {
    expect(await counter.call('issuance.openByTicket', { ticket: 'нет-такого' })).toMatchObject({
      refusal: { code: 'ticket-unknown' },
    });
    const onTheWay = await counter.get('issuance.page', { view: 'on-the-way', ...LIST });
    const answer = await counter.call('issuance.openByTicket', {
      ticket: onTheWay.rows[0]!.ticket,
    });
    expect(answer).toMatchObject({ refusal: { code: 'not-arrived' } });
  });

  it('with the line dead hands over the card on the counter, once, and tells the node later', async () => {
    const [row] = await ready(counter);
    const { applicationId } = row!;
    await counter.get('issuance.open', { applicationId });
    await stand.control.stop({ ms: 600_000, how: 'drop' });
    const intent = await counter.get('issuance.prepareHandOver', { applicationId, ...ANSWERS });
    await counter.get('act.sign', { intentId: intent.intentId, pin: stand.pin });
    expect(await counter.call('issuance.open', { applicationId })).toMatchObject({
      refusal: { code: 'already-issued' },
    });
    const another = (await ready(counter)).find((one) => one.applicationId !== applicationId)!;
    expect(
      await counter.call('issuance.open', { applicationId: another.applicationId }),
    ).toMatchObject({ refusal: { code: 'line-dead' } });
    await stand.control.resume();
    await until(async () => {
      await counter.get('outbox.sendNow', {});
      const { head } = await stand.control.findApplication({ applicationId });
      return head.stage === 'issued';
    }, 'the node is told');
  });
});
