// Prepares an act that moves cards: the exact bytes are kept as an intent before anything is signed.
import type { CustodyStatement } from '../../shared/central/custody.ts';
import { canonicalBytes } from '../../shared/central/statement.ts';
import type { RefusalOf, RequestOf } from '../../shared/contract/channels.ts';
import type { CustodyIntentDto } from '../../shared/contract/stock.ts';
import { no, ok, type Result } from '../../shared/kernel/result.ts';
import {
  buildAcceptance,
  buildReturn,
  type CustodySigning,
  type ReturnedCard,
} from '../domain/custody.ts';
import type { CustodyKind } from '../ports/outbox-store.ts';
import { atCounter, custodySigning, isClosed } from './custody-desk.ts';
import { isCustody, isReturnable, numberOf, statementOf } from './custody-statement.ts';
import { journal, nowText, type OpenDesk } from './desk.ts';
import { addIntent } from './outbox-entry.ts';
import { signingFault } from './key-standing.ts';

type Prepared<Code extends string> = Result<
  CustodyIntentDto,
  Code | 'not-allowed' | 'key-unusable'
>;

/** What was not scanned goes into the statement as missing. */
export function prepareAcceptance(
  desk: OpenDesk,
  { dispatchId }: RequestOf<'stock.prepareAcceptance'>,
): Prepared<RefusalOf<'stock.prepareAcceptance'>> {
  const { custody } = desk.session.store;
  return prepare(desk, 'dispatch-acceptance', (signing) => {
    const stored = custody.findDispatch(dispatchId);
    if (stored === null) return no('dispatch-unknown');
    if (isClosed(stored)) return no('dispatch-closed');
    const marks = custody.marks(dispatchId);
    if (marks.length === 0) return no('nothing-scanned');
    return ok({ about: dispatchId, statement: buildAcceptance(stored.dispatch, marks, signing) });
  });
}

/** Cards leave the point: damaged and wrong ones to be made anew, uncollected ones for good. */
export function prepareReturn(
  desk: OpenDesk,
  { cards: chosen }: RequestOf<'stock.prepareReturn'>,
): Prepared<RefusalOf<'stock.prepareReturn'>> {
  return prepare(desk, 'card-return', (signing) => {
    const cards: ReturnedCard[] = [];
    for (const { applicationId, reason, note: typed } of uniqueCards(chosen)) {
      const stored = desk.session.store.cases.find(applicationId);
      if (stored === null) return no('not-in-cache');
      const { ticket } = stored.dossier;
      const { card } = stored.head;
      if (card === null || !isReturnable(desk, stored)) return no('wrong-stage', { ticket });
      // Whoever did not come for it would get another: a spoilt card is asked to be made anew.
      if (reason === 'uncollected' && card.condition === 'damaged')
        return no('card-damaged', { ticket });
      const note = typed?.trim() || null;
      if (reason !== 'uncollected' && note === null) return no('note-missing', { ticket });
      cards.push({ applicationId, ticket, cardNumber: card.number, reason, note });
    }
    return ok({ about: signing.actId, statement: buildReturn(cards, signing) });
  });
}

const uniqueCards = <T extends { readonly applicationId: string }>(chosen: readonly T[]): T[] => [
  ...new Map(chosen.map((each) => [each.applicationId, each])).values(),
];

interface Built {
  /** What the outbox row is about: the dispatch, or the act itself. */
  readonly about: string;
  readonly statement: CustodyStatement;
}

function prepare<Code extends string>(
  desk: OpenDesk,
  kind: CustodyKind,
  build: (signing: CustodySigning) => Result<Built, Code>,
): Prepared<Code> {
  const { store } = desk.session;
  return store.transaction((): Prepared<Code> => {
    const signing = custodySigning(desk);
    if (!atCounter(desk) || signing === null) return no('not-allowed');
    const built = build(signing);
    if (!built.ok) return built;
    const fault = signingFault(desk);
    if (fault !== null) return no('key-unusable', { reason: fault });
    const { about, statement } = built.value;
    const bytes = canonicalBytes(statement);
    const { actId } = signing;
    for (const old of store.outbox.open())
      if (old.state === 'intended' && old.kind === kind)
        store.outbox.update(old.id, { state: 'dropped', stateAt: nowText(desk) });
    const { sha256 } = addIntent(desk, { id: actId, applicationId: about, kind, body: bytes });
    const cards = statement.cards.length;
    journal(desk, 'act-prepared', numberOf(desk, about), { act: actId, kind, sha256, cards });
    // Read back from the bytes that will be signed: what is shown is what is signed.
    return ok({ intentId: actId, statement: statementOf({ body: bytes }), sha256 });
  });
}

/** The officer closed the panel without signing; scans stay. */
export function cancelCustody(desk: OpenDesk, intentId: string): void {
  const { store } = desk.session;
  store.transaction(() => {
    const item = store.outbox.find(intentId);
    if (item?.state !== 'intended' || !isCustody(item.kind)) return;
    store.outbox.update(intentId, {
      state: 'dropped',
      stateAt: desk.deps.clock.now().toISOString(),
    });
  });
}
