// Measures a signature sample: every value of SIGNATURE_MEASURES, where it was found, and the file's facts. No model.
import type { SIGNATURE_MEASURES } from '../../../../shared/central/measures.ts';
import type { MeasuredSignature } from '../../../../shared/contract/measured.ts';
import { decodePicture } from '../decode.ts';
import { fileFacts } from '../file-facts.ts';
import { histogramOf } from '../histogram.ts';
import { broadShare } from './broad.ts';
import { analyseInk } from './analyse.ts';
import type { InkAnalysis } from './analyse.ts';
import { cutPlaces, signatureGeometryOf } from './geometry.ts';
import { around, signatureGroups } from './groups.ts';
import { moire } from './moire.ts';
import { printLikeness } from './print.ts';
import { strokeLook } from './stroke.ts';

/** Another version means other values for the same picture. */
export const SIGNATURE_ENGINE = 'signature-1';

type Values = Record<(typeof SIGNATURE_MEASURES)[number], number | null>;

/**
 * JPEG or PNG bytes to measured values; lengths in px of the source, as shown. A blank, black, tiny or
 * thin picture gives values or nulls; only bytes that do not decode throw (UnreadablePicture).
 */
export async function measureSignature(bytes: Uint8Array): Promise<MeasuredSignature> {
  const { raster, header } = await decodePicture(bytes);
  const ink = analyseInk(raster);
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
    histogram: histogramOf(raster),
    file: fileFacts(bytes, header),
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
  const strokeShare = strokes.area / (flat.width * flat.height);
  // Flattening hollows broad areas out: they are counted in the picture itself.
  const broad = broadShare(ink.light, grid.median);
  const values: Values = {
    'ink-share': Math.min(1, strokeShare + broad),
    'ink-separation':
      box === null ? null : (threshold.separation * strokeShare) / (strokeShare + broad),
    'ink-width': box === null ? null : (box.x1 - box.x0 + 1) * scale,
    'ink-height': box === null ? null : (box.y1 - box.y0 + 1) * scale,
    'ink-at-border': Math.round(cutPlaces(ink).length * scale),
    'ruled-lines': lines.length,
    'signature-groups': box === null ? null : signatureGroups(strokes.parts).length,
    'ink-contrast': look?.contrast ?? null,
    'ink-edge': look?.edge ?? null,
    'paper-light': grid.median,
    'paper-evenness': grid.spread,
    moire: moire(flat, strokes.mask, threshold.paper),
    'ink-redness': look === null ? null : Number(look.colour === 'red' || look.colour === 'other'),
    // Lines taken out cut the strokes that cross them: parts no longer tell print from a hand.
    'print-likeness': box === null || lines.length > 0 ? null : printLikeness(strokes.parts),
  };
  return { values, inkColour: look?.colour ?? null };
}
