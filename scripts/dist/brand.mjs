// Gives a Windows program our name, version and icon, and the hash of the archive it may load.
import fs from 'node:fs';
import { iconPng } from './linux-tree.mjs';

const russian = 1049;
const english = 1033;
const unicode = 1200;
const sizes = [16, 32, 48, 256];

/** Rewrites the resources of `program` (a PE file). `asarHash`: SHA-256 of the archive's header. */
export async function brand(program, { version, asarHash }) {
  const { Data, NtExecutable, NtExecutableResource, Resource } = await import('resedit');
  const exe = NtExecutable.from(fs.readFileSync(program), { ignoreCert: true });
  const resources = NtExecutableResource.from(exe, true);
  const icons = await Promise.all(
    sizes.map(async (size) => Data.RawIconItem.from(await bytesOf(size), size, size, 32)),
  );
  const groups = Resource.IconGroupEntry.fromEntries(resources.entries);
  const group = groups[0]?.id ?? 1;
  for (const lang of new Set([english, ...groups.map((each) => each.lang)]))
    Resource.IconGroupEntry.replaceIconsForResource(resources.entries, group, lang, icons);
  const [info = Resource.VersionInfo.createEmpty()] = Resource.VersionInfo.fromEntries(
    resources.entries,
  );
  info.setFileVersion(`${version}.0`, english);
  info.setProductVersion(`${version}.0`, english);
  for (const lang of [english, russian])
    info.setStringValues(
      { lang, codepage: unicode },
      {
        FileDescription: 'Kuälik',
        ProductName: 'Kuälik',
        CompanyName: 'Kuälik',
        LegalCopyright: 'Kuälik',
        InternalName: 'kualik',
        OriginalFilename: 'kualik.exe',
        FileVersion: version,
        ProductVersion: version,
      },
    );
  info.outputToResourceEntries(resources.entries);
  integrity(resources.entries, asarHash);
  resources.outputResource(exe);
  fs.writeFileSync(program, Buffer.from(exe.generate()));
}

/** Where Electron looks for the hash when the fuse of the archive's integrity is on. */
function integrity(entries, asarHash) {
  const said = [{ file: 'resources\\app.asar', alg: 'sha256', value: asarHash }];
  entries.push({
    type: 'INTEGRITY',
    id: 'ELECTRONASAR',
    lang: english,
    codepage: unicode,
    bin: Uint8Array.from(Buffer.from(JSON.stringify(said))).buffer,
  });
}

async function bytesOf(size) {
  const png = await iconPng(size);
  return png.buffer.slice(png.byteOffset, png.byteOffset + png.byteLength);
}

/** The bytes of an .ico with our icon in all sizes, PNG inside. */
export async function iconFile() {
  const pictures = await Promise.all(sizes.map((size) => iconPng(size)));
  const head = Buffer.alloc(6 + 16 * sizes.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(sizes.length, 4);
  let offset = head.length;
  pictures.forEach((png, i) => {
    const at = 6 + 16 * i;
    head.writeUInt8(sizes[i] % 256, at); // 0 stands for 256
    head.writeUInt8(sizes[i] % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...pictures]);
}
