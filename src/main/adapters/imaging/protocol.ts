// Messages between the core and the measuring process, parsed on both sides: hostile pictures live in one of them.
import { z } from 'zod';
import { PICTURE_PROBLEMS } from '../../../shared/contract/case.ts';
import {
  comparedFaces,
  MEASURE_FAILURES,
  measuredPortrait,
  measuredSignature,
} from '../../../shared/contract/measured.ts';

/** Above what the node may announce for a picture (20 MB). */
const MOST_BYTES = 20_000_000;
const bytes = z.instanceof(Uint8Array).refine((b) => b.length <= MOST_BYTES);
const fraction = z.number().min(0).max(1);
const id = z.int();

export const imagingRequest = z.discriminatedUnion('call', [
  z.object({ id, call: z.literal('probe'), bytes, mime: z.string().max(100) }),
  z.object({ id, call: z.literal('portrait'), bytes }),
  z.object({ id, call: z.literal('signature'), bytes }),
  z.object({ id, call: z.literal('faces'), bytes, other: bytes }),
  z.object({
    id,
    call: z.literal('render'),
    bytes,
    request: z.discriminatedUnion('rendering', [
      z.object({
        rendering: z.literal('card'),
        frame: z.object({ x: fraction, y: fraction, w: fraction, h: fraction }),
      }),
      z.object({ rendering: z.enum(['signature-clean', 'signature-ink', 'signature-paper']) }),
    ]),
  }),
]);
export type ImagingRequest = z.infer<typeof imagingRequest>;
export type ImagingCall = ImagingRequest['call'];

const size = z.int().nonnegative().nullable();
const verdict = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    mime: z.enum(['image/jpeg', 'image/png']),
    width: z.int().positive(),
    height: z.int().positive(),
  }),
  z.object({ ok: z.literal(false), problem: z.enum(PICTURE_PROBLEMS), width: size, height: size }),
]);

const result = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), failure: z.enum(MEASURE_FAILURES) }),
  ]);

const PNG_MARK = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** The window shows it: bytes that are no PNG never leave. A picture of 20 MP stays below 64 MB. */
const png = z
  .instanceof(Uint8Array)
  .refine((b) => b.length <= 64_000_000 && PNG_MARK.every((byte, i) => b[i] === byte));

/** What each call may answer; neither side takes or gives anything else. */
export const imagingReplies = {
  probe: verdict,
  portrait: result(measuredPortrait),
  signature: result(measuredSignature),
  faces: result(comparedFaces),
  render: result(z.object({ bytes: png, mime: z.literal('image/png') })),
} as const;

/** `rss`: memory of the process after the call, bytes; too much and it is replaced between two calls. */
export const imagingMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), engine: z.string().min(1).max(80) }),
  z.object({ kind: z.literal('reply'), id, result: z.unknown(), rss: z.number() }),
]);
export type ImagingMessage = z.infer<typeof imagingMessage>;

export const startMessage = z.object({ type: z.literal('start'), modelsDir: z.string() });
