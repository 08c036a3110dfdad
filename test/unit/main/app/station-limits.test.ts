// Node's limits and the station's: the stricter of each holds, whichever side it comes from.
import { expect, it } from 'vitest';
import { limitsOf } from '../../../../src/main/app/station-limits.ts';

const node = { lockAfterMinutes: 10, logOutAfterHours: 9, picturesKeptDays: 30 };
const desk = (fixed?: Partial<typeof node>) =>
  ({ deps: { station: { fixed } }, session: { config: node } }) as never;

it('leaves the node’s limits where the policy says nothing', () => {
  expect(limitsOf(desk())).toEqual(node);
  expect(limitsOf(desk({}))).toEqual(node);
});

it('takes the stricter of each', () => {
  expect(
    limitsOf(desk({ lockAfterMinutes: 2, logOutAfterHours: 24, picturesKeptDays: 30 })),
  ).toEqual({ lockAfterMinutes: 2, logOutAfterHours: 9, picturesKeptDays: 30 });
  expect(limitsOf(desk({ picturesKeptDays: 1 })).picturesKeptDays).toBe(1);
});
