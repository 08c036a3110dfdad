// `npm run report:photo -- DIR [--json FILE]`: how far the portrait measures can be trusted on a folder of portraits.
//
// DIR holds NAME_03.jpg (neutral), NAME_08.jpg (smiling) and NAME_03.tem (pupils on lines 2 and 3).
// --json FILE writes: engine; sitters; faces {pictures, found, extra}; pupils {pictures, medianPercent,
// p95Percent, maxPercent} (% of the inter-eye distance); pairs and pairsSmallReference (240 × 240, q 40)
// {same, others, refused, equalErrorPercent, zonesSame, zonesOthers {agrees, look, disagrees}};
// damage [{key, measure, auc, medianGood, medianDamaged}], key one of eyesClosed, oneEyeClosed,
// eyesHalfClosed, blur05, blur1, blur2, jpeg80 … jpeg20, jpegHidden80 … (saved again at 97), light08, light06,
// light04, light15, light18, sideLight02 … 06 (and …FromRight), blueCast20, blueCast35, greenCast20, mask,
// darkGlasses, backgroundPattern, backgroundSlope, grey, smile; greyFoundPercent; roll and yaw {turns,
// medianDegrees, p95Degrees, maxDegrees, worstLevelMeanDegrees}; crop {pictures, withinNorm, headMmMin,
// headMmMax, betweenEyesPxMin, msMedian, msP95}; speed [{width, height, msMedian, msBest, cpuMsMedian,
// peakMemoryMb, twoConvertCallsMs}] as it is and at 12 MP; aims [{aim, value, reached}].
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openModels } from '../../src/main/adapters/imaging/portrait/models.ts';
import * as accuracy from './photo-accuracy.ts';
import { measureDamaged, valueOf } from './photo-damaged.ts';
import { readFolder } from './photo-folder.ts';
import { aimsOf, print } from './photo-print.ts';
import { speedOf } from './photo-speed.ts';

const { values, positionals } = parseArgs({
  options: { json: { type: 'string' } },
  allowPositionals: true,
});
const [folder] = positionals;
if (folder === undefined) throw new Error('npm run report:photo -- DIR [--json FILE]');

/** A picture under this mean chroma is called grey; as the shipped limit "does not agree". */
const GREY = 1;
const modelFolder = fileURLToPath(new URL('../../resources/models', import.meta.url));
const opened = await openModels(modelFolder);
if (!opened.ok)
  throw new Error(`${opened.refusal.file} is ${opened.refusal.code}: npm run setup makes the nets`);
const { models } = opened;
const sitters = readFolder(folder);
if (sitters.length === 0) throw new Error(`no NAME_03.jpg in ${path.resolve(folder)}`);

const note = (line: string): void => void process.stderr.write(`${line}\n`);
note(`${sitters.length} people; measuring …`);
const speed = [];
for (const longSide of [null, 4000])
  speed.push(await speedOf(modelFolder, sitters[0]!.neutral, longSide));
const faces = await accuracy.measureAll(models, sitters);
note('comparing …');
const pairs = await accuracy.pairFigures(models, sitters, 'as-is');
const pairsSmallReference = await accuracy.pairFigures(models, sitters, 'small');
note('cutting …');
const crop = await accuracy.cropFigures(models, sitters, faces);
const damaged = await measureDamaged(
  models,
  sitters.map(({ neutral }) => neutral),
  (done) => note(`damaged and measured again: ${done} of ${sitters.length}`),
);
const grey = damaged.get('grey') ?? [];
const figures = {
  engine: models.engine,
  sitters: sitters.length,
  faces: accuracy.faceFigures(faces),
  pupils: accuracy.pupilFigures(faces, sitters),
  pairs,
  pairsSmallReference,
  damage: accuracy.damageFigures(damaged, faces),
  greyFoundPercent:
    (grey.filter((one) => valueOf(one, 'colour') < GREY).length / Math.max(1, grey.length)) * 100,
  roll: accuracy.turnFigures(damaged, 'roll'),
  yaw: accuracy.turnFigures(damaged, 'yaw'),
  crop,
  speed,
};
export type Figures = typeof figures;
print(figures);
if (values.json !== undefined)
  fs.writeFileSync(
    values.json,
    `${JSON.stringify({ ...figures, aims: aimsOf(figures) }, null, 2)}\n`,
  );
