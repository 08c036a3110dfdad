// What is measured on a photo and a signature sample, and the limits the node delivers for it.
import { z } from 'zod';
import { shortText } from './common.ts';

/** Names follow ISO/IEC 29794-5 where it has the measure; units stand beside each. */
export const PORTRAIT_MEASURES = [
  'faces', // count
  'inter-eye-distance', // px in the source, between iris centres
  'head-height', // mm after the cut to 35 × 45, chin to crown
  'head-roll', // degrees, positive clockwise as seen
  'head-yaw', // degrees, positive to the subject's left
  'head-pitch', // degrees, positive upwards
  'eyes-open', // lid gap by eye width, the narrower eye
  'mouth-closed', // lip gap by T (eye midpoint to chin)
  'smile', // 0…1
  'sharpness', // σ in px of the blur it looks like, at 90 px between the eyes
  'compression', // JPEG quality it looks like, 1…100
  'under-exposure', // share of the face with linear light ≤ 25 of 255
  'over-exposure', // share of the face with linear light ≥ 247 of 255
  'dynamic-range', // bit, entropy of linear light in the face
  'light-evenness', // 0…1, darker cheek by lighter cheek
  'background-evenness', // spread of light on the background, 0…1
  'background-light', // mean light of the background, 0…1
  'background-colour', // chroma C*ab of the background
  'colour', // mean chroma C*ab of the picture; near zero is a grey picture
  'colour-cast', // distance of the cheeks' a*b* from the range of skin
  'face-covered', // share of the face that is not skin
  'picture-ratio', // width by height
] as const;

/** Measures of the signature sample; sizes in px of the source. */
export const SIGNATURE_MEASURES = [
  'ink-share', // share of the picture that is ink
  'ink-separation', // Otsu separability, 0…1
  'ink-width', // px
  'ink-height', // px
  'ink-at-border', // ink pixels on the border
  'ruled-lines', // count of straight runs ≥ 45 % of a side
  'signature-groups', // count
  'ink-contrast', // 0…1
  'ink-edge', // slope of the stroke's edge, 0…1
  'paper-light', // 0…255
  'paper-evenness', // s.d. of the paper's light, 0…255
  'moire', // peak by median of the paper's spectrum
  'ink-redness', // 0 or 1: the ink's core is red, or neither black nor blue nor violet
  'print-likeness', // 0 or 1: rows of parts of like height
] as const;

/** Comparison with another picture of the person; advice only. */
export const COMPARISON_MEASURES = ['same-person', 'same-as-earlier'] as const;

/** 1 = measured; null = could not be, and the officer judges by eye alone. */
export const MEASURED_AT_ALL = ['photo-measured', 'signature-measured'] as const;

export const MEASURE_CODES = [
  ...MEASURED_AT_ALL,
  ...PORTRAIT_MEASURES,
  ...COMPARISON_MEASURES,
  ...SIGNATURE_MEASURES,
] as const;
export type MeasureCode = (typeof MEASURE_CODES)[number];

/** The group of checks a measure belongs to. */
export const measureGroup = (code: MeasureCode): 'photo' | 'signature' =>
  code === 'signature-measured' || (SIGNATURE_MEASURES as readonly string[]).includes(code)
    ? 'signature'
    : 'photo';

/** What no measure can say honestly: the officer answers by eye (cl. 11). */
export const CHECKLIST = [
  'head-covering',
  'glasses',
  'retouching',
  'same-person-by-eye',
  'signature-by-eye',
] as const;
export type ChecklistCode = (typeof CHECKLIST)[number];
export const CHECKLIST_ANSWERS = ['in-order', 'fault'] as const;
export type ChecklistAnswer = (typeof CHECKLIST_ANSWERS)[number];

/** Null = no border on that side. */
export const range = z.strictObject({ min: z.number().nullable(), max: z.number().nullable() });
export type Range = z.infer<typeof range>;

/**
 * Within `agrees` the measure agrees; outside `tolerated` it does not agree; between, the officer looks.
 * `reason`: the annulment reason the finding proposes; null = none, it is a remark.
 */
export const measureLimit = z.strictObject({
  measure: z.enum(MEASURE_CODES),
  agrees: range,
  tolerated: range,
  reason: z.string().max(60).nullable(),
});
export type MeasureLimit = z.infer<typeof measureLimit>;

/** Limits of one version, and which reason a fault on the checklist proposes. */
export const pictureLimits = z.strictObject({
  version: z.string().max(40),
  basis: shortText,
  measures: z.array(measureLimit).max(MEASURE_CODES.length),
  checklist: z.array(
    z.strictObject({ code: z.enum(CHECKLIST), reason: z.string().max(60).nullable() }),
  ),
});
export type PictureLimits = z.infer<typeof pictureLimits>;

export const measureState = z.enum(['agrees', 'look', 'disagrees', 'no-data']);
export type MeasureState = z.infer<typeof measureState>;

const within = ({ min, max }: Range, value: number): boolean =>
  (min === null || value >= min) && (max === null || value <= max);

/** The state of a value under its limit; null value = it could not be measured. */
export function measureStateOf(
  value: number | null,
  limit: Pick<MeasureLimit, 'agrees' | 'tolerated'>,
): MeasureState {
  if (value === null || !Number.isFinite(value)) return 'no-data';
  if (within(limit.agrees, value)) return 'agrees';
  return within(limit.tolerated, value) ? 'look' : 'disagrees';
}

/**
 * Whether a finding stands in the way of approval until the officer answers it: a "look" or a
 * "does not agree" always; a missing value only where nothing could be measured at all.
 */
export const wantsAnswer = (code: MeasureCode, state: MeasureState): boolean =>
  state === 'look' ||
  state === 'disagrees' ||
  (state === 'no-data' && (MEASURED_AT_ALL as readonly string[]).includes(code));

/** A value that does not agree is overridden with a reason; a "look" is answered by looking. */
export const wantsReason = (state: MeasureState): boolean => state === 'disagrees';
