// Renderings kept in memory: the last used stay, bounded by number and by bytes.
import { describe, expect, it } from 'vitest';
import { renderedPictures } from '../../../../src/main/app/show-picture.ts';

const of = (bytes: number) => ({ bytes: new Uint8Array(bytes), mime: 'image/png' });

describe('rendered pictures', () => {
  it('keeps two dozen small ones, the last used longest', () => {
    const kept = renderedPictures();
    for (let n = 0; n < 24; n++) kept.keep(`${n}`, of(10));
    expect(kept.find('0')).not.toBeNull();
    kept.keep('24', of(10));
    expect(kept.find('0')).not.toBeNull();
    expect(kept.find('1')).toBeNull();
  });

  it('keeps fewer of large ones, and counts right over replacing and clearing', () => {
    const kept = renderedPictures();
    const sizes = () => ['a', 'b', 'c'].map((key) => kept.find(key)?.bytes.length ?? 0);
    kept.keep('a', of(30_000_000));
    kept.keep('a', of(31_000_000));
    kept.keep('b', of(31_000_000));
    expect(sizes()).toEqual([31_000_000, 31_000_000, 0]);
    kept.keep('c', of(30_000_000));
    expect(sizes()).toEqual([0, 31_000_000, 30_000_000]);
    kept.clear();
    kept.keep('a', of(60_000_000));
    expect(sizes()).toEqual([60_000_000, 0, 0]);
    kept.keep('b', of(70_000_000)); // one that is too large by itself is not kept either
    expect(sizes()).toEqual([0, 0, 0]);
  });
});
