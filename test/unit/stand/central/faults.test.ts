// Fault switches without a server: how often they strike, whom, and what they do to an answer.
import { expect, it } from 'vitest';
import { createFaults } from '../../../../stand/central/faults.ts';
import { readRange } from '../../../../stand/central/blobs.ts';
import { cardEnd } from '../../../../stand/central/life.ts';
import { spoil } from '../../../../stand/central/spoil.ts';

it('counts down and strikes only what it names', () => {
  const faults = createFaults();
  faults.add({ kind: 'delay', ms: 1, operation: ['claim', 'news'], stationId: 's1', times: 2 });
  const strikes = () => faults.strike('claim', 's1').find('delay') !== undefined;
  expect(faults.strike('config', 's1').find('delay')).toBeUndefined();
  expect(faults.strike('claim', 's2').find('delay')).toBeUndefined();
  expect([strikes(), strikes(), strikes()]).toEqual([true, true, false]);
});

it('strikes one picture, and only when a picture is asked for', () => {
  const faults = createFaults();
  faults.add({ kind: 'blob', sha256: 'aa', base64: 'AAAA', times: 1 });
  expect(faults.strike('changes', undefined).find('blob')).toBeUndefined();
  expect(faults.strike('blob', undefined, 'bb').find('blob')).toBeUndefined();
  expect(faults.strike('blob', undefined, 'aa').find('blob')).toBeDefined();
  expect(faults.strike('blob', undefined, 'aa').find('blob')).toBeUndefined();
});

it('leaves answers without applications as they are when one should be spoiled', () => {
  const text = '{"newest":4}';
  expect(spoil(text, { kind: 'malformed', how: 'unknown-enum' }).text).toBe(text);
});

it.each([
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=5-', { start: 5, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-30', { start: 0, end: 9 }],
  ['bytes=4-99', { start: 4, end: 9 }],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=6-5', 'unsatisfiable'],
  ['bytes=-', null],
  ['bytes=0-1,3-4', null],
  [undefined, null],
])('range %s of ten bytes', (header, expected) => {
  expect(readRange(header, 10)).toEqual(expected);
});

it('a card is good for ten years less a day', () => {
  expect(cardEnd('2026-11-22')).toBe('2036-11-21');
  expect(cardEnd('2024-03-01')).toBe('2034-02-28');
});
