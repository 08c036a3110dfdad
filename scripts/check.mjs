// `npm run check`: types, lint, format, unit tests (house and language checks among them), dead code, made documents.
// Two at a time, longest first; the output of a step is shown only when it fails.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { run, script, tool, typescript } from './run/child.mjs';
import { root } from './setup/paths.mjs';
import { setUp } from './setup.mjs';
import { say, seconds, stopWith } from './setup/say.mjs';

/** The native compiler; `typescript` beside it is the one whose API the linters read. */
const tsc = (project) => tool('typescript-native/bin/tsc', '-p', project);
const unitReport = path.join('out', 'reports', 'unit.json');

const steps = [
  [
    'unit tests, both languages, import circles',
    tool(
      'vitest/vitest.mjs',
      ...['run', '--project', 'unit', '--reporter=dot', '--reporter=json'],
      `--outputFile.json=${unitReport}`,
    ),
  ],
  [
    'format',
    tool(
      'prettier/bin/prettier.cjs',
      ...['--check', '--log-level', 'warn', '--cache', '--cache-location', '.cache/prettier', '.'],
    ),
  ],
  [
    'lint',
    tool(
      'eslint/bin/eslint.js',
      ...['.', '--max-warnings', '0', '--no-warn-ignored'],
      ...['--cache', '--cache-strategy', 'content', '--cache-location', '.cache/eslint'],
    ),
  ],
  ['types of the main side', tsc('tsconfig.json')],
  ['types of the screens', tsc('tsconfig.screen.json')],
  ['lint with types', tool('oxlint/bin/oxlint')],
  ['dead code', tool('knip/bin/knip.js', '--no-progress')],
  ['OpenAPI document is current', typescript('stand/central/openapi.ts', '--check')],
  ['policy documents are current', typescript('scripts/policy.ts', '--check')],
  ['packages: licences, hashes, scripts', script('scripts/check/dependencies.mjs')],
];

/** Runs all steps; returns the names of those that failed. */
export async function check() {
  const begun = performance.now();
  say('Checking');
  fs.mkdirSync(path.join(root, 'out', 'reports'), { recursive: true });
  fs.rmSync(path.join(root, unitReport), { force: true }); // an old report must not speak for this run
  const waiting = [...steps];
  const failed = [];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, command] = next;
      const { code, output, ms } = await run(command, {
        keep: true,
        env: { NO_COLOR: '1', FORCE_COLOR: undefined },
      });
      if (code === 0) say(`  ✓ ${name}${seconds(ms)}`);
      else {
        failed.push(name);
        say(`  ✗ ${name}${seconds(ms)}\n\n${output.trim()}\n`);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, os.availableParallelism()) }, worker));
  const time = seconds(performance.now() - begun);
  say(failed.length === 0 ? `All checks passed${time}\n` : `Failed: ${failed.join(', ')}${time}\n`);
  return failed;
}

if (process.argv[1] && fs.realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  setUp()
    .then(check)
    .then((failed) => process.exit(failed.length === 0 ? 0 : 1), stopWith);
}
