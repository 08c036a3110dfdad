// Runs one test file of the copy, or one test in it, and tells by its report whether a test failed.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';

/** A test that waits for ever has failed too. */
const MOST_MS = 10 * 60_000;

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Of the whole names, to which Vitest and Playwright put those of groups and files. */
const byTitle = (option, titles) =>
  titles.includes(undefined) ? [] : [option, titles.map(escaped).join('|')];

/**
 * `test`: path of the file; `titles`: parts of tests' names, undefined for all of them. Answers {ran, failed, ms}: how many tests ran, the
 * names of those that failed. A run without any test (a syntax error, a stand that did not start) has ran 0.
 */
export async function runTest(folder, test, titles) {
  const e2e = test.startsWith('test/e2e/');
  const report = path.join(folder, 'out/reports', e2e ? 'e2e.json' : 'vitest.json');
  fs.rmSync(report, { force: true });
  const args = e2e
    ? ['scripts/e2e.mjs', path.basename(test), '-x', ...byTitle('--grep', titles)]
    : ['node_modules/vitest/vitest.mjs', 'run', test, ...byTitle('-t', titles)].concat([
        ...(test.startsWith('test/integration/') ? ['--project', 'integration'] : []),
        '--bail=1', // one that fails is enough
        '--reporter=json',
        `--outputFile=${report}`,
      ]);
  const began = performance.now();
  const output = await ended(folder, args);
  const ms = performance.now() - began;
  if (!fs.existsSync(report)) return { ran: 0, failed: [], ms, output };
  const read = JSON.parse(fs.readFileSync(report, 'utf8'));
  return { ...(e2e ? ofPlaywright(read) : ofVitest(read)), ms, output };
}

function ended(folder, args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // a group, so that what it started ends with it
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part) => (output = (output + part).slice(-4000)));
    const late = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), MOST_MS);
    child.on('close', () => {
      clearTimeout(late);
      resolve(output);
    });
  });
}

function ofVitest({ testResults }) {
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  const ran = all.filter(({ status }) => status === 'passed' || status === 'failed');
  const failed = ran.filter(({ status }) => status === 'failed');
  return { ran: ran.length, failed: failed.map((one) => one.title) };
}

function ofPlaywright({ suites }) {
  const all = suites.flatMap(specsOf);
  const failed = all.filter(({ ok }) => !ok);
  return { ran: all.length, failed: failed.map(({ title }) => title) };
}

const specsOf = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(specsOf)];
