// Verifies an update manifest for one station: every attack is refused with a code of its own.
import { createHash, createPublicKey, verify } from 'node:crypto';
import {
  compareVersions,
  updateManifest,
  UPDATE_APP,
  type UpdateEntry,
  type UpdateManifest,
  type UpdateMinimum,
  type UpdateRefusal,
  type UpdateTarget,
} from '../central/update.ts';
import { canonicalText } from '../central/statement.ts';

/** What a station remembers of the newest manifest of its ring, whatever became of it. */
export interface SeenUpdate {
  readonly sequence: number;
  /** Of the manifest's bytes. */
  readonly sha256: string;
  readonly minimum: UpdateMinimum | null;
}

export interface UpdateContext {
  /** Pinned by the administrator, several while keys are changed: raw Ed25519, Base64. */
  readonly keys: readonly string[];
  readonly ring: string;
  readonly target: UpdateTarget;
  /** Version of the program that asks. */
  readonly installed: string;
  readonly now: Date;
  readonly newest: Pick<SeenUpdate, 'sequence' | 'sha256'> | null;
}

export type VerifiedUpdate =
  /** `file` null: this very version is installed. */
  | {
      readonly ok: true;
      readonly manifest: UpdateManifest;
      readonly file: UpdateEntry | null;
      readonly seen: SeenUpdate;
    }
  /** `seen`: the manifest is genuine and the newest of the ring, though not to be followed. */
  | {
      readonly ok: false;
      readonly code: UpdateRefusal;
      readonly detail: string;
      readonly seen: SeenUpdate | null;
    };

export const MOST_MANIFEST_BYTES = 64 * 1024;
export const MOST_FILE_BYTES = 1024 * 1024 * 1024;
const SKEW_MS = 5 * 60_000;
/** Before the raw key: SubjectPublicKeyInfo of Ed25519 (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
/** One name, no path; not hidden, no name Windows reads otherwise. */
const FILE_NAME =
  /^(?!(con|prn|aux|nul|com\d|lpt\d)(\.|$))[a-z0-9][a-z0-9._-]{0,119}\.(deb|rpm|exe|msi)$/i;

/**
 * Signature before anything is read, then form, then for whom, then when, then from what.
 * `manifest` is RFC 8785 bytes as delivered, `signature` Ed25519 over them.
 */
export function verifyManifest(
  manifest: Uint8Array,
  signature: Uint8Array,
  context: UpdateContext,
): VerifiedUpdate {
  if (manifest.length > MOST_MANIFEST_BYTES) return no('too-large', `${manifest.length} bytes`);
  if (!context.keys.some((key) => signedBy(key, manifest, signature)))
    return no('bad-signature', 'by no pinned key');
  const body = readBody(manifest);
  if (typeof body === 'string') return no('malformed', body);
  if (body.app !== UPDATE_APP) return no('wrong-app', body.app);
  if (!body.rings.includes(context.ring)) return no('not-for-ring', body.rings.join(' '));
  const now = context.now.getTime();
  if (Date.parse(body.issuedAt) > now + SKEW_MS) return no('issued-in-future', body.issuedAt);
  const sha256 = createHash('sha256').update(manifest).digest('hex');
  const { newest } = context;
  if (newest !== null && body.sequence < newest.sequence)
    return no('replay', `${body.sequence} after ${newest.sequence}`);
  if (newest !== null && body.sequence === newest.sequence && sha256 !== newest.sha256)
    return no('sequence-reused', String(body.sequence));
  const seen = { sequence: body.sequence, sha256, minimum: body.minimum };
  return follow(body, seen, context);
}

/** A genuine manifest, the newest of this ring: whether this station may follow it. */
function follow(body: UpdateManifest, seen: SeenUpdate, context: UpdateContext): VerifiedUpdate {
  const { installed, target, now } = context;
  // A frozen channel: somebody holds newer manifests back.
  if (Date.parse(body.expiresAt) <= now.getTime()) return no('expired', body.expiresAt, seen);
  const bad = body.files.find(({ name }) => !FILE_NAME.test(name));
  if (bad !== undefined) return no('bad-file-name', bad.name, seen);
  const step = compareVersions(body.version, installed);
  if (step < 0) return no('downgrade', `${body.version} under ${installed}`, seen);
  if (step === 0) return { ok: true, manifest: body, file: null, seen };
  if (body.minFrom !== null && compareVersions(installed, body.minFrom) < 0)
    return no('too-old-to-update', `${installed} under ${body.minFrom}`, seen);
  const file = body.files.find((one) => one.target === target);
  if (file === undefined) return no('wrong-platform', target, seen);
  if (file.size > MOST_FILE_BYTES) return no('too-large', `${file.name}: ${file.size}`, seen);
  return { ok: true, manifest: body, file, seen };
}

const no = (
  code: UpdateRefusal,
  detail: string,
  seen: SeenUpdate | null = null,
): VerifiedUpdate => ({ ok: false, code, detail, seen });

function signedBy(key: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  const raw = Buffer.from(key, 'base64');
  if (raw.length !== 32 || signature.length !== 64) return false;
  const der = Buffer.concat([SPKI, raw]);
  return verify(null, bytes, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature);
}

/** The manifest, or what is wrong with its form. */
function readBody(bytes: Uint8Array): UpdateManifest | string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    const parsed = updateManifest.safeParse(value);
    if (!parsed.success) return parsed.error.issues[0]?.path.join('.') || 'shape';
    return canonicalText(value) === text ? parsed.data : 'not canonical';
  } catch {
    return 'not JSON';
  }
}

/** Whether a station of this version is past the hard date of the minimum it was told. */
export const belowMinimum = (
  minimum: UpdateMinimum | null,
  installed: string,
  now: Date,
): boolean =>
  minimum !== null &&
  compareVersions(installed, minimum.version) < 0 &&
  Date.parse(minimum.from) <= now.getTime();
