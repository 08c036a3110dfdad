// The one window: sandboxed, in an in-memory session that leaves nothing on the disk.
import path from 'node:path';
import { BrowserWindow, type Session } from 'electron';
import { UI_URLS } from './protocols.ts';

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

/** `title` stays, whatever the page calls itself. */
export function openWindow(session: Session, title: string): BrowserWindow {
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
      preload: path.join(import.meta.dirname, '../preload/index.cjs'),
      session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      webviewTag: false,
      navigateOnDragDrop: false,
    },
  });
  window.on('page-title-updated', (event) => event.preventDefault());
  window.once('ready-to-show', () => window.show());
  void window.loadURL(UI_URLS[0]);
  return window;
}
