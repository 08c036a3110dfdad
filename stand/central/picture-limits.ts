// Limits of the pictures' measures as the node delivers them: data with a version, never code.
import type {
  MeasureCode,
  MeasureLimit,
  PictureLimits,
} from '../../src/shared/central/measures.ts';

type Border = number | null;

const limit = (
  measure: MeasureCode,
  [agreesMin, agreesMax]: readonly [Border, Border],
  [toleratedMin, toleratedMax]: readonly [Border, Border],
  reason: string | null,
): MeasureLimit => ({
  measure,
  agrees: { min: agreesMin, max: agreesMax },
  tolerated: { min: toleratedMin, max: toleratedMax },
  reason,
});

/**
 * Training limits after ISO/IEC 29794-5 and ISO/IEC 19794-5, set on portraits of consenting people and on
 * damage made by grades (docs/photo.md, docs/signature.md). A service sets its own: only this file changes.
 */
export const TRAINING_LIMITS: PictureLimits = {
  version: 'training-1',
  basis: 'ISO/IEC 29794-5, ISO/IEC 19794-5; п. 9–11 приказа; учебные пределы',
  measures: [
    limit('photo-measured', [1, null], [1, null], null),
    limit('faces', [1, 1], [1, 1], 'OTHER'),
    limit('same-person', [null, 0.4], [null, 0.6], 'PHOTO_NOT_SAME_PERSON'),
    limit('same-as-earlier', [null, 0.4], [null, 0.6], null),
    limit('eyes-open', [0.3, null], [0.25, null], 'PHOTO_EYES_GLASSES'),
    limit('face-covered', [null, 0.3], [null, 0.5], 'PHOTO_HEADWEAR'),
    limit('head-roll', [-3, 3], [-8, 8], 'PHOTO_POSE'),
    limit('head-yaw', [-5, 5], [-10, 10], 'PHOTO_POSE'),
    limit('head-pitch', [-10, 8], [-15, 15], 'PHOTO_POSE'),
    limit('mouth-closed', [null, 0.04], [null, 0.08], 'PHOTO_EXPRESSION'),
    limit('smile', [null, 0.4], [null, 0.8], 'PHOTO_EXPRESSION'),
    limit('head-height', [31.5, 36], [30, 38], 'PHOTO_HEAD_SIZE'),
    limit('inter-eye-distance', [90, null], [60, null], 'PHOTO_SHARPNESS'),
    limit('sharpness', [null, 0.7], [null, 1.5], 'PHOTO_SHARPNESS'),
    limit('compression', [72, null], [50, null], 'PHOTO_SHARPNESS'),
    limit('under-exposure', [null, 0.3], [null, 0.85], 'PHOTO_LIGHT'),
    limit('over-exposure', [null, 0.01], [null, 0.1], 'PHOTO_LIGHT'),
    limit('dynamic-range', [6, null], [4.3, null], 'PHOTO_LIGHT'),
    limit('light-evenness', [0.78, null], [0.6, null], 'PHOTO_LIGHT'),
    limit('background-evenness', [null, 0.1], [null, 0.25], 'PHOTO_BACKGROUND'),
    limit('background-light', [0.4, null], [0.2, null], 'PHOTO_BACKGROUND'),
    limit('background-colour', [null, 30], [null, 60], 'PHOTO_BACKGROUND'),
    limit('colour', [2, null], [1, null], 'PHOTO_RETOUCHED'),
    limit('colour-cast', [null, 6], [null, 15], 'PHOTO_LIGHT'),
    limit('picture-ratio', [0.76, 0.8], [null, null], null),
    limit('signature-measured', [1, null], [1, null], null),
    limit('ink-share', [0.0015, 0.18], [0.0008, 0.22], 'SIGNATURE_ABSENT'),
    limit('ink-separation', [0.68, null], [0.62, null], 'SIGNATURE_ABSENT'),
    limit('ink-width', [250, null], [150, null], 'SIGNATURE_ILLEGIBLE'),
    limit('ink-height', [60, null], [40, null], 'SIGNATURE_ILLEGIBLE'),
    limit('ink-at-border', [null, 0], [null, 3], 'SIGNATURE_CROPPED'),
    limit('ruled-lines', [null, 0], [null, 1], 'SIGNATURE_BACKGROUND'),
    limit('signature-groups', [null, 1], [null, 2], 'OTHER'),
    limit('ink-contrast', [0.4, null], [0.2, null], 'SIGNATURE_ILLEGIBLE'),
    limit('ink-edge', [0.26, null], [0.22, null], 'SIGNATURE_ILLEGIBLE'),
    limit('paper-light', [130, null], [110, null], 'SIGNATURE_BACKGROUND'),
    limit('paper-evenness', [null, 22], [null, 28], 'SIGNATURE_BACKGROUND'),
    limit('moire', [null, 45], [null, 90], 'SIGNATURE_BACKGROUND'),
    limit('ink-redness', [null, 0], [null, 1], 'SIGNATURE_ILLEGIBLE'),
    limit('print-likeness', [null, 0], [null, 1], 'SIGNATURE_BACKGROUND'),
  ],
  checklist: [
    { code: 'head-covering', reason: 'PHOTO_HEADWEAR' },
    { code: 'glasses', reason: 'PHOTO_EYES_GLASSES' },
    { code: 'retouching', reason: 'PHOTO_RETOUCHED' },
    { code: 'same-person-by-eye', reason: 'PHOTO_NOT_SAME_PERSON' },
    { code: 'signature-by-eye', reason: 'SIGNATURE_MISMATCH' },
  ],
};
