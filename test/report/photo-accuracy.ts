// The table of accuracy: what the measures say about portraits and about the damage made to them.
import { cutCard } from '../../src/main/adapters/imaging/portrait/card.ts';
import {
  faceVector,
  vectorDistance,
} from '../../src/main/adapters/imaging/portrait/face-vector.ts';
import { measurePortrait } from '../../src/main/adapters/imaging/portrait/measure-portrait.ts';
import type { FaceModels } from '../../src/main/adapters/imaging/portrait/models.ts';
import type { MeasuredPortrait } from '../../src/shared/contract/measured.ts';
import { fitCard } from '../../src/shared/kernel/card-frame.ts';
import sharp from 'sharp';
import { valueOf, type Damaged, type Measure } from './photo-damaged.ts';
import type { Sitter } from './photo-folder.ts';
import { auc, equalError, quantile } from './photo-statistics.ts';

/** Zones of the distance: up to the first agrees, from the second does not. */
export const ZONES = [0.4, 0.6] as const;

export interface Faces {
  readonly neutral: readonly MeasuredPortrait[];
  readonly smiling: readonly MeasuredPortrait[];
}

export async function measureAll(models: FaceModels, sitters: readonly Sitter[]): Promise<Faces> {
  const neutral: MeasuredPortrait[] = [];
  const smiling: MeasuredPortrait[] = [];
  for (const sitter of sitters) {
    neutral.push(await measurePortrait(models, sitter.neutral));
    if (sitter.smiling !== null) smiling.push(await measurePortrait(models, sitter.smiling));
  }
  return { neutral, smiling };
}

export function faceFigures({ neutral, smiling }: Faces) {
  const counts = [...neutral, ...smiling].map((one) => valueOf(one, 'faces'));
  return {
    pictures: counts.length,
    found: counts.filter((count) => count > 0).length,
    extra: counts.filter((count) => count > 1).length,
  };
}

/** Mean distance of both pupils from the given ones, % of the distance between these. */
export function pupilFigures({ neutral }: Faces, sitters: readonly Sitter[]) {
  const errors = sitters.flatMap(({ pupils }, i) => {
    const { geometry, file } = neutral[i]!;
    if (pupils === null || geometry === null) return [];
    const [one, other] = pupils;
    const off = (
      { x, y }: { readonly x: number; readonly y: number },
      at: readonly [number, number],
    ): number => Math.hypot(x * file.width - at[0], y * file.height - at[1]);
    const apart = Math.hypot(other[0] - one[0], other[1] - one[1]);
    return [((off(geometry.rightPupil, one) + off(geometry.leftPupil, other)) / 2 / apart) * 100];
  });
  return {
    pictures: errors.length,
    medianPercent: quantile(errors, 0.5),
    p95Percent: quantile(errors, 0.95),
    maxPercent: quantile(errors, 1),
  };
}

/** Every neutral picture (or a poor copy of it) against every smiling one. */
export async function pairFigures(
  models: FaceModels,
  sitters: readonly Sitter[],
  reference: 'as-is' | 'small',
) {
  const both = sitters.filter(({ smiling }) => smiling !== null);
  const vectors = async (pictures: readonly Uint8Array[]) => {
    const made = [];
    for (const bytes of pictures) made.push((await faceVector(models, bytes)).vector);
    return made;
  };
  const poor = async (bytes: Uint8Array): Promise<Uint8Array> =>
    reference === 'as-is'
      ? bytes
      : sharp(bytes).resize(240, 240, { fit: 'inside' }).jpeg({ quality: 40 }).toBuffer();
  const rows = await vectors(await Promise.all(both.map(({ neutral }) => poor(neutral))));
  const columns = await vectors(both.map(({ smiling }) => smiling!));
  const same: number[] = [];
  const others: number[] = [];
  let refused = 0;
  for (const [i, row] of rows.entries())
    for (const [j, column] of columns.entries()) {
      if (row === null || column === null) refused++;
      else (i === j ? same : others).push(vectorDistance(row, column));
    }
  const zones = (list: readonly number[]) => ({
    agrees: list.filter((one) => one <= ZONES[0]).length,
    look: list.filter((one) => one > ZONES[0] && one <= ZONES[1]).length,
    disagrees: list.filter((one) => one > ZONES[1]).length,
  });
  return {
    same: same.length,
    others: others.length,
    refused,
    equalErrorPercent: same.length === 0 ? NaN : equalError(same, others) * 100,
    zonesSame: zones(same),
    zonesOthers: zones(others),
  };
}

interface Graded {
  readonly key: string;
  readonly damage: readonly string[];
  readonly measure: Measure;
  /** The damage lowers the value. */
  readonly lowers?: boolean;
  readonly against?: string;
}

const at = (key: string, damage: string | readonly string[], measure: Measure): Graded => ({
  key,
  damage: [damage].flat(),
  measure,
});

const GRADED: readonly Graded[] = [
  { ...at('eyesClosed', 'eyes closed', 'eyes-open'), lowers: true },
  { ...at('oneEyeClosed', 'one eye closed', 'eyes-open'), lowers: true },
  { ...at('eyesHalfClosed', 'eyes half closed', 'eyes-open'), lowers: true },
  at('blur05', 'blur 0.5', 'sharpness'),
  at('blur1', 'blur 1', 'sharpness'),
  at('blur2', 'blur 2', 'sharpness'),
  ...[80, 60, 40, 20].flatMap((quality) => [
    { ...at(`jpeg${quality}`, `jpeg ${quality}`, 'compression'), lowers: true, against: 'jpeg 95' },
    {
      ...at(`jpegHidden${quality}`, `jpeg hidden ${quality}`, 'compression'),
      lowers: true,
      against: 'jpeg hidden 95',
    },
  ]),
  at('light08', 'light 0.8', 'under-exposure'),
  at('light06', 'light 0.6', 'under-exposure'),
  at('light04', 'light 0.4', 'under-exposure'),
  at('light15', 'light 1.5', 'over-exposure'),
  at('light18', 'light 1.8', 'over-exposure'),
  ...['0.2', '0.4', '0.6'].flatMap((share) => {
    const key = share.replace('.', '');
    return [
      { ...at(`sideLight${key}`, `side light ${share}`, 'light-evenness'), lowers: true },
      {
        ...at(`sideLight${key}FromRight`, `side light ${share} right`, 'light-evenness'),
        lowers: true,
      },
    ];
  }),
  at('blueCast20', 'blue cast 20', 'colour-cast'),
  at('blueCast35', 'blue cast 35', 'colour-cast'),
  at('greenCast20', 'green cast 20', 'colour-cast'),
  at('mask', ['mask light', 'mask blue', 'mask black'], 'face-covered'),
  at('darkGlasses', 'dark glasses', 'face-covered'),
  at('backgroundPattern', 'background pattern', 'background-evenness'),
  at('backgroundSlope', 'background slope', 'background-evenness'),
  { ...at('grey', 'grey', 'colour'), lowers: true },
];

/** AUC of each made damage by the measure that speaks of it, and the medians before and after. */
export function damageFigures(damaged: Damaged, faces: Faces) {
  const values = (name: string, measure: Measure): number[] =>
    (damaged.get(name) ?? []).map((one) => valueOf(one, measure));
  const graded = GRADED.map(({ key, damage, measure, lowers = false, against = 'good' }) => {
    const bad = damage.flatMap((name) => values(name, measure));
    const good = values(against, measure);
    return figure(key, measure, lowers ? auc(good, bad) : auc(bad, good), good, bad);
  });
  const smiling = faces.smiling.map((one) => valueOf(one, 'smile'));
  const neutral = faces.neutral.map((one) => valueOf(one, 'smile'));
  return [...graded, figure('smile', 'smile', auc(smiling, neutral), neutral, smiling)];
}

const figure = (
  key: string,
  measure: Measure,
  area: number,
  good: readonly number[],
  bad: readonly number[],
) => ({
  key,
  measure,
  auc: area,
  medianGood: quantile(good, 0.5),
  medianDamaged: quantile(bad, 0.5),
});

/** Error in degrees of the change that a made turn causes. */
export function turnFigures(damaged: Damaged, kind: 'roll' | 'yaw') {
  const measure = kind === 'roll' ? 'head-roll' : 'head-yaw';
  const good = damaged.get('good') ?? [];
  const levels = [...damaged.keys()].filter((name) => name.startsWith(`${kind} `));
  const errorsAt = (name: string): number[] =>
    damaged
      .get(name)!
      .map(
        (one, i) =>
          valueOf(one, measure) - valueOf(good[i]!, measure) - Number(name.slice(kind.length + 1)),
      );
  const all = levels.flatMap(errorsAt).map(Math.abs);
  const biases = levels.map((name) => {
    const errors = errorsAt(name);
    return Math.abs(errors.reduce((sum, one) => sum + one, 0) / errors.length);
  });
  return {
    turns: all.length,
    medianDegrees: quantile(all, 0.5),
    p95Degrees: quantile(all, 0.95),
    maxDegrees: quantile(all, 1),
    /** The mean error of the level with the greatest one. */
    worstLevelMeanDegrees: Math.max(0, ...biases),
  };
}

/** Cuts every neutral picture to the card and measures the cut picture again. */
export async function cropFigures(
  models: FaceModels,
  sitters: readonly Sitter[],
  { neutral }: Faces,
) {
  const heads: number[] = [];
  const apart: number[] = [];
  const ms: number[] = [];
  for (const [i, sitter] of sitters.entries()) {
    const { geometry, file } = neutral[i]!;
    if (geometry === null) continue;
    const { frame } = fitCard(geometry, file, { always: true });
    const begun = performance.now();
    const card = await cutCard(sitter.neutral, frame);
    ms.push(performance.now() - begun);
    const again = await measurePortrait(models, card);
    heads.push(valueOf(again, 'head-height'));
    apart.push(valueOf(again, 'inter-eye-distance'));
  }
  return {
    pictures: heads.length,
    withinNorm: heads.filter((mm) => mm >= 32 && mm <= 36).length,
    headMmMin: quantile(heads, 0),
    headMmMax: quantile(heads, 1),
    betweenEyesPxMin: quantile(apart, 0),
    msMedian: quantile(ms, 0.5),
    msP95: quantile(ms, 0.95),
  };
}
