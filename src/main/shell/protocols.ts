// app:// serves the built screens, case-image:// serves pictures of the cache; neither leaves its place.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Session } from 'electron';
import { parsePictureAddress, type PictureRequest } from '../../shared/contract/picture-address.ts';

/**
 * The same page under two hosts: going from one to the other takes another process (sites are isolated), so
 * that the one that showed work can end without the window closing (ADR 0030).
 */
export const UI_URLS = ['app://ui/index.html', 'app://ui-2/index.html'] as const;
/** The page papers are printed from, in a session of its own. */
export const PAPER_URL = 'app://ui/paper.html';

/** Registered before the app is ready. */
export const PRIVILEGED = [
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  { scheme: 'case-image', privileges: { standard: true, secure: true, supportFetchAPI: true } },
];

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' case-image:",
    "font-src 'self'",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const HOSTS: ReadonlySet<string> = new Set(UI_URLS.map((url) => new URL(url).host));

const NOT_FOUND = (): Response => new Response(null, { status: 404 });

/**
 * Serves files of `folder` to app://ui/…; anything else is not found. `data`: what stands as JSON in the
 * page in place of __DATA__, inside a script element that is data and is never run.
 */
export function serveScreens(
  session: Session,
  folder: string,
  data: () => unknown = () => null,
): void {
  session.protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    const name = decodePath(url.pathname);
    if (!HOSTS.has(url.host) || name === null) return NOT_FOUND();
    const file = path.join(folder, name);
    const type = TYPES[path.extname(file)];
    if (type === undefined || !file.startsWith(folder + path.sep)) return NOT_FOUND();
    try {
      const bytes = await fs.readFile(file);
      const headers = { 'content-type': type, 'x-content-type-options': 'nosniff' };
      if (!file.endsWith('.html')) return new Response(new Uint8Array(bytes), { headers });
      const nonce = randomBytes(16).toString('base64');
      const json = JSON.stringify(data() ?? null).replaceAll('<', '\\u003c');
      const page = bytes
        .toString('utf8')
        .replaceAll('__CSP_NONCE__', nonce)
        .replaceAll('__DATA__', () => json);
      return new Response(page, {
        headers: {
          ...headers,
          'content-security-policy': policy(nonce),
          'cache-control': 'no-store',
        },
      });
    } catch {
      return NOT_FOUND();
    }
  });
}

/** A plain file name path without any way up; null for everything clever. */
const decodePath = (pathname: string): string | null =>
  /^\/[A-Za-z0-9._/-]+$/.test(pathname) && !pathname.includes('..') && !pathname.includes('//')
    ? pathname.slice(1)
    : null;

/** Serves pictures and renderings of `picture-address.ts` from the core; it answers only an unlocked officer. */
export function servePictures(
  session: Session,
  find: (request: PictureRequest) => Promise<{ bytes: Uint8Array; mime: string } | null>,
): void {
  session.protocol.handle('case-image', async (request) => {
    const wanted = parsePictureAddress(request.url);
    if (wanted === null) return NOT_FOUND();
    const picture = await find(wanted);
    if (picture === null) return NOT_FOUND();
    return new Response(Uint8Array.from(picture.bytes), {
      headers: {
        'content-type': picture.mime,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    });
  });
}
