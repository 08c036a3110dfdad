// Advice of a live picture: the zones of the case screen, which picture could not be compared, how many faces.
import { describe, expect, it } from 'vitest';
import { liveAdvice } from '../../../../src/main/domain/live-advice.ts';
import type { ComparedFaces } from '../../../../src/shared/contract/measured.ts';
import { TRAINING_LIMITS } from '../../../../stand/central/picture-limits.ts';

const faces = (some: Partial<ComparedFaces>): ComparedFaces => ({
  kind: 'comparison',
  engine: 'test',
  distance: null,
  refused: null,
  found: [1, 1],
  ...some,
});

describe('liveAdvice', () => {
  it.each([
    [0.3, 'agrees'],
    [0.5, 'look'],
    [0.7, 'disagrees'],
  ] as const)('distance %s: %s', (distance, zone) => {
    expect(liveAdvice(faces({ distance }), TRAINING_LIMITS)).toEqual({
      zone,
      refused: null,
      of: null,
      facesFound: 1,
    });
  });

  it('tells which picture could not be compared', () => {
    const approved = faces({ refused: 'no-face', found: [0, null] });
    expect(liveAdvice(approved, TRAINING_LIMITS)).toEqual({
      zone: 'no-data',
      refused: 'no-face',
      of: 'approved',
      facesFound: null,
    });
    const live = faces({ refused: 'too-small', found: [1, 3] });
    expect(liveAdvice(live, TRAINING_LIMITS)).toMatchObject({ of: 'live', facesFound: 3 });
  });

  it('without a limit of the node advises nothing', () => {
    const limits = { ...TRAINING_LIMITS, measures: [] };
    expect(liveAdvice(faces({ distance: 0.1 }), limits)).toMatchObject({ zone: 'no-data' });
  });
});
