// Builder of what was measured on a case: every value agrees, changed where a test needs it.
import type { CaseMeasured } from '../../src/main/domain/case-measured.ts';
import {
  PORTRAIT_MEASURES,
  SIGNATURE_MEASURES,
  type MeasureCode,
} from '../../src/shared/central/measures.ts';
import type {
  FileFacts,
  MeasuredPortrait,
  MeasuredSignature,
} from '../../src/shared/contract/measured.ts';
import { TRAINING_LIMITS } from '../../stand/central/picture-limits.ts';

const file: FileFacts = {
  format: 'jpeg',
  width: 413,
  height: 531,
  bytes: 40_000,
  colourSpace: 'srgb',
  bitsPerSample: 8,
  hasAlpha: false,
  orientation: 1,
  dpi: 300,
  iccProfile: null,
  progressive: false,
  lastSaveQuality: 92,
  chromaSubsampling: '4:2:0',
  exifBytes: 0,
  camera: null,
  software: null,
  edited: false,
  takenAt: null,
  changedAt: null,
  hasLocation: false,
};

const flat = Array.from({ length: 256 }, () => 10);
const histogram = { light: flat, red: flat, green: flat, blue: flat };

type Changes = Partial<Record<MeasureCode, number | null>>;

function valuesOf<M extends MeasureCode>(codes: readonly M[], changes: Changes) {
  return codes.map((measure) => {
    const limit = TRAINING_LIMITS.measures.find((one) => one.measure === measure);
    const { min, max } = limit?.agrees ?? { min: 0, max: 0 };
    const good = min !== null && max !== null ? (min + max) / 2 : (min ?? max ?? 0);
    const changed = changes[measure];
    return { measure, value: changed === undefined ? good : changed, component: null };
  });
}

/** A frontal portrait of 413 × 531 px: head 34 mm, eyes at 0.46 of the height. */
export const aMeasuredPortrait = (changes: Changes = {}): MeasuredPortrait => ({
  kind: 'portrait',
  engine: 'test',
  values: valuesOf(PORTRAIT_MEASURES, changes),
  geometry: {
    rightPupil: { x: 0.38, y: 0.46 },
    leftPupil: { x: 0.62, y: 0.46 },
    crown: { x: 0.5, y: 0.1 },
    chin: { x: 0.5, y: 0.1 + 34 / 45 },
    head: { x: 0.2, y: 0.1, w: 0.6, h: 34 / 45 },
    regions: {},
  },
  histogram,
  file,
});

const aMeasuredSignature = (changes: Changes = {}): MeasuredSignature => ({
  kind: 'signature',
  engine: 'test',
  values: valuesOf(SIGNATURE_MEASURES, changes),
  geometry: { ink: { x: 0.2, y: 0.2, w: 0.6, h: 0.6 }, cuts: [], lines: [], groups: [] },
  inkColour: 'black',
  histogram,
  file,
});

/** `changes`: values by measure; null = that one could not be measured. */
export const aCaseMeasured = (
  changes: Changes = {},
  parts: Partial<CaseMeasured> = {},
): CaseMeasured => ({
  portrait: { ok: true, value: aMeasuredPortrait(changes) },
  reference: null,
  faces: null,
  earlier: null,
  signature: { ok: true, value: aMeasuredSignature(changes) },
  referenceSignature: null,
  ...parts,
});
