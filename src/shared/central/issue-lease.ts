// Issue leases: cards one officer at one station may hand over with a dead line, each exactly once.
import { z } from 'zod';
import { base64, instant, shortText, uuid } from './common.ts';
import { claimReply } from './messages.ts';

/**
 * The lease as the node signs it (RFC 8785 bytes, detached CMS by the trust list's signer). While it is
 * open nobody else gets these cards; after `until` nothing may be signed under it, and the cards stay
 * with it until the holder's station has told what became of them (`returnLeasedCards`) or a head breaks it.
 */
export const issueLease = z.strictObject({
  type: z.literal('kualik/issue-lease'),
  version: z.literal(1),
  issueLeaseId: uuid,
  stationId: z.string().min(1).max(80),
  officerIin: z.string().regex(/^\d{12}$/),
  registrationPoint: z.string().max(40),
  since: instant,
  until: instant,
  /** Claims of the node, one a card; their challenge goes into the signed hand-over. */
  cards: z
    .array(
      z.strictObject({
        ticket: z.string().min(1).max(60),
        cardNumber: z.string().regex(/^\d{9}$/),
        claim: claimReply,
      }),
    )
    .max(2000),
});
export type IssueLease = z.infer<typeof issueLease>;

/** Null = every card of the point that nobody holds. An open lease of this station is widened. */
export const takeIssueLeaseRequest = z.strictObject({
  applicationIds: z.array(uuid).min(1).max(2000).nullable(),
});
export const signedIssueLease = z.strictObject({ lease: base64, cms: base64 });
export type SignedIssueLease = z.infer<typeof signedIssueLease>;

/**
 * Given back: not handed over under these claims, and never to be. Claims are named one by one: a
 * request that comes late must not free what was taken anew meanwhile. Unknown ones are passed over.
 */
export const returnLeasedCardsRequest = z.strictObject({
  leaseIds: z.array(uuid).min(1).max(2000),
});

export const issueLeasesReply = z.strictObject({
  /**
   * Leases of the officer's point (a head: of the region), his own among them, and claims of one card
   * whose counter vanished. Overdue = past `until` and not settled.
   */
  leases: z
    .array(
      z.strictObject({
        issueLeaseId: uuid,
        stationId: z.string().max(80),
        officerName: shortText,
        since: instant,
        until: instant,
        overdue: z.boolean(),
        cards: z.int().min(0),
      }),
    )
    .max(500),
  /** Every card the node holds for this officer at this station: what he does not know of, he returns. */
  own: z.array(z.strictObject({ applicationId: uuid, leaseId: uuid, until: instant })).max(5000),
  /** Own cards that another counter asked for: give them back unless they are at the counter. */
  wanted: z.array(uuid).max(2000),
});
export type IssueLeasesReply = z.infer<typeof issueLeasesReply>;

/** Head of the unit: the station is lost; its unsettled cards are free again. */
export const breakIssueLeaseRequest = z.strictObject({ why: z.string().trim().min(3).max(500) });
