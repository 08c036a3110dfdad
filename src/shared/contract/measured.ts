// What measuring a picture yields: raw values, where they were found, and what the file tells. No verdicts.
import { z } from 'zod';
import { PORTRAIT_MEASURES, SIGNATURE_MEASURES } from '../central/measures.ts';

/** A point in fractions 0…1 of the picture as shown (EXIF orientation applied), from its top left. */
export const point = z.strictObject({ x: z.number(), y: z.number() });
export type Point = z.infer<typeof point>;
export const box = z.strictObject({ x: z.number(), y: z.number(), w: z.number(), h: z.number() });
export type Box = z.infer<typeof box>;

/** Regions a measure speaks of; each a list of closed outlines. */
export const REGIONS = [
  'head',
  'face',
  'right-eye', // the subject's right: left in the picture
  'left-eye',
  'mouth',
  'cheeks',
  'background',
] as const;

/** The component of ISO/IEC 29794-5 as OFIQ maps it: native value and 0…100. */
export const component = z.strictObject({
  name: z.string().max(60),
  native: z.number(),
  value: z.int().min(0).max(100),
});

const values = <M extends string>(names: readonly [M, ...M[]]) =>
  z.array(
    z.strictObject({
      measure: z.enum(names),
      value: z.number().nullable(), // null = could not be measured
      component: component.nullable(),
    }),
  );

/** Facts of the file itself, and of what its metadata claims; claims prove nothing. */
export const fileFacts = z.strictObject({
  format: z.enum(['jpeg', 'png']),
  width: z.int(), // as shown, orientation applied
  height: z.int(),
  bytes: z.int(),
  colourSpace: z.string().max(20), // srgb, cmyk, b-w, rgb16 …
  bitsPerSample: z.int(),
  hasAlpha: z.boolean(),
  orientation: z.int().min(1).max(8),
  dpi: z.number().nullable(),
  iccProfile: z.string().max(80).nullable(),
  progressive: z.boolean(),
  /** Quality of the last save by its quantisation table; null for PNG. */
  lastSaveQuality: z.int().min(1).max(100).nullable(),
  chromaSubsampling: z.string().max(12).nullable(),
  exifBytes: z.int(),
  camera: z.string().max(120).nullable(),
  software: z.string().max(120).nullable(),
  /** An editing program is named in the metadata. */
  edited: z.boolean(),
  takenAt: z.string().max(40).nullable(), // as written: local, without zone
  changedAt: z.string().max(40).nullable(),
  hasLocation: z.boolean(), // a place is written in the file; the place itself is never read out
});
export type FileFacts = z.infer<typeof fileFacts>;

const bins = z.array(z.int()).length(256);
export const histogram = z.strictObject({ light: bins, red: bins, green: bins, blue: bins });
export type Histogram = z.infer<typeof histogram>;

export const portraitGeometry = z.strictObject({
  rightPupil: point, // the subject's right: left in the picture
  leftPupil: point,
  /** Silhouette's height above the eyes, clamped to 0.95–1.15 T; uncertain by a tenth, the officer may move it. */
  crown: point,
  chin: point,
  /** Box of the head: crown to chin, ear to ear. */
  head: box,
  regions: z.partialRecord(z.enum(REGIONS), z.array(z.array(point).min(3)).max(12)),
});
export type PortraitGeometry = z.infer<typeof portraitGeometry>;

/** `engine`: version of code and models; another engine means: measure again. */
export const measuredPortrait = z.strictObject({
  kind: z.literal('portrait'),
  engine: z.string().max(80),
  values: values(PORTRAIT_MEASURES),
  geometry: portraitGeometry.nullable(), // null: no face found
  histogram,
  file: fileFacts,
});
export type MeasuredPortrait = z.infer<typeof measuredPortrait>;

export const signatureGeometry = z.strictObject({
  ink: box, // around all strokes
  /** Pixels of ink on the border, as short boxes along it. */
  cuts: z.array(box).max(40),
  lines: z.array(box).max(40), // ruled lines and frames found
  groups: z.array(box).max(20),
});
export type SignatureGeometry = z.infer<typeof signatureGeometry>;

export const INK_COLOURS = ['black', 'blue', 'violet', 'red', 'other'] as const;
export const measuredSignature = z.strictObject({
  kind: z.literal('signature'),
  engine: z.string().max(80),
  values: values(SIGNATURE_MEASURES),
  geometry: signatureGeometry.nullable(), // null: no ink found
  inkColour: z.enum(INK_COLOURS).nullable(),
  histogram,
  file: fileFacts,
});
export type MeasuredSignature = z.infer<typeof measuredSignature>;

/** Two faces compared; the vectors themselves never leave the measuring process. */
export const comparedFaces = z.strictObject({
  kind: z.literal('comparison'),
  engine: z.string().max(80),
  /** Euclidean distance; null where a score is refused. */
  distance: z.number().nullable(),
  refused: z.enum(['no-face', 'too-small']).nullable(), // too small: under 24 px between the eyes
  /** Faces that count on the first and on the second picture; null = not looked for, the first was refused. */
  found: z.tuple([z.int(), z.int().nullable()]),
});
export type ComparedFaces = z.infer<typeof comparedFaces>;

export const measured = z.discriminatedUnion('kind', [
  measuredPortrait,
  measuredSignature,
  comparedFaces,
]);
export type Measured = z.infer<typeof measured>;

/** Why nothing could be measured; the picture itself may still be looked at. */
export const MEASURE_FAILURES = [
  'time', // took too long and was stopped
  'died', // the measuring process fell over it
  'no-models', // the models of this station are missing or not the shipped ones
  'unreadable',
] as const;
export type MeasureFailure = (typeof MEASURE_FAILURES)[number];

/** Pictures made from a picture for looking at; never kept, never sent. */
export const RENDERINGS = ['card', 'signature-clean', 'signature-ink', 'signature-paper'] as const;
export type Rendering = (typeof RENDERINGS)[number];
