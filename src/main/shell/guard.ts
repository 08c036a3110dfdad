// What a window may never do: navigate, open others, ask for permissions, embed, reach the network.
import { app, type Session, type WebContents } from 'electron';
import { cutOff } from './engine.ts';
import { UI_URLS } from './protocols.ts';

/** Is this frame our own page? The sender of every message is asked. */
export const isOurPage = (url: string | undefined): boolean =>
  url !== undefined && UI_URLS.some((own) => url.split(/[?#]/)[0] === own);

/**
 * Everything is refused but one: video without sound, for our own page in its main frame, while `mayFilm`
 * says so. Every session without `mayFilm` refuses that too.
 */
export function guardSession(session: Session, mayFilm: () => boolean = () => false): void {
  cutOff(session);
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const kinds = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    const videoOnly = kinds.length > 0 && kinds.every((kind) => kind === 'video');
    const ours = details.isMainFrame && isOurPage(contents.getURL());
    answer(permission === 'media' && videoOnly && ours && mayFilm());
  });
  session.setPermissionCheckHandler((contents, permission, _origin, details) => {
    const video = permission === 'media' && details.mediaType === 'video';
    return video && details.isMainFrame && isOurPage(contents?.getURL()) && mayFilm();
  });
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) => {
    const ours = /^(app|case-image|devtools|blob|data):/.test(details.url);
    answer({ cancel: !ours });
  });
}

/** For every web contents that is ever made, whoever makes it. */
export function guardContents(contents: WebContents): void {
  // A call to a relay (STUN, TURN) is no request: neither the page's policy nor our filter sees it.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    if (!isOurPage(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  if (app.isPackaged) contents.on('devtools-opened', () => contents.closeDevTools());
}
