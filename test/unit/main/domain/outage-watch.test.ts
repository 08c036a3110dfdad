// Ten minutes of cl. 12: a run of failures is proved end to end, a gap or an answer starts it anew, a network between is none.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  failingRun,
  isCutOff,
  judge,
  nextOfOutage,
  seenFrom,
  watchRule,
  type Seen,
} from '../../../../src/main/domain/outage-watch.ts';
import {
  MOST_PROBES,
  outsideServices,
  type ServiceProbe,
} from '../../../../src/shared/central/services.ts';

const START = Date.parse('2026-11-20T06:00:00.000Z');
const rule = watchRule({ thresholdMinutes: 10, probeSeconds: 30, services: [] });
const at = (second: number): string => new Date(START + second * 1_000).toISOString();
const probe = (second: number, ok: boolean): ServiceProbe => ({
  at: at(second),
  ok,
  tookMs: 20,
  because: ok ? null : 'timeout',
});
const seen = (probes: readonly ServiceProbe[], second: number): Seen =>
  seenFrom(probes, START + second * 1_000, rule);
const failing = (since: number, until: number): Seen => ({
  state: 'failing',
  since: at(since),
  until: at(until),
  probes: 2 + (until - since) / 30,
});
const UP: Seen = { state: 'up', at: at(0) };
const SILENT: Seen = { state: 'silent' };

/** Probes with pauses of whole seconds between them, some longer than a gap. */
const history = fc
  .array(
    fc.record({
      pause: fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 91, max: 2_000 })),
      ok: fc.boolean(),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((steps) => {
    let second = 0;
    return steps.map(({ pause, ok }) => probe((second += pause), ok));
  });
const lastSecond = (probes: readonly ServiceProbe[]): number =>
  (Date.parse(probes.at(-1)?.at ?? '') - START) / 1_000;

describe('a run of failures', () => {
  it('has no success and no gap inside, and cannot be longer to the left', () => {
    fc.assert(
      fc.property(history, (probes) => {
        const run = failingRun(probes, rule);
        expect(run.every(({ ok }) => !ok)).toBe(true);
        const pause = (a: ServiceProbe, b: ServiceProbe) => Date.parse(b.at) - Date.parse(a.at);
        run.slice(1).forEach((each, i) => {
          expect(pause(run[i] ?? each, each)).toBeLessThanOrEqual(rule.gapMs);
        });
        const before = probes[probes.length - run.length - 1];
        const first = run[0];
        if (before !== undefined && first !== undefined)
          expect(before.ok || pause(before, first) > rule.gapMs).toBe(true);
      }),
    );
  });

  it('never proves more time than was watched, however long the machine slept', () => {
    fc.assert(
      fc.property(history, (probes) => {
        const now = lastSecond(probes);
        const judged = judge(seen(probes, now), SILENT, false, rule);
        const watched = probes.slice(1).reduce((sum, each, i) => {
          const pause = Date.parse(each.at) - Date.parse(probes[i]?.at ?? each.at);
          return sum + (pause <= rule.gapMs ? pause : 0);
        }, 0);
        if (judged.state === 'outage') expect(watched).toBeGreaterThan(rule.thresholdMs);
      }),
    );
  });

  it('ends with any answer, and says nothing once nobody asks', () => {
    fc.assert(
      fc.property(history, (probes) => {
        const second = lastSecond(probes) + 1;
        expect(seen([...probes, probe(second, true)], second).state).toBe('up');
        expect(seen(probes, second + rule.gapMs / 1_000).state).toBe('silent');
      }),
    );
  });
});

describe('what is an outage', () => {
  const every30 = (count: number) => Array.from({ length: count }, (_, i) => probe(i * 30, false));

  it('is more than ten minutes: not at ten, but at the next probe', () => {
    expect(judge(seen(every30(21), 600), SILENT, false, rule)).toMatchObject({ state: 'failing' });
    expect(judge(seen(every30(22), 630), SILENT, false, rule)).toEqual({
      state: 'outage',
      since: at(0),
      by: 'own',
      doubt: null,
    });
  });

  it('takes a single failed probe for no failure yet, and counts from it', () => {
    expect(judge(seen(every30(1), 0), SILENT, false, rule).doubt).toBe('one-probe');
    expect(judge(seen(every30(2), 30), SILENT, false, rule)).toMatchObject({
      state: 'failing',
      since: at(0),
      doubt: null,
    });
  });

  it('says who saw it', () => {
    const long = failing(0, 630);
    expect(judge(long, failing(400, 630), false, rule)).toMatchObject({ by: 'both', since: at(0) });
    expect(judge(SILENT, long, true, rule)).toMatchObject({ state: 'outage', by: 'node' });
    // A station that has asked once has not seen it yet.
    const once: Seen = { state: 'failing', since: at(630), until: at(630), probes: 1 };
    expect(judge(once, long, false, rule).by).toBe('node');
  });

  it.each([
    ['the node is answered', failing(0, 900), UP, false, 'disputed'],
    ['the station is answered', UP, failing(0, 900), false, 'disputed'],
    ['nothing answers here', failing(0, 900), SILENT, true, 'cut-off'],
  ] as const)('is none when %s', (_what, own, node, cutOff, doubt) => {
    expect(judge(own, node, cutOff, rule)).toMatchObject({ state: 'failing', doubt });
  });

  it('is cut off only without the node and without any answer', () => {
    expect(isCutOff(true, [failing(0, 30), SILENT])).toBe(true);
    expect(isCutOff(true, [failing(0, 30), UP])).toBe(false);
    expect(isCutOff(false, [failing(0, 30)])).toBe(false);
  });

  it('knows nothing without probes, and trusts no probe from the future', () => {
    expect(judge(SILENT, SILENT, false, rule).state).toBe('unknown');
    expect(seen([probe(10_000, false)], 0)).toEqual(SILENT);
  });
});

describe('an outage on record', () => {
  const open = { since: at(0), until: at(630) };
  const next = (own: Seen, node: Seen, cutOff = false) =>
    nextOfOutage(open, own, node, cutOff, rule);

  it('goes on while probes join it, whoever asked', () => {
    expect(next(failing(0, 660), SILENT)).toEqual({ step: 'goes-on', until: at(660) });
    // The first probes fell out of what is kept, or the program was started again within a gap.
    expect(next(failing(700, 730), SILENT)).toEqual({ step: 'goes-on', until: at(730) });
    expect(next(SILENT, failing(30, 600))).toEqual({ step: 'goes-on', until: at(630) });
  });

  it('is not made longer by a station that reaches nothing: it waits for who knows', () => {
    expect(next(failing(0, 660), SILENT, true)).toEqual({ step: 'waits' });
    expect(next(failing(0, 660), failing(30, 690), true)).toEqual({
      step: 'goes-on',
      until: at(690),
    });
  });

  it('ends with an answer to anybody', () => {
    const up: Seen = { state: 'up', at: at(700) };
    expect(next(failing(0, 690), up)).toEqual({ step: 'ends', how: 'answered', at: at(700) });
  });

  it('waits while nobody watches, and ends where it was last proved when they watch again too late', () => {
    expect(next(SILENT, SILENT)).toEqual({ step: 'waits' });
    expect(next(failing(5_000, 5_030), SILENT)).toEqual({
      step: 'ends',
      how: 'unwatched',
      at: at(630),
    });
  });
});

it('refuses data whose threshold does not fit into the probes that are kept', () => {
  const given = { thresholdMinutes: 10, probeSeconds: 30, services: [] };
  expect(outsideServices.safeParse(given).success).toBe(true);
  expect(outsideServices.safeParse({ ...given, probeSeconds: 600 / MOST_PROBES }).success).toBe(
    false,
  );
  const plain = { code: 'egov-portal', address: 'http://portal.example/' };
  expect(outsideServices.safeParse({ ...given, services: [plain] }).success).toBe(false);
});
