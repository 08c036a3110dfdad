// Finds and reads the administrator's file; a file that others may write is nobody's policy.
import fs from 'node:fs';
import path from 'node:path';
import { jsonWithLines } from '../../../shared/kernel/json-lines.ts';

export interface FileValues {
  readonly ok: true;
  readonly values: Readonly<Record<string, unknown>>;
  lineOf(path: readonly PropertyKey[]): number;
}
export interface FileFault {
  readonly ok: false;
  readonly code: 'unreadable' | 'not-json' | 'twice' | 'not-owned';
  readonly line: number | null;
}

/** Names of the file in the order they are looked for; the second is the one of the first release. */
const NAMES = ['policy.json', 'station.json'] as const;

/** Where administrators write, by the platform's habit; `exists` is asked so that tests need no root. */
export function policyFileIn(
  folder: string,
  exists: (file: string) => boolean = fs.existsSync,
): string {
  const files = NAMES.map((name) => path.join(folder, name));
  return files.find(exists) ?? files[0]!;
}

export const policyFolder = (): string =>
  process.platform === 'win32'
    ? path.join(process.env['ProgramData'] ?? 'C:\\ProgramData', 'Kualik')
    : '/etc/kualik';

type Stat = Pick<fs.Stats, 'uid' | 'mode'>;

/** Root's, and written by root alone: both the file and its folder, else another file could be put there. */
export const isRoots = (...stats: readonly Stat[]): boolean =>
  stats.every(({ uid, mode }) => uid === 0 && (mode & 0o022) === 0);

/**
 * The file's values with their lines; null when it is not there. `guarded`: it must be root's (a shipped
 * program on Linux; on Windows the set-up closes the folder).
 */
export function readPolicyFile(file: string, guarded: boolean): FileValues | FileFault | null {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
    if (guarded && !isRoots(fs.statSync(file), fs.statSync(path.dirname(file))))
      return { ok: false, code: 'not-owned', line: null };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    return { ok: false, code: 'unreadable', line: null };
  }
  const read = jsonWithLines(text);
  if (!read.ok)
    return { ok: false, code: read.why === 'twice' ? 'twice' : 'not-json', line: read.line };
  const { value, lineOf } = read;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { ok: false, code: 'not-json', line: 1 };
  return { ok: true, values: value as Readonly<Record<string, unknown>>, lineOf };
}
