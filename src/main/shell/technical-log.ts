// Writes the technical log: two files in the station's folder, bounded; a file that cannot be written stops nothing.
import fs from 'node:fs';
import path from 'node:path';
import {
  TECHNICAL_LOG_FILES,
  technicalLine,
  type LogSource,
} from '../../shared/contract/technical-log.ts';

const MOST_BYTES = 1024 * 1024;

/** `event` and `details` may come from another process: the line form closes them. Answers the line. */
export type WriteTechnical = (
  from: LogSource,
  event: string,
  details: Readonly<Record<string, unknown>>,
) => string;

/**
 * Appends to `technical.log` and, past `mostBytes`, makes it `technical.1.log` in place of the one before.
 * Lines that could not be written (disk full, no right) are counted, and the count is written when it works
 * again. Several programs may append at once: the self-test in a terminal, while an officer works.
 */
export function technicalLog(folder: string, mostBytes = MOST_BYTES): WriteTechnical {
  const [older, newer] = TECHNICAL_LOG_FILES.map((name) => path.join(folder, name)) as [
    string,
    string,
  ];
  let lost = 0;
  const append = (text: string): void => {
    const size = fs.statSync(newer, { throwIfNoEntry: false })?.size ?? 0;
    if (size + text.length > mostBytes && size > 0) fs.renameSync(newer, older);
    else if (size === 0) fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    fs.appendFileSync(newer, text, { mode: 0o600 });
  };
  return (from, event, details) => {
    const line = technicalLine(new Date(), from, event, details);
    // A full disk may have cut the last line off: the new one begins on a line of its own.
    const before =
      lost === 0
        ? ''
        : `\n${technicalLine(new Date(), 'shell', 'log-lines-lost', { count: lost })}\n`;
    try {
      append(`${before}${line}\n`);
      lost = 0;
    } catch {
      lost += 1;
    }
    return line;
  };
}
