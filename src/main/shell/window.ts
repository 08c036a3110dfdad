// The one window: sandboxed, in an in-memory session that leaves nothing on the disk.
import path from 'node:path';
import { BrowserWindow, type Session } from 'electron';
import { UI_URLS } from './protocols.ts';

/** `title` stays, whatever the page calls itself. */
export function openWindow(session: Session, title: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title,
    backgroundColor: '#f4f6f6',
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
