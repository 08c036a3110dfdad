// Ends the process that showed work, at lock and log-out: the window stays and gets another one (ADR 0030).
import type { BrowserWindow } from 'electron';
import type { SessionDto } from '../../shared/contract/session.ts';
import type { LogTechnical } from '../../shared/contract/technical-log.ts';
import { UI_URLS } from './protocols.ts';

/** Usually a fifth of a second, a hanging renderer included; a station that swaps takes longer. */
const SWAP_MS = 4_000;

/** Hears how the session stands; answers true when what the window showed must not live on. */
export function workWatch(): (state: SessionDto['state']) => boolean {
  let shown = false;
  return (state) => {
    const over = shown && state !== 'open';
    shown = state === 'open';
    return over;
  };
}

/**
 * Loads the page anew in another process and ends the old one. Memory of a process that is gone is the
 * kernel's; that of one that lives on could be read, or fall into a crash file.
 */
export function freshRenderer(window: BrowserWindow, log: LogTechnical): void {
  const { webContents } = window;
  const old = webContents.getOSProcessId();
  const next = webContents.getURL().startsWith(UI_URLS[0]) ? UI_URLS[1] : UI_URLS[0];
  // Rejected when another load takes its place or the window goes.
  const load = (): void => void window.loadURL(next).catch(() => undefined);
  const late = setTimeout(() => {
    if (window.isDestroyed()) return;
    log('renderer-not-swapped', {});
    webContents.forcefullyCrashRenderer();
    load();
  }, SWAP_MS);
  webContents.once('did-navigate', () => {
    clearTimeout(late);
    const fresh = webContents.getOSProcessId();
    if (fresh !== old) return end(old);
    // Without site isolation the same process would go on: then it is ended under the page.
    log('renderer-not-swapped', {});
    webContents.forcefullyCrashRenderer();
    webContents.reload();
  });
  load();
}

function end(pid: number): void {
  try {
    if (pid > 0) process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself in this very moment.
  }
}
