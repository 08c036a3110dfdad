// The counter on real parts: by ticket, in person, once; a proxy refused; a second counter too late; a live picture.
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStand, type Stand } from '../../stand/start.ts';
import { zonesOf } from '../../stand/people/card-zone.ts';
import { testImaging, type TestImaging } from '../support/imaging.ts';
import { logInAs, startWorkstation, until, type Workstation } from '../support/workstation.ts';

let stand: Stand;
let counter: Workstation;
let other: Workstation;
let real: TestImaging;
let mayFilm = false;

beforeAll(async () => {
  stand = await startStand({ people: 60 });
  counter = await startWorkstation(stand);
  real = testImaging();
  other = await startWorkstation(stand, {
    stationId: 'station-2',
    imaging: real,
    camera: { open: () => (mayFilm = true), close: () => (mayFilm = false) },
  });
  for (const one of [counter, other]) {
    expect((await logInAs(one, stand, 'issuer-almaty')).ok).toBe(true);
    await until(async () => (await one.get('line.read', {})).lastSyncAt, 'first sync');
  }
});
afterAll(async () => {
  await counter?.stop();
  await other?.stop();
  real?.stop();
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
  oldCard: { outcome: 'surrendered' as const, reason: null, text: null },
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
      card: card.card.number,
      oldCard: { outcome: 'not-presented', reason: ' ', text: null },
    });
    expect(withoutReason).toMatchObject({ refusal: { code: 'old-card-reason-missing' } });
    const intent = await counter.get('issuance.prepareHandOver', {
      applicationId: card.applicationId,
      ...ANSWERS,
      card: card.card.number,
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
    // The report of the card given up before may still be on its way: that is named first.
    const barred = async () => {
      const answer = await counter.call('updates.install', {});
      return answer.ok ? 'ok' : answer.refusal.code;
    };
    await until(async () => (await barred()) !== 'update-act', 'the report to be sent', 30_000);
    expect(await barred()).toBe('update-hand-over');
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

  it('a card of somebody else stops the hand-over by its zone; the right one lets it go', async () => {
    const [row, another] = await ready(counter);
    const { applicationId, ticket } = row!;
    await counter.get('issuance.open', { applicationId });
    const [own, foreign] = await Promise.all(
      [applicationId, another!.applicationId].map(async (id) =>
        zonesOf(await stand.control.findApplication({ applicationId: id })),
      ),
    );
    const check = (text: string) => counter.call('issuance.checkCard', { applicationId, text });
    const wrong = await counter.get('issuance.checkCard', { applicationId, text: foreign!.card! });
    expect(wrong).toMatchObject({ which: 'card', agrees: false });
    expect(wrong.fields.find(({ field }) => field === 'number')?.state).toBe('differs');
    expect(await check('нет')).toMatchObject({ refusal: { code: 'not-a-card' } });
    const torn = own!.card!.replace('IDKAZ', 'IDKAZ9').slice(0, 30) + own!.card!.slice(30);
    expect(await check(torn)).toMatchObject({ refusal: { code: 'mrz-unreadable' } });
    const prepare = (card: string, text: string | null) =>
      counter.call('issuance.prepareHandOver', {
        applicationId,
        ...ANSWERS,
        card,
        oldCard: { ...ANSWERS.oldCard, text },
      });
    expect(await prepare(foreign!.card!, null)).toMatchObject({
      refusal: { code: 'card-mismatch' },
    });
    expect(await prepare(own!.oldCard, null)).toMatchObject({
      refusal: { code: 'card-unchecked' },
    });
    expect(await prepare(own!.card!, foreign!.oldCard)).toMatchObject({
      refusal: { code: 'card-unchecked' },
    });
    expect(await check(own!.card!)).toMatchObject({ value: { agrees: true } });
    expect(await prepare(own!.card!, own!.oldCard)).toMatchObject({
      ok: true,
      value: { statement: { cardCheck: { way: 'mrz' }, oldCard: { way: 'mrz' } } },
    });
    const { rows } = await counter.get('journal.page', {
      kinds: ['card-mismatch'],
      text: ticket,
      before: null,
      limit: 5,
    });
    expect(rows[0]?.details).toMatchObject({ card: 'card', by: 'mrz' });
    expect(String(rows[0]?.details['fields'])).toContain('number');
    await counter.get('issuance.refuse', { applicationId, reason: 'abandoned' });
  });

  it('after the zone of another card its number by eye does not do, till a zone or a reason', async () => {
    const [row, another] = await ready(counter);
    const { applicationId, ticket } = row!;
    const card = await counter.get('issuance.open', { applicationId });
    expect(card.zoneWanted).toEqual([]);
    const [own, foreign] = await Promise.all(
      [applicationId, another!.applicationId].map(async (id) =>
        zonesOf(await stand.control.findApplication({ applicationId: id })),
      ),
    );
    const check = (text: string) => counter.call('issuance.checkCard', { applicationId, text });
    const prepare = (text: string, old: string | null = null) =>
      counter.call('issuance.prepareHandOver', {
        applicationId,
        ...ANSWERS,
        card: text,
        oldCard: { ...ANSWERS.oldCard, text: old },
      });
    const wanted = { refusal: { code: 'zone-wanted' } };
    const { number } = card.card;
    expect(
      await counter.call('issuance.allowByEye', { applicationId, reason: 'zone-worn' }),
    ).toMatchObject({ refusal: { code: 'wrong-stage' } });

    expect(await check(foreign!.card!)).toMatchObject({ value: { zoneWanted: ['card'] } });
    expect(await check(number)).toMatchObject(wanted);
    expect(await prepare(number)).toMatchObject(wanted);
    // Neither closing the ticket nor opening it again makes the zone unread.
    await counter.get('issuance.refuse', { applicationId, reason: 'abandoned' });
    expect((await counter.get('issuance.open', { applicationId })).zoneWanted).toEqual(['card']);
    expect(await prepare(number)).toMatchObject(wanted);
    expect(await check(own!.card!)).toMatchObject({ value: { agrees: true, zoneWanted: [] } });
    expect(await prepare(number)).toMatchObject({ ok: true });

    await check(foreign!.card!);
    const allowed = await counter.get('issuance.allowByEye', {
      applicationId,
      reason: 'other-card-put-back',
    });
    expect(allowed.zoneWanted).toEqual([]);
    expect(await check(number)).toMatchObject({ value: { agrees: true } });
    expect(await prepare(number)).toMatchObject({ ok: true });
    const { rows } = await counter.get('journal.page', {
      kinds: ['by-eye-allowed'],
      text: ticket,
      before: null,
      limit: 5,
    });
    expect(rows.map(({ details }) => details)).toEqual([{ reason: 'other-card-put-back' }]);
    await counter.get('issuance.refuse', { applicationId, reason: 'abandoned' });
  });

  it('"not the person": nothing is handed over until somebody wrote what came of it', async () => {
    const row = (await ready(counter)).at(-2)!;
    const { applicationId } = row;
    const opened = await counter.get('issuance.open', { applicationId });
    await counter.get('issuance.refuse', { applicationId, reason: 'not-the-person' });
    const again = await counter.get('issuance.open', { applicationId });
    expect(again.flags).toContain('investigate');
    const request = { applicationId, ...ANSWERS, card: opened.card.number };
    expect(await counter.call('issuance.prepareHandOver', request)).toMatchObject({
      refusal: { code: 'action-disabled', params: { because: 'investigation-open' } },
    });
    const seen = await counter.get('issuance.seen', { applicationId, note: 'приходил сосед' });
    expect(seen.flags).not.toContain('investigate');
    const { fullName } = (await counter.get('session.read', {})).officer!;
    expect(seen.lookedInto).toMatchObject({ officer: fullName, note: 'приходил сосед' });
    expect(await counter.call('issuance.seen', { applicationId, note: 'ещё раз' })).toMatchObject({
      refusal: { code: 'wrong-stage' },
    });
    expect(await counter.call('issuance.prepareHandOver', request)).toMatchObject({ ok: true });
    await counter.get('issuance.refuse', { applicationId, reason: 'abandoned' });
  });

  it('compares a live picture with the approved photo and keeps nothing of it but the zone', async () => {
    const [one, ...others] = (await ready(other)).slice(-5);
    const { applicationId, ticket } = one!;
    const ask = (picture: Uint8Array<ArrayBuffer>) =>
      other.call('issuance.compareLive', { applicationId, picture });
    const { store } = other.core.desk.session!;
    const photoOf = async (id: string) => {
      await other.get('issuance.open', { applicationId: id });
      const { sha256 } = store.cases.find(id)!.dossier.photo;
      return Uint8Array.from(store.pictures.find(sha256)!.bytes);
    };
    const strangers = [];
    for (const each of others.slice(0, 4)) strangers.push(await photoOf(each.applicationId));
    expect(await ask(new Uint8Array(strangers[0]!))).toMatchObject({
      refusal: { code: 'wrong-stage' },
    });
    const own = await photoOf(applicationId);

    // The still of a camera: another size, another save, its own bytes.
    const still = new Uint8Array(await sharp(own).resize(300).jpeg({ quality: 80 }).toBuffer());
    const sha256 = createHash('sha256').update(still).digest('hex');
    const same = await ask(still);
    expect(same).toMatchObject({
      value: { zone: 'agrees', refused: null, of: null, facesFound: 1 },
    });
    expect(
      still.every((byte) => byte === 0),
      'overwritten',
    ).toBe(true);
    expect(store.pictures.has(sha256)).toBe(false);
    // Painted faces resemble one another: not every stranger is far, but some are.
    const zones: string[] = [];
    for (const stranger of strangers) {
      const answer = await ask(stranger);
      if (answer.ok) zones.push(answer.value.zone);
    }
    expect(zones).toHaveLength(4);
    expect(zones.filter((zone) => zone !== 'agrees')).not.toEqual([]);
    const wall = { create: { width: 300, height: 300, channels: 3, background: '#ccc' } } as const;
    const empty = new Uint8Array(await sharp(wall).png().toBuffer());
    expect(await ask(empty)).toMatchObject({
      value: { zone: 'no-data', refused: 'no-face', of: 'live', facesFound: 0 },
    });
    expect(await ask(Uint8Array.of(0xff, 0xd8, 0xff, 1, 2, 3))).toMatchObject({
      refusal: { code: 'not-compared', params: { failure: 'unreadable' } },
    });
    expect(await ask(Uint8Array.of(1, 2, 3))).toMatchObject({
      refusal: { code: 'not-understood' },
    });
    const { rows } = await other.get('journal.page', {
      kinds: ['live-picture-compared'],
      text: ticket,
      before: null,
      limit: 9,
    });
    expect(rows.map(({ details }) => details)).toEqual(
      ['no-data', ...[...zones].reverse(), 'agrees'].map((zone) => ({ zone })),
    );
    for (const { applicationId: id } of [one!, ...others.slice(0, 4)])
      await other.get('issuance.refuse', { applicationId: id, reason: 'abandoned' });
  });

  it('lets the window film only while its panel stands open at the counter, and the policy allows', async () => {
    const [one, another] = (await ready(other)).slice(-4);
    const { applicationId } = one!;
    const ask = (open: boolean) => other.call('issuance.camera', { applicationId, open });
    expect(await ask(true)).toMatchObject({ refusal: { code: 'wrong-stage' } });
    expect((await other.get('issuance.open', { applicationId })).liveCamera).toBe(true);
    expect(mayFilm).toBe(false);
    const opened = async (): Promise<void> => {
      expect(await ask(true)).toMatchObject({ ok: true });
      expect(mayFilm).toBe(true);
    };
    await opened();
    await ask(false);
    expect(mayFilm).toBe(false);
    await opened();
    await other.get('issuance.open', { applicationId: another!.applicationId });
    expect(mayFilm, 'the next ticket').toBe(false);
    await opened();
    await other.get('issuance.refuse', { applicationId, reason: 'abandoned' });
    expect(mayFilm, 'a refusal').toBe(false);
    await other.get('issuance.open', { applicationId });
    await opened();
    await other.get('session.lock', {});
    expect(mayFilm, 'the lock').toBe(false);
    expect(await ask(true)).toMatchObject({ refusal: { code: 'locked' } });
    await other.get('session.unlock', { pin: stand.pin });
    const { session } = other.core.desk;
    const { config } = session!;
    session!.config = { ...config, liveCamera: { allowed: false } };
    expect(await ask(true)).toMatchObject({ refusal: { code: 'camera-not-allowed' } });
    expect((await other.get('issuance.open', { applicationId })).liveCamera).toBe(false);
    session!.config = config;
    session!.officer = { ...session!.officer, roles: ['head'] };
    expect(await ask(true)).toMatchObject({ refusal: { code: 'not-allowed' } });
    session!.officer = { ...session!.officer, roles: ['issuer'] };
    expect(mayFilm).toBe(false);
    for (const id of [applicationId, another!.applicationId])
      await other.get('issuance.refuse', { applicationId: id, reason: 'abandoned' });
  });

  it('lists the uncollected by age, each longer wait within the shorter one', async () => {
    const page = (waitingDays: number) =>
      counter.get('issuance.page', { view: 'ready', ...LIST, waitingDays });
    const all = await page(0);
    const week = await page(7);
    expect(week.total).toBe(all.waiting[0]);
    expect(week.rows.every(({ daysWaiting }) => daysWaiting !== null && daysWaiting >= 7)).toBe(
      true,
    );
    expect(all.rows.filter(({ daysWaiting }) => (daysWaiting ?? 0) >= 7)).toHaveLength(week.total);
    expect((await page(3650)).rows).toEqual([]);
    expect(all.waiting).toEqual([...all.waiting].sort((a, b) => b - a));
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
    const card = (await counter.get('issuance.open', { applicationId })).card.number;
    await stand.control.stop({ ms: 600_000, how: 'drop' });
    const intent = await counter.get('issuance.prepareHandOver', {
      applicationId,
      ...ANSWERS,
      card,
    });
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
