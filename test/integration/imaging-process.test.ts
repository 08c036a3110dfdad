// The measuring process on hostile pictures: each ends in a result or a clear failure, and others go on.
import path from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MEASURE_FAILURES } from '../../src/shared/contract/measured.ts';
import { hostilePictures } from '../support/hostile-pictures.ts';
import { testImaging, type ImagingOptions, type TestImaging } from '../support/imaging.ts';
import { until } from '../support/workstation.ts';

const STROKE = `<svg width="400" height="300"><path fill="none" stroke="#114" stroke-width="5"
  d="M50 190 C 90 40 130 260 180 130 S 260 90 290 180 S 340 150 360 120"/></svg>`;
let good: Buffer;
let processes: TestImaging[] = [];

beforeAll(async () => {
  const paper = {
    create: { width: 400, height: 300, channels: 3, background: '#f4f2ee' },
  } as const;
  good = await sharp(paper)
    .composite([{ input: Buffer.from(STROKE) }])
    .png()
    .toBuffer();
});
afterEach(() => {
  processes.forEach((one) => one.stop());
  processes = [];
});

function imaging(options: ImagingOptions = {}): TestImaging {
  const one = testImaging(options);
  processes.push(one);
  return one;
}

const word = (text: string): Uint8Array => Buffer.from(text.padEnd(64, '.'));
const UNREADABLE = { ok: false, problem: 'unreadable', width: null, height: null };
/** Long enough for a process on a busy machine to come up, short enough for a test. */
const callMs = { probe: 8_000, portrait: 8_000, signature: 5_000, faces: 8_000, render: 8_000 };

describe('hostile pictures', () => {
  it('each gets a verdict and a result or a failure; no process crashes', async () => {
    const { lost, probe, measureSignature, measurePortrait, render, whenReady } = imaging();
    expect(await whenReady()).toMatch(/\S/);
    for (const { name, bytes, mime, verdict } of await hostilePictures(good)) {
      const seen = await probe(bytes, mime, 'ahead');
      const said = seen === null ? 'nobody looked' : seen.ok ? 'ok' : seen.problem;
      if (verdict === 'any') expect(['ok', 'truncated', 'unreadable'], name).toContain(said);
      else expect(said, name).toBe(verdict);
      const results = [
        await measureSignature(bytes, 'ahead'),
        await measurePortrait(bytes, 'ahead'),
        await render(bytes, { rendering: 'signature-paper' }),
        await render(bytes, { rendering: 'card', frame: { x: 0.1, y: 0.1, w: 0.5, h: 0.8 } }),
      ];
      for (const result of results) {
        if (!result.ok) expect(['unreadable', 'time'], name).toContain(result.failure);
        if (verdict === 'ok') expect(result, name).toMatchObject({ ok: true });
      }
    }
    // What takes too long, or leaves a large heap behind, costs its process and no other picture.
    expect(lost.filter((reason) => reason !== 'timeout' && reason !== 'memory')).toEqual([]);
  }, 180_000);

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('orientation flag %i is applied everywhere', async (flag) => {
    const { measureSignature, probe, render } = shared();
    const turned = await sharp(good).withMetadata({ orientation: flag }).jpeg().toBuffer();
    const [width, height] = flag >= 5 ? [300, 400] : [400, 300];
    expect(await probe(turned, 'image/jpeg', 'now')).toMatchObject({ ok: true, width, height });
    const measured = await measureSignature(turned, 'now');
    if (!measured.ok) throw new Error(measured.failure);
    expect(measured.value.file).toMatchObject({ orientation: flag, width, height });
    const { ink } = measured.value.geometry!;
    expect(ink.w * width > ink.h * height).toBe(flag < 5);
    const shown = await render(turned, { rendering: 'signature-ink' });
    if (!shown.ok) throw new Error(shown.failure);
    expect(await sharp(shown.value.bytes).metadata()).toMatchObject({ width, height });
  });
});

let one: TestImaging | null = null;
/** One process for tests that leave it whole. */
const shared = (): TestImaging => (one ??= testImaging());
beforeAll(() => () => one?.stop());

describe('a picture that harms the process', () => {
  it('hangs it: the call fails by time, the waiting ones are answered by the next process', async () => {
    const { measureSignature, probe, lost, whenReady, child } = imaging({ limits: { callMs } });
    await whenReady();
    const first = child()?.pid;
    const hanging = measureSignature(word('HANG'), 'ahead');
    const waiting = [measureSignature(good, 'ahead'), probe(good, 'image/png', 'ahead')];
    const asked = performance.now();
    expect(await hanging).toEqual({ ok: false, failure: 'time' });
    expect(performance.now() - asked).toBeGreaterThan(callMs.signature - 50);
    expect(await Promise.all(waiting)).toMatchObject([{ ok: true }, { ok: true, width: 400 }]);
    expect(lost).toEqual(['timeout']);
    expect(child()?.pid).not.toBe(first);
    await until(() => !alive(first!), 'the end of the process that hung');
  });

  it('ends it: tried once more in a fresh process, then given up; a probe calls it unreadable', async () => {
    const { measureSignature, probe, render, lost } = imaging();
    const results = [
      probe(word('EXIT'), 'image/png', 'now'),
      measureSignature(word('EXIT'), 'now'),
      render(word('ABORT'), { rendering: 'signature-ink' }),
      measureSignature(good, 'ahead'),
    ];
    expect(await Promise.all(results)).toMatchObject([
      UNREADABLE,
      { failure: 'died' },
      { failure: 'died' },
      { ok: true },
    ]);
    expect(lost.length).toBeLessThanOrEqual(6);
  });

  it('an innocent picture is not blamed for what another one left behind', async () => {
    const { measureSignature, lost } = imaging();
    expect(await measureSignature(good, 'now')).toMatchObject({ ok: true });
    // Falls over in any process that is not fresh; in a fresh one it is only unreadable.
    expect(await measureSignature(word('SECOND'), 'now')).toMatchObject({ failure: 'unreadable' });
    expect(lost).toEqual(['crashed']);
  });

  it('an exception is a failure of that picture, and no process is lost', async () => {
    const { measureSignature, probe, lost } = imaging();
    expect(await measureSignature(word('THROW'), 'now')).toMatchObject({ failure: 'unreadable' });
    expect(await probe(word('THROW'), 'image/png', 'now')).toEqual(UNREADABLE);
    expect(lost).toEqual([]);
  });

  it('makes it grow: it is replaced after the call', async () => {
    const { measureSignature, lost, child, whenReady } = imaging();
    await whenReady();
    const first = child()?.pid;
    for (let at = 0; at < 3 && lost.length === 0; at++) await measureSignature(word('GROW'), 'now');
    expect(lost).toEqual(['memory']);
    expect(await measureSignature(good, 'now')).toMatchObject({ ok: true });
    expect(child()?.pid).not.toBe(first);
  });

  it('killed from outside while nobody asks: the next call does not notice', async () => {
    const { probe, child, lost } = imaging();
    expect(await probe(good, 'image/png', 'now')).toMatchObject({ ok: true });
    child()?.kill('SIGKILL');
    await until(() => lost.length === 1, 'the loss');
    expect(await probe(good, 'image/png', 'now')).toMatchObject({ ok: true });
  });
});

describe('without the shipped models', () => {
  it('faces answer no-models; looking, signatures and renderings work', async () => {
    const nowhere = imaging({ modelsDir: path.resolve('test/support') });
    expect(await nowhere.measurePortrait(good, 'now')).toEqual({ ok: false, failure: 'no-models' });
    expect(await nowhere.compareFaces(good, good, 'now')).toMatchObject({ failure: 'no-models' });
    expect(await nowhere.probe(good, 'image/png', 'now')).toMatchObject({ ok: true });
    expect(await nowhere.measureSignature(good, 'now')).toMatchObject({ ok: true });
    const whole = { x: 0, y: 0, w: 1, h: 1 };
    const card = await nowhere.render(good, { rendering: 'card', frame: whole });
    expect(card).toMatchObject({ ok: true, value: { mime: 'image/png' } });
    expect(MEASURE_FAILURES).toContain('no-models');
    // Another name than with models: what failed for their lack is measured once they are there.
    expect(nowhere.engine()).not.toBe(await shared().whenReady());
  });
});

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
