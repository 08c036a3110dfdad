// The process whose time and memory report:photo prints: measures one file again and again, writes one line of JSON.
import fs from 'node:fs';
import { measurePortrait } from '../../src/main/adapters/imaging/portrait/measure-portrait.ts';
import { openModels } from '../../src/main/adapters/imaging/portrait/models.ts';
import { quantile } from './photo-statistics.ts';

const ROUNDS = 12;
const WARM_UP = 4;

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

const [models, file] = process.argv.slice(2);
if (models !== undefined && file !== undefined) await measureHere(models, file);
