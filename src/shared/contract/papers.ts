// Papers handed to people at the counter: what stands on each, asked by what it is about, printed or saved.
import { z } from 'zod';
import { instant, localDate, sha256, uuid } from '../central/common.ts';
import { ARRIVALS, RETURN_REASONS } from '../central/custody.ts';
import { REPORT_REASONS } from '../central/messages.ts';
import { serviceCode } from '../central/services.ts';
import { channel, nothing } from './channel.ts';
import { watcher } from './services.ts';

/** A4 for the office printer, 80 mm roll for the printer at the counter. */
export const PAPER_FORMATS = ['a4', 'roll'] as const;
export type PaperFormat = (typeof PAPER_FORMATS)[number];

export const PAPER_KINDS = [
  'receipt',
  'refusal',
  'day-register',
  'dispatch-act',
  'return-act',
  'count-difference',
  'outage',
] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

/** Reasons a slip is printed for; whoever left without the card gets none. */
export const SLIP_REASONS = ['proxy', 'not-the-person', 'no-ticket'] as const;

/** `other`: the node told of a refusal and not why. */
export const OUTCOMES = ['issued', ...REPORT_REASONS, 'other'] as const;
export type Outcome = (typeof OUTCOMES)[number];
/** promised = signed or recorded here; accepted, refused = the node's word. */
export const STANDINGS = ['promised', 'accepted', 'refused'] as const;
export type Standing = (typeof STANDINGS)[number];

export const paperRef = z.discriminatedUnion('kind', [
  /** The hand-over of this application signed at this desk. */
  z.strictObject({ kind: z.literal('receipt'), applicationId: uuid }),
  /** The newest refusal recorded here, or the one named. */
  z.strictObject({
    kind: z.literal('refusal'),
    applicationId: uuid,
    reportId: uuid.nullable(),
  }),
  z.strictObject({ kind: z.literal('day-register'), day: localDate }),
  /** For whoever cannot file online (cl. 12). */
  z.strictObject({ kind: z.literal('outage'), outageId: uuid }),
  /** Our signed acceptance of this dispatch. */
  z.strictObject({ kind: z.literal('dispatch-act'), dispatchId: uuid }),
  z.strictObject({ kind: z.literal('return-act'), actId: uuid }),
  /** A closed count. */
  z.strictObject({ kind: z.literal('count-difference'), countId: uuid }),
]);
export type PaperRef = z.infer<typeof paperRef>;

const both = z.strictObject({ ru: z.string(), kz: z.string() });

const common = {
  /** The unit, and the registration point when the officer has one. */
  department: both,
  point: both.nullable(),
  officer: z.string(),
  madeAt: instant,
  training: z.boolean(),
};

export const totals = z.record(z.enum(OUTCOMES), z.int());
export type Totals = z.infer<typeof totals>;

/** Data only; the words of both languages stand with the print page. No picture, no full IIN. */
export const paperDto = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('receipt'),
    ...common,
    actId: uuid,
    ticket: z.string(),
    name: z.string(),
    iinMasked: z.string(),
    cardNumber: z.string(),
    cardEndDate: localDate,
    handedOverAt: instant,
    oldCard: z.enum(['surrendered', 'not-presented']),
    standing: z.enum(STANDINGS),
    /** Of the signed bytes of the act. */
    sha256,
    qr: z.string(),
  }),
  z.strictObject({
    kind: z.literal('refusal'),
    ...common,
    reportId: uuid,
    reason: z.enum(SLIP_REASONS),
    clause: z.string().nullable(),
    refusedAt: instant,
    /** Who came without the ticket learns neither its number nor anything of the owner. */
    ticket: z.string().nullable(),
    iinMasked: z.string().nullable(),
    /** Of the report's bytes. */
    sha256,
    qr: z.string(),
  }),
  z.strictObject({
    kind: z.literal('outage'),
    ...common,
    outageId: uuid,
    service: serviceCode,
    thresholdMinutes: z.number(),
    since: instant,
    /** The last probe that failed. */
    until: instant,
    /** When the service answered again; null while it fails, or when nobody watched on. */
    answeredAt: instant.nullable(),
    by: watcher,
    /** Of the probes that prove it. */
    sha256,
    qr: z.string(),
  }),
  z.strictObject({
    kind: z.literal('day-register'),
    ...common,
    day: localDate,
    rows: z.array(
      z.strictObject({
        at: instant,
        ticket: z.string(),
        cardNumber: z.string().nullable(),
        outcome: z.enum(OUTCOMES),
        standing: z.enum(STANDINGS),
        officer: z.string().nullable(),
      }),
    ),
    totals,
    total: z.int(),
  }),
  z.strictObject({
    kind: z.literal('dispatch-act'),
    ...common,
    actId: uuid,
    number: z.string(),
    sentAt: instant,
    signedAt: instant,
    standing: z.enum(STANDINGS),
    /** In the order of the list that travelled with the cards. */
    cards: z.array(
      z.strictObject({
        ticket: z.string(),
        cardNumber: z.string(),
        outcome: z.enum(ARRIVALS),
        place: z.string().nullable(),
        note: z.string().nullable(),
      }),
    ),
    extra: z.array(z.strictObject({ cardNumber: z.string(), note: z.string().nullable() })),
    /** Of the signed bytes of the act. */
    sha256,
    qr: z.string(),
  }),
  z.strictObject({
    kind: z.literal('return-act'),
    ...common,
    actId: uuid,
    signedAt: instant,
    standing: z.enum(STANDINGS),
    cards: z.array(
      z.strictObject({
        ticket: z.string(),
        cardNumber: z.string(),
        reason: z.enum(RETURN_REASONS),
        remake: z.boolean(),
        note: z.string().nullable(),
      }),
    ),
    sha256,
    qr: z.string(),
  }),
  z.strictObject({
    kind: z.literal('count-difference'),
    ...common,
    countId: uuid,
    begunAt: instant,
    closedAt: instant,
    expected: z.int(),
    seen: z.int(),
    missing: z.array(
      z.strictObject({
        ticket: z.string(),
        cardNumber: z.string(),
        place: z.string().nullable(),
      }),
    ),
    extra: z.array(z.strictObject({ cardNumber: z.string(), ticket: z.string().nullable() })),
    /** Of the canonical bytes of the count: number, times, sums and both lists. */
    sha256,
    qr: z.string(),
  }),
]);
export type PaperDto = z.infer<typeof paperDto>;
export type PaperOf<K extends PaperKind> = Extract<PaperDto, { kind: K }>;

export const printerDto = z.strictObject({
  name: z.string(),
  title: z.string(),
  usual: z.boolean(),
});
export type PrinterDto = z.infer<typeof printerDto>;

const asked = { paper: paperRef, format: z.enum(PAPER_FORMATS) };

export const paperChannels = {
  'papers.show': channel(paperRef, paperDto, ['paper-unknown']),
  /** Printers of this machine; none = only a file can be made. */
  'papers.printers': channel(nothing, z.strictObject({ printers: z.array(printerDto) }), []),
  'papers.print': channel(
    z.strictObject({ ...asked, printer: z.string().min(1).max(300) }),
    z.strictObject({}),
    ['paper-unknown', 'not-printed'],
  ),
  /** As a PDF into the export folder; the officer learns where it lies. */
  'papers.save': channel(z.strictObject(asked), z.strictObject({ path: z.string() }), [
    'paper-unknown',
    'not-printed',
    'not-written',
  ]),
} as const;
