// Finds circles of imports among the sources; a circle means two files are one thing in two places.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { root } from '../setup/paths.mjs';

const typeImport = /^(import|export) type [^;]*;/gm;

/**
 * `graph`: Map of file → files it imports. Returns circles as lists of files, each once,
 * the first file repeated at the end.
 */
export function findCircles(graph) {
  const state = new Map();
  const circles = [];
  const walk = (file, trail) => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      circles.push([...trail.slice(trail.indexOf(file)), file]);
      return;
    }
    state.set(file, 'open');
    for (const next of graph.get(file) ?? []) walk(next, [...trail, file]);
    state.set(file, 'done');
  };
  for (const file of graph.keys()) walk(file, []);
  return circles;
}

/** The import graph of all .ts and .tsx files below the folders. Type imports vanish in the build and do not count. */
export function importGraph(folders, base = root) {
  const ts = createRequire(import.meta.url)('typescript');
  const graph = new Map();
  for (const file of folders.flatMap((folder) => sourcesBelow(path.join(base, folder)))) {
    const text = fs.readFileSync(file, 'utf8').replace(typeImport, '');
    const { importedFiles } = ts.preProcessFile(text, true, true);
    const targets = importedFiles
      .map(({ fileName }) => fileName)
      .filter((name) => name.startsWith('.'))
      .map((name) => path.resolve(path.dirname(file), name.split('?')[0]));
    graph.set(file, targets);
  }
  return graph;
}

function sourcesBelow(folder) {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => path.join(folder, name));
}
