// The update manifest: which version a ring is to have, in which files, signed with Ed25519 by the maker.
import { z } from 'zod';
import { base64, instant, sha256 } from './common.ts';

/** What a station is packed as; a manifest names one file for each. */
export const UPDATE_TARGETS = [
  'linux-x64-deb',
  'linux-x64-rpm',
  'windows-x64-exe',
  'windows-x64-msi',
] as const;
export const updateTarget = z.enum(UPDATE_TARGETS);
export type UpdateTarget = (typeof UPDATE_TARGETS)[number];

export const UPDATE_APP = 'kualik-workstation';
/** Name of the signed manifest in the maker's folder, beside the files it names. */
export const UPDATE_FILE = 'kualik-update.json';

export const updateVersion = z
  .string()
  .max(20)
  .regex(/^(0|[1-9]\d{0,5})(\.(0|[1-9]\d{0,5})){2}$/);
/** A group of stations that gets versions together, e.g. `pilot`. */
export const updateRing = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** Raw Ed25519 public key, 32 bytes. */
export const updateKey = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);

/** Below 0 when `a` is the older, above 0 when it is the newer; both of `updateVersion`. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let i = 0; i < 3; i++) if (x[i] !== y[i]) return x[i]! - y[i]!;
  return 0;
}

/** From `from` on, nobody logs in with a version older than `version`. */
export const updateMinimum = z.strictObject({ version: updateVersion, from: instant });
export type UpdateMinimum = z.infer<typeof updateMinimum>;

export const updateEntry = z.strictObject({
  target: updateTarget,
  name: z.string().min(1).max(200),
  size: z.int().min(1),
  sha256,
});
export type UpdateEntry = z.infer<typeof updateEntry>;

/** Signed as RFC 8785 bytes. */
export const updateManifest = z
  .strictObject({
    type: z.literal('kualik/update'),
    format: z.literal(1),
    app: z.string().min(1).max(80),
    /** Only grows, over all rings: a station never goes back. */
    sequence: z.int().min(1),
    version: updateVersion,
    issuedAt: instant,
    expiresAt: instant,
    rings: z.array(updateRing).min(1).max(20),
    /** The oldest version that may be updated straight to this one. */
    minFrom: updateVersion.nullable(),
    minimum: updateMinimum.nullable(),
    files: z.array(updateEntry).min(1).max(20),
  })
  .refine(({ issuedAt, expiresAt }) => issuedAt < expiresAt, { path: ['expiresAt'] })
  .refine(
    ({ minimum, version }) => minimum === null || compareVersions(minimum.version, version) <= 0,
    { path: ['minimum'] },
  );
export type UpdateManifest = z.infer<typeof updateManifest>;

/** As delivered, by the node or as a file: the bytes that were signed, and the signature over them. */
export const signedUpdate = z.strictObject({
  manifest: base64.max(100_000),
  signature: base64.max(88),
});
export type SignedUpdate = z.infer<typeof signedUpdate>;

/** Why a station does not follow a manifest, in the order of the checks. */
export const UPDATE_REFUSALS = [
  'too-large',
  'bad-signature',
  'malformed',
  'wrong-app',
  'not-for-ring',
  'issued-in-future',
  'replay',
  'sequence-reused',
  'expired',
  'bad-file-name',
  'downgrade',
  'too-old-to-update',
  'wrong-platform',
] as const;
export type UpdateRefusal = (typeof UPDATE_REFUSALS)[number];
