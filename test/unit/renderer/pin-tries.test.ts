// What the token's refusal says about the tries left.
import { describe, expect, it } from 'vitest';
import { triesOf } from '../../../src/renderer/shared/signing/pin-tries.ts';

describe('tries left', () => {
  it('follows the flags the token told', () => {
    expect(triesOf({ code: 'pin-incorrect', params: { tries: 'some' } })).toBe('low');
    expect(triesOf({ code: 'pin-incorrect', params: { tries: 'final' } })).toBe('final');
    expect(triesOf({ code: 'pin-incorrect', params: { tries: 'locked' } })).toBe('locked');
    expect(triesOf({ code: 'pin-locked' })).toBe('locked');
    expect(triesOf({ code: 'token-removed' })).toBeUndefined();
  });
});
