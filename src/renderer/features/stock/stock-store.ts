// What the screen of dispatches and stock holds: the open part, lists read, last scan, statement that waits.
import { create } from 'zustand';
import { STOCK_TABS } from '../../../shared/contract/place.ts';
import type { ReturnReason } from '../../../shared/central/custody.ts';
import type {
  CountDto,
  CustodyIntentDto,
  DispatchDto,
  DispatchRow,
  StockCard,
} from '../../../shared/contract/stock.ts';
import type { AnyRefusal, ReplyOf } from '../../shared/bridge.ts';
import { keepPlace, onReturn } from '../../shared/state/place.ts';
import { useTold } from '../../shared/state/session.ts';

export const TABS = STOCK_TABS;
export type Tab = (typeof TABS)[number];

/** What the last scan was: said large, in colour, shape and words. */
export interface Said {
  readonly outcome: 'counted' | 'again' | 'extra' | 'unreadable' | 'chosen' | 'elsewhere';
  readonly cardNumber: string | null;
  readonly ticket: string | null;
  readonly refusal: AnyRefusal | null;
  /** Grows with every scan, so that two equal ones are told twice. */
  readonly n: number;
}

/** The line of one card that is being written: outcome, place, note. */
export interface CardForm {
  readonly cardNumber: string;
  readonly outcome: 'arrived' | 'damaged' | 'extra';
  readonly place: string;
  readonly note: string;
  readonly refusal: AnyRefusal | null;
}

/** A statement on its way to the signature; intent null = it is being written, or was refused. */
export interface Panel {
  readonly what: 'acceptance' | 'return';
  readonly intent: CustodyIntentDto | null;
  readonly refusal: AnyRefusal | null;
  /** The return's reason is still being chosen. */
  readonly choosing: boolean;
}

interface State {
  readonly tab: Tab;
  readonly refusal: AnyRefusal | null;
  readonly said: Said | null;
  readonly panel: Panel | null;
  readonly dispatches: readonly DispatchRow[] | null;
  readonly dispatch: DispatchDto | null;
  /** Number of the card the keys speak of. */
  readonly current: string | null;
  readonly form: CardForm | null;
  readonly cards: readonly StockCard[];
  readonly cardsRead: boolean;
  readonly next: string | null;
  readonly total: number;
  readonly waiting: readonly number[];
  readonly search: string;
  readonly order: 'place' | 'age';
  readonly waitingDays: number;
  /** Cards chosen for a return, by application, as they were read. */
  readonly chosen: ReadonlyMap<string, StockCard>;
  readonly reason: ReturnReason;
  readonly returnNote: string;
  /** The card whose place is being written. */
  readonly placing: string | null;
  readonly returns: ReplyOf<'stock.returns'>['rows'];
  readonly count: CountDto | null;
  readonly countRead: boolean;
  readonly closing: boolean;
}

export const useStock = create<State>(() => ({
  tab: 'dispatches',
  refusal: null,
  said: null,
  panel: null,
  dispatches: null,
  dispatch: null,
  current: null,
  form: null,
  cards: [],
  cardsRead: false,
  next: null,
  total: 0,
  waiting: [],
  search: '',
  order: 'place',
  waitingDays: 0,
  chosen: new Map(),
  reason: 'damaged',
  returnNote: '',
  placing: null,
  returns: [],
  count: null,
  countRead: false,
  closing: false,
}));

let scans = 0;
/** Tells what a scan was. */
export const say = (said: Omit<Said, 'n'>): void =>
  useStock.setState({ said: { ...said, n: ++scans } });

// Nothing of the stock stays behind the lock.
useTold.subscribe(({ session }) => {
  if (session !== null && session.state !== 'open')
    useStock.setState(useStock.getInitialState(), true);
});

useStock.subscribe(({ tab }, before) => {
  if (tab !== before.tab) keepPlace({ stockTab: tab });
});
onReturn(({ stockTab }) => {
  if (stockTab !== undefined) useStock.setState({ tab: stockTab });
});
