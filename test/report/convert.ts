// Two ImageMagick `convert` calls on a picture, for comparison of time; honest when ImageMagick is not there.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import type { Raster } from '../../src/main/adapters/imaging/raster.ts';

/** Milliseconds of both calls (grey and threshold; thumbnail); null when `convert` is missing or is not ImageMagick's. */
export async function timeOfConvert(
  raster: Raster | undefined,
): Promise<{ milliseconds: number } | null> {
  if (raster === undefined) return null;
  const folder = mkdtempSync(path.join(tmpdir(), 'kualik-report-'));
  try {
    const { width, height, data } = raster;
    const file = path.join(folder, 'a.png');
    await sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toFile(file);
    const run = (...args: string[]): string =>
      execFileSync('convert', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    if (!/^Version: ImageMagick/m.test(run('-version'))) return null;
    const start = performance.now();
    run(file, '-colorspace', 'Gray', '-threshold', '60%', path.join(folder, 'b.png'));
    run(file, '-resize', '600x600', path.join(folder, 'c.png'));
    return { milliseconds: performance.now() - start };
  } catch {
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
