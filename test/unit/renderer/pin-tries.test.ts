// What the token's refusal says about the tries left.
import { describe, expect, it } from 'vitest';
import type { TokensDto } from '../../../src/shared/contract/session.ts';
import { ownToken, triesOf } from '../../../src/renderer/shared/signing/pin-tries.ts';

describe('tries left', () => {
  it('follows the flags the token told', () => {
    expect(triesOf({ code: 'pin-incorrect', params: { tries: 'some' } })).toBe('low');
    expect(triesOf({ code: 'pin-incorrect', params: { tries: 'final' } })).toBe('final');
    expect(triesOf({ code: 'pin-incorrect', params: { tries: 'locked' } })).toBe('locked');
    expect(triesOf({ code: 'pin-locked' })).toBe('locked');
    expect(triesOf({ code: 'token-removed' })).toBeUndefined();
  });
});

describe('the own token', () => {
  const pin = { tries: 'low', initialized: true, mustChange: false, minLength: 4, maxLength: 8 };
  const token = { moduleId: 'm', serial: '1', label: 'l', model: '', pin, certificates: [] };
  const listing = (tokens: unknown[], state: string) =>
    ({ tokens, modules: [{ id: 'm', title: 'M', state }] }) as unknown as TokensDto;
  const key = { moduleId: 'm', serial: '1' };

  it('is present with its tries, absent, or not to be known while its module starts again', () => {
    expect(ownToken(listing([token], 'ready'), key)).toEqual({ state: 'present', tries: 'low' });
    expect(ownToken(listing([], 'ready'), key).state).toBe('absent');
    expect(ownToken(listing([], 'hung'), key).state).toBe('restarting');
    const other = { ...token, moduleId: 'other' };
    expect(ownToken(listing([other], 'ready'), key).state).toBe('absent');
  });
});
