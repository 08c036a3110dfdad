// Unpacks the wanted entries of a zip file, keeping the executable bits.
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/** `wanted(name)` chooses; yauzl itself refuses absolute names and names with `..`. */
export async function unzip(file, folder, wanted) {
  const { default: yauzl } = await import('yauzl'); // installed by the set-up, so not before it
  const zip = await new Promise((resolve, reject) => {
    yauzl.open(file, { lazyEntries: true }, (error, opened) =>
      error ? reject(error) : resolve(opened),
    );
  });
  await new Promise((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', resolve);
    zip.on('entry', (entry) => {
      const skip = entry.fileName.endsWith('/') || !wanted(entry.fileName);
      const written = skip
        ? Promise.resolve()
        : write(zip, entry, path.join(folder, entry.fileName));
      written.then(() => zip.readEntry(), reject);
    });
    zip.readEntry();
  });
}

async function write(zip, entry, target) {
  fs.mkdirSync(path.dirname(target), { recursive: true });
  const content = await new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });
  const mode = (entry.externalFileAttributes >>> 16) & 0o777 || 0o644;
  await pipeline(content, fs.createWriteStream(target, { mode }));
}
