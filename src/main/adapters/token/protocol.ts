// Messages between the core and the token process, parsed on both sides: a vendor module lives in one of them.
import { z } from 'zod';
import {
  SAID_BY_CORE,
  TOKEN_REFUSALS,
  type TokenRefusalCode,
} from '../../../shared/contract/token-refusals.ts';

const bytes = z.instanceof(Uint8Array);
const hex = z.string().regex(/^[0-9a-f]+$/);
const keyRef = {
  moduleId: z.string().max(64),
  serial: z.string().max(64),
  keyId: hex.max(512),
  certSha256: hex.length(64),
};

// Signed attributes are a few hundred bytes; nothing large is ever signed directly.
const tbs = bytes.refine((b) => b.length > 0 && b.length <= 65_536);

export const tokenRequest = z.discriminatedUnion('call', [
  z.object({ id: z.number().int(), call: z.literal('list') }),
  z.object({
    id: z.number().int(),
    call: z.literal('prove-pin'),
    request: z.object({ ...keyRef, pin: z.string().max(512) }),
  }),
  z.object({
    id: z.number().int(),
    call: z.literal('sign'),
    request: z.object({ ...keyRef, pin: z.string().max(512), tbs }),
  }),
  z.object({
    id: z.number().int(),
    call: z.literal('hold'),
    request: z.object({ ...keyRef, pin: z.string().max(512) }),
  }),
  z.object({
    id: z.number().int(),
    call: z.literal('sign-held'),
    request: z.object({ ...keyRef, tbs }),
  }),
  z.object({ id: z.number().int(), call: z.literal('release') }),
]);
export type TokenRequest = z.infer<typeof tokenRequest>;

const pinState = z.object({
  initialized: z.boolean(),
  countLow: z.boolean(),
  finalTry: z.boolean(),
  locked: z.boolean(),
  mustChange: z.boolean(),
  minLength: z.number(),
  maxLength: z.number(),
});

type SaidByProcess = Exclude<TokenRefusalCode, (typeof SAID_BY_CORE)[number]>;
const ofCore: readonly string[] = SAID_BY_CORE;
const saidByProcess = TOKEN_REFUSALS.filter(
  (code): code is SaidByProcess => !ofCore.includes(code),
);

const refused = z.object({
  ok: z.literal(false),
  refusal: z.object({
    code: z.enum(saidByProcess),
    rawCode: z.number().exactOptional(),
    rawName: z.string().exactOptional(),
    pin: pinState.exactOptional(),
    detail: z.string().exactOptional(),
  }),
});

const tokenView = z.object({
  moduleId: z.string(),
  serial: z.string(),
  label: z.string(),
  model: z.string(),
  manufacturer: z.string(),
  mechanisms: z.array(z.string()).max(1000).exactOptional(),
  pin: pinState,
  certificates: z.array(
    z.object({
      keyId: hex,
      certSha256: hex,
      der: bytes,
      kind: z.enum(['rsa', 'ec-p256', 'gost-512', 'other']),
    }),
  ),
});

const moduleView = z.object({
  moduleId: z.string(),
  title: z.string(),
  state: z.enum(['ready', 'missing', 'failed']),
  rawCode: z.number().exactOptional(),
  detail: z.string().exactOptional(),
});

const proved = { pin: pinState, pinAlways: z.boolean(), factoryPin: z.boolean() };

/** What each call may answer; the core takes nothing else for a success. */
export const tokenReplies = {
  list: z.union([
    z.object({ ok: z.literal(true), tokens: z.array(tokenView), modules: z.array(moduleView) }),
    refused,
  ]),
  'prove-pin': z.union([z.object({ ok: z.literal(true), ...proved }), refused]),
  sign: z.union([z.object({ ok: z.literal(true), signature: bytes, ...proved }), refused]),
  hold: z.union([z.object({ ok: z.literal(true), ...proved }), refused]),
  'sign-held': z.union([z.object({ ok: z.literal(true), signature: bytes }), refused]),
  release: z.object({ ok: z.literal(true) }),
} as const;

const presence = z.object({ moduleId: z.string(), serial: z.string(), label: z.string() });

/** From the token process: an answer, or each second what is in the slots. */
export const tokenMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reply'), id: z.number().int(), result: z.unknown() }),
  z.object({ kind: z.literal('present'), tokens: z.array(presence) }),
]);
export type TokenMessage = z.infer<typeof tokenMessage>;

export const startMessage = z.object({
  type: z.literal('start'),
  modules: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      path: z.string(),
      rescanByRestart: z.boolean().exactOptional(),
      gost: z.boolean().exactOptional(),
    }),
  ),
});
export type StartMessage = z.infer<typeof startMessage>;
