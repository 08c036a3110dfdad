// Prints what the set-up does: one line a step, with the time it took; trouble as a sentence with the mend.
import { performance } from 'node:perf_hooks';

/** An expected failure: its message tells the reader what to do, so no stack is shown. */
export class Trouble extends Error {}

/** One plain line. */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/**
 * Runs `work` and prints `name … what it returned   time`.
 * `announce` is printed first and is for steps that may take longer than a few seconds.
 */
export async function step(name, work) {
  const begun = performance.now();
  const done = await work((news) => say(`  … ${name}: ${news}`));
  say(`  ✓ ${name}: ${done ?? 'ready'}${seconds(performance.now() - begun)}`);
}

/** ' (1.2 s)'; empty for what is too quick to be worth a word. */
export function seconds(ms) {
  return ms < 100 ? '' : ` (${(ms / 1000).toFixed(1)} s)`;
}

/** The last stop of every script: a Trouble is shown as a sentence, a bug with its stack. */
export function stopWith(error) {
  if (error instanceof Trouble) process.stderr.write(`\n✗ ${error.message}\n`);
  else process.stderr.write(`\n✗ ${error?.stack ?? error}\n`);
  process.exit(1);
}
