// What a window may never do: navigate, open others, ask for permissions, embed, reach the network.
import { app, type Session, type WebContents } from 'electron';
import { UI_URL } from './protocols.ts';

/** Is this frame our own page? The sender of every message is asked. */
export const isOurPage = (url: string | undefined): boolean =>
  url !== undefined && url.split(/[?#]/)[0] === UI_URL;

export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) => {
    const ours = /^(app|case-image|devtools|blob|data):/.test(details.url);
    answer({ cancel: !ours });
  });
}

/** For every web contents that is ever made, whoever makes it. */
export function guardContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    if (!isOurPage(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  if (app.isPackaged) contents.on('devtools-opened', () => contents.closeDevTools());
}
