// Prints papers: a hidden, sandboxed window of its own without any bridge, one job at a time, gone afterwards.
import { BrowserWindow, session, type Session } from 'electron';
import type { PaperAnswer, PaperJob } from '../../shared/contract/core-messages.ts';
import type { PaperDto, PaperFormat } from '../../shared/contract/papers.ts';
import type { LogTechnical } from '../../shared/contract/technical-log.ts';
import { guardSession } from './guard.ts';
import { PAPER_URL, serveScreens } from './protocols.ts';
import { safePreferences } from './safe-preferences.ts';

const JOB_MS = 30_000;
const INCH_MM = 25.4;
const CSS_DPI = 96;
const ROLL_MM = 80;
/** White below the last line, so that the cutter does not take it. */
const ROLL_TAIL_MM = 6;
/** Of A4, inches. */
const MARGIN = { top: 0.5, bottom: 0.5, left: 0.6, right: 0.6 };
const NO_MARGIN = { top: 0, bottom: 0, left: 0, right: 0 };

const NOTHING: PaperAnswer = { printed: false, bytes: null, printers: [] };

/** What stands on the print page; null between jobs. */
let onThePage: { readonly paper: PaperDto; readonly format: PaperFormat } | null = null;
let own: Session | null = null;

/** A session that only knows our built pages: no network, no disk, no permission, no picture of a case. */
function paperSession(folder: string): Session {
  if (own !== null) return own;
  own = session.fromPartition('papers', { cache: false });
  guardSession(own);
  serveScreens(own, folder, () => onThePage);
  return own;
}

/** Jobs of before a lock are not done after it. */
let era = 0;
let printing: BrowserWindow | null = null;

/** The lock: no hidden window with somebody's paper lives on, and none comes after it. */
export function endPapers(): void {
  era += 1;
  if (printing !== null && !printing.isDestroyed()) printing.destroy();
}

/** Answers each job; a fault or a time-out is "not printed", never a broken promise. */
export function paperPrinting(
  folder: string,
  log: LogTechnical,
): (job: PaperJob) => Promise<PaperAnswer> {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const asked = era;
    const done = last.then(async () => {
      try {
        if (asked !== era) return NOTHING;
        return await doJob(job, paperSession(folder));
      } catch (error) {
        log('paper-not-made', { way: job.way, kind: error instanceof Error ? error.name : '?' });
        return NOTHING;
      } finally {
        onThePage = null;
      }
    });
    last = done;
    return done;
  };
}

async function doJob(job: PaperJob, of: Session): Promise<PaperAnswer> {
  if (job.way === 'printers') {
    const printers = await BrowserWindow.getAllWindows()[0]?.webContents.getPrintersAsync();
    return { ...NOTHING, printers: (printers ?? []).map(printerOf) };
  }
  const window = new BrowserWindow({
    show: false,
    width: 900,
    height: 1200,
    webPreferences: safePreferences(of),
  });
  printing = window;
  let tooLong: ReturnType<typeof setTimeout> | undefined;
  const end = new Promise<never>((_done, failed) => {
    tooLong = setTimeout(() => failed(new Error('too long')), JOB_MS);
    window.webContents.once('render-process-gone', () => failed(new Error('gone')));
    window.once('closed', () => failed(new Error('gone')));
  });
  try {
    return await Promise.race([inWindow(window, job), end]);
  } finally {
    clearTimeout(tooLong);
    printing = null;
    if (!window.isDestroyed()) window.destroy(); // nothing of a person stays in a process
  }
}

async function inWindow(
  window: BrowserWindow,
  job: Exclude<PaperJob, { way: 'printers' }>,
): Promise<PaperAnswer> {
  const { webContents } = window;
  onThePage = { paper: job.paper, format: job.format };
  await window.loadURL(PAPER_URL);
  // Our own page, whose script has drawn the paper before `load`; the fonts are waited for.
  const height: unknown = await webContents.executeJavaScript(
    `document.fonts.ready.then(() => document.querySelector('[data-paper]').getBoundingClientRect().height)`,
  );
  if (typeof height !== 'number' || !(height > 0)) throw new Error('the page is empty');
  const rollMm = Math.ceil((height / CSS_DPI) * INCH_MM) + ROLL_TAIL_MM;
  if (job.way === 'pdf') {
    const bytes = await webContents.printToPDF({
      printBackground: true,
      pageSize: job.format === 'a4' ? 'A4' : { width: ROLL_MM / INCH_MM, height: rollMm / INCH_MM },
      margins: job.format === 'a4' ? MARGIN : NO_MARGIN,
    });
    return { ...NOTHING, bytes: new Uint8Array(bytes) };
  }
  return { ...NOTHING, printed: await onPaper(window, job, rollMm) };
}

function onPaper(
  { webContents }: BrowserWindow,
  job: Extract<PaperJob, { way: 'print' }>,
  rollMm: number,
): Promise<boolean> {
  const px = (inches: number): number => Math.round(inches * CSS_DPI);
  return new Promise((done) => {
    webContents.print(
      {
        silent: true, // the officer has chosen the printer on our screen
        deviceName: job.printer,
        printBackground: true,
        ...(job.format === 'a4'
          ? {
              pageSize: 'A4' as const,
              margins: {
                marginType: 'custom' as const,
                top: px(MARGIN.top),
                bottom: px(MARGIN.bottom),
                left: px(MARGIN.left),
                right: px(MARGIN.right),
              },
            }
          : {
              pageSize: { width: ROLL_MM * 1000, height: rollMm * 1000 }, // micrometres
              margins: { marginType: 'none' as const },
            }),
      },
      (success) => done(success),
    );
  });
}

const printerOf = (printer: Electron.PrinterInfo) => ({
  name: printer.name,
  title: printer.displayName || printer.name,
  // Taken away in later Electron versions, where the first one stands in for it.
  usual: (printer as { isDefault?: boolean }).isDefault === true,
});
