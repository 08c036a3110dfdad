// How the program is put together: four main-side processes, one preload, one window.
// Targets are set by hand, because the same build must run on Electron 33 (Node 20.18, Chrome 130) and 45.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const nodeTarget = 'node20.18';
const chromeTarget = 'chrome130';

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: nodeTarget,
      minify: true,
      // Native add-ons and everything else of node_modules stay outside; optional ones must be named.
      externalizeDeps: { include: ['pkcs11js', 'original-fs'] },
      rollupOptions: {
        input: {
          index: 'src/main/shell/index.ts',
          core: 'src/main/core/entry.ts',
          token: 'src/main/adapters/token/entry.ts',
          imaging: 'src/main/adapters/imaging/entry.ts',
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: nodeTarget,
      minify: true,
      externalizeDeps: false, // a sandboxed preload may require electron and nothing else
      rollupOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      target: chromeTarget,
      minify: true,
      rollupOptions: {
        input: { index: 'src/renderer/index.html', paper: 'src/renderer/paper.html' },
      },
    },
  },
});
