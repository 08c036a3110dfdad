// Stands in for Electron's own default app in the fallback runtime: `electron [-r module] <app folder or file> …`.
'use strict';
const { app } = require('electron');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const { preloads, target } = readArguments(process.argv.slice(1));
const here = Module.createRequire(path.join(process.cwd(), 'x.js'));
for (const name of preloads) require(path.isAbsolute(name) ? name : here.resolve(name));
if (!target) {
  console.error('usage: electron <app>');
  process.exit(2);
}
start(path.resolve(target));

function readArguments(args) {
  const preloads = [];
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i];
    if (arg === '-v' || arg === '--version') {
      console.log(`v${process.versions.electron}`);
      process.exit(0);
    }
    if (arg === '-r' || arg === '--require') preloads.push(args[(i += 1)]);
    else if (!arg.startsWith('-')) return { preloads, target: arg };
  }
  return { preloads };
}

function start(full) {
  const isFolder = fs.existsSync(path.join(full, 'package.json'));
  const root = isFolder ? full : path.dirname(full);
  const about = readJson(path.join(root, 'package.json'));
  if (about.version) app.setVersion(about.version);
  if (about.productName || about.name) app.name = about.productName || about.name;
  app.setAppPath(root); // not documented, but what Electron's own default app calls (33 to 45)
  Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true });
  const entry = isFolder ? path.resolve(full, about.main || 'index.js') : require.resolve(full);
  if (about.type !== 'module' && !entry.endsWith('.mjs')) {
    Module._load(entry, null, true);
    return;
  }
  import(pathToFileURL(entry).href).catch((error) => {
    console.error(error);
    process.exit(1);
  });
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
