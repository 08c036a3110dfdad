// Makes and signs an update manifest out of packed files: the maker's half of updates.
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { canonicalBytes } from '../../src/shared/central/statement.ts';
import {
  updateManifest,
  UPDATE_APP,
  type SignedUpdate,
  type UpdateEntry,
  type UpdateManifest,
  type UpdateTarget,
} from '../../src/shared/central/update.ts';

const TARGET_OF: Readonly<Record<string, UpdateTarget>> = {
  '.deb': 'linux-x64-deb',
  '.rpm': 'linux-x64-rpm',
  '.exe': 'windows-x64-exe',
  '.msi': 'windows-x64-msi',
};

/** A packed file as a manifest names it. @throws Error when its kind is not known */
export function entryOf(file: string): UpdateEntry {
  const target = TARGET_OF[path.extname(file).toLowerCase()];
  if (target === undefined) throw new Error(`${file}: no package of this program`);
  const bytes = fs.readFileSync(file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { target, name: path.basename(file), size: bytes.length, sha256 };
}

export type ManifestOrder = Omit<UpdateManifest, 'type' | 'format' | 'app'>;

/** @throws ZodError when the order does not make a manifest */
export const makeManifest = (order: ManifestOrder): UpdateManifest =>
  updateManifest.parse({ type: 'kualik/update', format: 1, app: UPDATE_APP, ...order });

/** As delivered; `sign` makes Ed25519 over the bytes, by a file's key or a token's. */
export function signWith(
  manifest: UpdateManifest,
  sign: (bytes: Uint8Array) => Buffer,
): SignedUpdate {
  const bytes = canonicalBytes(manifest);
  return {
    manifest: Buffer.from(bytes).toString('base64'),
    signature: sign(bytes).toString('base64'),
  };
}

/** `privatePem`: PKCS#8, Ed25519. @throws Error for a key of another kind */
export function signManifest(manifest: UpdateManifest, privatePem: string): SignedUpdate {
  const key = createPrivateKey(privatePem);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('the key is not Ed25519');
  return signWith(manifest, (bytes) => sign(null, bytes, key));
}

/** The public half as stations pin it: raw, Base64. */
export function publicKeyOf(privatePem: string): string {
  const der = createPublicKey(createPrivateKey(privatePem)).export({ format: 'der', type: 'spki' });
  return der.subarray(-32).toString('base64');
}
