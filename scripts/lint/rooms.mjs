// The plan of the house: which room may import which, and which outside packages it may use.
// The longest matching `at` wins. `sees`: rooms it may import (its own folder always).
// `walled`: its direct sub-folders may not import each other. `typesOnly`: `import type` only.
// `typePackages`: packages it may use for types alone.
// `pure`: no clock, no chance, no environment.

const shared = ['src/shared/kernel', 'src/shared/contract', 'src/shared/central'];
const sharedOnMainSide = [...shared, 'src/shared/cades', 'src/shared/updates'];
const screenPackages = ['react', 'react-dom', 'zustand', '@tabler/icons-react', '@tanstack/*'];

/** An adapter owns its vendor packages; no other room may import them. */
const adapter = (name, packages) => ({
  at: `src/main/adapters/${name}`,
  sees: ['src/main/domain', 'src/main/ports', ...sharedOnMainSide],
  packages: [...packages, 'node:*'],
});

export const rooms = [
  { at: 'src/shared/kernel', sees: [], packages: [], pure: true },
  {
    at: 'src/shared/contract',
    sees: ['src/shared/kernel', 'src/shared/central'],
    packages: ['zod'],
  },
  { at: 'src/shared/central', sees: ['src/shared/kernel'], packages: ['zod', 'canonicalize'] },
  {
    at: 'src/shared/cades',
    sees: ['src/shared/kernel', 'src/shared/central'],
    packages: ['pkijs', 'asn1js', '@noble/curves/*', 'node:crypto'],
  },
  {
    at: 'src/shared/updates',
    sees: ['src/shared/kernel', 'src/shared/central'],
    packages: ['node:crypto'],
  },
  { at: 'src/main/domain', sees: shared, packages: [], pure: true },
  {
    at: 'src/main/ports',
    sees: ['src/main/domain', ...shared],
    packages: ['zod'],
    typesOnly: true,
  },
  {
    at: 'src/main/app',
    sees: ['src/main/domain', 'src/main/ports', ...sharedOnMainSide],
    packages: [],
    typePackages: ['zod'],
  },
  adapter('sqlite', ['better-sqlite3-multiple-ciphers', 'better-sqlite3']),
  adapter('token', ['pkcs11js', 'zod']),
  adapter('central', ['undici', 'zod']),
  adapter('imaging', ['sharp', 'onnxruntime-node', 'fft.js', 'zod']),
  adapter('system', ['hash-wasm', 'fflate', 'write-excel-file', 'zod']),
  {
    at: 'src/main/core',
    sees: [
      'src/main/domain',
      'src/main/ports',
      'src/main/app',
      'src/main/adapters',
      ...sharedOnMainSide,
    ],
    packages: ['node:*'],
  },
  { at: 'src/main/shell', sees: shared, packages: ['electron', 'original-fs', 'node:*'] },
  { at: 'src/preload', sees: ['src/shared/kernel', 'src/shared/contract'], packages: ['electron'] },
  { at: 'src/renderer/shared', sees: shared, packages: [...screenPackages, 'qr'] },
  // The page papers are printed from: no bridge, no store, no feature.
  {
    at: 'src/renderer/papers',
    sees: ['src/renderer/shared/papers', ...shared],
    packages: ['react', 'react-dom', '@fontsource-variable/*'],
  },
  {
    at: 'src/renderer/features',
    sees: ['src/renderer/shared', ...shared],
    packages: screenPackages,
    walled: true,
  },
  {
    at: 'src/renderer/app',
    sees: ['src/renderer', ...shared],
    packages: [...screenPackages, '@fontsource-variable/*'],
  },
  {
    at: 'stand',
    sees: ['src/shared/kernel', 'src/shared/central', 'src/shared/cades'],
    packages: ['*'],
  },
];

/** Packages that belong to one room wherever the lint looks, tests and scripts apart. */
export const forbiddenEverywhere = ['node:sqlite', 'electron/renderer'];
