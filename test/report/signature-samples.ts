// Good signature samples for the report: a folder's pictures, and the stand's own hand, seeded.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { drawSignature } from '../../stand/people/signature-sample.ts';
import { decodePicture } from '../../src/main/adapters/imaging/decode.ts';
import type { Raster } from '../../src/main/adapters/imaging/raster.ts';

export interface GoodSample {
  readonly name: string;
  readonly set: 'folder' | 'generated';
  readonly raster: Raster;
}

/** Every JPEG and PNG of the folder, then `generated` drawn ones. */
export async function goodSamples(folder: string, generated: number): Promise<GoodSample[]> {
  const samples: GoodSample[] = [];
  for (const name of readdirSync(folder).sort()) {
    if (!/\.(png|jpe?g)$/i.test(name)) continue;
    const { raster } = await decodePicture(readFileSync(path.join(folder, name)));
    samples.push({ name, set: 'folder', raster });
  }
  for (let i = 0; i < generated; i++) {
    const name = `hand ${i}`;
    const raster = drawSignature({ hand: `report ${i}`, sample: 'new', defect: null });
    samples.push({ name, set: 'generated', raster });
  }
  return samples;
}
