// `npm test`: sets up and runs everything: checks, unit, integration, build, end-to-end.
// Goes on after a failure, so that one run tells all; the last line is "N passed, N failed, N skipped".
import fs from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setUp } from './setup.mjs';
import { root } from './setup/paths.mjs';
import { Trouble, say, seconds, step, stopWith } from './setup/say.mjs';

const reports = path.join(root, 'out', 'reports');
const begun = performance.now();

main().catch(stopWith);

async function main() {
  const runtime = await setUp({ purpose: 'test' });
  const { countFile, countPlaywright, countVitest } = await import('./run/reports.mjs');
  const { check } = await import('./check.mjs');
  const { e2eReport } = await import('./run/e2e.mjs');
  fs.rmSync(reports, { recursive: true, force: true });
  fs.mkdirSync(reports, { recursive: true });

  const failedChecks = (await check()).filter((name) => !name.startsWith('unit tests'));
  const integration = await runIntegration();
  const endToEnd = await runEndToEnd(runtime);
  const rows = [
    ['checks', { passed: 0, failed: failedChecks.length, skipped: 0 }],
    ['unit', countFile(path.join(reports, 'unit.json'), countVitest)],
    [
      'integration',
      atLeast(integration, countFile(path.join(reports, 'integration.json'), countVitest)),
    ],
    ['end-to-end', atLeast(endToEnd, countFile(e2eReport, countPlaywright))],
  ];
  await summary(rows, failedChecks);
}

async function runIntegration() {
  const { run, tool } = await import('./run/child.mjs');
  say('Integration tests');
  const report = `--outputFile.json=${path.join(reports, 'integration.json')}`;
  const args = ['run', '--project', 'integration', '--reporter=default', '--reporter=json', report];
  return (await run(tool('vitest/vitest.mjs', ...args))).code;
}

async function runEndToEnd(runtime) {
  const { build } = await import('./run/build.mjs');
  const { runE2e } = await import('./run/e2e.mjs');
  say('\nEnd-to-end tests');
  try {
    await step('program', () => build());
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    say(`  ✗ ${error.message}`);
    return 1;
  }
  return runE2e(runtime);
}

/** A runner that ended badly has at least one failure, whatever its report says. */
function atLeast(code, counts) {
  return code === 0 ? counts : { ...counts, failed: Math.max(1, counts.failed) };
}

async function summary(rows, failedChecks) {
  const { sum } = await import('./run/reports.mjs');
  say(`\nSummary${seconds(performance.now() - begun)}`);
  for (const [name, { passed, failed, skipped }] of rows) {
    if (name !== 'checks') say(`  ${name}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
    else say(`  checks: ${failed === 0 ? 'passed' : `failed: ${failedChecks.join(', ')}`}`);
  }
  const { passed, failed, skipped } = sum(rows.map(([, counts]) => counts));
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
  say(`${passed} passed, ${failed} failed, ${skipped} skipped`);
}
