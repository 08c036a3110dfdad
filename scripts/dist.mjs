// `npm run dist -- deb rpm nsis msi`: builds the program and packs it for users; prints what came out, how large, in what time.
// Options: --dev-runtime (a trial on the runtime for development, marked as such), --inspectable (drivable by a
// test), --electron-zip FILE (for Windows), --stand-in-payload (Windows installers without Electron, for trials),
// --version X.Y.Z, --out DIR, --quick (less compression). Who signs: docs/packaging.md.
import fs from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { setUp } from './setup.mjs';
import { root } from './setup/paths.mjs';
import { Trouble, say, seconds, step, stopWith } from './setup/say.mjs';

const formats = ['deb', 'rpm', 'nsis', 'msi'];

main().catch(stopWith);

async function main() {
  const begun = performance.now();
  const options = readOptions();
  const runtime = await setUp({ purpose: 'start' });
  const { prepareTools } = await import('./dist/tools.mjs');
  const { build } = await import('./run/build.mjs');
  const { packLinux, packWindows } = await import('./dist/pack.mjs');
  const { signer } = await import('./dist/sign.mjs');
  const { sha256Of } = await import('./dist/hashes.mjs');
  const { wanted } = options;
  const forWindows = wanted.has('nsis') || wanted.has('msi');
  const who = forWindows ? signer() : null;
  const inToken = process.env.KUALIK_SIGN_KEY?.startsWith('pkcs11:');
  const signing = who === null ? [] : [inToken ? 'signingInToken' : 'signing'];
  say('Packing');
  await step('tools', (announce) => prepareTools([...wanted, ...signing], announce));
  await step('program', () => build());
  const made = [];
  if (wanted.has('deb') || wanted.has('rpm'))
    made.push(...(await packLinux(path.dirname(runtime.bin), options)));
  if (forWindows) made.push(...(await packWindows(who, options)));
  say('');
  for (const file of made)
    say(`${path.relative(root, file)}  ${megabytes(fs.statSync(file).size)}  ${sha256Of(file)}`);
  say(`Done${seconds(performance.now() - begun)}`);
  if (forWindows && who === null)
    say(
      '\n!!! NOT SIGNED: Windows will warn of these files and they must not be given to users.\n' +
        '!!! Set KUALIK_SIGN_CERT and KUALIK_SIGN_KEY and pack again.',
    );
}

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        'dev-runtime': { type: 'boolean', default: false },
        'stand-in-payload': { type: 'boolean', default: false },
        'electron-zip': { type: 'string' },
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
    return {
      wanted: new Set(positionals),
      out: path.resolve(values.out),
      version: values.version,
      devRuntime: values['dev-runtime'],
      standIn: values['stand-in-payload'],
      zip: values['electron-zip'] && path.resolve(values['electron-zip']),
      inspectable: values.inspectable,
      quick: values.quick,
    };
  } catch (error) {
    throw new Trouble(`${error.message}\nUsage: npm run dist -- ${formats.join(' ')} [options]`);
  }
}

function ownVersion() {
  return JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).version;
}

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
