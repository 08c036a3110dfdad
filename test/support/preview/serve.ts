// Serves the screens in a plain browser over a scripted bridge, for looking at them without the core.
// npx tsx test/support/preview/serve.ts [port]; then http://localhost:5199/?role=reviewer&screen=queue&lang=ru&theme=light&state=usual
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { createServer, type Plugin } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../../../src/renderer');

/** The fake bridge must stand in the page before the screens start. */
const withBridge: Plugin = {
  name: 'kualik-preview-bridge',
  transformIndexHtml: {
    order: 'pre',
    handler: (html) => html.replace('src="./app/main.tsx"', `src="/@fs${here}/entry.ts"`),
  },
};

/** Screens that are not written yet show their name instead of stopping the preview. */
const withoutMissing: Plugin = {
  name: 'kualik-preview-missing',
  enforce: 'pre',
  resolveId(source, importer) {
    const name = /features\/(case|issuance)\/\1-page\.tsx$/.exec(source)?.[1];
    if (name === undefined || importer === undefined) return null;
    return existsSync(resolve(dirname(importer), source)) ? null : `\0missing-${name}`;
  },
  load(id) {
    if (!id.startsWith('\0missing-')) return null;
    return "export const CasePage = () => 'case'; export const IssuancePage = () => 'issuance';";
  },
};

const server = await createServer({
  configFile: false,
  root,
  cacheDir: resolve(here, '../../../node_modules/.cache/preview'),
  plugins: [withoutMissing, react(), withBridge],
  publicDir: resolve(here, 'pictures'),
  server: {
    port: Number(process.argv[2] ?? 5199),
    strictPort: true,
    fs: { allow: [resolve(here, '../../..')] },
  },
});
await server.listen();
server.printUrls();
