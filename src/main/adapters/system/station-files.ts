// Plain files of the station: settings and refused log-ins. No personal data is ever written here.
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { JournalEntry } from '../../ports/journal.ts';
import type { Settings, StationFiles } from '../../ports/station.ts';

const settingsFile = z.object({
  language: z.enum(['ru', 'kk']).catch('ru'),
  theme: z.enum(['light', 'dark', 'contrast']).catch('light'),
  density: z.enum(['comfortable', 'compact']).catch('comfortable'),
  zoomPercent: z.int().min(80).max(200).catch(100),
});

/** Writes the whole file or nothing: a cut-off write leaves the old one. */
export function writeWhole(file: string, text: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const next = `${file}.${process.pid}.new`;
  fs.writeFileSync(next, text, { mode: 0o600 });
  fs.renameSync(next, file);
}

export const readText = (file: string): string | null => {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};

const parsed = (text: string | null): unknown => {
  try {
    return text === null ? {} : JSON.parse(text);
  } catch {
    return {}; // a broken settings file costs the settings, not the start
  }
};

export function stationFiles(userDir: string): StationFiles {
  const settings = path.join(userDir, 'settings.json');
  const waiting = path.join(userDir, 'before-log-in.jsonl');
  return {
    readSettings(): Settings {
      const value = parsed(readText(settings));
      return settingsFile.parse(typeof value === 'object' && value !== null ? value : {});
    },
    writeSettings: (next) => writeWhole(settings, JSON.stringify(next, null, 2)),
    keepForJournal(entry) {
      fs.mkdirSync(userDir, { recursive: true, mode: 0o700 });
      fs.appendFileSync(waiting, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
    },
    readForJournal() {
      const text = readText(waiting);
      if (text === null) return [];
      return text
        .split('\n')
        .filter(Boolean)
        .flatMap((line) => {
          try {
            return [JSON.parse(line) as JournalEntry];
          } catch {
            return []; // a line cut off by a crash
          }
        });
    },
    clearForJournal: () => fs.rmSync(waiting, { force: true }),
  };
}
