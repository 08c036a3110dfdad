// Pictures are measured ahead beside the sync loop: kept over a restart, again for another engine, never behind a lock.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { caseMeasured, facesKey } from '../../src/main/app/case-measured.ts';
import type { OpenDesk } from '../../src/main/app/desk.ts';
import { reviewsAhead } from '../../src/main/app/fetch-pictures.ts';
import { configDoubted } from '../../src/main/app/refresh-config.ts';
import type { CaseMeasured } from '../../src/main/domain/case-measured.ts';
import type { Imaging, Urgency } from '../../src/main/ports/imaging.ts';
import type { StoredCase } from '../../src/main/ports/case-store.ts';
import { startStand, type Stand } from '../../stand/start.ts';
import { testImaging, type TestImaging } from '../support/imaging.ts';
import {
  logInAs,
  QUEUE,
  reviewByEye,
  startWorkstation,
  until,
  type Workstation,
} from '../support/workstation.ts';

const userDir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-measuring-'));
let stand: Stand;
let real: TestImaging;
const desks: Workstation[] = [];

beforeAll(async () => {
  stand = await startStand({ people: 16 });
  real = testImaging();
}, 240_000);
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.stop();
});
afterAll(async () => {
  real?.stop();
  await stand?.stop();
  fs.rmSync(userDir, { recursive: true, force: true });
});

interface Asked {
  readonly call: 'portrait' | 'signature' | 'faces' | 'render';
  readonly urgency: Urgency;
}

/** Writes down what is asked of `imaging`; each call waits for `gate` before it is passed on. */
function watched(imaging: Imaging, gate: (asked: Asked) => Promise<void> = async () => undefined) {
  const asked: Asked[] = [];
  const note = async (call: Asked['call'], urgency: Urgency): Promise<void> => {
    asked.push({ call, urgency });
    await gate({ call, urgency });
  };
  const watching: Imaging = {
    ...imaging,
    async measurePortrait(bytes, urgency) {
      await note('portrait', urgency);
      return imaging.measurePortrait(bytes, urgency);
    },
    async measureSignature(bytes, urgency) {
      await note('signature', urgency);
      return imaging.measureSignature(bytes, urgency);
    },
    async compareFaces(one, other, urgency) {
      await note('faces', urgency);
      return imaging.compareFaces(one, other, urgency);
    },
    async render(bytes, request) {
      await note('render', 'now');
      return imaging.render(bytes, request);
    },
  };
  return { imaging: watching, asked };
}

async function workstation(imaging: Imaging): Promise<Workstation> {
  const desk = await startWorkstation(stand, { userDir, imaging });
  desks.push(desk);
  expect((await logInAs(desk, stand, 'reviewer-almaty')).ok).toBe(true);
  await until(async () => (await desk.get('line.read', {})).lastSyncAt, 'the first sync');
  return desk;
}

const open = (desk: Workstation): OpenDesk => desk.core.desk as OpenDesk;
const casesOf = (desk: Workstation): StoredCase[] =>
  reviewsAhead(open(desk)).flatMap((id) => open(desk).session.store.cases.find(id) ?? []);

/** Everything of the case that has a picture is measured. */
function isWhole(measured: CaseMeasured, { dossier }: StoredCase): boolean {
  const due = [measured.portrait, measured.signature];
  if (dossier.referencePhoto !== null) due.push(measured.reference, measured.faces as never);
  if (dossier.referenceSignature !== null) due.push(measured.referenceSignature);
  if (measured.earlier !== null) due.push(measured.earlier.portrait);
  return due.every((one) => one !== null);
}
const allWhole = (desk: Workstation): boolean => {
  const cases = casesOf(desk);
  return cases.length > 0 && cases.every((one) => isWhole(caseMeasured(open(desk), one), one));
};

/** Two whole rounds: whatever would be asked again has been asked again. */
async function rounds(desk: Workstation): Promise<void> {
  for (let at = 0; at < 2; at++) {
    await desk.core.loop.roundNow();
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

describe('measuring ahead', () => {
  it('measures the next cases, tells the screen, and survives a restart without measuring again', async () => {
    const first = watched(real);
    const before = await workstation(first.imaging);
    await until(() => allWhole(before), 'the next cases to be measured', 180_000);
    const measured = casesOf(before).map((one) => caseMeasured(open(before), one));
    expect(measured.every(({ signature }) => signature?.ok)).toBe(true);
    expect(measured.every(({ portrait }) => portrait?.ok)).toBe(true);
    expect(measured.some(({ faces }) => faces?.ok)).toBe(true);
    expect(new Set(first.asked.map(({ urgency }) => urgency))).toEqual(new Set(['ahead']));
    const told = before.pushes.flatMap((push) => (push.topic === 'cases' ? (push.ids ?? []) : []));
    expect(told).toEqual(expect.arrayContaining(reviewsAhead(open(before))));
    await before.stop();

    const second = watched(real);
    const after = await workstation(second.imaging);
    await rounds(after);
    expect(casesOf(after).map((one) => caseMeasured(open(after), one))).toEqual(measured);
    expect(second.asked).toEqual([]);
  }, 240_000);

  it('measures again with another engine; a failure is kept and not tried at each round', async () => {
    const failure = { ok: false, failure: 'time' } as const;
    const { imaging, asked } = watched({
      ...real,
      engine: () => 'another',
      whenReady: async () => 'another',
      measurePortrait: async () => failure,
      compareFaces: async () => failure,
    });
    const desk = await workstation(imaging);
    await until(() => allWhole(desk), 'the cases to be measured by the other engine', 60_000);
    const [one] = casesOf(desk);
    expect(caseMeasured(open(desk), one!)).toMatchObject({
      portrait: failure,
      signature: { ok: true },
    });
    await rounds(desk);
    const before = asked.length;
    await rounds(desk);
    expect(asked).toHaveLength(before);
    const { measures } = open(desk).session.store;
    expect(measures.find(`portrait:${one!.dossier.photo.sha256}`, real.engine()!)).toBeNull();
  }, 120_000);

  it('keeps no word of a process that is not there, and asks again', async () => {
    const gone = { ok: false, failure: 'not-running' } as const;
    const failure = { ok: false, failure: 'died' } as const;
    let there = false;
    const desk = await workstation({
      ...real,
      engine: () => 'third',
      whenReady: async () => 'third',
      measureSignature: async (...args) => (there ? real.measureSignature(...args) : gone),
      measurePortrait: async () => (there ? failure : gone),
      compareFaces: async () => (there ? failure : gone),
    });
    await rounds(desk);
    const known = casesOf(desk).map((one) => caseMeasured(open(desk), one));
    expect(known.every(({ portrait, signature }) => portrait === null && signature === null)).toBe(
      true,
    );
    there = true;
    await rounds(desk);
    await until(() => allWhole(desk), 'the cases, once there is somebody to measure', 30_000);
  }, 60_000);
});

describe('measuring and the officer', () => {
  /** A workstation whose first ahead call hangs until `release`. */
  async function held(engine: string) {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const { imaging, asked } = watched(
      { ...real, engine: () => engine, whenReady: async () => engine },
      ({ urgency }) => (urgency === 'ahead' ? gate : Promise.resolve()),
    );
    const desk = await workstation(imaging);
    await until(() => asked.length > 0, 'the first measure');
    return { desk, asked, release };
  }

  it('a hanging picture delays no round; a case that opens is measured at once', async () => {
    const { desk, asked, release } = await held('held-1');
    await desk.core.loop.roundNow();
    await desk.core.loop.roundNow();
    expect(asked).toHaveLength(1);
    const last = casesOf(desk).at(-1)!;
    await desk.get('case.open', { applicationId: last.applicationId });
    await until(() => isWhole(caseMeasured(open(desk), last), last), 'the opened case');
    expect(asked.slice(1).every(({ urgency }) => urgency === 'now')).toBe(true);
    release();
  }, 60_000);

  it('the lock stops it and lets nothing of a call on its way be kept; unlocked it goes on', async () => {
    const { desk, asked, release } = await held('held-2');
    await desk.get('session.lock', {});
    release();
    await rounds(desk);
    expect(asked).toHaveLength(1);
    expect((await desk.call('session.unlock', { pin: stand.pin })).ok).toBe(true);
    await until(() => allWhole(desk), 'the rest', 180_000);
  }, 240_000);

  it('log-out does not wait for a picture that hangs', async () => {
    const { desk } = await held('held-3');
    const began = performance.now();
    expect(await desk.get('session.logOut', {})).toMatchObject({ state: 'signed-out' });
    expect(performance.now() - began).toBeLessThan(3_000);
  }, 60_000);

  it('judges by limits the node laid down anew while the officer works', async () => {
    const desk = await workstation(real);
    await until(() => allWhole(desk), 'the next cases to be measured', 180_000);
    const [{ applicationId }] = casesOf(desk) as [StoredCase];
    const { deps, session } = open(desk);
    const before = await desk.get('case.open', { applicationId });
    const row = (shown: typeof before) => shown.checks.find(({ code }) => code === 'ink-width');
    expect(row(before)?.state).toBe('agrees');
    const never = { min: 1e6, max: null };
    const { pictureLimits } = session.config;
    const measures = pictureLimits.measures.map((limit) =>
      limit.measure === 'ink-width' ? { ...limit, agrees: never, tolerated: never } : limit,
    );
    const config = {
      ...session.config,
      pictureLimits: { ...pictureLimits, version: 'stricter', measures },
    };
    let times = 0;
    (deps as { node: typeof deps.node }).node.config = async () => {
      times += 1;
      return { ok: true, value: config };
    };
    await desk.core.loop.roundNow();
    expect(times).toBe(0); // it came with the log-in
    configDoubted(open(desk));
    await rounds(desk);
    expect(times).toBe(1);
    const after = await desk.get('case.open', { applicationId });
    expect(after.measured.limits).toBe('stricter');
    expect(row(after)).toMatchObject({ state: 'disagrees', open: true });
    expect(session.store.meta.find('config')).toEqual(config);
    const { rows } = await desk.get('queue.page', QUEUE);
    const listed = rows.find((one) => one.applicationId === applicationId);
    expect(listed?.findings.disagrees).toBeGreaterThan(0);
  }, 240_000);

  it('signs no approval written before a finding came', async () => {
    const desk = await workstation(real);
    await until(() => allWhole(desk), 'the next cases to be measured', 180_000);
    for (const { applicationId, dossier } of casesOf(desk)) {
      if (dossier.referencePhoto === null) continue;
      if (!(await desk.call('case.claim', { applicationId })).ok) continue;
      if (!(await reviewByEye(desk, applicationId))) continue;
      const prepared = await desk.call('act.prepareApproval', { applicationId });
      if (!prepared.ok) continue;
      const { intentId } = prepared.value;
      const key = facesKey(dossier.photo, dossier.referencePhoto);
      const { store } = open(desk).session;
      const compared = {
        kind: 'comparison',
        engine: 'test',
        distance: 0.9,
        refused: null,
        found: [1, 1] as [number, number],
      } as const;
      const late = { ok: true, value: compared } as const;
      store.measures.save(key, real.engine()!, late, new Date().toISOString());
      const refused = await desk.call('act.sign', { intentId, pin: stand.pin });
      expect(refused).toMatchObject({ ok: false, refusal: { code: 'case-changed' } });
      const { actions } = await desk.get('case.open', { applicationId });
      expect(actions).toContainEqual(
        expect.objectContaining({
          action: 'approve',
          enabled: false,
          because: expect.objectContaining({ code: 'finding-unanswered' }),
        }),
      );
      return;
    }
    throw new Error('no case could be approved');
  }, 240_000);

  it('renders on demand for the unlocked officer, keeps the last ones in memory until the lock', async () => {
    const { imaging, asked } = watched(real);
    const desk = await workstation(imaging);
    await until(
      () => open(desk).session.store.pictures.findVerdict(sample())?.ok,
      'the signature sample',
    );
    function sample(): string {
      return casesOf(desk)[0]!.dossier.signature.sha256;
    }
    const renders = () => asked.filter(({ call }) => call === 'render').length;
    const ink = { what: 'signature-ink', sha256: sample() } as const;
    const picture = await desk.core.picture(ink);
    expect(picture?.mime).toBe('image/png');
    expect(await desk.core.picture(ink)).toEqual(picture);
    expect(renders()).toBe(1);
    const { photo } = casesOf(desk)[0]!.dossier;
    const card = { what: 'card', sha256: photo.sha256, frame: { x: 0, y: 0, w: 1, h: 1 } } as const;
    await until(() => open(desk).session.store.pictures.has(photo.sha256), 'the photo');
    expect((await desk.core.picture(card))?.mime).toBe('image/png');
    expect(await desk.core.picture({ ...ink, sha256: 'ab'.repeat(32) })).toBeNull();
    await desk.get('session.lock', {});
    expect(await desk.core.picture(ink)).toBeNull();
    await desk.call('session.unlock', { pin: stand.pin });
    expect(await desk.core.picture(ink)).toEqual(picture);
    expect(renders()).toBe(3);
    await desk.stop();
    expect(await desk.core.picture(ink)).toBeNull();
  }, 60_000);
});
