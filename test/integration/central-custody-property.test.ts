// Any sequence of sending, taking over, returning, claiming and handing over: every card is somewhere, none issued twice.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReturnReason } from '../../src/shared/central/custody.ts';
import type { Claim } from '../../src/shared/central/messages.ts';
import { openPglite } from '../../stand/central/database-pglite.ts';
import type { Database } from '../../stand/central/database.ts';
import { loadApplications, type SeededApplication } from '../../stand/central/load.ts';
import { anApplication, POINT } from '../support/central/an-application.ts';
import { acceptance, cardReturn } from '../support/central/custody-statements.ts';
import { actBody, type NodeClient, type Reply } from '../support/central/node-client.ts';
import { handOver } from '../support/central/statements.ts';
import { startTestNode, type TestNode } from '../support/central/test-node.ts';

const CARDS = 3;
const COUNTERS = ['counter-1', 'counter-2'] as const;

/** Where the model has a card, beside what the node says. */
interface Model {
  readonly application: SeededApplication;
  place: 'factory' | 'road' | 'list' | 'lost' | 'point' | 'owner' | 'back';
  damaged: boolean;
  number: string | null;
  holder: { readonly counter: number; readonly lease: Claim; expired: boolean } | null;
}
const STAGE_OF = {
  factory: 'in-production',
  road: 'sent',
  list: 'sent',
  lost: 'sent',
  point: 'at-point',
  owner: 'issued',
  back: 'returned',
} as const;

const card = fc.nat(CARDS - 1);
const counter = fc.nat(COUNTERS.length - 1);
const outcome = fc.constantFrom('arrived', 'arrived', 'missing', 'damaged');
/** `kind` weighted so that cards get to the point and something happens to them there. */
const event = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('send'), cards: fc.uniqueArray(card, { minLength: 1 }), onlyFree: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('take'), back: fc.constantFrom(0, 0, 0, 1, 2), counter, outcomes: fc.array(outcome, { minLength: CARDS, maxLength: CARDS }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('life'), card }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('visit'), card, counter }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('return'), card, counter, reason: fc.constantFrom<ReturnReason>('damaged', 'wrong-card', 'uncollected') }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('claim'), card, counter }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('release'), card }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('expire'), card }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('give'), card, counter }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('again'), which: fc.nat(9) }) },
); // prettier-ignore
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

let test: TestNode;
let database: Database;
let clients: NodeClient[];

beforeAll(async () => {
  database = (await openPglite(null)).database;
  test = await startTestNode({ database });
  clients = await Promise.all(COUNTERS.map((id) => test.loggedIn('issuer-almaty', id)));
});
afterAll(() => test.close());

/** One life of a few cards: the model says what the node must answer to each event. */
class World {
  readonly cards: readonly Model[];
  readonly lists: { readonly dispatchId: string; open: boolean }[] = [];
  readonly accepted: { readonly counter: number; readonly name: 'submitCustody' | 'submitAct'; readonly body: object; readonly value: unknown }[] = []; // prettier-ignore
  /** Numbers of cards that went out of a person's reach or into it, never to come again. */
  readonly given: string[] = [];

  constructor(applications: readonly SeededApplication[]) {
    this.cards = applications.map((application) => ({
      application,
      place: 'factory',
      damaged: false,
      number: null,
      holder: null,
    }));
  }

  async happens(one: Event): Promise<void> {
    if (one.kind === 'send') {
      const all = one.cards.map((i) => this.at(i));
      return this.send(one.onlyFree ? all.filter(isFree) : all);
    }
    if (one.kind === 'take') return this.take(one);
    if (one.kind === 'again') return this.again(one.which);
    const model = this.at(one.card);
    if (one.kind === 'life') return this.life(model);
    if (one.kind === 'return') return this.giveBack(model, one.counter, one.reason);
    if (one.kind === 'claim') return this.claim(model, one.counter);
    if (one.kind === 'visit') {
      await this.claim(model, one.counter);
      return this.give(model, one.counter);
    }
    if (one.kind === 'give') return this.give(model, one.counter);
    if (one.kind === 'release') return this.release(model);
    await test.control.expireLease({ applicationId: idOf(model) });
    if (model.holder !== null) model.holder.expired = true;
  }

  private at(i: number): Model {
    return this.cards[i] as Model;
  }

  private async send(models: readonly Model[]): Promise<void> {
    if (models.length === 0) return;
    const allowed = models.every(isFree);
    const sending = test.control.makeDispatch({ point: POINT.code, applicationIds: models.map(idOf) });
    if (!allowed) return expect(sending).rejects.toThrow('stage-mismatch');
    const made = await sending;
    this.lists.push({ dispatchId: made.dispatchId, open: true });
    models.forEach((model, i) => {
      const number = made.cards[i]!.cardNumber;
      expect(model.number ?? number).toBe(number);
      Object.assign(model, { place: 'list', number });
    });
  } // prettier-ignore

  private async take(one: Extract<Event, { kind: 'take' }>): Promise<void> {
    const list = this.lists.at(-1 - one.back);
    if (list === undefined) return;
    const all = await test.control.dispatches({ point: POINT.code });
    const dispatch = all.find(({ dispatchId }) => dispatchId === list.dispatchId)!;
    const outcomes = Object.fromEntries(one.outcomes.flatMap((said, i) => (said === 'arrived' ? [] : [[i, said]]))); // prettier-ignore
    const statement = acceptance(
      dispatch,
      test.officer('issuer-almaty'),
      COUNTERS[one.counter]!,
      outcomes,
    );
    const body = actBody(test.signer('issuer-almaty'), statement);
    const reply = await clients[one.counter]!.call('submitCustody', { body });
    if (!list.open) return expect(reply).toMatchObject({ code: 'already-accepted' });
    this.keep(one.counter, 'submitCustody', body, reply);
    list.open = false;
    for (const said of statement.cards) {
      const model = this.cards.find((each) => idOf(each) === said.applicationId)!;
      model.place = said.outcome === 'missing' ? 'lost' : 'point';
      model.damaged = said.outcome === 'damaged';
    }
  }

  private async life(model: Model): Promise<void> {
    const moving = test.control.advance({ applicationId: idOf(model) });
    const next = { factory: 'road', road: 'point' } as const;
    if (model.place !== 'factory' && model.place !== 'road')
      return expect(moving).rejects.toThrow('stage-mismatch');
    await moving;
    model.place = next[model.place];
    model.number ??= (await headOf(model)).card?.number ?? null;
  }

  private async giveBack(model: Model, at: number, reason: ReturnReason): Promise<void> {
    const { applicationId, ticket } = model.application.dossier;
    const cardNumber = model.number ?? '000000000';
    const card = { applicationId, ticket, cardNumber, reason };
    const statement = cardReturn([card], test.officer('issuer-almaty'), COUNTERS[at]!);
    const body = actBody(test.signer('issuer-almaty'), statement);
    const reply = await clients[at]!.call('submitCustody', { body });
    if (model.place !== 'point') return expect(reply).toMatchObject({ code: 'stage-mismatch' });
    const others = this.othersCode(model, at);
    if (others !== null) return expect(reply).toMatchObject({ code: others });
    if (reason === 'uncollected' && model.damaged)
      return expect(reply).toMatchObject({ code: 'statement-mismatch' });
    this.keep(at, 'submitCustody', body, reply);
    if (reason !== 'uncollected') this.given.push(cardNumber);
    Object.assign(model, {
      place: reason === 'uncollected' ? 'back' : 'factory',
      number: reason === 'uncollected' ? cardNumber : null,
      damaged: false,
      holder: null,
    });
  }

  /** What stands in the way of this counter: a claim of the other one, running or not settled. */
  private othersCode({ holder }: Model, at: number) {
    if (holder === null || holder.counter === at) return null;
    return holder.expired ? 'lease-unsettled' : 'claimed-by-other';
  }

  private async claim(model: Model, at: number): Promise<void> {
    const reply = await clients[at]!.call('claim', { body: { applicationId: idOf(model) } });
    if (model.place !== 'point' || model.damaged)
      return expect(reply).toMatchObject({ code: 'stage-mismatch' });
    const others = this.othersCode(model, at);
    if (others !== null) return expect(reply).toMatchObject({ code: others });
    if (!reply.ok) throw new Error(`claim: ${reply.code}`);
    model.holder = { counter: at, lease: reply.value, expired: false };
  }

  private async release(model: Model): Promise<void> {
    if (model.holder === null) return;
    await clients[model.holder.counter]!.get('releaseClaim', { params: { applicationId: idOf(model) } });
    model.holder = null;
  } // prettier-ignore

  private async give(model: Model, at: number): Promise<void> {
    const lease = model.holder?.lease ?? NO_LEASE;
    const right = handOver(
      model.application.dossier,
      lease,
      test.officer('issuer-almaty'),
      COUNTERS[at]!,
    );
    const cardNumber = model.number ?? '000000000';
    const statement = { ...right, cardNumber, cardCheck: { way: 'by-eye', number: cardNumber } };
    const body = actBody(test.signer('issuer-almaty'), statement);
    const reply = await clients[at]!.call('submitAct', { body });
    const may = model.place === 'point' && !model.damaged && model.holder?.counter === at;
    if (!may) return expect(reply.ok).toBe(false);
    this.keep(at, 'submitAct', body, reply);
    this.given.push(cardNumber);
    Object.assign(model, { place: 'owner', holder: null });
  }

  /** An act that was taken is sent once more: the same answer, and nothing moves. */
  private async again(which: number): Promise<void> {
    const kept = this.accepted[which];
    if (kept === undefined) return;
    const reply = await clients[kept.counter]!.call(kept.name, { body: kept.body });
    expect(reply).toEqual({ ok: true, value: kept.value });
  }

  private keep(at: number, name: 'submitCustody' | 'submitAct', body: object, reply: Reply<unknown>) {
    if (!reply.ok) throw new Error(`${name}: ${reply.code} ${JSON.stringify(reply.params)}`);
    this.accepted.push({ counter: at, name, body, value: reply.value });
  } // prettier-ignore

  /** The node's own record agrees with the model about every card. */
  async holds(): Promise<void> {
    const lists = await test.control.dispatches({ point: POINT.code });
    const mine = new Set(this.cards.map(idOf));
    const travelling = lists
      .filter(({ accepted }) => accepted === null)
      .flatMap(({ cards }) => cards.map(({ applicationId }) => applicationId))
      .filter((id) => mine.has(id));
    const acts = await test.control.acts();
    for (const model of this.cards) {
      const head = await headOf(model);
      expect(head.stage).toBe(STAGE_OF[model.place]);
      expect(head.card?.number ?? null).toBe(model.number);
      expect(travelling.filter((id) => id === idOf(model))).toHaveLength(model.place === 'list' ? 1 : 0);
      const owned = model.place === 'owner' ? 1 : 0;
      expect(acts.filter((act) => act.applicationId === idOf(model))).toHaveLength(owned);
      expect(head.timeline.filter((entry) => entry.event === 'issued')).toHaveLength(owned);
      expect(head.card?.condition === 'damaged').toBe(model.damaged);
    }
    expect(new Set(this.given).size).toBe(this.given.length);
  } // prettier-ignore
}

/** May be put on a list: being made, on the road by itself, or missing from an earlier list. */
const isFree = ({ place }: Model): boolean => ['factory', 'road', 'lost'].includes(place);

const NO_LEASE = {
  applicationId: '',
  leaseId: '',
  since: new Date(0).toISOString(),
  until: new Date(0).toISOString(),
  challenge: { value: 'x'.repeat(43), expiresAt: new Date(0).toISOString() },
};
const idOf = ({ application }: Model): string => application.dossier.applicationId;
const headOf = async (model: Model) =>
  (await test.control.findApplication({ applicationId: idOf(model) })).head;

it('every card is in one place only, and is issued at most once', async () => {
  const taken = { submitCustody: 0, submitAct: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { minLength: 30, maxLength: 50, size: 'max' }),
      async (events) => {
        const applications = Array.from({ length: CARDS }, () =>
          anApplication({ head: { stage: 'in-production' } }),
        );
        await loadApplications(database, applications);
        const world = new World(applications);
        for (const one of events) await world.happens(one);
        await world.holds();
        for (const { name } of world.accepted) taken[name] += 1;
      },
    ),
    { numRuns: 8 },
  );
  // It was about something: cards were taken over or sent back, and handed over.
  expect(taken.submitCustody).toBeGreaterThan(8);
  expect(taken.submitAct).toBeGreaterThan(0);
});
