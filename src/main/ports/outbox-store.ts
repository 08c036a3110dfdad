// Signed acts and counter reports with their dispatch state: nothing leaves this table silently.
import type { ActKind } from '../domain/case-facts.ts';
import type { DispatchState } from '../domain/act-machine.ts';

/** Acts that move cards; they have no stage of one application. */
export type CustodyKind = 'dispatch-acceptance' | 'card-return';

export interface OutboxItem {
  /** Act or report id, also the idempotency key at the node. */
  readonly id: string;
  /** Of an acceptance its dispatch; of a return its own id: it is about many applications. */
  readonly applicationId: string;
  readonly kind: ActKind | CustodyKind | 'hand-over-refusal' | 'placement';
  readonly state: DispatchState;
  /** Exact bytes signed (RFC 8785), or the report's JSON. */
  readonly body: Uint8Array;
  readonly sha256: string;
  readonly cms: Uint8Array | null;
  readonly createdAt: string;
  readonly stateAt: string;
  readonly attempts: number;
  /** A try may have reached the node: its answer is the only truth from then on. */
  readonly maybeSeen: boolean;
  readonly nextTryAt: string | null;
  readonly lastAnswer: {
    code: string;
    at: string;
    field: string | null;
    /** What the words of a refusal are filled with: who took the parcel over, which card it speaks of. */
    params?: Readonly<Record<string, string | number>>;
  } | null;
  readonly acceptedAt: string | null;
}

export interface OutboxStore {
  find(id: string): OutboxItem | null;
  add(item: OutboxItem): void;
  update(
    id: string,
    change: Partial<
      Pick<
        OutboxItem,
        | 'state'
        | 'stateAt'
        | 'cms'
        | 'attempts'
        | 'maybeSeen'
        | 'nextTryAt'
        | 'lastAnswer'
        | 'acceptedAt'
      >
    >,
  ): void;
  /** Queued items due at `now`, in the order they were signed. */
  due(now: string): OutboxItem[];
  open(): OutboxItem[];
  acceptedSince(at: string, limit: number): OutboxItem[];
  acceptedCountSince(at: string): number;
  counts(): { waiting: number; refused: number };
}
