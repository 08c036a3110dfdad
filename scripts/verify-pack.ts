// `npm run verify-pack -- DIR [--trust roots.pem]`: checks exported acts and names the first thing that is wrong.
// DIR is one pack, or a folder of packs. Exit code 0 only when every pack is whole.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkPack, PACK_SIGNATURE, PACK_STATEMENT } from '../src/shared/cades/check-pack.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { trust: { type: 'string' } },
});
const [dir] = positionals;
if (dir === undefined || !fs.existsSync(dir)) {
  process.stderr.write('Say which folder: npm run verify-pack -- DIR [--trust roots.pem]\n');
  process.exit(2);
}

const isPack = (folder: string): boolean =>
  [PACK_STATEMENT, PACK_SIGNATURE].some((name) => fs.existsSync(path.join(folder, name)));

/** Every file below, by its name inside the pack. */
const filesOf = (folder: string): Map<string, Uint8Array> =>
  new Map(
    fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [path.relative(folder, file).replaceAll('\\', '/'), fs.readFileSync(file)]),
  );

const packs = isPack(dir)
  ? [dir]
  : fs
      .readdirSync(dir, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.join(dir, entry.name));
const trustPem = values.trust === undefined ? undefined : fs.readFileSync(values.trust, 'utf8');

let wrong = 0;
const anchors = new Set<string>();
for (const folder of packs) {
  const verdict = checkPack(filesOf(folder), {
    now: new Date(),
    ...(trustPem === undefined ? {} : { trustPem }),
  });
  const name = path.basename(folder);
  if (!verdict.ok) {
    wrong += 1;
    process.stdout.write(`WRONG  ${name}: ${verdict.file}: ${verdict.code}: ${verdict.detail}\n`);
    continue;
  }
  const { statement, signer, anchor } = verdict;
  const about =
    'ticket' in statement ? statement.ticket : `${String(statement.cards.length)} cards`;
  anchors.add(`${anchor.sha256}  ${anchor.subjectCommonName ?? ''}`);
  process.stdout.write(
    `whole  ${name}: ${statement.type} of ${about}, ${statement.at}, ` +
      `signed by IIN ${signer.iin ?? '?'} for BIN ${signer.bin ?? '?'}; ` +
      `${verdict.timeStampedAt === null ? 'no time-stamp' : `stamped ${verdict.timeStampedAt.toISOString()}`}, ` +
      `${verdict.revocation === null ? 'no answer of the CA' : `good by ${verdict.revocation}`}\n`,
  );
}
if (trustPem === undefined && anchors.size > 0)
  process.stdout.write(
    `\nThe root came with the packs; it counts only when this SHA-256 is one you know:\n${[...anchors].join('\n')}\n`,
  );
process.stdout.write(`${packs.length - wrong} whole, ${wrong} wrong\n`);
process.exitCode = wrong === 0 && packs.length > 0 ? 0 : 1;
