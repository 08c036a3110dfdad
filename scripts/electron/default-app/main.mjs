// Stands in for Electron's own default app in the fallback runtime: `electron [-r module] <app folder or file> …`.
import fs from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const here = Module.createRequire(path.join(process.cwd(), 'x.js'));
const { preloads, target } = readArguments(process.argv.slice(1));
for (const name of preloads) here(name);
if (!target) {
  console.error('usage: electron <app>');
  process.exit(2);
}
// Awaited at the top level: Electron holds its `ready` back until the program's own module has run.
await start(path.resolve(target));

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

async function start(full) {
  const isFolder = fs.existsSync(path.join(full, 'package.json'));
  const root = isFolder ? full : path.dirname(full);
  const about = readJson(path.join(root, 'package.json'));
  if (about.version) app.setVersion(about.version);
  if (about.productName || about.name) app.name = about.productName || about.name;
  app.setAppPath(root); // not documented, but what Electron's own default app calls (33 to 45)
  Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true });
  const entry = isFolder ? path.resolve(full, about.main || 'index.js') : here.resolve(full);
  if (about.type !== 'module' && !entry.endsWith('.mjs')) {
    Module._load(entry, null, true);
    return;
  }
  try {
    await import(pathToFileURL(entry).href);
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
