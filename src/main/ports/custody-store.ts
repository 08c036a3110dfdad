// Cards at the point as the cache knows them: dispatch lists and their scans, custody acts, counts.
import type { Dispatch } from '../../shared/central/custody.ts';
import type { CountDto, StockCard } from '../../shared/contract/stock.ts';
import type { CaseStage } from '../../shared/contract/queue.ts';
import type { Mark } from '../domain/custody.ts';
import type { CountScan } from '../domain/stock-count.ts';
import type { DispatchState } from '../domain/act-machine.ts';

export interface StoredDispatch {
  readonly dispatch: Dispatch;
  /** The box that is being filled. */
  readonly place: string | null;
  /** Our newest acceptance that left the desk and was not closed after a refusal. */
  readonly act: { readonly actId: string; readonly state: DispatchState } | null;
}

/** A card a signed act moves. */
export interface MovedCard {
  readonly applicationId: string;
  readonly ticket: string;
  readonly cardNumber: string;
  readonly outcome: 'arrived' | 'damaged' | 'missing' | 'returned';
  readonly place: string | null;
}

/** A card that should lie here now: at the point, or in an acceptance of ours that is on its way. */
export interface StoredStock {
  readonly applicationId: string;
  readonly ticket: string;
  readonly cardNumber: string;
  readonly place: string | null;
}

export interface StoredCount {
  readonly countId: string;
  readonly begunAt: string;
  readonly closedAt: string | null;
  /** What it came to; null while it is running. */
  readonly result: CountDto | null;
}

export interface ReturnAct {
  readonly actId: string;
  readonly at: string;
  readonly state: DispatchState;
  readonly body: Uint8Array;
}

export interface StockQuery {
  readonly search: string;
  /** The one card a scan named; null = by `search`. */
  readonly cardNumber: string | null;
  readonly order: 'place' | 'age';
  readonly waitingDays: number;
  readonly after: string | null;
  readonly limit: number;
}

export interface CustodyStore {
  /** Newest first. */
  dispatches(): StoredDispatch[];
  findDispatch(dispatchId: string): StoredDispatch | null;
  /** Takes the node's list; one it tells no more goes, unless there is work of ours on it. True = news. */
  keepDispatches(told: readonly Dispatch[]): boolean;
  setPlace(dispatchId: string, place: string | null): void;
  /** In the order of card numbers. */
  marks(dispatchId: string): Mark[];
  mark(dispatchId: string, mark: Mark): void;
  unmark(dispatchId: string, cardNumber: string): void;

  /** Cards of an act that was signed just now. */
  keepMoved(actId: string, cards: readonly MovedCard[]): void;
  movedBy(actId: string): MovedCard[];
  /** Signed for return and not answered yet: it is nobody's to hand over. */
  returning(applicationId: string): boolean;
  /** Acts of return that left the desk since `at`, newest first. */
  returnsSince(at: string): ReturnAct[];

  /** Everything that should lie here now. */
  stock(): StoredStock[];
  /** A page of the stock; `now` for days of waiting, `waiting` in the order of WAITING_DAYS. */
  stockPage(
    query: StockQuery,
    now: string,
  ): { rows: StockCard[]; next: string | null; total: number; waiting: number[] };
  /** Whose card carries this number, as far as the cache knows. */
  cardByNumber(
    cardNumber: string,
  ): { readonly applicationId: string; readonly ticket: string; readonly stage: CaseStage } | null;

  keepPlaceBefore(placementId: string, place: string | null): void;
  placeBefore(placementId: string): string | null;

  /** The running count, else the newest closed one. */
  lastCount(): StoredCount | null;
  findCount(countId: string): StoredCount | null;
  beginCount(countId: string, at: string): void;
  closeCount(countId: string, at: string, result: CountDto): void;
  countScans(countId: string): CountScan[];
  countScan(countId: string, scan: CountScan, at: string): void;
}
