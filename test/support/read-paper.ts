// Reads a printed paper back: its words by poppler's text reader, its code by a QR decoder from the rendered page.
import { execFileSync, type ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import jsQR from 'jsqr';

/** Poppler grumbles about outlines of variable fonts, which it draws well. */
const QUIETLY: ExecFileSyncOptionsWithStringEncoding = {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
};

/** Words of the PDF with single spaces. @throws when the file is no PDF. */
export const pdfText = (file: string): string =>
  execFileSync('pdftotext', ['-layout', file, '-'], QUIETLY).replace(/\s+/g, ' ');

/** Width and height of the first page in millimetres, and how many pages there are. */
export function pdfPages(file: string): { width: number; height: number; pages: number } {
  const info = execFileSync('pdfinfo', [file], QUIETLY);
  const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(info) ?? [];
  const mm = (points = '0'): number => Math.round((Number(points) / 72) * 25.4);
  const pages = Number(/Pages:\s+(\d+)/.exec(info)?.[1] ?? 0);
  return { width: mm(width), height: mm(height), pages };
}

/** Pictures embedded in the PDF; papers carry none. */
export const pdfPictures = (file: string): number =>
  execFileSync('pdfimages', ['-list', file], QUIETLY).trim().split('\n').length - 2;

/** What the QR code on the first page says; null when no code is found. 203 dpi is a receipt printer's. */
export function pdfCode(file: string, dpi = 203): string | null {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-paper-'));
  try {
    const base = path.join(dir, 'page');
    execFileSync(
      'pdftoppm',
      ['-gray', '-r', String(dpi), '-f', '1', '-singlefile', file, base],
      QUIETLY,
    );
    const { width, height, grey } = readPgm(fs.readFileSync(`${base}.pgm`));
    const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
    grey.forEach((value, i) => rgba.fill(value, i * 4, i * 4 + 3));
    return jsQR(rgba, width, height)?.data ?? null;
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

function readPgm(bytes: Buffer): { width: number; height: number; grey: Buffer } {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 64).toString('latin1'));
  if (head === null) throw new Error('not a PGM');
  const [all, width, height] = head;
  return { width: Number(width), height: Number(height), grey: bytes.subarray(all.length) };
}
