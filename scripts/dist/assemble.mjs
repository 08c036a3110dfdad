// Puts one payload together: runtime, archive, add-ons, nets, notices, list of parts and hashes.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { appFiles, looseFiles, outsideTheArchive, shippedPackageJson } from './app-files.mjs';
import { runtimePackages } from './closure.mjs';
import { settle, sourceDate, writeManifest } from './hashes.mjs';
import { notices } from './notices.mjs';
import { setFuses, takeRuntime } from './runtime-files.mjs';
import { billOfMaterials } from './sbom.mjs';

const require = createRequire(import.meta.url);

/**
 * `platform`: 'linux' | 'win32'. `dist`: folder of the Electron runtime. `payload`: folder to make anew.
 * `foldersElsewhere`: packages of another platform; `finish({program, asarHash})`: work on the program's
 * file before the hashes are taken. Returns {payload, program, marked, hash, bytes, count, version}.
 */
export async function assemble({
  platform,
  dist,
  payload,
  version,
  devRuntime = false,
  inspectable = false,
  foldersElsewhere = {},
  finish = async (_made) => {},
}) {
  const date = sourceDate();
  const packages = runtimePackages(platform);
  fs.rmSync(payload, { recursive: true, force: true });
  fs.mkdirSync(payload, { recursive: true });
  const { program, marked } = takeRuntime({ dist, payload, platform, devRuntime });
  const resources = path.join(payload, 'resources');
  const asarHash = await pack(path.join(resources, 'app.asar'), [
    ...appFiles({ platform, packages, foldersElsewhere }),
    [Buffer.from(shippedPackageJson(version)), 'package.json'],
  ]);
  for (const [from, to] of looseFiles(platform)) place(from, path.join(resources, to));
  const runtime = fs.readFileSync(path.join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
  fs.writeFileSync(path.join(payload, 'NOTICES.txt'), notices(packages, foldersElsewhere));
  const parts = billOfMaterials({ packages, version, runtime, platform, date });
  fs.writeFileSync(path.join(payload, 'sbom.cdx.json'), parts);
  await setFuses(program, { platform, inspectable });
  await finish({ program, asarHash });
  settle(payload, date);
  const about = { version, platform, runtime, devRuntime: marked };
  const sum = writeManifest(payload, about);
  settle(payload, date);
  return { payload, program, marked, version, ...sum };
}

/** Packs [from (file or bytes), to] into an archive; returns the SHA-256 of its header. */
async function pack(archive, files) {
  const asar = require('@electron/asar');
  const stage = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-asar-'));
  try {
    for (const [from, to] of files) place(from, path.join(stage, to));
    const names = fs
      .readdirSync(stage, { recursive: true })
      .sort()
      .map((name) => path.join(stage, name));
    settle(stage, 0);
    await asar.createPackageFromFiles(stage, archive, names, {}, { unpack: outsideTheArchive });
    const { headerString } = asar.getRawHeader(archive);
    return createHash('sha256').update(headerString).digest('hex');
  } finally {
    fs.rmSync(stage, { recursive: true, force: true });
  }
}

function place(from, to) {
  fs.mkdirSync(path.dirname(to), { recursive: true });
  if (typeof from === 'string') fs.copyFileSync(from, to);
  else fs.writeFileSync(to, from);
}
