// Reads the technical log back for the diagnostics: only lines that this program writes, whatever stands in the file.
import fs from 'node:fs';
import path from 'node:path';
import { readTechnicalLine, TECHNICAL_LOG_FILES } from '../../../shared/contract/technical-log.ts';
import type { TechnicalLog } from '../../ports/technical-log.ts';

/** More of a file is not ours: its end is read. */
const MOST_BYTES = 2 * 1024 * 1024;

export function technicalLogFile(folder: string): TechnicalLog {
  return {
    read() {
      const lines = TECHNICAL_LOG_FILES.flatMap((name) => endOf(path.join(folder, name)));
      const known = lines.filter((line) => readTechnicalLine(line) !== null);
      return { lines: known, leftOut: lines.length - known.length };
    },
  };
}

/** Lines of a file's end; none when it is not there or cannot be read. */
function endOf(file: string): string[] {
  try {
    const open = fs.openSync(file, 'r');
    try {
      const { size } = fs.fstatSync(open);
      const bytes = Buffer.alloc(Math.min(size, MOST_BYTES));
      const read = fs.readSync(open, bytes, 0, bytes.length, Math.max(0, size - MOST_BYTES));
      return bytes.subarray(0, read).toString('utf8').split('\n').filter(Boolean);
    } finally {
      fs.closeSync(open);
    }
  } catch {
    return [];
  }
}
