// Cards at the point: dispatches scanned in, places, returns, counts, and the issue lease for a dead line.
import { z } from 'zod';
import { instant, uuid } from '../central/common.ts';
import {
  ARRIVALS,
  RETURN_REASONS,
  custodyStatement,
  dispatchCard,
  storagePlace,
} from '../central/custody.ts';
import { NODE_REFUSALS } from '../central/messages.ts';
import { channel, nothing } from './channel.ts';
import { WAITING_DAYS } from './issuance.ts';
import { actState } from './queue.ts';
import { TOKEN_REFUSALS } from './token-refusals.ts';

const arrivalCounts = z.strictObject({
  expected: z.int(),
  arrived: z.int(),
  damaged: z.int(),
  /** Marked missing by the officer; before the acceptance is prepared the rest is only unscanned. */
  missing: z.int(),
  unscanned: z.int(),
  extra: z.int(),
});

export const dispatchRow = z.strictObject({
  dispatchId: uuid,
  number: z.string(),
  sentAt: instant,
  counts: arrivalCounts,
  /** Our acceptance on its way, or the node's word on who took it over. */
  act: z.strictObject({ actId: uuid, state: actState }).nullable(),
  accepted: z.strictObject({ at: instant, officerName: z.string() }).nullable(),
});
export type DispatchRow = z.infer<typeof dispatchRow>;

export const dispatchDto = z.strictObject({
  ...dispatchRow.shape,
  cards: z.array(
    z.strictObject({
      ...dispatchCard.shape,
      /** Null = not scanned yet. */
      outcome: z.enum(ARRIVALS).nullable(),
      place: z.string().nullable(),
      note: z.string().nullable(),
      scannedAt: instant.nullable(),
    }),
  ),
  extra: z.array(
    z.strictObject({ cardNumber: z.string(), note: z.string().nullable(), scannedAt: instant }),
  ),
  /** The box that is being filled: given to each card scanned from now on. */
  place: z.string().nullable(),
});
export type DispatchDto = z.infer<typeof dispatchDto>;

/** What a scan was; `unreadable` and `extra` are told loudly, `again` quietly. */
export const SCAN_OUTCOMES = ['counted', 'again', 'extra'] as const;

/** A ticket's code, a card's zone (TD1, three lines) or its nine digits, as scanned or typed. */
const scanText = z.string().min(1).max(200);

export const custodyIntentDto = z.strictObject({
  intentId: uuid, // = the act id
  /** Parsed back from the bytes that will be signed. */
  statement: custodyStatement,
  sha256: z.string(),
});
export type CustodyIntentDto = z.infer<typeof custodyIntentDto>;

export const countDto = z.strictObject({
  countId: uuid,
  begunAt: instant,
  closedAt: instant.nullable(),
  /** Cards that should lie here when the count began, and since came or went by our own doing. */
  expected: z.int(),
  seen: z.int(),
  missing: z.array(z.strictObject({ ...dispatchCard.shape, place: z.string().nullable() })),
  /** Seen, and not of this stock; `stage` when the station knows the card. */
  extra: z.array(
    z.strictObject({
      cardNumber: z.string(),
      ticket: z.string().nullable(),
      stage: z.string().nullable(),
    }),
  ),
});
export type CountDto = z.infer<typeof countDto>;

export const issueLeaseDto = z.strictObject({
  /** Ours; null = none. Overdue = nothing may be handed over under it until the node was asked. */
  own: z
    .strictObject({
      issueLeaseId: uuid,
      since: instant,
      until: instant,
      cards: z.int(),
      overdue: z.boolean(),
      /** Handed over under it here and not yet accepted by the node. */
      promised: z.int(),
    })
    .nullable(),
  /** Other counters of this point, as the node told last. */
  others: z.array(
    z.strictObject({
      issueLeaseId: uuid,
      stationId: z.string(),
      officerName: z.string(),
      until: instant,
      overdue: z.boolean(),
      cards: z.int(),
    }),
  ),
  askedAt: instant.nullable(),
  automatic: z.boolean(),
  mayTake: z.boolean(),
  mayBreak: z.boolean(),
});
export type IssueLeaseDto = z.infer<typeof issueLeaseDto>;

export const STOCK_ORDERS = ['place', 'age'] as const;

/** A card that lies here; no name: the list stands open on a table. */
export const stockCard = z.strictObject({
  applicationId: uuid,
  ticket: z.string(),
  cardNumber: z.string(),
  place: z.string().nullable(),
  arrivedAt: instant.nullable(),
  daysWaiting: z.int().nullable(),
  condition: z.enum(['good', 'damaged']),
  /** Why it may not be returned or counted on now: somebody stands at a counter, an act waits. */
  away: z.enum(['at-counter', 'promised', 'returning']).nullable(),
});
export type StockCard = z.infer<typeof stockCard>;

const PREPARE_REFUSALS = ['key-unusable'] as const;
const COUNT_REFUSALS = ['no-count', 'not-a-card'] as const;
const LEASE_REFUSALS = [...NODE_REFUSALS, 'line-dead', 'lease-untrusted', 'no-free-card'] as const;

export const stockChannels = {
  'stock.dispatches': channel(nothing, z.strictObject({ rows: z.array(dispatchRow) }), []),
  'stock.dispatch': channel(z.strictObject({ dispatchId: uuid }), dispatchDto, [
    'dispatch-unknown',
  ]),
  /** One scan of a card of the parcel; kept at once, so that a crash loses none. */
  'stock.scan': channel(
    z.strictObject({ dispatchId: uuid, text: scanText }),
    z.strictObject({
      outcome: z.enum(SCAN_OUTCOMES),
      cardNumber: z.string(),
      ticket: z.string().nullable(),
      dispatch: dispatchDto,
    }),
    ['dispatch-unknown', 'dispatch-closed', 'not-a-card', 'mrz-unreadable'],
  ),
  /** By hand: outcome (null takes it back), place, note; an extra card is taken back by null. */
  'stock.mark': channel(
    z.strictObject({
      dispatchId: uuid,
      cardNumber: z.string(),
      outcome: z.enum([...ARRIVALS, 'extra']).nullable(),
      place: storagePlace.nullable(),
      note: z.string().trim().max(500).nullable(),
    }),
    dispatchDto,
    ['dispatch-unknown', 'dispatch-closed', 'not-a-card', 'note-missing'],
  ),
  /** The box that the next scanned cards go to. */
  'stock.box': channel(
    z.strictObject({ dispatchId: uuid, place: storagePlace.nullable() }),
    dispatchDto,
    ['dispatch-unknown', 'dispatch-closed'],
  ),
  /** What was not scanned goes into the statement as missing. */
  'stock.prepareAcceptance': channel(z.strictObject({ dispatchId: uuid }), custodyIntentDto, [
    ...PREPARE_REFUSALS,
    'dispatch-unknown',
    'dispatch-closed',
    'nothing-scanned',
  ]),
  'stock.prepareReturn': channel(
    z.strictObject({
      cards: z
        .array(
          z.strictObject({
            applicationId: uuid,
            reason: z.enum(RETURN_REASONS),
            note: z.string().trim().max(500).nullable(),
          }),
        )
        .min(1)
        .max(500),
    }),
    custodyIntentDto,
    // wrong-stage, note-missing, card-damaged (it is no uncollected one): params: ticket
    [...PREPARE_REFUSALS, 'not-in-cache', 'wrong-stage', 'note-missing', 'card-damaged'],
  ),
  /** Cards that lie at the point; `search` is part of a ticket, a name, or a whole scan of one card. */
  'stock.cards': channel(
    z.strictObject({
      search: z.string().max(200),
      order: z.enum(STOCK_ORDERS),
      /** Only cards that wait at least so many days; 0 = all. */
      waitingDays: z.int().min(0).max(3650),
      after: z.string().max(500).nullable(),
      limit: z.int().min(1).max(500),
    }),
    z.strictObject({
      rows: z.array(stockCard),
      next: z.string().nullable(),
      total: z.int(),
      /** How many wait at least so many days, in the order of WAITING_DAYS. */
      waiting: z.array(z.int()).length(WAITING_DAYS.length),
    }),
    [],
  ),
  /** Acts of return signed here in the last thirty days, newest first. */
  'stock.returns': channel(
    nothing,
    z.strictObject({
      rows: z.array(
        z.strictObject({
          actId: uuid,
          at: instant,
          state: actState,
          cards: z.int(),
          remakes: z.int(),
        }),
      ),
    }),
    [],
  ),
  'stock.sign': channel(
    z.strictObject({ intentId: uuid, pin: z.string().min(1).max(128) }),
    z.strictObject({ actId: uuid }),
    [...TOKEN_REFUSALS, 'intent-gone', 'key-unusable', 'signature-not-made', 'case-changed'],
  ),
  'stock.cancel': channel(z.strictObject({ intentId: uuid }), z.strictObject({}), []),
  'stock.place': channel(
    z.strictObject({ applicationId: uuid, place: storagePlace }),
    z.strictObject({}),
    ['not-in-cache', 'wrong-stage'],
  ),
  /** The running count, else the newest closed one; null = never counted here. */
  'stock.count': channel(nothing, countDto.nullable(), []),
  'stock.beginCount': channel(nothing, countDto, []),
  'stock.countScan': channel(
    z.strictObject({ text: scanText }),
    z.strictObject({
      outcome: z.enum(SCAN_OUTCOMES),
      cardNumber: z.string(),
      ticket: z.string().nullable(),
      count: countDto,
    }),
    [...COUNT_REFUSALS, 'mrz-unreadable'],
  ),
  'stock.closeCount': channel(nothing, countDto, [...COUNT_REFUSALS]),
  'leases.read': channel(nothing, issueLeaseDto, []),
  /** All cards of the point that nobody holds. */
  'leases.take': channel(nothing, issueLeaseDto, [...LEASE_REFUSALS]),
  'leases.giveBack': channel(nothing, issueLeaseDto, [...LEASE_REFUSALS]),
  'leases.break': channel(
    z.strictObject({ issueLeaseId: uuid, why: z.string().trim().min(3).max(500) }),
    issueLeaseDto,
    [...LEASE_REFUSALS],
  ),
} as const;
