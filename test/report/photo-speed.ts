// Time and memory of measuring: in a process of its own that does nothing else; beside it ImageMagick on the same picture.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { measurePortrait } from '../../src/main/adapters/imaging/portrait/measure-portrait.ts';
import { openModels } from '../../src/main/adapters/imaging/portrait/models.ts';
import { quantile } from './photo-statistics.ts';

const ROUNDS = 12;
const WARM_UP = 4;

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
    const script = fileURLToPath(import.meta.url);
    const spoken = execFileSync(
      process.execPath,
      ['--import', 'tsx', script, '--measure', models, file],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const measured = JSON.parse(spoken) as Omit<SpeedFigures, 'twoConvertCallsMs'>;
    return { ...measured, twoConvertCallsMs: convertTwice(file, folder) };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
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

/** In the child: measures one file again and again, prints one line of JSON. */
async function measureHere(models: string, file: string): Promise<void> {
  const opened = await openModels(models);
  if (!opened.ok) throw new Error(`${opened.refusal.code}: ${opened.refusal.file}`);
  const bytes = fs.readFileSync(file);
  const wall: number[] = [];
  const cpu: number[] = [];
  let size = { width: 0, height: 0 };
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const [begun, used] = [performance.now(), process.cpuUsage()];
    const measured = await measurePortrait(opened.models, bytes);
    const { user, system } = process.cpuUsage(used);
    size = { width: measured.file.width, height: measured.file.height };
    if (round < WARM_UP) continue;
    wall.push(performance.now() - begun);
    cpu.push((user + system) / 1000);
  }
  const peakMemoryMb = process.resourceUsage().maxRSS / 1024;
  const figures = {
    ...size,
    msMedian: quantile(wall, 0.5),
    msBest: quantile(wall, 0),
    cpuMsMedian: quantile(cpu, 0.5),
    peakMemoryMb,
  };
  process.stdout.write(JSON.stringify(figures));
}

const [flag, models, file] = process.argv.slice(2);
if (flag === '--measure' && models !== undefined && file !== undefined)
  await measureHere(models, file);
