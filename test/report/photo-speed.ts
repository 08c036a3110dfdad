// Time and memory of measuring: in a process of its own that does nothing else; beside it ImageMagick on the same picture.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { build } from 'vite';

export interface SpeedFigures {
  readonly width: number;
  readonly height: number;
  readonly msMedian: number;
  readonly msBest: number;
  /** Processor time, all threads. */
  readonly cpuMsMedian: number;
  readonly peakMemoryMb: number;
  /** Two calls of `convert` on the same picture; null: not installed. */
  readonly twoConvertCallsMs: number | null;
}

/** `longSide` null: as it is; else enlarged to it, 4:3. */
export async function speedOf(
  models: string,
  bytes: Uint8Array,
  longSide: number | null,
): Promise<SpeedFigures> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-report-'));
  try {
    const file = path.join(folder, 'portrait.jpg');
    const picture =
      longSide === null
        ? bytes
        : await sharp(bytes)
            .resize(longSide, Math.round(longSide * 0.75), { fit: 'cover' })
            .jpeg({ quality: 92 })
            .toBuffer();
    fs.writeFileSync(file, picture);
    const script = await bundled();
    const spoken = execFileSync(process.execPath, [script, models, file], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const measured = JSON.parse(spoken) as Omit<SpeedFigures, 'twoConvertCallsMs'>;
    return { ...measured, twoConvertCallsMs: convertTwice(file, folder) };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The child as plain JavaScript, as the program is shipped: a TypeScript loader would be measured along. */
async function bundled(): Promise<string> {
  const outDir = path.resolve('node_modules/.kualik/report');
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: fileURLToPath(new URL('photo-speed-child.ts', import.meta.url)),
      outDir,
      emptyOutDir: true,
      rollupOptions: { output: { entryFileNames: 'speed.mjs' } },
    },
  });
  return path.join(outDir, 'speed.mjs');
}

/** Reduces to the card, and takes the mean grey: what a script would do before it knows anything of a face. */
function convertTwice(file: string, folder: string): number | null {
  const run = (...args: string[]): string =>
    execFileSync('convert', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    if (!run('-version').includes('ImageMagick')) return null;
    const begun = performance.now();
    run(file, '-resize', '413x531', path.join(folder, 'card.png'));
    run(file, '-colorspace', 'Gray', '-format', '%[fx:mean]', 'info:');
    return performance.now() - begun;
  } catch {
    return null;
  }
}
