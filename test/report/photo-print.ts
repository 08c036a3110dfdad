// Prints the table of accuracy, and holds it against what the measures are meant to reach.
import type { Figures } from './photo.ts';

export interface Aim {
  readonly aim: string;
  readonly value: number;
  readonly reached: boolean;
}

export function aimsOf(figures: Figures): Aim[] {
  const { faces, pupils, pairs, pairsSmallReference, roll, yaw, crop, speed } = figures;
  const auc = (key: string): number => figures.damage.find((one) => one.key === key)?.auc ?? NaN;
  const least = (aim: string, value: number, border: number): Aim => ({
    aim: `${aim} ≥ ${border}`,
    value,
    reached: value >= border,
  });
  const most = (aim: string, value: number, border: number): Aim => ({
    aim: `${aim} ≤ ${border}`,
    value,
    reached: value <= border,
  });
  const [asIs, large] = speed;
  return [
    least('faces found, %', (faces.found / faces.pictures) * 100, 100),
    most('extra faces', faces.extra, 0),
    most('pupil error, median, %', pupils.medianPercent, 1.5),
    most('pupil error, p95, %', pupils.p95Percent, 2.5),
    most('equal error, %', pairs.equalErrorPercent, 1),
    most('equal error, reference 240 × 240 q 40, %', pairsSmallReference.equalErrorPercent, 1),
    least('closed eyes, AUC', auc('eyesClosed'), 0.99),
    least('smile, AUC', auc('smile'), 0.92),
    most('roll 2–20°, p95 error, °', roll.p95Degrees, 0.5),
    most('yaw to 15°, p95 error, °', yaw.p95Degrees, 2.5),
    least('blur σ 1, AUC', auc('blur1'), 0.99),
    least('JPEG q 80, AUC', auc('jpeg80'), 0.98),
    least('JPEG q 80 saved again at 97, AUC', auc('jpegHidden80'), 0.98),
    least('light × 0.6, AUC', auc('light06'), 0.9),
    least('side light 0.4, AUC', auc('sideLight04'), 0.93),
    least('mask, AUC', auc('mask'), 0.95),
    least('grey found, %', figures.greyFoundPercent, 100),
    least('cut: within 32–36 mm, %', (crop.withinNorm / crop.pictures) * 100, 100),
    least('cut: px between the eyes', crop.betweenEyesPxMin, 90),
    most('cut: ms', crop.msMedian, 60),
    most(`portrait ${asIs!.width} × ${asIs!.height}: ms`, asIs!.msMedian, 120),
    most(`portrait ${large!.width} × ${large!.height}: ms`, large!.msMedian, 250),
    most('memory, MB', Math.max(asIs!.peakMemoryMb, large!.peakMemoryMb), 350),
  ];
}

const number = (value: number, digits = 2): string =>
  Number.isFinite(value) ? value.toFixed(digits) : '–';

export function print(figures: Figures): void {
  const say = (line = ''): void => console.log(line);
  const row = (name: string, ...cells: string[]): void =>
    say(`  ${name.padEnd(42)}${cells.map((cell) => cell.padStart(11)).join('')}`);
  const { faces, pupils, crop } = figures;
  say(`Portrait measures on ${figures.sitters} people, engine ${figures.engine}`);
  say();
  row('faces found of pictures, extra', `${faces.found}/${faces.pictures}`, String(faces.extra));
  row(
    'pupil error % : median, p95, max',
    ...[pupils.medianPercent, pupils.p95Percent, pupils.maxPercent].map((one) => number(one)),
  );
  say();
  row('pairs', 'equal err %', 'agree', 'look', 'disagree');
  for (const [name, pairs] of [
    ['as they are', figures.pairs],
    ['reference 240 × 240 q 40', figures.pairsSmallReference],
  ] as const) {
    const { zonesSame: same, zonesOthers: others } = pairs;
    row(`${name}: ${pairs.same} same`, number(pairs.equalErrorPercent), ...zones(same));
    row(`${name}: ${pairs.others} others`, '', ...zones(others));
  }
  say();
  row('made damage', 'AUC', 'median', 'damaged');
  for (const { key, measure, auc, medianGood, medianDamaged } of figures.damage)
    row(`${key} (${measure})`, number(auc, 3), number(medianGood), number(medianDamaged));
  say();
  row('turned heads: error in degrees', 'median', 'p95', 'max', 'worst mean');
  for (const [name, turn] of [
    ['roll 2–20°', figures.roll],
    ['yaw 5–15°', figures.yaw],
  ] as const)
    row(
      `${name}: ${turn.turns} turns`,
      ...[turn.medianDegrees, turn.p95Degrees, turn.maxDegrees, turn.worstLevelMeanDegrees].map(
        (one) => number(one),
      ),
    );
  say();
  row('cut to the card', 'mm least', 'mm most', 'eyes px', 'ms', 'ms p95');
  row(
    `${crop.withinNorm} of ${crop.pictures} within 32–36 mm`,
    ...[crop.headMmMin, crop.headMmMax].map((one) => number(one)),
    ...[crop.betweenEyesPxMin, crop.msMedian, crop.msP95].map((one) => number(one, 0)),
  );
  say();
  row('time and memory, one thread', 'ms', 'best ms', 'cpu ms', 'peak MB', '2 × convert');
  for (const one of figures.speed)
    row(
      `${one.width} × ${one.height}`,
      ...[one.msMedian, one.msBest, one.cpuMsMedian, one.peakMemoryMb].map((v) => number(v, 0)),
      one.twoConvertCallsMs === null ? 'no convert' : `${number(one.twoConvertCallsMs, 0)} ms`,
    );
  say();
  for (const { aim, value, reached } of aimsOf(figures))
    row(`${reached ? '✓' : '✗'} ${aim}`, number(value, value < 1.5 ? 3 : 1));
}

const zones = (of: {
  readonly agrees: number;
  readonly look: number;
  readonly disagrees: number;
}) => [of.agrees, of.look, of.disagrees].map(String);
