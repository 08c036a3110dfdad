// The stages of the batch screen and what the next PIN signs follow from the core's word alone.
import { describe, expect, it } from 'vitest';
import { stageOf, toSign } from '../../../src/renderer/features/batch/batch-store.ts';
import type { BatchDto, BatchItem, BatchRun } from '../../../src/shared/contract/batch.ts';

const item = (n: number, change: Partial<BatchItem> = {}): BatchItem => ({
  applicationId: `a${n}`,
  intentId: `i${n}`,
  ticket: `t${n}`,
  name: '',
  sha256: null,
  state: 'waiting',
  code: null,
  params: {},
  ...change,
});
const run = (running: boolean): BatchRun => ({
  running,
  done: 0,
  all: 1,
  secondsLeft: null,
  stopping: false,
  ended: null,
  params: {},
});
const batch = (items: BatchItem[], of: BatchRun | null = null): BatchDto => ({
  ready: [],
  items,
  run: of,
  pinAlways: false,
});

describe('the batch screen', () => {
  it('chooses, signs, runs and ends as the core says', () => {
    expect(stageOf(batch([]))).toBe('choose');
    expect(stageOf(batch([item(1)]))).toBe('sign');
    expect(stageOf(batch([item(1)], run(true)))).toBe('run');
    expect(stageOf(batch([item(1)], run(false)))).toBe('ended');
  });

  it('signs what waits, was prepared and was not left out, in order', () => {
    const items = [
      item(1, { state: 'signed' }),
      item(2),
      item(3, { intentId: null, state: 'not-signed' }),
      item(4),
      item(5),
    ];
    expect(toSign(batch(items), new Set(['i4'])).map(({ ticket }) => ticket)).toEqual(['t2', 't5']);
  });
});
