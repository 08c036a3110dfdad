// Signs an act that moves cards: one PIN, one signature, and everything of it kept in one transaction.
import type { RequestOf, ResultOf } from '../../shared/contract/channels.ts';
import { no, ok } from '../../shared/kernel/result.ts';
import type { MovedCard } from '../ports/custody-store.ts';
import type { OutboxItem } from '../ports/outbox-store.ts';
import { tellCustody } from './custody-sent.ts';
import { journal, nowText, type OpenDesk } from './desk.ts';
import { keepSignature } from './outbox-entry.ts';
import { askedSigningFault } from './key-standing.ts';
import { isCustody, numberOf, statementOf, stillTrue } from './custody-statement.ts';
import { asSignature } from './sign-act.ts';
import { makeCades } from './sign-bytes.ts';

type Signed = ResultOf<'stock.sign'>;

/** One PIN, one signature; the intent stays when the token refuses. */
export async function signCustody(
  desk: OpenDesk,
  { intentId, pin }: RequestOf<'stock.sign'>,
): Promise<Signed> {
  const signed = await asSignature(desk, intentId, () => signOnce(desk, intentId, pin));
  if (signed === null) return no('intent-gone');
  if (signed.ok) {
    tellCustody(desk);
    desk.wake();
  }
  return signed;
}

const intended = (desk: OpenDesk, id: string): OutboxItem | null => {
  const item = desk.session.store.outbox.find(id);
  return item?.state === 'intended' && isCustody(item.kind) ? item : null;
};

async function signOnce(desk: OpenDesk, intentId: string, pin: string): Promise<Signed> {
  const { store } = desk.session;
  const fault = await askedSigningFault(desk);
  if (fault !== null) return no('key-unusable', { reason: fault });
  // The question to the node took a moment: the panel may have been closed meanwhile.
  const item = intended(desk, intentId);
  if (item === null) return no('intent-gone');
  if (!stillTrue(desk, item)) return no('case-changed');
  const number = numberOf(desk, item.applicationId);
  const cms = await makeCades(desk, desk.session.key, item.body, pin);
  if (!cms.ok) {
    store.transaction(() =>
      journal(desk, 'act-not-signed', number, { act: intentId, code: cms.refusal.code }),
    );
    return cms;
  }
  if (!store.transaction(() => keep(desk, item, cms.value))) return no('signature-not-made');
  desk.deps.vault.setUnsent(desk.session.cacheFile, store.outbox.counts().waiting);
  return ok({ actId: intentId });
}

/** T2: false when something was scanned or moved while the token worked; then nothing is promised. */
function keep(desk: OpenDesk, item: OutboxItem, cms: Uint8Array): boolean {
  const { store } = desk.session;
  const number = numberOf(desk, item.applicationId);
  if (intended(desk, item.id) === null || !stillTrue(desk, item)) {
    store.outbox.update(item.id, { state: 'dropped', stateAt: nowText(desk) });
    journal(desk, 'act-not-signed', number, { act: item.id, code: 'case-moved' });
    return false;
  }
  keepSignature(desk, item.id, cms);
  const cards = movedCards(desk, item);
  store.custody.keepMoved(item.id, cards);
  const { kind, sha256 } = item;
  journal(desk, 'act-signed', number, { act: item.id, kind, sha256, cards: cards.length });
  return true;
}

function movedCards(desk: OpenDesk, item: OutboxItem): MovedCard[] {
  const statement = statementOf(item);
  if (statement.type === 'kualik/card-return')
    return statement.cards.map(({ applicationId, ticket, cardNumber }) => ({
      applicationId,
      ticket,
      cardNumber,
      outcome: 'returned',
      place: null,
    }));
  const listed = desk.session.store.custody.findDispatch(statement.dispatchId)?.dispatch.cards;
  const tickets = new Map(listed?.map(({ applicationId, ticket }) => [applicationId, ticket]));
  return statement.cards.map(({ applicationId, cardNumber, outcome, place }) => ({
    applicationId,
    ticket: tickets.get(applicationId) ?? '',
    cardNumber,
    outcome,
    place,
  }));
}
