// The summary of `npm test` counts honestly: broken files, flaky tests and missing reports are failures.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { countFile, countPlaywright, countVitest, sum } from '../../../scripts/run/reports.mjs';

const vitest = {
  numPassedTests: 7,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [
    { status: 'failed', assertionResults: [{}] },
    { status: 'failed', assertionResults: [] },
    { status: 'passed', assertionResults: [{}] },
  ],
};

describe('counting', () => {
  it('a test file that could not be loaded is a failure of its own', () => {
    expect(countVitest(vitest)).toEqual({ passed: 7, failed: 2, skipped: 3 });
  });

  it('an end-to-end test that passed only on another try is a failure', () => {
    const report = { stats: { expected: 4, unexpected: 1, flaky: 2, skipped: 3 }, errors: [] };
    expect(countPlaywright(report)).toEqual({ passed: 4, failed: 3, skipped: 3 });
  });

  it('an error outside the tests is a failure', () => {
    const report = { stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, errors: [{}] };
    expect(countPlaywright(report).failed).toBe(1);
  });

  it('a missing or broken report is a failure', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-reports-'));
    const broken = path.join(folder, 'broken.json');
    fs.writeFileSync(broken, '{"numPassedTests": 5');
    const failure = { passed: 0, failed: 1, skipped: 0 };
    expect(countFile(path.join(folder, 'none.json'), countVitest)).toEqual(failure);
    expect(countFile(broken, countVitest)).toEqual(failure);
    fs.rmSync(folder, { recursive: true });
  });

  it('adds up', () => {
    const a = { passed: 1, failed: 2, skipped: 3 };
    expect(sum([a, a, countVitest(vitest)])).toEqual({ passed: 9, failed: 6, skipped: 9 });
  });
});
