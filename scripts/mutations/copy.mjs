// A copy of the checkout to plant weaknesses in: own sources, the packages and the kept pictures shared.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../setup/paths.mjs';

/** Taken along as they are, by a link: they are large, and nothing is planted there. */
const SHARED = ['node_modules', '.cache'];
const MODELS = 'resources/models';

/** Copies what git knows or would take, edited or not. Answers the folder and how to be rid of it. */
export function copyCheckout() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-mutations-'));
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  for (const name of listed.split('\0').filter(Boolean)) {
    const from = path.join(root, name);
    if (!fs.statSync(from, { throwIfNoEntry: false })?.isFile()) continue; // deleted, or a linked folder
    fs.mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    fs.copyFileSync(from, path.join(folder, name));
  }
  const models = fs.readdirSync(path.join(root, MODELS)).map((name) => path.join(MODELS, name));
  for (const name of [...SHARED, ...models]) {
    const there = path.join(folder, name);
    if (fs.existsSync(path.join(root, name)) && !fs.existsSync(there))
      fs.symlinkSync(path.join(root, name), there);
  }
  return { folder, remove: () => fs.rmSync(folder, { recursive: true, force: true }) };
}

/** How often the text stands in the file of `folder`. */
export function countOf(folder, file, text) {
  const at = path.join(folder, file);
  return fs.existsSync(at) ? fs.readFileSync(at, 'utf8').split(text).length - 1 : 0;
}

/** Plants the changes of one weakness; answers how to take them back. @throws Error when a text is not there once */
export function plant(folder, { file, change }) {
  const at = path.join(folder, file);
  const before = fs.readFileSync(at, 'utf8');
  let after = before;
  for (const [search, replace] of change) {
    if (after.split(search).length !== 2) throw new Error(`not once in ${file}: ${search}`);
    after = after.replace(search, () => replace);
  }
  fs.writeFileSync(at, after);
  return () => fs.writeFileSync(at, before);
}
