// A draft holds as many reasons as a dictionary may have, and no more: it is written to the disk as it comes.
import { describe, expect, it } from 'vitest';
import { channels } from '../../../../src/shared/contract/channels.ts';

const kept = (reasons: number) =>
  channels['draft.keep'].request.safeParse({
    applicationId: '00000000-0000-4000-8000-000000000000',
    draft: {
      kind: 'review',
      codes: [],
      comments: Object.fromEntries(Array.from({ length: reasons }, (_, i) => [`code-${i}`, ''])),
      boxes: {},
      drawnOn: null,
      composing: false,
      writing: null,
    },
  }).success;

describe('a draft', () => {
  it('of sixty reasons is kept, of more is none', () => {
    expect(kept(60)).toBe(true);
    expect(kept(61)).toBe(false);
  });
});
