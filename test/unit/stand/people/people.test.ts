// The synthetic people: same seed same people, impossible dates, every reason and outcome in a demo of 60.
import { describe, expect, it } from 'vitest';
import { CHECK_CODES, dossier, head } from '../../../../src/shared/central/application.ts';
import { iinBirth, isIin } from '../../../../src/shared/kernel/iin.ts';
import { makeApplication, personBasis } from '../../../../stand/people/dossier.ts';
import type { Images } from '../../../../stand/people/dossier.ts';
import {
  daysBetween,
  localDateOf,
  workingMinutesBefore,
} from '../../../../stand/people/local-time.ts';
import { REGIONS } from '../../../../stand/people/places.ts';
import {
  OTHER_REASONS,
  PHOTO_REASONS,
  scenarioOf,
  SIGNATURE_REASONS,
} from '../../../../stand/people/scenarios.ts';

const NOW = new Date('2026-11-18T07:30:00.000Z');
const ref = { sha256: 'ab'.repeat(32), mime: 'image/jpeg' as const, bytes: 1000 };
const IMAGES: Images = {
  photo: ref,
  referencePhoto: ref,
  signature: ref,
  referenceSignature: null,
  earlierPhoto: ref,
  photoTakenAt: null,
};

async function people(count: number, seed = 'demo') {
  const signer = (bytes: Uint8Array) => Promise.resolve(bytes.slice(0, 8));
  return Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const scenario = scenarioOf(i, seed);
      const basis = personBasis(seed, i, scenario, NOW);
      return { scenario, ...(await makeApplication(seed, basis, IMAGES, signer)) };
    }),
  );
}

describe('a demo of 60', () => {
  it('is the same for one seed and other for another', async () => {
    expect(await people(12)).toEqual(await people(12));
    const [a, b] = [await people(12, 'one'), await people(12, 'two')];
    expect(a.map((one) => one.dossier.declared.iin)).not.toEqual(
      b.map((one) => one.dossier.declared.iin),
    );
  });

  it('fits the wire schema of the central node', async () => {
    for (const one of await people(60)) {
      expect(dossier.parse(one.dossier)).toEqual(one.dossier);
      expect(head.parse(one.head)).toEqual(one.head);
    }
  });

  it('holds every annulment reason, every outcome of every check, every fee and signature kind', async () => {
    const all = await people(60);
    const reasons = new Set(all.flatMap((one) => one.scenario.reasons));
    expect(
      [...PHOTO_REASONS, ...SIGNATURE_REASONS, ...OTHER_REASONS].filter(
        (code) => !reasons.has(code),
      ),
    ).toEqual([]);
    const seen = new Set(
      all.flatMap((one) => one.dossier.checks.map((c) => `${c.code} ${c.outcome}`)),
    );
    const wanted = CHECK_CODES.flatMap((code) =>
      ['passed', 'failed', 'no-data', 'error'].map((o) => `${code} ${o}`),
    );
    expect(wanted.filter((pair) => !seen.has(pair))).toEqual([]);
    expect(new Set(all.map((one) => one.dossier.fee.kind)).size).toBe(4);
    expect(new Set(all.map((one) => one.dossier.request.signatureKind)).size).toBe(3);
    expect(all.filter((one) => one.scenario.reasons.length === 0).length).toBeGreaterThanOrEqual(
      33,
    );
  });

  it('gives Almaty half with eight cards at the first point, and a clean case as the most urgent', async () => {
    const almaty = (await people(60)).filter((one) => one.dossier.region === '750000000');
    expect(almaty).toHaveLength(30);
    const waiting = almaty.filter((one) => one.head.stage === 'at-point');
    expect(waiting.length).toBeGreaterThanOrEqual(8);
    expect(new Set(waiting.map((one) => one.dossier.registrationPoint.code)).size).toBe(1);
    expect(waiting.every((one) => one.head.card?.place && one.head.card.arrivedAt)).toBe(true);
    const pending = almaty
      .filter((one) => one.head.stage === 'pending')
      .sort((a, b) => a.dossier.filedAt.localeCompare(b.dossier.filedAt));
    expect(pending[0]?.scenario.reasons).toEqual([]);
    expect(pending.slice(1, 5).flatMap((one) => one.scenario.reasons)).toContain(
      'PHOTO_BACKGROUND',
    );
  });

  it('keeps the filing window of clause 7 except where the story says so', async () => {
    for (const one of await people(60)) {
      const days = daysBetween(
        localDateOf(new Date(one.dossier.filedAt)),
        one.dossier.document.endDate,
      );
      const inside = days >= -10 && days <= 30;
      expect(inside).toBe(one.scenario.daysToExpiry >= -10 && one.scenario.daysToExpiry <= 30);
    }
    expect((await people(60)).some((one) => one.scenario.daysToExpiry > 30)).toBe(true);
    expect((await people(60)).some((one) => one.scenario.daysToExpiry < -10)).toBe(true);
  });

  it('files nothing in the future and keeps each time line in order', async () => {
    for (const one of await people(60)) {
      const times = one.head.timeline.map((entry) => entry.at);
      expect([...times].sort()).toEqual(times);
      expect(times.every((time) => time <= NOW.toISOString())).toBe(true);
    }
  });
});

describe('20,000 people', () => {
  it('have distinct IINs with a right check digit and an impossible date, tickets and ids', async () => {
    const seen = { iin: new Set<string>(), ticket: new Set<string>(), id: new Set<string>() };
    const regions = new Set<string>();
    for (let i = 0; i < 20_000; i += 1) {
      const basis = personBasis('bench', i, scenarioOf(i, 'bench'), NOW);
      seen.iin.add(basis.iin);
      regions.add(basis.region.region.code);
      if (!isIin(basis.iin) || iinBirth(basis.iin) !== null || Number(basis.iin.slice(2, 4)) < 13) {
        throw new Error(`bad synthetic IIN ${basis.iin}`);
      }
    }
    expect(seen.iin.size).toBe(20_000);
    expect(regions.size).toBe(REGIONS.length);
    for (const one of await people(500, 'bench')) {
      seen.ticket.add(one.dossier.ticket);
      seen.id.add(one.dossier.applicationId);
    }
    expect(seen.ticket.size).toBe(500);
    expect(seen.id.size).toBe(500);
  });
});

describe('local time', () => {
  it('counts working minutes back over a night and a weekend in UTC+5', () => {
    // Monday 10:00 in Kazakhstan is 05:00Z; two working hours before is Friday 17:00.
    const monday = new Date('2026-11-16T05:00:00.000Z');
    expect(workingMinutesBefore(monday, 120).toISOString()).toBe('2026-11-13T12:00:00.000Z');
    expect(workingMinutesBefore(monday, 30).toISOString()).toBe('2026-11-16T04:30:00.000Z');
  });

  it('dates by UTC+5: the evening in UTC is already tomorrow there', () => {
    expect(localDateOf(new Date('2026-03-01T19:30:00.000Z'))).toBe('2026-03-02');
    expect(localDateOf(new Date('2026-03-01T18:30:00.000Z'))).toBe('2026-03-01');
  });
});
