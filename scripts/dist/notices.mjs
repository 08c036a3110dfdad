// Writes NOTICES.txt: name, version, licence and licence text of everything of others that is shipped.
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../setup/paths.mjs';

const line = '-'.repeat(79);

/** The text for the packages of a closure and for the face nets. */
export function notices(packages, foldersElsewhere = {}) {
  const parts = packages.map(({ name, version, place, licence }) => {
    const folder = foldersElsewhere[name] ?? path.join(root, place);
    return `${name} ${version} (${licence})\n\n${licenceText(folder)}`;
  });
  const head =
    'Kuälik contains software of others, named below with their licences.\n' +
    'Electron: LICENSE.electron.txt. Chromium and what it contains: LICENSES.chromium.html.\n';
  return [head, ...parts, faceNets()].join(`\n${line}\n`);
}

function licenceText(folder) {
  const found = fs
    .readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice)/i.test(name))
    .sort();
  if (found.length === 0) return 'No licence text is in the package; the licence is named above.\n';
  return found.map((name) => fs.readFileSync(path.join(folder, name), 'utf8')).join('\n');
}

function faceNets() {
  const file = path.join(root, 'resources', 'models', 'manifest.json');
  const { models } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const rows = models.map(
    ({ name, author, licence, sha256 }) => `${name}: ${author} (${licence}), SHA-256 ${sha256}`,
  );
  return `Face nets in resources/models\n\n${rows.join('\n')}\n`;
}
