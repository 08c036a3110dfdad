// Reads the reports of Vitest and Playwright and adds them up.
import fs from 'node:fs';

/** {passed, failed, skipped} from a JSON report of Vitest; a file that could not be loaded counts as one failure. */
export function countVitest(report) {
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * The same from a JSON report of Playwright; a test that passed only on another try counts as failed.
 * @param {{ stats: Record<string, number>, errors?: unknown[] }} report
 */
export function countPlaywright({ stats, errors = [] }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

/** Counts of a report file; a missing or broken report is one failure, for nothing can be said of those tests. */
export function countFile(file, count) {
  try {
    return count(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

export function sum(counts) {
  const add = (key) => counts.reduce((total, part) => total + part[key], 0);
  return { passed: add('passed'), failed: add('failed'), skipped: add('skipped') };
}
