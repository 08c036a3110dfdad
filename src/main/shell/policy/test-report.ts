// The self-test as lines of a terminal, with the exit code that a script of an administrator reads.
import type { StationStep } from '../../../shared/contract/settings.ts';
import { TEST_WORDS } from './test-words.ts';
import type { Language } from './words.ts';

/** Something is not ready; the policy itself being wrong is another code. */
export const EXIT_NOT_READY = 1;

export type TestStep = Omit<StationStep, 'name'> & {
  readonly name: StationStep['name'] | 'package' | 'core';
};

/** One line a step: state, title, code with its facts, time; below it what to do, unless it is in order. */
export function testReport(
  steps: readonly TestStep[],
  language: Language,
): { readonly text: string; readonly code: 0 | typeof EXIT_NOT_READY } {
  const say = TEST_WORDS[language];
  const width = Math.max(...Object.values(say.states).map((word) => word.length));
  const title = Math.max(...Object.values(say.steps).map(([word]) => word.length));
  const lines = steps.flatMap(({ name, state, code, params, tookMs }) => {
    const [word, mend] = say.steps[name];
    const facts = Object.entries(params).map(([key, value]) => ` ${key}=${value}`);
    const found = `${code}${facts.join('')}, ${tookMs} ${say.ms}`;
    const line = `${say.states[state].padEnd(width)}  ${word.padEnd(title)}  ${found}`;
    return state === 'ok' ? [line] : [line, `${' '.repeat(width)}  → ${mend}`];
  });
  const bad = steps.some(({ state }) => state === 'bad');
  return {
    text: [...lines, bad ? say.faulty : say.whole].join('\n'),
    code: bad ? EXIT_NOT_READY : 0,
  };
}
