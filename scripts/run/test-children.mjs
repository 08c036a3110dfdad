// Packs the processes that integration tests start: loading them from 300 sources costs a second each time.
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { root } from '../setup/paths.mjs';

const names = [
  'batch-child',
  'core-process',
  'imaging-process',
  'lease-child',
  'pull-child',
  'token-process',
];

/** Writes `<name>.mjs` for each entry of test/support into `folder`, where they find the checkout's packages. */
export async function packTestChildren(folder) {
  fs.mkdirSync(folder, { recursive: true });
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  const input = names.map((name) => [name, path.join(root, 'test/support', `${name}.ts`)]);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      target: 'node20',
      outDir: folder,
      emptyOutDir: false,
      rollupOptions: {
        input: Object.fromEntries(input),
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
}
