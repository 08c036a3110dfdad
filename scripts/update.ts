// `npm run update -- keygen | manifest | verify`: keys and signed manifests for the maker of releases.
// keygen --key FILE; manifest --key FILE --out DIR --sequence N --version X.Y.Z --ring NAME … PACKAGES, or with a key
// in a token: --pkcs11 MODULE --key LABEL [--token LABEL], PIN asked or in the file KUALIK_UPDATE_PIN_FILE names;
// verify DIR --public KEY --ring NAME --target T --installed X.Y.Z. More: docs/updates.md.
import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  signedUpdate,
  updateTarget,
  UPDATE_FILE,
  type SignedUpdate,
  type UpdateManifest,
} from '../src/shared/central/update.ts';
import { verifyManifest } from '../src/shared/updates/verify-manifest.ts';
import { askPin } from './update/ask-pin.ts';
import {
  entryOf,
  makeManifest,
  publicKeyOf,
  signManifest,
  signWith,
} from './update/make-manifest.ts';
import { openTokenKey } from './update/token-key.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    key: { type: 'string' },
    pkcs11: { type: 'string' },
    token: { type: 'string' },
    public: { type: 'string', multiple: true },
    out: { type: 'string' },
    sequence: { type: 'string' },
    version: { type: 'string' },
    ring: { type: 'string', multiple: true },
    days: { type: 'string', default: '30' },
    'min-from': { type: 'string' },
    minimum: { type: 'string' },
    'minimum-from': { type: 'string' },
    target: { type: 'string' },
    installed: { type: 'string' },
  },
});
const [verb, ...rest] = positionals;

/** @throws Error naming the option that is missing */
function need<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`Say --${name}.`);
  return value;
}

function keygen(): void {
  const file = need(values.key, 'key');
  const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' });
  fs.writeFileSync(file, pem, { mode: 0o600, flag: 'wx' }); // never over an older key
  say(
    `Private key: ${file} (keep it offline)\nPublic key for stations: ${publicKeyOf(String(pem))}`,
  );
}

/** By the key file, or by the token's key of that label. */
async function signed(made: UpdateManifest): Promise<SignedUpdate> {
  const name = need(values.key, 'key');
  if (values.pkcs11 === undefined) return signManifest(made, fs.readFileSync(name, 'utf8'));
  const key = await openTokenKey(values.pkcs11, name, await askPin(process.env), values.token);
  try {
    say(`Public key for stations: ${key.publicKey}`);
    return signWith(made, (bytes) => key.sign(bytes));
  } finally {
    key.close();
  }
}

async function manifest(): Promise<void> {
  const out = need(values.out, 'out');
  const issued = new Date();
  const minimum =
    values.minimum === undefined
      ? null
      : {
          version: values.minimum,
          from: new Date(need(values['minimum-from'], 'minimum-from')).toISOString(),
        };
  const made = makeManifest({
    sequence: Number(need(values.sequence, 'sequence')),
    version: need(values.version, 'version'),
    issuedAt: issued.toISOString(),
    expiresAt: new Date(issued.getTime() + Number(values.days) * 86_400_000).toISOString(),
    rings: need(values.ring, 'ring'),
    minFrom: values['min-from'] ?? null,
    minimum,
    files: rest.map(entryOf),
  });
  const delivered = await signed(made);
  fs.mkdirSync(out, { recursive: true });
  for (const file of rest) {
    const place = path.join(out, path.basename(file));
    if (path.resolve(place) !== path.resolve(file)) fs.copyFileSync(file, place);
  }
  const next = path.join(out, `${UPDATE_FILE}.new`);
  fs.writeFileSync(next, `${JSON.stringify(delivered)}\n`);
  fs.renameSync(next, path.join(out, UPDATE_FILE)); // last: it never names files that are not there
  say(`${path.join(out, UPDATE_FILE)}: ${made.version}, sequence ${made.sequence}`);
}

function check(): void {
  const dir = rest[0];
  if (dir === undefined) throw new Error('Say which folder.');
  const text = fs.readFileSync(path.join(dir, UPDATE_FILE), 'utf8');
  const signed = signedUpdate.parse(JSON.parse(text));
  const verdict = verifyManifest(
    Buffer.from(signed.manifest, 'base64'),
    Buffer.from(signed.signature, 'base64'),
    {
      keys: need(values.public, 'public'),
      ring: need(values.ring, 'ring')[0]!,
      target: updateTarget.parse(need(values.target, 'target')),
      installed: need(values.installed, 'installed'),
      now: new Date(),
      newest: null,
    },
  );
  if (!verdict.ok) throw new Error(`refused: ${verdict.code}: ${verdict.detail}`);
  for (const entry of verdict.manifest.files) {
    const { size, sha256 } = entryOf(path.join(dir, entry.name));
    if (size !== entry.size || sha256 !== entry.sha256) throw new Error(`${entry.name}: changed`);
  }
  const { version, sequence } = verdict.manifest;
  say(`good: ${version}, sequence ${sequence}, ${verdict.file?.name ?? 'installed already'}`);
}

const verbs: Readonly<Record<string, () => void | Promise<void>>> = {
  keygen,
  manifest,
  verify: check,
};
try {
  const run = verbs[verb ?? ''];
  if (run === undefined) throw new Error('Say what: keygen, manifest or verify.');
  await run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
