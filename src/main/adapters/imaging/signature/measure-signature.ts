// Measures a signature sample: every value of SIGNATURE_MEASURES, where it was found, and the file's facts. No model.
import type { SIGNATURE_MEASURES } from '../../../../shared/central/measures.ts';
import type { Histogram, MeasuredSignature } from '../../../../shared/contract/measured.ts';
import { analyseInk } from './analyse.ts';
import type { InkAnalysis } from './analyse.ts';
import { decodeHere } from './decode-here.ts';
import { borderInk, signatureGeometryOf } from './geometry.ts';
import { around, printLikeness, signatureGroups } from './groups.ts';
import { moire } from './moire.ts';
import { strokeLook } from './stroke.ts';

/** Another version means other values for the same picture. */
export const SIGNATURE_ENGINE = 'signature-1';

type Values = Record<(typeof SIGNATURE_MEASURES)[number], number | null>;

/**
 * JPEG or PNG bytes to measured values; lengths in px of the source, as shown. A blank, black, tiny or
 * thin picture gives values or nulls; only bytes that do not decode throw.
 */
export async function measureSignature(bytes: Uint8Array): Promise<MeasuredSignature> {
  const { file, ...source } = await decodeHere(bytes);
  const ink = analyseInk(source);
  const { values, inkColour } = valuesOf(ink);
  return {
    kind: 'signature',
    engine: SIGNATURE_ENGINE,
    values: Object.entries(values).map(([measure, value]) => ({
      measure: measure as keyof Values,
      value: value === null ? null : rounded(value),
      component: null,
    })),
    geometry: signatureGeometryOf(ink),
    inkColour,
    histogram: histogramOf(ink),
    file,
  };
}

const rounded = (value: number): number => Number(value.toPrecision(5));

function valuesOf(ink: InkAnalysis): {
  values: Values;
  inkColour: MeasuredSignature['inkColour'];
} {
  const { pixels, flat, strokes, threshold, grid, lines, scale } = ink;
  const box = around(strokes.parts);
  const look = box === null ? null : strokeLook(pixels, flat, strokes.mask);
  const values: Values = {
    'ink-share': strokes.area / (flat.width * flat.height),
    'ink-separation': box === null ? null : threshold.separation,
    'ink-width': box === null ? null : (box.x1 - box.x0 + 1) * scale,
    'ink-height': box === null ? null : (box.y1 - box.y0 + 1) * scale,
    'ink-at-border': Math.round(borderInk(strokes.mask, flat.width, flat.height).length * scale),
    'ruled-lines': lines.length,
    'signature-groups': box === null ? null : signatureGroups(strokes.parts).length,
    'ink-contrast': look?.contrast ?? null,
    'ink-edge': look?.edge ?? null,
    'paper-light': grid.median,
    'paper-evenness': grid.spread,
    moire: moire(flat, strokes.mask, threshold.paper),
    'ink-redness': look === null ? null : Number(look.colour === 'red' || look.colour === 'other'),
    'print-likeness': box === null ? null : printLikeness(strokes.parts),
  };
  return { values, inkColour: look?.colour ?? null };
}

/** 256 bins of light and of each channel, from the working copy. */
function histogramOf({ pixels, light }: InkAnalysis): Histogram {
  const [all, red, green, blue] = Array.from({ length: 4 }, () => new Array<number>(256).fill(0));
  const bins = { light: all ?? [], red: red ?? [], green: green ?? [], blue: blue ?? [] };
  const add = (into: number[], value: number): void => {
    into[value] = (into[value] ?? 0) + 1;
  };
  for (let i = 0, at = 0; i < light.data.length; i++, at += 3) {
    add(bins.light, light.data[i] as number);
    add(bins.red, pixels.data[at] as number);
    add(bins.green, pixels.data[at + 1] as number);
    add(bins.blue, pixels.data[at + 2] as number);
  }
  return bins;
}
