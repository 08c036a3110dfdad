// Log-in, lock and the tokens on the table.
import { z } from 'zod';
import { coded, department, instant } from '../central/common.ts';
import { NODE_REFUSALS, role } from '../central/messages.ts';
import { channel, nothing } from './channel.ts';
import { place } from './place.ts';
import { TOKEN_REFUSALS } from './token-refusals.ts';

export const UNUSABLE_REASONS = [
  'not-yet-valid',
  'expired',
  'auth-key',
  'no-signing-usage',
  'role-missing',
  'role-individual',
  'role-finance',
  'role-hr',
  'role-employee',
  'role-information-system',
  'role-refused',
  'no-iin',
  'no-bin',
  'iin-mismatch',
  'bin-mismatch',
  'file-key-forbidden',
  'key-storage-forbidden',
  // Trust and revocation, asked of the node
  'untrusted-issuer',
  'revoked',
  'status-unknown',
  'revocation-unavailable',
  'algorithm-forbidden', // by the station's policy
  'algorithm-unsupported',
  'key-too-short',
  'ca-certificate',
  'malformed',
] as const;

/** `hung`, `crashed`: the module's process was ended and is being started again. */
export const MODULE_STATES = ['ready', 'missing', 'failed', 'starting', 'hung', 'crashed'] as const;

export const pinState = z.strictObject({
  tries: z.enum(['full', 'low', 'final', 'locked']),
  initialized: z.boolean(),
  mustChange: z.boolean(),
  minLength: z.int(),
  maxLength: z.int(),
});

export const tokenCertificateDto = z.strictObject({
  keyId: z.string(),
  certSha256: z.string(),
  name: z.string(),
  organisation: z.string().nullable(),
  algorithm: z.enum(['rsa', 'ec-p256', 'gost-512', 'other']),
  validFrom: instant,
  validTo: instant,
  daysLeft: z.int(),
  /** The warning the certificate has reached: 30, 14 or 7 days before its end. */
  expiry: z.union([z.literal(30), z.literal(14), z.literal(7)]).nullable(),
  unusable: z.enum(UNUSABLE_REASONS).nullable(),
  usedBefore: z.boolean(),
});

export const tokenDto = z.strictObject({
  moduleId: z.string(),
  serial: z.string(),
  label: z.string(),
  model: z.string(),
  pin: pinState,
  certificates: z.array(tokenCertificateDto),
});
export type TokenDto = z.infer<typeof tokenDto>;

export const tokensDto = z.strictObject({
  modules: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      state: z.enum(MODULE_STATES),
    }),
  ),
  tokens: z.array(tokenDto),
});
export type TokensDto = z.infer<typeof tokensDto>;

export const officerDto = z.strictObject({
  fullName: z.string(),
  department,
  region: coded,
  registrationPoint: coded.nullable(),
  roles: z.array(role),
});

export const LOCK_REASONS = [
  'idle',
  'key',
  'token-removed',
  'session-too-long',
  'update-required',
] as const;

export const sessionDto = z.strictObject({
  state: z.enum(['signed-out', 'locked', 'open']),
  officer: officerDto.nullable(),
  /** Which key is logged in, so that the lock screen asks for the same token. */
  key: z
    .strictObject({
      moduleId: z.string(),
      serial: z.string(),
      label: z.string(),
      /** The token wants the PIN anew for each signature. */
      pinAlways: z.boolean(),
      /** The PIN is one the maker sets at the factory: to be changed. */
      factoryPin: z.boolean(),
    })
    .nullable(),
  lockedBecause: z.enum(LOCK_REASONS).nullable(),
  lockAfterMinutes: z.int(),
  /** Logged in without the node: only the cache answers, acts wait. */
  offline: z.boolean(),
  training: z.boolean(),
  stationId: z.string(),
  /** Signed acts of other officers that wait on this station for their owner's next log-in. */
  othersUnsent: z.int(),
  /** Where the officer was when the screen was locked; only while it is open, absent after a log-in. */
  place: place.optional(),
});
export type SessionDto = z.infer<typeof sessionDto>;

export const sessionChannels = {
  'session.read': channel(nothing, sessionDto, []),
  'session.tokens': channel(nothing, tokensDto, [...TOKEN_REFUSALS]),
  'session.logIn': channel(
    z.strictObject({
      moduleId: z.string().max(80),
      serial: z.string().max(80),
      keyId: z.string().max(200),
      certSha256: z.string().length(64),
      pin: z.string().min(1).max(128),
      /** Asked only after the refusal cache-pin-changed: opens the cache sealed under the old PIN. */
      previousPin: z.string().min(1).max(128).optional(),
    }),
    sessionDto,
    [
      ...TOKEN_REFUSALS,
      ...NODE_REFUSALS,
      'key-unusable',
      'other-place', // the station's policy names another region or point
      'trust-missing',
      'line-dead-first-log-in',
      'node-untrusted',
      'node-malformed',
      'cache-pin-changed',
      'cache-damaged',
      'cache-newer',
      'update-required',
    ],
  ),
  'session.lock': channel(nothing, sessionDto, []),
  'session.unlock': channel(
    z.strictObject({
      pin: z.string().min(1).max(128),
      /** As at the log-in: asked only after the refusal cache-pin-changed. */
      previousPin: z.string().min(1).max(128).optional(),
    }),
    sessionDto,
    [
      ...TOKEN_REFUSALS,
      'update-required',
      'key-unusable',
      'other-place',
      'cache-pin-changed',
      'cache-damaged',
      'cache-newer',
    ],
  ),
  'session.logOut': channel(nothing, sessionDto, []),
  /** Any key or mouse action: restarts the idle clock. */
  'session.touch': channel(nothing, nothing, []),
} as const;
