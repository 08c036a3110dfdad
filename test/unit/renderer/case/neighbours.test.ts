// J and K follow the queue's order.
import { describe, expect, it } from 'vitest';
import { neighbourOf } from '../../../../src/renderer/features/case/neighbours.ts';

describe('neighbours', () => {
  const ids = ['a', 'b', 'c'];
  it('goes both ways and stops at the edges', () => {
    expect(neighbourOf(ids, 'b', 1)).toBe('c');
    expect(neighbourOf(ids, 'b', -1)).toBe('a');
    expect(neighbourOf(ids, 'c', 1)).toBeNull();
    expect(neighbourOf(ids, 'a', -1)).toBeNull();
  });
  it('starts at the most urgent from a case that is not pending any more', () => {
    expect(neighbourOf(ids, 'decided', 1)).toBe('a');
    expect(neighbourOf([], 'decided', 1)).toBeNull();
  });
});
