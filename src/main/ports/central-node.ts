// The central node as the use cases see it: typed answers, typed refusals, or no answer at all.
import type { z } from 'zod';
import type {
  ActEvidenceReply,
  RevocationReply,
  revocationRequest,
} from '../../shared/central/evidence.ts';
import type {
  custodyReply,
  dispatchesReply,
  placementReply,
  placementRequest,
} from '../../shared/central/custody.ts';
import type { IssueLeasesReply, SignedIssueLease } from '../../shared/central/issue-lease.ts';
import type {
  ActReply,
  Claim,
  NodeConfig,
  NodeRefusal,
  challengeReply,
  changesReply,
  openSessionReply,
  reportReply,
  reportRequest,
  ticketReply,
} from '../../shared/central/messages.ts';
import type { ServicesReply } from '../../shared/central/services.ts';

/** `no-answer`: nothing certain is known of what the node did. `malformed`: it answered nonsense. */
export type NodeFailure =
  | {
      readonly kind: 'refused';
      readonly code: NodeRefusal;
      readonly params: Readonly<Record<string, string | number>>;
    }
  | {
      readonly kind: 'no-answer';
      readonly because: 'unreachable' | 'timeout' | 'untrusted' | 'cut-off';
    }
  | { readonly kind: 'malformed'; readonly detail: string };

export type NodeAnswer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: NodeFailure };

export interface CentralNode {
  challenge(): Promise<NodeAnswer<z.infer<typeof challengeReply>>>;
  openSession(
    statement: Uint8Array,
    cms: Uint8Array,
  ): Promise<NodeAnswer<z.infer<typeof openSessionReply>>>;
  /** Bearer of the following calls; null = logged out. */
  useSession(token: string | null): void;
  hasSession(): boolean;
  closeSession(): Promise<NodeAnswer<{ done: true }>>;
  config(): Promise<NodeAnswer<NodeConfig>>;
  changes(cursor: number, limit: number): Promise<NodeAnswer<z.infer<typeof changesReply>>>;
  /** Long poll; ends early when aborted. */
  news(
    cursor: number,
    waitMs: number,
    signal: AbortSignal,
  ): Promise<NodeAnswer<{ newest: number }>>;
  picture(sha256: string, maxBytes: number): Promise<NodeAnswer<Uint8Array>>;
  claim(applicationId: string): Promise<NodeAnswer<Claim>>;
  renewClaim(applicationId: string): Promise<NodeAnswer<Claim>>;
  /** Of this claim only, where one is named. */
  releaseClaim(applicationId: string, leaseId?: string): Promise<NodeAnswer<{ done: true }>>;
  issueLeases(): Promise<NodeAnswer<IssueLeasesReply>>;
  /** Null = every card of the point that nobody holds. */
  takeIssueLease(applicationIds: readonly string[] | null): Promise<NodeAnswer<SignedIssueLease>>;
  renewIssueLease(issueLeaseId: string): Promise<NodeAnswer<SignedIssueLease>>;
  returnLeasedCards(leaseIds: readonly string[]): Promise<NodeAnswer<{ done: true }>>;
  breakIssueLease(issueLeaseId: string, why: string): Promise<NodeAnswer<{ done: true }>>;
  submitAct(actId: string, statement: Uint8Array, cms: Uint8Array): Promise<NodeAnswer<ActReply>>;
  report(body: z.infer<typeof reportRequest>): Promise<NodeAnswer<z.infer<typeof reportReply>>>;
  dispatches(): Promise<NodeAnswer<z.infer<typeof dispatchesReply>>>;
  submitCustody(
    actId: string,
    statement: Uint8Array,
    cms: Uint8Array,
  ): Promise<NodeAnswer<z.infer<typeof custodyReply>>>;
  placeCard(
    body: z.infer<typeof placementRequest>,
  ): Promise<NodeAnswer<z.infer<typeof placementReply>>>;
  findTicket(ticket: string): Promise<NodeAnswer<z.infer<typeof ticketReply>>>;
  /** The signed trust list; null when the one with this ETag is still the newest. */
  trustList(
    etag: string | null,
  ): Promise<NodeAnswer<{ list: Uint8Array; signature: Uint8Array; etag: string | null } | null>>;
  /** The node's clock, signed, for one question (64 hex digits); bytes as delivered. */
  nodeTime(question: string): Promise<NodeAnswer<{ time: Uint8Array; cms: Uint8Array }>>;
  /** A question to the issuing CA, passed on by the node. */
  revocation(question: z.infer<typeof revocationRequest>): Promise<NodeAnswer<RevocationReply>>;
  actEvidence(actId: string): Promise<NodeAnswer<ActEvidenceReply>>;
  /** The node's own probes of outside services (cl. 12). */
  services(): Promise<NodeAnswer<ServicesReply>>;
  /** Node's clock minus ours in milliseconds at the last answer; null before any. */
  clockDriftMs(): number | null;
  /** Bytes received on the wire so far (compressed). */
  bytesReceived(): number;
}
