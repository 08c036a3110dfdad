// The one line under the photos: what the comparison advises, and whether Digital-ID says otherwise. Pure.
import type { CaseDto, Similarity } from '../../../../shared/contract/case.ts';

export type Zone = 'agrees' | 'look' | 'disagrees' | 'no-data' | 'no-face' | 'too-small';

export interface Advice {
  readonly zone: Zone;
  /** null = Digital-ID said nothing. */
  readonly digitalId: 'passed' | 'failed' | null;
  /** The two contradict each other: said as such, in the warning colour. */
  readonly disagree: boolean;
}

/** A refused comparison has no zone; the number itself is never shown here. */
export function adviceOf(similarity: Similarity): Advice {
  const passed = similarity.digitalIdPassed;
  return {
    zone: similarity.refused ?? similarity.zone,
    digitalId: passed === null ? null : passed ? 'passed' : 'failed',
    disagree: similarity.disagree,
  };
}

export const BESIDE = ['reference', 'earlier'] as const;
export type Beside = (typeof BESIDE)[number];

/** What may stand beside the new photo: the reference always (also as "there is none"), the earlier attempt's if any. */
export function besides(dto: CaseDto): readonly Beside[] {
  return earlierPicture(dto) === null ? ['reference'] : BESIDE;
}

/** The photo of the newest earlier annulled attempt, as the core compared it. */
export function earlierPicture(dto: CaseDto) {
  const ticket = dto.measured.earlier?.ticket;
  return dto.earlier.find((each) => each.ticket === ticket)?.photo ?? null;
}
