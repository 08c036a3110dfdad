// Attacks on the update manifest: each is refused, and with its own reason.
import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  makeManifest,
  publicKeyOf,
  signManifest,
  type ManifestOrder,
} from '../../../../scripts/update/make-manifest.ts';
import { canonicalBytes, canonicalText } from '../../../../src/shared/central/statement.ts';
import {
  compareVersions,
  UPDATE_REFUSALS,
  type SignedUpdate,
  type UpdateRefusal,
} from '../../../../src/shared/central/update.ts';
import {
  belowMinimum,
  MOST_FILE_BYTES,
  verifyManifest,
  type UpdateContext,
} from '../../../../src/shared/updates/verify-manifest.ts';

const newKey = (): string =>
  String(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }));
const key = newKey();
const rotated = newKey();
const FILE = { target: 'linux-x64-deb', name: 'kualik_1.3.0_amd64.deb', size: 900 } as const;
const order: ManifestOrder = {
  sequence: 7,
  version: '1.3.0',
  issuedAt: '2026-06-01T00:00:00.000Z',
  expiresAt: '2026-07-01T00:00:00.000Z',
  rings: ['pilot', 'all'],
  minFrom: '1.1.0',
  minimum: { version: '1.2.0', from: '2026-06-20T00:00:00.000Z' },
  files: [{ ...FILE, sha256: 'a'.repeat(64) }],
};
const context: UpdateContext = {
  keys: [publicKeyOf(rotated), publicKeyOf(key)],
  ring: 'all',
  target: 'linux-x64-deb',
  installed: '1.2.9',
  now: new Date('2026-06-10T00:00:00.000Z'),
  newest: { sequence: 6, sha256: 'b'.repeat(64) },
};
const bytes = (text: string): Uint8Array => Buffer.from(text, 'base64');
const judge = ({ manifest, signature }: SignedUpdate, change: Partial<UpdateContext> = {}) =>
  verifyManifest(bytes(manifest), bytes(signature), { ...context, ...change });
const signed = (change: Partial<ManifestOrder> = {}): SignedUpdate =>
  signManifest(makeManifest({ ...order, ...change }), key);
/** Signed with the right key, whatever it says. */
const raw = (content: Uint8Array): SignedUpdate => ({
  manifest: Buffer.from(content).toString('base64'),
  signature: sign(null, content, key).toString('base64'),
});
const file = (change: object): Partial<ManifestOrder> => ({
  files: [{ ...order.files[0]!, ...change }],
});
const whole = makeManifest(order);
const text = (value: string): SignedUpdate => raw(new TextEncoder().encode(value));

const notUtf8 = canonicalText(whole).replace('"kualik-', '"\xff');

type Attack = [string, UpdateRefusal, SignedUpdate, Partial<UpdateContext>?];
const attacks: Attack[] = [
  ['another key', 'bad-signature', signManifest(whole, newKey())],
  ['no signature', 'bad-signature', { ...signed(), signature: '' }],
  ['a key no longer pinned', 'bad-signature', signed(), { keys: [publicKeyOf(rotated)] }],
  ['no key pinned', 'bad-signature', signed(), { keys: [] }],
  ['a broken pin', 'bad-signature', signed(), { keys: ['AAAA'] }],
  ['another program', 'wrong-app', raw(canonicalBytes({ ...whole, app: 'other' }))],
  ['another ring', 'not-for-ring', signed({ rings: ['pilot'] })],
  ['of tomorrow', 'issued-in-future', signed(), { now: new Date('2026-05-31T23:54:59.000Z') }],
  ['run out', 'expired', signed(), { now: new Date('2026-07-01T00:00:00.000Z') }],
  ['an older one again', 'replay', signed({ sequence: 5 })],
  ['its number for another', 'sequence-reused', signed({ sequence: 6 })],
  ['an older version', 'downgrade', signed({ sequence: 8 }), { installed: '1.3.1' }],
  ['1.9 is older than 1.10', 'downgrade', signed({ version: '1.9.0' }), { installed: '1.10.0' }],
  ['too large a step', 'too-old-to-update', signed(), { installed: '1.0.9' }],
  ['no package for us', 'wrong-platform', signed(), { target: 'windows-x64-msi' }],
  ['a path out', 'bad-file-name', signed(file({ name: '../../etc/cron.d/x.deb' }))],
  ['a path of Windows', 'bad-file-name', signed(file({ name: 'C:\\x.msi' }))],
  ['a hidden file', 'bad-file-name', signed(file({ name: '.x.deb' }))],
  ['a device of Windows', 'bad-file-name', signed(file({ name: 'nul.exe' }))],
  ['a script', 'bad-file-name', signed(file({ name: 'x.sh' }))],
  ['a stream of Windows', 'bad-file-name', signed(file({ name: 'x.exe:y.exe' }))],
  ['a huge file', 'too-large', signed(file({ size: MOST_FILE_BYTES + 1 }))],
  ['a huge manifest', 'too-large', text(JSON.stringify(whole) + ' '.repeat(70_000))],
  ['not JSON', 'malformed', text('kualik')],
  ['not UTF-8', 'malformed', raw(Buffer.from(notUtf8, 'latin1'))],
  ['other bytes of the same', 'malformed', text(JSON.stringify(whole, null, 1))],
  ['a field too many', 'malformed', raw(canonicalBytes({ ...whole, script: 'x' }))],
  ['a version that is none', 'malformed', raw(canonicalBytes({ ...whole, version: '1.3' }))],
  ['another document', 'malformed', raw(canonicalBytes({ ...whole, type: 'kualik/trust-list' }))],
  ['ends before it begins', 'malformed', raw(canonicalBytes({ ...whole, expiresAt: order.issuedAt }))],
  [
    'a minimum above itself',
    'malformed',
    raw(canonicalBytes({ ...whole, minimum: { ...order.minimum!, version: '1.4.0' } })),
  ],
]; // prettier-ignore

describe('the update manifest', () => {
  it('names our file, under any of the pinned keys', () => {
    const verdict = judge(signed());
    expect(verdict).toMatchObject({ ok: true, file: order.files[0], manifest: { version: '1.3.0' } });
    expect(judge(signManifest(whole, rotated)).ok).toBe(true);
    // The very manifest that was the newest is no replay.
    expect(judge(signed(), { newest: verdict.seen }).ok).toBe(true);
  }); // prettier-ignore

  it('of the installed version brings nothing', () => {
    expect(judge(signed(), { installed: '1.3.0' })).toMatchObject({ ok: true, file: null });
  });

  it.each(attacks)('%s: %s', (_name, code, attack, change) => {
    expect(judge(attack, change)).toMatchObject({ ok: false, code });
  });

  it('has an attack for each refusal', () => {
    expect([...new Set(attacks.map(([, code]) => code))].sort()).toEqual(
      [...UPDATE_REFUSALS].sort(),
    );
  });

  it('is refused when any byte of it or of its signature is another', () => {
    const { manifest, signature } = signed();
    for (const [which, length] of [
      ['manifest', bytes(manifest).length],
      ['signature', 64],
    ] as const)
      for (let at = 0; at < length; at++) {
        const parts = { manifest: bytes(manifest), signature: bytes(signature) };
        parts[which][at]! ^= 0x01;
        const verdict = verifyManifest(parts.manifest, parts.signature, context);
        expect(verdict, `${which} ${at}`).toMatchObject({ ok: false, code: 'bad-signature' });
      }
  });

  it('is remembered when it is genuine and the newest, not otherwise', () => {
    const after = new Date('2026-08-01T00:00:00.000Z');
    expect(judge(signed(), { now: after }).seen).toMatchObject({ sequence: 7, minimum: order.minimum });
    expect(judge(signed({ sequence: 5 })).seen).toBeNull();
    expect(judge(signed({ rings: ['pilot'] })).seen).toBeNull();
    expect(judge(signManifest(whole, newKey())).seen).toBeNull();
  }); // prettier-ignore

  it('closes older versions on its hard date, to the millisecond', () => {
    const at = (time: string, installed: string) =>
      belowMinimum(order.minimum, installed, new Date(time));
    expect(at('2026-06-19T23:59:59.999Z', '1.1.9')).toBe(false);
    expect(at('2026-06-20T00:00:00.000Z', '1.1.9')).toBe(true);
    expect(at('2026-06-20T00:00:00.000Z', '1.2.0')).toBe(false);
    expect(belowMinimum(null, '0.0.1', context.now)).toBe(false);
  });

  it('compares versions as numbers', () => {
    expect(compareVersions('1.10.0', '1.9.9')).toBeGreaterThan(0);
    expect(compareVersions('2.0.0', '2.0.0')).toBe(0);
    expect(compareVersions('0.9.9', '1.0.0')).toBeLessThan(0);
  });
});
