// An answer that never ends is left at the limit; one that fits is read whole.
import { Response } from 'undici';
import { describe, expect, it } from 'vitest';
import {
  LimitExceeded,
  readLimited,
} from '../../../../../src/main/adapters/central/read-limited.ts';

const LIMIT = 10_000;

/** Pieces of 1000 bytes, `pieces` of them; counts what was taken and whether the rest was called off. */
function body(pieces: number) {
  const seen = { taken: 0, cancelled: false };
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (seen.taken === pieces) return controller.close();
      seen.taken += 1;
      controller.enqueue(new Uint8Array(1000).fill(seen.taken));
    },
    cancel: () => void (seen.cancelled = true),
  });
  return { response: new Response(stream), seen };
}

describe('readLimited', () => {
  it('reads an answer of just the limit, piece after piece', async () => {
    const bytes = await readLimited(body(10).response, LIMIT);
    expect(bytes).toHaveLength(LIMIT);
    expect([bytes[0], bytes[9_999]]).toEqual([1, 10]);
  });

  it('leaves a longer and an endless one, and calls the rest off', async () => {
    for (const pieces of [20, 10_000]) {
      const { response, seen } = body(pieces);
      await expect(readLimited(response, LIMIT)).rejects.toBeInstanceOf(LimitExceeded);
      expect(seen.taken).toBeLessThan(15);
      expect(seen.cancelled).toBe(true);
    }
  });

  it('knows an answer without a body', async () => {
    expect(await readLimited(new Response(null), LIMIT)).toHaveLength(0);
  });
});
