// `npm run report:signature -- DIR [--json FILE]`: good signature samples are not flagged, made defects are caught; with time and memory.
//
// DIR: JPEG and PNG pictures of good signature samples. To them come GENERATED samples of the stand's own
// hand. Each is measured as it is and photographed (warm lamp, falling light, grain, JPEG 85), then with each
// made defect (signature-defects.ts). Flag = a measure that leaves "agrees"; caught = the defect's own
// measure is flagged. Limits are the node's training limits.
//
// --json FILE writes: { limits: version, engine, pictures: { folder, generated },
//   good: [{ set: 'folder' | 'folder-photographed' | 'generated' | 'generated-photographed', pictures,
//            flagged, disagreed, flags: { [measure]: count }, names: [picture: measures …] }],
//   defects: [{ defect, pictures, caught, share, disagreed, folder: { pictures, caught } }],
//   time: { millisecondsMedian, millisecondsP95, widest: { width, height, milliseconds } },
//   memory: { residentMegabytes }, convert: { milliseconds } | null }
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { TRAINING_LIMITS } from '../../stand/central/picture-limits.ts';
import { SIGNATURE_ENGINE } from '../../src/main/adapters/imaging/signature/measure-signature.ts';
import { timeOfConvert } from './convert.ts';
import { printReport } from './signature-print.ts';
import { goodSamples } from './signature-samples.ts';
import { judge, type Judged } from './signature-judge.ts';
import { damaged, DEFECTS } from './signature-defects.ts';
import { photographed } from './raster-tools.ts';

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: { json: { type: 'string' }, generated: { type: 'string', default: '40' } },
});
const folder = positionals[0];
if (folder === undefined) {
  console.error('npm run report:signature -- DIR [--json FILE] [--generated N]');
  process.exit(2);
}

const samples = await goodSamples(folder, Number(values.generated));
const times: { width: number; height: number; milliseconds: number }[] = [];
let resident = 0;
let making = false; // making defects needs memory of its own, which is not the engine's
// The first pictures load sharp and warm the loops up; the station's process lives for the whole day.
for (let i = 0; i < 5; i++)
  for (const sample of samples.slice(0, 5)) await judge(sample.raster, TRAINING_LIMITS.measures);
const measured = async (picture: Parameters<typeof judge>[0], jpeg = false): Promise<Judged> => {
  const judged = await judge(picture, TRAINING_LIMITS.measures, jpeg);
  if (!making) resident = Math.max(resident, process.memoryUsage().rss);
  return judged;
};

const good = [];
for (const set of ['folder', 'generated'] as const)
  for (const photo of [false, true]) {
    const flags: Record<string, number> = {};
    const names: string[] = [];
    let [flagged, disagreed] = [0, 0];
    const of = samples.filter((sample) => sample.set === set);
    for (const sample of of) {
      const judged = await measured(
        photo ? photographed(sample.raster, sample.name) : sample.raster,
        photo,
      );
      if (!photo) times.push({ ...judged.size, milliseconds: judged.milliseconds });
      for (const measure of judged.flagged) flags[measure] = (flags[measure] ?? 0) + 1;
      if (judged.flagged.length > 0) names.push(`${sample.name}: ${judged.flagged.join(' ')}`);
      if (judged.flagged.length > 0) flagged++;
      if (judged.disagreed.length > 0) disagreed++;
    }
    const name = photo ? (`${set}-photographed` as const) : set;
    good.push({ set: name, pictures: of.length, flagged, disagreed, flags, names });
  }

const defects = [];
making = true;
for (const defect of DEFECTS) {
  let [caught, disagreed, inFolder, caughtInFolder] = [0, 0, 0, 0];
  for (const sample of samples) {
    const judged = await measured(damaged(defect, sample.raster, sample.name));
    const has = (flags: readonly string[]): boolean =>
      defect.caughtBy.some((measure) => flags.includes(measure));
    if (has(judged.flagged)) caught++;
    else if (process.env['REPORT_MISSED'] !== undefined)
      console.log(`  missed ${defect.name} on ${sample.name}: ${JSON.stringify(judged.values)}`);
    if (has(judged.disagreed)) disagreed++;
    if (sample.set !== 'folder') continue;
    inFolder++;
    if (has(judged.flagged)) caughtInFolder++;
  }
  defects.push({
    defect: defect.name,
    pictures: samples.length,
    caught,
    share: caught / samples.length,
    disagreed,
    folder: { pictures: inFolder, caught: caughtInFolder },
  });
}

const sorted = times.map((one) => one.milliseconds).sort((a, b) => a - b);
const widest = times.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a));
const report = {
  limits: TRAINING_LIMITS.version,
  engine: SIGNATURE_ENGINE,
  pictures: {
    folder: samples.filter((sample) => sample.set === 'folder').length,
    generated: samples.filter((sample) => sample.set === 'generated').length,
  },
  good,
  defects,
  time: {
    millisecondsMedian: sorted[sorted.length >> 1] ?? 0,
    millisecondsP95: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
    widest,
  },
  memory: { residentMegabytes: Math.round(resident / 1e6) },
  convert: await timeOfConvert(samples[0]?.raster),
};
export type SignatureReport = typeof report;
printReport(report);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
