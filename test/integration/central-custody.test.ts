// Custody at the central node: a dispatch is taken over once, cards go back, every field compared, nothing lost.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  CardReturn,
  CustodyStatement,
  Dispatch,
  DispatchAcceptance,
} from '../../src/shared/central/custody.ts';
import type { SeededApplication } from '../../stand/central/load.ts';
import { STAND_REGIONS } from '../../stand/directory.ts';
import { OFFICERS } from '../../stand/pki/officers.ts';
import { ALMATY, anApplication, atPoint, POINT } from '../support/central/an-application.ts';
import { acceptance, cardReturn } from '../support/central/custody-statements.ts';
import { actBody, newId, type NodeClient } from '../support/central/node-client.ts';
import { handOver } from '../support/central/statements.ts';
import {
  onBothDatabases,
  startTestNode,
  type OfficerId,
  type TestNode,
} from '../support/central/test-node.ts';

const HEX = 'f'.repeat(64);
const soon = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const inProduction = () => anApplication({ head: { stage: 'in-production' } });

/** The head of the unit sits at another point as an issuer: nothing of the first one is his. */
const OTHER_POINT = { code: '750000000-02', nameRu: 'РП 2', nameKz: 'ТП 2' };
const officers = OFFICERS.map((plan) =>
  plan.id === 'head-almaty'
    ? { ...plan, roles: ['issuer' as const], registrationPoint: OTHER_POINT }
    : plan,
).map(({ iin, fullName, department, region, roles, registrationPoint }) => ({
  iin,
  fullName,
  department,
  region,
  roles,
  registrationPoint,
}));

onBothDatabases('custody', (open) => {
  let test: TestNode;
  let issuer: NodeClient;
  let elsewhere: NodeClient;
  let reviewer: NodeClient;
  const cards = Array.from({ length: 9 }, inProduction);
  const lying = Array.from({ length: 4 }, atPoint);
  const id = ({ dossier }: SeededApplication) => dossier.applicationId;

  beforeAll(async () => {
    test = await startTestNode({
      database: await open(),
      applications: [...cards, ...lying],
      officers,
    });
    issuer = await test.loggedIn('issuer-almaty', 'counter-1');
    elsewhere = await test.loggedIn('head-almaty', 'counter-9');
    reviewer = await test.loggedIn('reviewer-almaty', 'station-1');
  });
  afterAll(() => test.close());

  const me = () => test.officer('issuer-almaty');
  const send = (statement: CustodyStatement, client = issuer, who: OfficerId = 'issuer-almaty') =>
    client.call('submitCustody', { body: actBody(test.signer(who), statement) }); // prettier-ignore
  const headOf = async (applicationId: string) =>
    (await test.control.findApplication({ applicationId })).head;
  const mismatch = (field: string) => ({ code: 'statement-mismatch', params: { field } });
  const dispatchOf = (applications: readonly SeededApplication[]): Promise<Dispatch> =>
    test.control.makeDispatch({ point: POINT.code, applicationIds: applications.map(id) });

  describe('a dispatch', () => {
    let parcel: Dispatch;
    let right: DispatchAcceptance;
    beforeAll(async () => {
      parcel = await dispatchOf(cards.slice(0, 4));
      right = acceptance(parcel, me(), 'counter-1', { 1: 'missing', 2: 'damaged' });
    });
    const changed = (change: object) => send({ ...right, actId: newId(), ...change });
    const withCard = (i: number, change: object) => ({
      cards: right.cards.map((card, k) => (k === i ? { ...card, ...change } : card)),
    });

    it('is on the list of its point, and of no other; its cards do not arrive by themselves', async () => {
      const { dispatches } = await issuer.get('dispatches');
      expect(dispatches).toEqual([parcel]);
      expect(parcel.accepted).toBeNull();
      expect(await elsewhere.get('dispatches')).toEqual({ dispatches: [] });
      expect(await reviewer.call('dispatches')).toMatchObject({ code: 'forbidden' });
      const first = parcel.cards[0]!;
      await expect(
        test.control.advance({ applicationId: first.applicationId, to: 'at-point' }),
      ).rejects.toThrow('stage-mismatch');
      expect(await headOf(first.applicationId)).toMatchObject({
        stage: 'sent',
        card: { number: first.cardNumber, arrivedAt: null },
      });
      await expect(dispatchOf(cards.slice(3, 5))).rejects.toThrow('stage-mismatch');
    });

    it.each<[string, string, () => object]>([
      ['actId', 'actId', () => ({ actId: newId() })],
      ['registrationPoint', 'registrationPoint', () => ({ registrationPoint: OTHER_POINT.code })],
      ['officerIin', 'officerIin', () => ({ officerIin: '991332300012' })],
      ['departmentBin', 'departmentBin', () => ({ departmentBin: '991340000027' })],
      ['stationId', 'stationId', () => ({ stationId: 'counter-2' })],
      ['at in the future', 'at', () => ({ at: soon(10) })],
      ['at before it was sent', 'at', () => ({ at: soon(-10) })],
      ['contentsSha256', 'contentsSha256', () => ({ contentsSha256: HEX })],
      ['a card left out', 'cards', () => ({ cards: right.cards.slice(1) })],
      [
        'cards in another order',
        'cards.0.applicationId',
        () => ({ cards: right.cards.toReversed() }),
      ],
      ['a card number', 'cards.3.cardNumber', () => withCard(3, { cardNumber: '000000000' })],
      ['a place of a missing card', 'cards.1.place', () => withCard(1, { place: 'A-1' })],
      ['a damaged card without words', 'cards.2.note', () => withCard(2, { note: null })],
      [
        'an extra card twice',
        'extra',
        () => ({ extra: ['000000007', '000000007'].map((n) => ({ cardNumber: n, note: null })) }),
      ],
      [
        'an extra card of the list',
        'extra',
        () => ({ extra: [{ cardNumber: right.cards[0]!.cardNumber, note: null }] }),
      ],
    ])('is refused with another %s', async (_what, field, change) => {
      const statement = { ...right, actId: newId(), ...change() };
      const body = actBody(test.signer('issuer-almaty'), statement);
      const named = field === 'actId' ? { ...body, actId: newId() } : body;
      expect(await issuer.call('submitCustody', { body: named })).toMatchObject(mismatch(field));
    });

    it('is refused malformed, unknown, from another point, from another role', async () => {
      expect(await changed({ type: 'kualik/other' })).toMatchObject({
        code: 'statement-malformed',
      });
      expect(await changed({ dispatchId: newId() })).toMatchObject({ code: 'not-found' });
      const theirs = { officerIin: test.officer('head-almaty').iin, stationId: 'counter-9' };
      expect(
        await send({ ...right, actId: newId(), ...theirs }, elsewhere, 'head-almaty'),
      ).toMatchObject({ code: 'out-of-scope' });
      expect(await send(right, reviewer, 'reviewer-almaty')).toMatchObject({ code: 'forbidden' });
      const open = await test.control.dispatches({ point: POINT.code });
      expect(open.filter(({ accepted }) => accepted !== null)).toEqual([]);
    });

    it('is taken over once, with one missing, one damaged and one extra', async () => {
      const extra = [{ cardNumber: '012345678', note: 'чужая' }]; // of a card that lies here already
      const statement = { ...right, extra };
      const body = actBody(test.signer('issuer-almaty'), statement);
      const twice = await Promise.all([1, 2].map(() => issuer.call('submitCustody', { body })));
      expect(twice[0]).toMatchObject({ ok: true, value: { actId: right.actId } });
      expect(twice[1]).toEqual(twice[0]);
      expect(await issuer.call('submitCustody', { body })).toEqual(twice[0]);
      const other = await changed({});
      expect(other).toMatchObject({ code: 'already-accepted' });
      expect(other).toMatchObject({ params: { officerName: me().fullName } });
      expect(await send(right)).toMatchObject({ code: 'idempotency-mismatch' }); // without the extra

      const heads = await Promise.all(right.cards.map((card) => headOf(card.applicationId)));
      expect(heads.map(({ stage }) => stage)).toEqual(['at-point', 'sent', 'at-point', 'at-point']);
      expect(heads.map(({ card }) => card?.condition)).toEqual(['good', 'good', 'damaged', 'good']);
      expect(heads[0]?.card).toMatchObject({ place: 'A-1', arrivedAt: right.at });
      expect(heads.map(({ timeline }) => timeline.at(-1)?.event)).toEqual([
        'arrived',
        'missing',
        'card-damaged',
        'arrived',
      ]);
      expect(heads[2]?.timeline.at(-1)).toMatchObject({
        note: 'скол угла',
        by: { id: right.actId, officer: me().fullName, stationId: 'counter-1' },
      });
      const { dispatches } = await issuer.get('dispatches');
      expect(dispatches[0]?.accepted).toMatchObject({ actId: right.actId });
      const journal = await test.control.journal();
      expect(journal.find(({ event }) => event === 'card-extra')).toMatchObject({
        applicationId: expect.any(String),
        detail: { cardNumber: '012345678', actId: right.actId },
      });
      expect(journal.find(({ event }) => event === 'custody-accepted')?.detail).toMatchObject({
        arrived: 2,
        missing: 1,
        damaged: 1,
        extra: 1,
      });
      const [stored] = await test.control.custodyActs();
      expect(stored).toMatchObject({ actId: right.actId, dispatchId: parcel.dispatchId });
      expect(Buffer.from(stored?.statement ?? '').toString('base64')).toBe(body.statement);
      expect(stored?.cmsBase64).toBe(body.cms);
      const evidence = { params: { actId: right.actId } };
      expect(await issuer.get('actEvidence', evidence)).toMatchObject({ actId: right.actId });
    });

    it('a missing card does not arrive by itself and may come in a later dispatch', async () => {
      const missing = cards[1] as SeededApplication;
      await expect(test.control.advance({ applicationId: id(missing) })).rejects.toThrow(
        'stage-mismatch',
      );
      const later = await dispatchOf([missing]);
      expect(await send(acceptance(later, me(), 'counter-1'))).toMatchObject({ ok: true });
      expect(await headOf(id(missing))).toMatchObject({ stage: 'at-point' });
    });

    it('a damaged card is neither claimed nor handed over', async () => {
      const damaged = cards[2] as SeededApplication;
      const refused = { code: 'stage-mismatch', params: { stage: 'at-point' } };
      const claim = { body: { applicationId: id(damaged) } };
      expect(await issuer.call('claim', claim)).toMatchObject(refused);
      const phantom = await test.control.claimAs({ applicationId: id(damaged), minutes: 5 });
      const lease = {
        ...claim.body,
        leaseId: phantom.leaseId,
        since: soon(0),
        until: phantom.until,
      };
      const challenge = { value: 'x'.repeat(43), expiresAt: soon(60) };
      const given = handOver(damaged.dossier, { ...lease, challenge }, me(), 'counter-1');
      const body = actBody(test.signer('issuer-almaty'), given);
      expect(await issuer.call('submitAct', { body })).toMatchObject(refused);
    });
  });

  describe('a return', () => {
    const of = ({ dossier }: SeededApplication, reason: CardReturn['cards'][number]['reason']) =>
      ({ applicationId: dossier.applicationId, ticket: dossier.ticket, cardNumber: '012345678', reason }); // prettier-ignore

    it('is refused with each changed field, for a card elsewhere, and under another claim', async () => {
      const [card, second] = lying as [SeededApplication, SeededApplication];
      const right = cardReturn([of(card, 'wrong-card')], me(), 'counter-1');
      const changed = (change: object) => send({ ...right, actId: newId(), ...change });
      const withCard = (change: object) =>
        changed({ cards: right.cards.map((one) => ({ ...one, ...change })) });
      expect(await withCard({ ticket: 'other' })).toMatchObject(mismatch('cards.0.ticket'));
      expect(await withCard({ cardNumber: '000000000' })).toMatchObject(mismatch('cards.0.cardNumber'));
      expect(await withCard({ remake: false })).toMatchObject(mismatch('cards.0.remake'));
      expect(await withCard({ note: null })).toMatchObject(mismatch('cards.0.note'));
      expect(await withCard({ reason: 'uncollected' })).toMatchObject(mismatch('cards.0.remake'));
      expect(await changed({ cards: [...right.cards, ...right.cards] })).toMatchObject(mismatch('cards'));
      expect(await changed({ stationId: 'counter-2' })).toMatchObject(mismatch('stationId'));
      expect(await changed({ departmentBin: '991340000027' })).toMatchObject(mismatch('departmentBin'));
      expect(await changed({ registrationPoint: OTHER_POINT.code })).toMatchObject(mismatch('registrationPoint'));
      expect(await changed({ at: soon(-30) })).toMatchObject(mismatch('at'));
      expect(await withCard({ applicationId: newId() })).toMatchObject({ code: 'not-found' });
      expect(await send(cardReturn([of(cards[8]!, 'damaged')], me(), 'counter-1'))).toMatchObject({
        code: 'stage-mismatch',
        params: { stage: 'in-production', ticket: cards[8]!.dossier.ticket },
      });
      const theirs = cardReturn([of(card, 'damaged')], test.officer('head-almaty'), 'counter-9');
      expect(
        await send({ ...theirs, registrationPoint: OTHER_POINT.code }, elsewhere, 'head-almaty'),
      ).toMatchObject({ code: 'out-of-scope' });
      await test.control.claimAs({ applicationId: id(second), stationId: 'counter-2' });
      const both = cardReturn([of(card, 'damaged'), of(second, 'damaged')], me(), 'counter-1');
      expect(await send(both)).toMatchObject({
        code: 'claimed-by-other',
        params: { ticket: second.dossier.ticket },
      });
      expect(await headOf(id(card))).toMatchObject({ stage: 'at-point' }); // the whole act or nothing
      await test.control.expireLease({ applicationId: id(second) });
      expect(await send({ ...both, actId: newId() })).toMatchObject({ code: 'lease-unsettled' });
    }); // prettier-ignore

    it('of a spoilt card: made anew under a new number, and comes in the next dispatch', async () => {
      const card = lying[0] as SeededApplication;
      const lease = await issuer.get('claim', { body: { applicationId: id(card) } });
      const right = cardReturn([of(card, 'damaged')], me(), 'counter-1');
      const body = actBody(test.signer('issuer-almaty'), right);
      const reply = await issuer.get('submitCustody', { body });
      expect(await issuer.get('submitCustody', { body })).toEqual(reply);
      const back = await headOf(id(card));
      expect(back).toMatchObject({ stage: 'in-production', card: null, holder: null });
      expect(back.timeline.slice(-2).map(({ event }) => event)).toEqual([
        'card-returned',
        'remake-ordered',
      ]);
      // The old card is nobody's any more: its claim ended with the return.
      const late = handOver(card.dossier, lease, me(), 'counter-1');
      expect(
        await issuer.call('submitAct', { body: actBody(test.signer('issuer-almaty'), late) }),
      ).toMatchObject({ code: 'stage-mismatch' });
      const next = await dispatchOf([card]);
      expect(next.cards[0]?.cardNumber).not.toBe('012345678');
      expect(await send(acceptance(next, me(), 'counter-1'))).toMatchObject({ ok: true });
      expect(await headOf(id(card))).toMatchObject({
        stage: 'at-point',
        card: { number: next.cards[0]?.cardNumber, condition: 'good' },
      });
    });

    it('of an uncollected card: back at the centre, not made anew, and never handed over', async () => {
      const card = lying[2] as SeededApplication;
      const right = cardReturn([of(card, 'uncollected')], me(), 'counter-1');
      expect(await send(right)).toMatchObject({ ok: true });
      const head = await headOf(id(card));
      expect(head).toMatchObject({ stage: 'returned', card: { number: '012345678', place: null } });
      expect(head.timeline.at(-1)).toMatchObject({ event: 'card-returned' });
      expect(await issuer.call('claim', { body: { applicationId: id(card) } })).toMatchObject({
        code: 'stage-mismatch',
      });
      const { items } = await issuer.pull();
      const seen = items.filter((item) => item.type === 'application' && item.head.applicationId === id(card)); // prettier-ignore
      expect(seen).toMatchObject([{ head: { stage: 'returned' } }]);
    });
  });

  it('a place is told once, the newest word counts, and only of a card that lies here', async () => {
    const card = lying[3] as SeededApplication;
    const told = (change: object = {}) => ({
      placementId: newId(),
      applicationId: id(card),
      place: 'B-7',
      stationId: 'counter-1',
      at: new Date().toISOString(),
      ...change,
    });
    const first = told();
    const reply = await issuer.get('placeCard', { body: first });
    expect(await issuer.get('placeCard', { body: first })).toEqual(reply);
    expect(await issuer.call('placeCard', { body: { ...first, place: 'C-1' } })).toMatchObject({
      code: 'idempotency-mismatch',
    });
    await issuer.get('placeCard', { body: told({ place: 'A-2', at: soon(-3) }) }); // sent late
    expect((await headOf(id(card))).card).toMatchObject({ place: 'B-7' });
    expect(
      await issuer.call('placeCard', { body: told({ stationId: 'counter-2' }) }),
    ).toMatchObject(mismatch('stationId'));
    expect(await issuer.call('placeCard', { body: told({ at: soon(10) }) })).toMatchObject(
      mismatch('at'),
    );
    expect(
      await issuer.call('placeCard', { body: told({ applicationId: id(cards[8]!) }) }),
    ).toMatchObject({ code: 'stage-mismatch' });
    expect(
      await elsewhere.call('placeCard', { body: told({ stationId: 'counter-9' }) }),
    ).toMatchObject({ code: 'out-of-scope' });
    expect(await reviewer.call('placeCard', { body: told() })).toMatchObject({ code: 'forbidden' });
  });

  it('a case that went to another point while its card travelled is not kept here', async () => {
    const [stays, goes] = cards.slice(5, 7) as [SeededApplication, SeededApplication];
    const parcel = await dispatchOf([stays, goes]);
    await test.control.moveCase({
      applicationId: id(goes),
      region: ALMATY,
      point: otherPoint(),
    });
    expect(await send(acceptance(parcel, me(), 'counter-1'))).toMatchObject({ ok: true });
    expect(await headOf(id(stays))).toMatchObject({ stage: 'at-point' });
    expect(await headOf(id(goes))).toMatchObject({ stage: 'sent' });
    expect(await test.control.advance({ applicationId: id(goes) })).toEqual({ stage: 'at-point' });
  });
});

/** A second point of the region in the stand's own directory. */
function otherPoint(): string {
  const region = STAND_REGIONS.find((one) => one.region.code === ALMATY);
  const other = region?.points.find(({ code }) => code !== POINT.code);
  if (other === undefined) throw new Error('the region has one point');
  return other.code;
}
