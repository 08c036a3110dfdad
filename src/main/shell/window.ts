// The one window: sandboxed, in an in-memory session that leaves nothing on the disk.
import path from 'node:path';
import { BrowserWindow, type Session } from 'electron';
import { UI_URLS } from './protocols.ts';
import { safePreferences } from './safe-preferences.ts';

/** What stands between two pages: the ground of each theme (`tokens.css`), so that nothing flashes. */
const GROUND: Readonly<Record<string, string>> = {
  light: '#f3f5f6',
  dark: '#101518',
  contrast: '#ffffff',
};

/** After an answer that tells the settings: the window's own ground follows the theme. */
export function paintGround(window: BrowserWindow | null, name: unknown, answer: unknown): void {
  if (name !== 'settings.read' && name !== 'settings.write') return;
  const { value } = answer as { readonly value?: { readonly theme?: string } };
  const ground = GROUND[value?.theme ?? ''];
  if (ground !== undefined) window?.setBackgroundColor(ground);
}

export interface WindowLook {
  /** Stays, whatever the page calls itself. */
  readonly title: string;
  /** Pictures of the screen, shared screens and recordings have a black place here; nothing on Linux. */
  readonly captureBlocked: boolean;
}

export function openWindow(session: Session, { title, captureBlocked }: WindowLook): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title,
    backgroundColor: GROUND['light']!,
    autoHideMenuBar: true,
    webPreferences: {
      ...safePreferences(session),
      preload: path.join(import.meta.dirname, '../preload/index.cjs'),
    },
  });
  window.on('page-title-updated', (event) => event.preventDefault());
  // At each showing: Windows forgets it of a window that was hidden.
  window.on('show', () => window.setContentProtection(captureBlocked));
  window.once('ready-to-show', () => window.show());
  void window.loadURL(UI_URLS[0]);
  comeBack(window);
  return window;
}

const BACK_MS = 500;
const SLOWEST_BACK_MS = 30_000;

/**
 * A page whose process died would leave an empty window, behind the lock without a way on: it is loaded anew,
 * more and more rarely. What was done on it is in the cache, and the core says whether it is locked.
 */
function comeBack(window: BrowserWindow): void {
  const { webContents } = window;
  let wait = BACK_MS;
  webContents.on('render-process-gone', () => {
    setTimeout(() => {
      // At lock and log-out another process has come by now.
      if (!window.isDestroyed() && webContents.isCrashed()) webContents.reload();
    }, wait);
    wait = Math.min(wait * 2, SLOWEST_BACK_MS);
  });
}
