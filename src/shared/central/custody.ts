// Custody of produced cards at a registration point: dispatch lists, and the acts that move cards from hand to hand.
import { z } from 'zod';
import { instant, sha256, shortText, uuid } from './common.ts';

const cardNumber = z.string().regex(/^\d{9}$/);

/** A card as the list that travels with it names it. */
export const dispatchCard = z.strictObject({
  applicationId: uuid,
  ticket: z.string().min(1).max(60),
  cardNumber,
});
export type DispatchCard = z.infer<typeof dispatchCard>;

/** Cards sent together to one point. `contents` = RFC 8785 bytes of number, point and cards, hashed. */
export const dispatch = z.strictObject({
  dispatchId: uuid,
  number: z.string().min(1).max(40),
  registrationPoint: z.string().max(40),
  sentAt: instant,
  cards: z.array(dispatchCard).min(1).max(500),
  contentsSha256: sha256,
  /** Who took it over, by which act; null = still on the way. */
  accepted: z.strictObject({ actId: uuid, at: instant, officerName: shortText }).nullable(),
});
export type Dispatch = z.infer<typeof dispatch>;

/** Dispatches on the way to the officer's point, and those accepted in the last thirty days; newest first. */
export const dispatchesReply = z.strictObject({ dispatches: z.array(dispatch).max(500) });

/** What is hashed into `contentsSha256`. */
export const dispatchContents = (of: {
  readonly number: string;
  readonly registrationPoint: string;
  readonly cards: readonly DispatchCard[];
}) => ({ number: of.number, registrationPoint: of.registrationPoint, cards: of.cards });

export const ARRIVALS = ['arrived', 'missing', 'damaged'] as const;
export type Arrival = (typeof ARRIVALS)[number];

/** `damaged`, `wrong-card` (its print is not what the record says) → made anew; `uncollected` → back. */
export const RETURN_REASONS = ['damaged', 'wrong-card', 'uncollected'] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

/** Box or cell, as the point writes it; never parsed. */
export const storagePlace = z.string().trim().min(1).max(40);

const common = {
  version: z.literal(1),
  actId: uuid,
  registrationPoint: z.string().max(40),
  officerIin: z.string().regex(/^\d{12}$/),
  departmentBin: z.string().regex(/^\d{12}$/),
  stationId: z.string().min(1).max(80),
  at: instant,
};
const note = z.string().trim().min(1).max(500).nullable();

/** The point takes a dispatch over: each card of the list once, in its order; extra = not on the list. */
export const dispatchAcceptance = z.strictObject({
  type: z.literal('kualik/dispatch-acceptance'),
  ...common,
  dispatchId: uuid,
  contentsSha256: sha256,
  cards: z
    .array(
      z.strictObject({
        applicationId: uuid,
        cardNumber,
        outcome: z.enum(ARRIVALS),
        place: storagePlace.nullable(), // null for a missing card
        note, // obligatory for a damaged one
      }),
    )
    .min(1)
    .max(500),
  extra: z.array(z.strictObject({ cardNumber, note })).max(500),
});

/** Cards leave the point for the centre; a damaged or wrong one is asked to be made anew. */
export const cardReturn = z.strictObject({
  type: z.literal('kualik/card-return'),
  ...common,
  cards: z
    .array(
      z.strictObject({
        applicationId: uuid,
        ticket: z.string().min(1).max(60),
        cardNumber,
        reason: z.enum(RETURN_REASONS),
        remake: z.boolean(), // true for damaged and wrong cards
        note, // obligatory for a damaged or wrong one
      }),
    )
    .min(1)
    .max(500),
});

export const custodyStatement = z.discriminatedUnion('type', [dispatchAcceptance, cardReturn]);
export type DispatchAcceptance = z.infer<typeof dispatchAcceptance>;
export type CardReturn = z.infer<typeof cardReturn>;
export type CustodyStatement = z.infer<typeof custodyStatement>;

/** A custody act has no stage of one application; the feed tells where each card stands afterwards. */
export const custodyReply = z.strictObject({ actId: uuid, acceptedAt: instant });

/** Where a card lies at the point; custody does not change, so it is reported, not signed. */
export const placementRequest = z.strictObject({
  placementId: uuid,
  applicationId: uuid,
  place: storagePlace,
  stationId: z.string().max(80),
  at: instant,
});
export const placementReply = z.strictObject({ placementId: uuid, recordedAt: instant });
