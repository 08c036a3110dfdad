// The outbox screen: needs you, on its way, accepted today; each with its way out.
import type { RefusalOf } from '../../shared/contract/channels.ts';
import type { OutboxDto, OutboxRow } from '../../shared/contract/outbox.ts';
import { no, ok, type Result } from '../../shared/kernel/result.ts';
import { canTakeBack } from '../domain/act-machine.ts';
import { localDateOf, startOfLocalDate } from '../domain/calendar.ts';
import { fullName } from '../domain/compared.ts';
import type { OutboxItem } from '../ports/outbox-store.ts';
import { isStuck } from './action-context.ts';
import { record } from './case-record.ts';
import { tellCustody } from './custody-sent.ts';
import { journal, nowText, type OpenDesk } from './desk.ts';
import { isCustody, numberOf, statementOf } from './custody-statement.ts';

const SHOWN_TODAY = 200;

export function readOutbox(desk: OpenDesk): OutboxDto {
  const { outbox } = desk.session.store;
  const open = outbox.open().filter(({ state }) => state !== 'intended');
  const rows = open.map((item) => rowOf(desk, item));
  const needs = (row: OutboxRow): boolean => row.state === 'refused' || row.stuck;
  const today = startOfLocalDate(localDateOf(desk.deps.clock.now())).toISOString();
  return {
    needsYou: rows.filter(needs),
    onItsWay: rows.filter((row) => !needs(row)),
    acceptedToday: outbox.acceptedSince(today, SHOWN_TODAY).map((item) => rowOf(desk, item)),
    acceptedTodayTotal: outbox.acceptedCountSince(today),
  };
}

function rowOf(desk: OpenDesk, item: OutboxItem): OutboxRow {
  const actions: OutboxRow['actions'] = [];
  if (item.state === 'queued') actions.push('send-now');
  if (canTakeBack(item.state, item.maybeSeen) && item.kind !== 'hand-over-refusal')
    actions.push('take-back');
  if (item.state === 'refused') actions.push('back-to-review');
  if (item.cms !== null) actions.push('export');
  return {
    id: item.id,
    applicationId: item.applicationId,
    kind: item.kind,
    ...labelOf(desk, item),
    state: item.state as OutboxRow['state'],
    since: item.createdAt,
    attempts: item.attempts,
    lastAnswer: item.lastAnswer,
    nextTryAt: item.nextTryAt,
    stuck: isStuck(desk, item),
    acceptedAt: item.acceptedAt,
    evidence: desk.session.store.evidence.find(item.id)?.facts ?? null,
    sha256: isReport(item) ? null : item.sha256,
    actions,
  };
}

/** A report says what happened at the counter; nobody signed it. */
const isReport = ({ kind }: OutboxItem): boolean =>
  kind === 'hand-over-refusal' || kind === 'placement';

/** An acceptance goes by its dispatch's number, a return by its first ticket; both tell how many cards. */
function labelOf(desk: OpenDesk, item: OutboxItem): Pick<OutboxRow, 'ticket' | 'name' | 'cards'> {
  if (isCustody(item.kind)) {
    const { cards } = statementOf(item);
    const [first] = cards;
    const ticket = first !== undefined && 'ticket' in first ? first.ticket : null;
    const label = numberOf(desk, item.applicationId) ?? ticket ?? '—';
    return { ticket: label, name: '', cards: cards.length };
  }
  const stored = desk.session.store.cases.find(item.applicationId);
  return {
    ticket: stored?.dossier.ticket ?? '—',
    name: stored === null ? '' : fullName(stored.dossier.declared),
    cards: null,
  };
}

/** Items that want the officer: refused or stuck. */
export const needsYou = (desk: OpenDesk): number =>
  desk.session.store.outbox.open().filter((item) => item.state === 'refused' || isStuck(desk, item))
    .length;

/** Closes a refused act: it stays in the journal, and the case is free for a new look. */
export function backToReview(
  desk: OpenDesk,
  id: string,
): Result<OutboxDto, RefusalOf<'outbox.backToReview'>> {
  const { store } = desk.session;
  const item = store.outbox.find(id);
  if (item === null) return no('intent-gone');
  if (item.state !== 'refused') return no('act-sent');
  store.transaction(() => {
    store.outbox.update(id, { state: 'dropped', stateAt: nowText(desk) });
    const stored = store.cases.find(item.applicationId);
    if (stored?.state.act?.actId === id) record(desk, stored, { type: 'review-reopened' });
    const label = stored?.dossier.ticket ?? numberOf(desk, item.applicationId);
    journal(desk, 'back-to-review', label, { act: id });
  });
  if (isCustody(item.kind)) tellCustody(desk);
  desk.deps.push({ topic: 'cases', ids: [item.applicationId] });
  desk.deps.push({ topic: 'outbox' });
  return ok(readOutbox(desk));
}
