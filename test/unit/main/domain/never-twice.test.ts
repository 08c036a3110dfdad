// Never twice, by any sequence of events: the node's and the counters' own rules over lost, late and doubled messages.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lease } from '../../../../src/main/domain/case-facts.ts';
import {
  applyFact,
  initialCase,
  type CaseState,
} from '../../../../src/main/domain/case-machine.ts';
import {
  handOverBar,
  settle,
  trustedClock,
  CLOCK_SLACK_MS,
} from '../../../../src/main/domain/issue-lease.ts';
import {
  handOverVerdict,
  standingOf,
  type LeaseFacts,
} from '../../../../stand/central/lease-rules.ts';

const MINUTE = 60_000;
const LEASE_MS = 30 * MINUTE;
const SKEW_MS = 5 * MINUTE;
const CARD = 'card';

interface NodeLease extends LeaseFacts {
  readonly leaseId: string;
}
interface Act {
  readonly station: number;
  readonly leaseId: string;
  readonly atMs: number;
}
interface Station {
  state: CaseState;
  /** The claim of the issue lease, and claims given up for good. */
  leased: Lease | null;
  dropped: Set<string>;
  clockMs: number;
  highestMs: number | null;
  act: Act | null;
  outcome: 'waiting' | 'accepted' | 'refused' | null;
}

/** One card, one node, two counters of the point. Stations' clocks may be wrong; the node's is the truth. */
class World {
  nowMs = 1_000 * MINUTE;
  lease: NodeLease | null = null;
  issued: Act[] = [];
  signed: Act[] = [];
  broken = false;
  wanted = false;
  late: (() => void)[] = [];
  made = 0;
  readonly stations: Station[] = [0, 1].map(() => ({
    state: atPoint(),
    leased: null,
    dropped: new Set(),
    clockMs: 0,
    highestMs: null,
    act: null,
    outcome: null,
  }));

  private who = (s: number) => ({ officerIin: `${s}`, stationId: `station-${s}` });

  private grant(s: number): NodeLease | null {
    const standing = standingOf(this.lease, this.who(s), this.nowMs, true);
    if (this.issued.length > 0 || standing === 'unsettled') return null;
    if (standing === 'held') {
      this.wanted = true;
      return null;
    }
    const untilMs = this.nowMs + LEASE_MS;
    if (standing === 'own' && this.lease !== null) {
      this.lease = { ...this.lease, untilMs, ended: null };
      return this.lease;
    }
    this.made += 1;
    this.wanted = false;
    this.lease = { ...this.who(s), leaseId: `lease-${this.made}`, untilMs, ended: null };
    return this.lease;
  }

  private release(s: number, leaseId: string): void {
    const { lease } = this;
    const open = lease !== null && (lease.ended === null || lease.ended === 'expired');
    if (open && lease.leaseId === leaseId && lease.officerIin === `${s}`)
      this.lease = { ...lease, ended: 'released' };
  }

  private submit(act: Act): 'accepted' | 'refused' {
    if (this.issued.includes(act)) return 'accepted'; // the same bytes: the same answer
    if (this.issued.length > 0) return 'refused';
    const verdict = handOverVerdict(
      this.lease,
      this.who(act.station),
      act.atMs,
      this.nowMs,
      SKEW_MS,
    );
    if (verdict !== 'accepted' || this.lease?.leaseId !== act.leaseId) return 'refused';
    this.lease = { ...this.lease, ended: 'decided' };
    this.issued.push(act);
    return 'accepted';
  }

  private clock(one: Station) {
    const nowMs = this.nowMs + one.clockMs;
    const clock = trustedClock({ nowMs, driftMs: null, highestMs: one.highestMs });
    if (clock.ok) one.highestMs = Math.max(one.highestMs ?? 0, clock.nowMs);
    return clock;
  }

  private fact(one: Station, fact: Parameters<typeof applyFact>[1]): boolean {
    const step = applyFact(one.state, fact);
    one.state = step.state;
    return step.legal;
  }

  /** `counter`: one card is opened; else it is taken with the issue lease. */
  claim(s: number, counter: boolean, way: Way): void {
    const one = this.stations[s]!;
    if (one.state.stage !== 'at-point' || one.leased !== null || way === 'lost') return;
    const ask = (): NodeLease | null => this.grant(s);
    if (way === 'late') return void this.late.push(() => void ask());
    let granted = ask();
    if (granted === null || way === 'answer-lost') return;
    if (one.dropped.has(granted.leaseId)) {
      this.release(s, granted.leaseId);
      granted = ask();
    }
    if (granted === null) return;
    one.clockMs = 0; // an answer carries the node's time
    one.highestMs = this.nowMs;
    const lease = leaseOf(granted);
    if (counter) this.fact(one, { type: 'hand-over-opened', lease });
    else one.leased = lease;
  }

  /** With a dead line: only what is leased. */
  open(s: number): void {
    const one = this.stations[s]!;
    if (one.leased !== null && handOverBar(one.leased, this.clock(one)) === null)
      this.fact(one, { type: 'hand-over-opened', lease: one.leased });
  }

  close(s: number, way: Way): void {
    const one = this.stations[s]!;
    const { lease } = one.state;
    if (!this.fact(one, { type: 'hand-over-refused', reason: 'abandoned' })) return;
    if (lease === null || one.leased?.leaseId === lease.leaseId) return;
    one.dropped.add(lease.leaseId);
    this.carry(way, () => this.release(s, lease.leaseId));
  }

  sign(s: number): void {
    const one = this.stations[s]!;
    const { lease } = one.state;
    if (lease === null || handOverBar(lease, this.clock(one)) !== null) return;
    const actId = `act-${s}-${this.signed.length}`;
    const kind = 'hand-over';
    if (!this.fact(one, { type: 'act-intended', actId, kind })) return;
    if (!this.fact(one, { type: 'act-signed', actId, kind })) return;
    one.act = { station: s, leaseId: lease.leaseId, atMs: this.nowMs + one.clockMs };
    one.outcome = 'waiting';
    this.signed.push(one.act);
  }

  send(s: number, way: Way): void {
    const one = this.stations[s]!;
    const { act } = one;
    if (act === null || one.outcome !== 'waiting' || way === 'lost') return;
    if (way === 'late') return void this.late.push(() => void this.submit(act));
    const answer = this.submit(act);
    if (way === 'answer-lost') return;
    one.outcome = answer;
    const { actId } = one.state.act!;
    if (answer === 'accepted') this.fact(one, { type: 'act-accepted', actId, stage: 'issued' });
    else this.fact(one, { type: 'act-refused', actId, code: 'refused' });
  }

  settle(s: number, way: Way): void {
    const one = this.stations[s]!;
    const { lease } = this;
    const open = lease !== null && (lease.ended === null || lease.ended === 'expired');
    const own = open && lease.officerIin === `${s}` && this.issued.length === 0;
    const held = (of: Lease | null) =>
      of === null ? [] : [{ applicationId: CARD, leaseId: of.leaseId }];
    const busy = one.state.stage === 'at-counter' || one.state.stage === 'issue-promised';
    const leased = held(one.leased);
    const atCounter = held(busy ? one.state.lease : null);
    const { giveBack, gone } = settle({
      told: own ? [{ applicationId: CARD, leaseId: lease.leaseId }] : [],
      wanted: own && this.wanted ? [CARD] : [],
      leased,
      atCounter,
      known: new Set([...leased, ...atCounter].map(({ leaseId }) => leaseId)),
      claiming: new Set(),
      busy: new Set(busy ? [CARD] : []),
    });
    for (const { leaseId } of giveBack) one.dropped.add(leaseId);
    for (const { leaseId } of [...giveBack, ...gone])
      if (one.leased?.leaseId === leaseId) one.leased = null;
    for (const { leaseId } of gone)
      if (one.state.lease?.leaseId === leaseId) this.fact(one, { type: 'claim-lapsed' });
    for (const { leaseId } of giveBack) this.carry(way, () => this.release(s, leaseId));
  }

  private carry(way: Way, work: () => void): void {
    if (way === 'late') this.late.push(work);
    else if (way !== 'lost') work();
  }

  deliver(): void {
    this.late.shift()?.();
  }
  /** A head may, once the time is over. */
  breakLease(): void {
    const { lease } = this;
    if (lease === null || lease.untilMs > this.nowMs) return;
    if (lease.ended !== null && lease.ended !== 'expired') return;
    this.lease = { ...lease, ended: 'broken' };
    this.broken = true;
  }
  pass(minutes: number): void {
    this.nowMs += minutes * MINUTE;
    const { lease } = this;
    if (lease?.ended === null && lease.untilMs <= this.nowMs)
      this.lease = { ...lease, ended: 'expired' };
  }
}

const atPoint = (): CaseState =>
  applyFact(initialCase, {
    type: 'node-reported',
    stage: 'at-point',
    revision: 1,
    decisionActId: null,
    heldByOther: false,
  }).state;
const leaseOf = ({ leaseId, untilMs }: NodeLease): Lease => ({
  leaseId,
  since: new Date(untilMs - LEASE_MS).toISOString(),
  until: new Date(untilMs).toISOString(),
  challenge: { value: leaseId, expiresAt: new Date(untilMs + LEASE_MS).toISOString() },
});

const WAYS = ['well', 'lost', 'answer-lost', 'late'] as const;
type Way = (typeof WAYS)[number];
type Event = (world: World) => void;

const station = fc.constantFrom(0, 1);
const way = fc.constantFrom(...WAYS);
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.tuple(station, fc.boolean(), way).map(
    ([s, c, w]) =>
      (world: World) =>
        world.claim(s, c, w),
  ),
  fc.tuple(station).map(
    ([s]) =>
      (world: World) =>
        world.open(s),
  ),
  fc.tuple(station, way).map(
    ([s, w]) =>
      (world: World) =>
        world.close(s, w),
  ),
  fc.tuple(station).map(
    ([s]) =>
      (world: World) =>
        world.sign(s),
  ),
  fc.tuple(station, way).map(
    ([s, w]) =>
      (world: World) =>
        world.send(s, w),
  ),
  fc.tuple(station, way).map(
    ([s, w]) =>
      (world: World) =>
        world.settle(s, w),
  ),
  fc.constant((world: World) => world.deliver()),
  fc.integer({ min: 1, max: 45 }).map((minutes) => (world: World) => world.pass(minutes)),
  fc.tuple(station, fc.integer({ min: -90, max: 90 })).map(([s, by]) => (world: World) => {
    world.stations[s]!.clockMs = by * MINUTE;
  }),
);
const breaking = fc.constant((world: World) => world.breakLease());

const play = (events: readonly Event[], after: (world: World) => void): World => {
  const world = new World();
  for (const one of events) {
    one(world);
    after(world);
  }
  return world;
};

/** Everything on line again, both counters tell what they know. */
function reconcile(world: World): void {
  while (world.late.length > 0) world.deliver();
  for (const s of [0, 1]) {
    world.stations[s]!.clockMs = 0;
    world.send(s, 'well');
    world.settle(s, 'well');
  }
}

describe('a card, two counters, one node', () => {
  it('is signed away by one counter only, and that act is accepted however late', () => {
    let acted = 0;
    fc.assert(
      fc.property(fc.array(event, { minLength: 5, maxLength: 60 }), (events) => {
        const world = play(events, ({ signed, issued }) => {
          expect(new Set(signed).size).toBeLessThanOrEqual(1);
          expect(issued.length).toBeLessThanOrEqual(1);
        });
        reconcile(world);
        expect(world.issued).toEqual(world.signed);
        if (world.signed.length === 0) return;
        acted += 1;
        expect(world.stations[world.signed[0]!.station]!.outcome).toBe('accepted');
      }),
      { numRuns: 4000 },
    );
    expect(acted).toBeGreaterThan(100);
  });

  it('is somewhere at every moment, and can be handed over by somebody in the end', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const world = play(events, ({ issued, lease }) => {
          // With its owner by the act that decided the newest claim, or at the point.
          expect(lease?.ended === 'decided').toBe(issued.length === 1);
        });
        reconcile(world);
        if (world.issued.length === 1) return;
        // Nothing is signed: whoever has it gives it back, and the other hands it over.
        world.stations.forEach((one, s) => {
          one.leased = null;
          world.close(s, 'well');
          world.settle(s, 'well');
        });
        world.claim(1, true, 'well');
        world.sign(1);
        world.send(1, 'well');
        expect(world.issued).toHaveLength(1);
      }),
      { numRuns: 1500 },
    );
  });

  it('is accepted once also when a head breaks claims of stations that are not lost at all', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(event, breaking), { maxLength: 60 }), (events) => {
        const world = play(events, ({ issued }) => expect(issued.length).toBeLessThanOrEqual(1));
        reconcile(world);
        expect(world.issued.length).toBeLessThanOrEqual(1);
        if (world.signed.length > 0) expect(world.issued).toHaveLength(1);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('the clock a claim is judged by', () => {
  const lease = leaseOf({
    leaseId: 'x',
    untilMs: 10 * MINUTE,
    officerIin: '',
    stationId: '',
    ended: null,
  });

  it('is ours corrected by the node’s, and not trusted once it went back', () => {
    const at = (nowMs: number, highestMs: number | null, driftMs: number | null = null) =>
      handOverBar(lease, trustedClock({ nowMs, driftMs, highestMs }));
    expect(at(9 * MINUTE, null)).toBeNull();
    expect(at(10 * MINUTE, null)).toBe('claim-over');
    expect(at(9 * MINUTE, null, 2 * MINUTE)).toBe('claim-over');
    expect(at(11 * MINUTE, null, -2 * MINUTE)).toBeNull();
    expect(at(5 * MINUTE, 5 * MINUTE + CLOCK_SLACK_MS)).toBeNull();
    expect(at(5 * MINUTE, 5 * MINUTE + CLOCK_SLACK_MS + 1)).toBe('clock-went-back');
  });
});
