// When the process of the window has to end: once what it showed is over, and never else.
import { expect, it } from 'vitest';
import { workWatch } from '../../../../src/main/shell/fresh-renderer.ts';
import { UI_URLS } from '../../../../src/main/shell/protocols.ts';

it('ends the process at each way out of an open desk, once', () => {
  const over = workWatch();
  const told = [
    'signed-out',
    'open',
    'open',
    'locked',
    'locked',
    'signed-out',
    'open',
    'signed-out',
  ];
  expect(told.map((state) => over(state as 'open'))).toEqual([
    ...[false, false, false, true, false, false, false, true],
  ]);
});

it('a log-in that is locked from its start has shown nothing', () => {
  const over = workWatch();
  expect([over('locked'), over('signed-out')]).toEqual([false, false]);
});

it('the two addresses of the page are of different sites, so that going over takes another process', () => {
  expect(new Set(UI_URLS.map((url) => new URL(url).host)).size).toBe(UI_URLS.length);
  expect(UI_URLS.length).toBeGreaterThan(1);
});
