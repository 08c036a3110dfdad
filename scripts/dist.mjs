// `npm run dist -- deb …`: builds the program and packs it for users; prints what came out, how large, in what time.
// Options: --dev-runtime (a trial on the runtime for development, marked as such), --inspectable (for the
// end-to-end test), --version X.Y.Z, --out DIR, --quick (less compression).
import fs from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { setUp } from './setup.mjs';
import { root } from './setup/paths.mjs';
import { Trouble, say, seconds, step, stopWith } from './setup/say.mjs';

const formats = ['deb'];

main().catch(stopWith);

async function main() {
  const begun = performance.now();
  const options = readOptions();
  const runtime = await setUp({ purpose: 'start' });
  const { build } = await import('./run/build.mjs');
  say('Packing');
  await step('program', () => build());
  const made = await packLinux(runtime, options);
  say('');
  for (const file of made) {
    const { sha256Of } = await import('./dist/hashes.mjs');
    say(`${path.relative(root, file)}  ${megabytes(fs.statSync(file).size)}  ${sha256Of(file)}`);
  }
  say(`Done${seconds(performance.now() - begun)}`);
}

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        'dev-runtime': { type: 'boolean', default: false },
        inspectable: { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
        version: { type: 'string', default: ownVersion() },
        out: { type: 'string', default: path.join(root, 'dist') },
      },
    });
    const unknown = positionals.find((name) => !formats.includes(name));
    if (unknown) throw new Error(`There is no format "${unknown}".`);
    if (positionals.length === 0) throw new Error('Which format?');
    if (!/^\d+\.\d+\.\d+$/.test(values.version)) throw new Error('A version is X.Y.Z.');
    return { ...values, out: path.resolve(values.out), wanted: new Set(positionals) };
  } catch (error) {
    throw new Trouble(`${error.message}\nUsage: npm run dist -- ${formats.join(' ')} [options]`);
  }
}

function ownVersion() {
  return JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).version;
}

async function packLinux(runtime, options) {
  const { assemble } = await import('./dist/assemble.mjs');
  const { makeDeb, quickCompression, releaseCompression } = await import('./dist/deb.mjs');
  const { version, out, inspectable } = options;
  let payload;
  await step('payload for Linux', async () => {
    payload = await assemble({
      platform: 'linux',
      dist: path.dirname(runtime.bin),
      payload: path.join(root, 'out', 'dist', 'linux'),
      version,
      devRuntime: options['dev-runtime'],
      inspectable,
    });
    return `${payload.count} files, ${megabytes(payload.bytes)}, ${payload.hash}`;
  });
  const made = [];
  const marks = marksOf({ ...payload, inspectable });
  if (options.wanted.has('deb'))
    await step('.deb', async () => {
      const file = path.join(out, `kualik_${version}_amd64${marks}.deb`);
      const compression = options.quick ? quickCompression : releaseCompression;
      await makeDeb({ payload: payload.payload, version, out: file, compression });
      made.push(file);
    });
  return made;
}

/** Part of the file name of what must not reach users. */
const marksOf = ({ marked, inspectable }) =>
  `${marked ? '.DEV-RUNTIME' : ''}${inspectable ? '.INSPECTABLE' : ''}`;

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
