// What a comparison of the approved photo with a live picture advises; the same zones as on the case screen. Pure.
import type { PictureLimits } from '../../shared/central/measures.ts';
import type { LiveAdvice } from '../../shared/contract/issuance.ts';
import type { ComparedFaces } from '../../shared/contract/measured.ts';
import { similarityOf } from './pictures-measured.ts';

/** `faces`: the approved photo first, the live picture second. */
export function liveAdvice(faces: ComparedFaces, limits: PictureLimits): LiveAdvice {
  const similarity = similarityOf({ ok: true, value: faces }, 'same-person', limits, null);
  const [, facesFound] = faces.found;
  return {
    zone: similarity?.zone ?? 'no-data',
    refused: faces.refused,
    // The second picture is looked at only when the first could be compared.
    of: faces.refused === null ? null : facesFound === null ? 'approved' : 'live',
    facesFound,
  };
}
