// Reads a folder of portraits: NAME_03.jpg neutral, NAME_08.jpg smiling, NAME_03.tem with the pupils on lines 2 and 3.
import fs from 'node:fs';
import path from 'node:path';

export interface Sitter {
  readonly name: string;
  readonly neutral: Uint8Array;
  readonly smiling: Uint8Array | null;
  /** px of the neutral picture: the one further left first. */
  readonly pupils: readonly [readonly [number, number], readonly [number, number]] | null;
}

export function readFolder(folder: string): Sitter[] {
  const names = fs
    .readdirSync(folder)
    .flatMap((file) => /^(.+)_03\.jpe?g$/i.exec(file)?.[1] ?? [])
    .sort();
  return names.map((name) => {
    const read = (end: string): Buffer | null => {
      const file = [`.jpg`, '.jpeg', '.JPG'].map((ext) =>
        path.join(folder, `${name}_${end}${ext}`),
      );
      const there = file.find((one) => fs.existsSync(one));
      return there === undefined ? null : fs.readFileSync(there);
    };
    return { name, neutral: read('03')!, smiling: read('08'), pupils: pupilsOf(folder, name) };
  });
}

function pupilsOf(folder: string, name: string): Sitter['pupils'] {
  const file = path.join(folder, `${name}_03.tem`);
  if (!fs.existsSync(file)) return null;
  const [one, other] = fs
    .readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .slice(1, 3)
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  if (one === undefined || other === undefined || [...one, ...other].some(Number.isNaN))
    return null;
  return one[0] < other[0] ? [one, other] : [other, one];
}
