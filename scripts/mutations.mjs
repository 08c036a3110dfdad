// `npm run test:mutations [-- WORDS]`: plants each weakness of the list in a copy; the test of its row must find it.
// WORDS: only weaknesses whose name, row or test holds one of them. Ends with 1 when one is not found.
import fs from 'node:fs';
import path from 'node:path';
import { copyCheckout, countOf, plant } from './mutations/copy.mjs';
import { WEAKNESSES } from './mutations/list.mjs';
import { runTest } from './mutations/run-test.mjs';
import { root } from './setup/paths.mjs';

/** What was found is kept over runs in parts: name → {row, test, by, seconds}. */
const KEPT = path.join(root, 'out/reports/mutations.json');

const words = process.argv.slice(2);
const chosen = WEAKNESSES.filter(
  ({ name, row, test }) =>
    words.length === 0 || words.some((word) => [name, row, test].join('\n').includes(word)),
);
const { folder, remove } = copyCheckout();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => {
    remove();
    process.exit(130);
  });
const sound = new Map();

/**
 * The test passes where nothing is planted: only then does its failure tell of the weakness. Those of one window's
 * file are asked at once: each opens a window of its own, and starting them is what takes the time.
 */
async function isSound({ test, title }) {
  const together = test.startsWith('test/e2e/');
  const key = together ? test : `${test}\n${title ?? ''}`;
  if (!sound.has(key)) {
    const same = chosen.filter((one) => one.test === test);
    const titles = together ? [...new Set(same.map((one) => one.title))] : [title];
    const { ran, failed, output } = await runTest(folder, test, titles);
    sound.set(key, ran > 0 && failed.length === 0);
    if (!sound.get(key)) process.stderr.write(`${failed.join('; ')}\n${output}\n`);
  }
  return sound.get(key);
}

/** {found, by, seconds}; `by` is the test that failed, or why nothing can be said. */
async function tried(weakness) {
  const { file, change } = weakness;
  if (change.some(([search]) => countOf(folder, file, search) !== 1))
    return { found: false, by: 'its text does not stand there once', seconds: 0 };
  if (!(await isSound(weakness)))
    return { found: false, by: 'the test fails without it', seconds: 0 };
  const takeBack = plant(folder, weakness);
  try {
    const { failed, ran, ms } = await runTest(folder, weakness.test, [weakness.title]);
    const by = failed[0] ?? (ran === 0 ? 'no test ran' : 'NOT FOUND');
    return { found: failed.length > 0, by, seconds: Math.round(ms / 1000) };
  } finally {
    takeBack();
  }
}

let kept = fs.existsSync(KEPT) ? JSON.parse(fs.readFileSync(KEPT, 'utf8')) : {};
function keep(all) {
  kept = all;
  fs.mkdirSync(path.dirname(KEPT), { recursive: true });
  fs.writeFileSync(KEPT, JSON.stringify(kept, null, 2));
}
let missed = 0;
try {
  for (const weakness of chosen) {
    const { name, row, test, title } = weakness;
    const { found, by, seconds } = await tried(weakness);
    if (found) keep({ ...kept, [name]: { row, test: path.basename(test), by, seconds } });
    else missed += 1;
    const where = [path.basename(test), title].filter(Boolean).join(' · ');
    process.stdout.write(
      `${found ? 'found' : 'MISSED'}  ${name}  (${where})  ${by}  ${seconds} s\n`,
    );
  }
} finally {
  remove();
}
process.stdout.write('\n| row | weakness | found by | s |\n| --- | --- | --- | --- |\n');
for (const { name } of chosen) {
  const { row, test, by, seconds } = kept[name] ?? {};
  if (row !== undefined)
    process.stdout.write(`| ${row} | ${name} | \`${test}\`: ${by} | ${seconds} |\n`);
}
process.stdout.write(`\n${chosen.length - missed} found, ${missed} missed\n`);
process.exitCode = missed === 0 ? 0 : 1;
