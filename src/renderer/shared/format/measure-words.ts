// How a measure of the pictures is written: value with its unit, limits as words, the same on row and statement.
import type { MeasureCode, Range } from '../../../shared/central/measures.ts';
import { fill } from '../i18n/text-types.ts';
import { texts } from '../i18n/language.ts';

type Unit = 'mm' | 'px' | 'degree' | 'percent' | 'bit' | 'plain' | 'yesNo';
/** Unit and digits after the comma; a percent is written of a share 0…1. */
type Way = readonly [unit: Unit, digits: number];

const WAYS: Readonly<Record<MeasureCode, Way>> = {
  'photo-measured': ['yesNo', 0],
  faces: ['plain', 0],
  'inter-eye-distance': ['px', 0],
  'head-height': ['mm', 1],
  'head-roll': ['degree', 1],
  'head-yaw': ['degree', 1],
  'head-pitch': ['degree', 1],
  'eyes-open': ['plain', 2],
  'mouth-closed': ['plain', 3],
  smile: ['percent', 0],
  sharpness: ['px', 1],
  compression: ['plain', 0],
  'under-exposure': ['percent', 0],
  'over-exposure': ['percent', 1],
  'dynamic-range': ['bit', 1],
  'light-evenness': ['percent', 0],
  'background-evenness': ['plain', 3],
  'background-light': ['percent', 0],
  'background-colour': ['plain', 0],
  colour: ['plain', 1],
  'colour-cast': ['plain', 0],
  'face-covered': ['percent', 0],
  'picture-ratio': ['plain', 3],
  'same-person': ['plain', 2],
  'same-as-earlier': ['plain', 2],
  'signature-measured': ['yesNo', 0],
  'ink-share': ['percent', 2],
  'ink-separation': ['plain', 2],
  'ink-width': ['px', 0],
  'ink-height': ['px', 0],
  'ink-at-border': ['px', 0],
  'ruled-lines': ['plain', 0],
  'signature-groups': ['plain', 0],
  'ink-contrast': ['percent', 0],
  'ink-edge': ['plain', 2],
  'paper-light': ['plain', 0],
  'paper-evenness': ['plain', 0],
  moire: ['plain', 0],
  'ink-redness': ['yesNo', 0],
  'print-likeness': ['yesNo', 0],
};

/** True for the codes of measures; registers and rules have words of their own. */
export const isMeasure = (code: string): code is MeasureCode => Object.hasOwn(WAYS, code);

/** «−1,2», «0,24», «93»; trailing zeros of a limit are dropped with `brief`. */
function numberText(value: number, [unit, digits]: Way, brief: boolean): string {
  const shown = (unit === 'percent' ? value * 100 : value).toFixed(digits);
  const short = brief && shown.includes('.') ? shown.replace(/\.?0+$/, '') : shown;
  return (Number(short) === 0 ? short.replace('-', '') : short.replace('-', '−')).replace('.', ',');
}

function withUnit(text: string, unit: Unit): string {
  const t = texts().measures.unit;
  if (unit === 'plain' || unit === 'yesNo') return text;
  return unit === 'degree' ? `${text}${t.degree}` : `${text}\u00a0${t[unit]}`;
}

/** «31,2 мм», «9,4°», «24 %», «да»; a missing value is said in words. */
export function formatMeasure(code: MeasureCode, value: number | null): string {
  const t = texts().measures;
  const [unit, digits] = WAYS[code];
  if (value === null) return t.notTaken;
  if (unit === 'yesNo') return value >= 1 ? t.yes : t.no;
  // A value that only looks like its limit would puzzle: a small share never reads as zero.
  const least = 10 ** -digits / (unit === 'percent' ? 100 : 1);
  if (value > 0 && value < least / 2)
    return `< ${withUnit(numberText(least, WAYS[code], false), unit)}`;
  return withUnit(numberText(value, WAYS[code], false), unit);
}

/** «32–36 мм», «±8°», «≥ 90 пикс.», «≤ 0,08», «1»; null = no border on either side. */
export function formatRange(code: MeasureCode, { min, max }: Range): string | null {
  const t = texts().measures;
  const way = WAYS[code];
  const [unit] = way;
  const text = (value: number): string => numberText(value, way, true);
  if (min === null && max === null) return null;
  if (unit === 'yesNo') return (max ?? 1) < 1 ? t.no : t.yes;
  if (min === null) return withUnit(max === 0 ? '0' : `≤ ${text(max ?? 0)}`, unit);
  if (max === null) return withUnit(`≥ ${text(min)}`, unit);
  if (min === max) return withUnit(text(min), unit);
  if (min === -max) return withUnit(`±${text(max)}`, unit);
  return withUnit(`${text(min)}–${text(max)}`, unit);
}

/** «36,9 мм · норма 32–36 мм»: how a row says itself in one line. */
export function measureLine(code: MeasureCode, value: number | null, agrees: Range): string {
  const limit = formatRange(code, agrees);
  const words = formatMeasure(code, value);
  return limit === null ? words : `${words} · ${fill(texts().measures.norm, { limit })}`;
}

/** Name of a measure or of a question to the eye in the language of the screen; null = neither. */
export function measureName(code: string): string | null {
  const t = texts().measures;
  if (isMeasure(code)) return t.name[code];
  const questions: Readonly<Record<string, string>> = t.questionName;
  return questions[code] ?? null;
}
