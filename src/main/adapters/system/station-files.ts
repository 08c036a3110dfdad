// Plain files of the station: settings and refused log-ins. No personal data is ever written here.
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { JournalEntry } from '../../ports/journal.ts';
import { TRUST_PURPOSES } from '../../../shared/central/trust-list.ts';
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

const trustListFile = z.strictObject({
  list: z.base64(),
  signature: z.base64(),
  etag: z.string().nullable(),
  version: z.int(),
  sha256: z.string(),
});
const answersFile = z.array(
  z.strictObject({
    certSha256: z.string(),
    purpose: z.enum(TRUST_PURPOSES),
    kind: z.enum(['ocsp', 'crl']),
    der: z.base64(),
    delta: z.base64().nullable(),
    at: z.iso.datetime(),
  }),
);

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'));

const SQLITE_PAGE = 4096;
const PLAIN_HEAD = 'SQLite format 3';

/** What can be said of a cache without its key: the head is no plain one, and its pages are whole. */
function cacheFault(file: string): 'plain' | 'torn' | null {
  const { size } = fs.statSync(file);
  // A young cache lives in its log until the first checkpoint.
  if (size === 0 && !fs.existsSync(`${file}-wal`)) return 'torn';
  if (size % SQLITE_PAGE !== 0) return 'torn';
  const head = Buffer.alloc(PLAIN_HEAD.length);
  const open = fs.openSync(file, 'r');
  try {
    fs.readSync(open, head, 0, head.length, 0);
  } finally {
    fs.closeSync(open);
  }
  return head.toString('latin1') === PLAIN_HEAD ? 'plain' : null;
}

export function stationFiles(userDir: string): StationFiles {
  const settings = path.join(userDir, 'settings.json');
  const waiting = path.join(userDir, 'before-log-in.jsonl');
  const trustList = path.join(userDir, 'trust-list.json');
  const answers = path.join(userDir, 'revocation.json');
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
    readTrustList() {
      const read = trustListFile.safeParse(parsed(readText(trustList)));
      if (!read.success) return null;
      const { list, signature, ...rest } = read.data;
      return { ...rest, list: bytes(list), signature: bytes(signature) };
    },
    writeTrustList: ({ list, signature, ...rest }) =>
      writeWhole(
        trustList,
        JSON.stringify({ ...rest, list: base64(list), signature: base64(signature) }),
      ),
    readAnswers() {
      const read = answersFile.safeParse(parsed(readText(answers)));
      return read.success ? read.data : [];
    },
    writeAnswers: (kept) => writeWhole(answers, JSON.stringify(kept)),
    freeBytes() {
      fs.mkdirSync(userDir, { recursive: true, mode: 0o700 });
      const { bavail, bsize } = fs.statfsSync(userDir);
      return bavail * bsize;
    },
    caches() {
      const folder = path.join(userDir, 'cache');
      if (!fs.existsSync(folder)) return [];
      return fs
        .readdirSync(folder)
        .filter((name) => !/-(wal|shm|journal)$/.test(name))
        .map((name) => ({ file: name, fault: cacheFault(path.join(folder, name)) }));
    },
  };
}
