// The self-test in the terminal: words of one language, what to do under each fault, the exit code of the worst.
import { expect, it } from 'vitest';
import { testReport, type TestStep } from '../../../../../src/main/shell/policy/test-report.ts';

const step = (change: Partial<TestStep>): TestStep => ({
  name: 'disk',
  state: 'ok',
  code: 'free',
  params: { megabytes: 900 },
  tookMs: 3,
  ...change,
});

it('ends well when nothing is bad, also when something is to be looked at', () => {
  const { text, code } = testReport([step({}), step({ name: 'printer', state: 'look' })], 'ru');
  expect(code).toBe(0);
  expect(text.split('\n')).toHaveLength(4);
  expect(text).toContain('free megabytes=900, 3 мс');
  expect(text).toContain('→ добавьте принтер в системе');
  expect(text).toContain('Рабочее место готово.');
});

it('fails when a step is bad, in Kazakh too', () => {
  const { text, code } = testReport([step({ state: 'bad' })], 'kk');
  expect(code).toBe(1);
  expect(text).toContain('→ дискіні босатыңыз');
  expect(text).not.toMatch(/готов|освободите/);
});
