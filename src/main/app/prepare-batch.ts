// A batch before the PIN: one durable intent a case, shown from its own bytes, dropped when the officer goes back.
import { actStatement } from '../../shared/central/statement.ts';
import type { IntentDto } from '../../shared/contract/act.ts';
import type { BatchDto, BatchItem } from '../../shared/contract/batch.ts';
import type { RefusalOf, RequestOf } from '../../shared/contract/channels.ts';
import { no, ok, type Result } from '../../shared/kernel/result.ts';
import { batchOf, personOf, readBatch } from './batch-desk.ts';
import type { OpenDesk } from './desk.ts';
import { cancelIntent, prepareApproval } from './prepare-act.ts';

/** T1 of every item. What was prepared before and not signed is dropped first. */
export async function prepareBatch(
  desk: OpenDesk,
  { applicationIds }: RequestOf<'batch.prepare'>,
): Promise<Result<BatchDto, RefusalOf<'batch.prepare'>>> {
  const dropped = dropBatch(desk);
  if (!dropped.ok) return dropped;
  const batch = batchOf(desk);
  const opened = openedTickets(desk, new Set(applicationIds.map((id) => ticketOf(desk, id))));
  for (const applicationId of new Set(applicationIds)) {
    // Two calls at once, or a log-out in between, must not leave an intent nobody knows of.
    if (batchOf(desk) !== batch || desk.session.locked !== null) break;
    batch.items.push(prepareItem(desk, applicationId, opened));
    await desk.deps.clock.breathe();
  }
  return ok(readBatch(desk));
}

const ticketOf = (desk: OpenDesk, id: string): string =>
  desk.session.store.cases.find(id)?.dossier.ticket ?? '';

function prepareItem(
  desk: OpenDesk,
  applicationId: string,
  opened: ReadonlySet<string>,
): BatchItem {
  const stored = desk.session.store.cases.find(applicationId);
  const person = stored === null ? { ticket: '', name: '' } : personOf(stored);
  const prepared = opened.has(person.ticket)
    ? prepareApproval(desk, { applicationId })
    : no('not-opened');
  const base = { applicationId, ...person, params: {} };
  return prepared.ok
    ? {
        ...base,
        intentId: prepared.value.intentId,
        sha256: prepared.value.sha256,
        state: 'waiting',
        code: null,
      }
    : {
        ...base,
        intentId: null,
        sha256: null,
        state: 'not-signed',
        code: prepared.refusal.code,
        params: { ...prepared.refusal.params },
      };
}

const PAGE = 500;

/** Which of these cases this officer opened himself: the journal says so, nothing else counts. */
function openedTickets(desk: OpenDesk, wanted: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  let before: number | null = null;
  do {
    const page = desk.session.store.journal.page({
      kinds: ['case-opened'],
      text: '',
      before,
      limit: PAGE,
    });
    for (const { ticket } of page.rows)
      if (ticket !== null && wanted.has(ticket)) found.add(ticket);
    before = page.next;
  } while (before !== null && found.size < wanted.size);
  return found;
}

/** The statement of a prepared item in full, parsed back from the bytes that will be signed. */
export function batchStatement(
  desk: OpenDesk,
  { intentId }: RequestOf<'batch.statement'>,
): Result<IntentDto, RefusalOf<'batch.statement'>> {
  const item = desk.session.store.outbox.find(intentId);
  const ours = batchOf(desk).items.some((one) => one.intentId === intentId);
  if (item === null || !ours) return no('intent-gone');
  const statement = actStatement.parse(JSON.parse(new TextDecoder().decode(item.body)));
  return ok({
    intentId,
    statement,
    sha256: item.sha256,
    citizen: null,
    refundDue: false,
    challengeExpiresAt: statement.challenge.expiresAt,
  });
}

/** Unsigned intents go; results of a run that ended go with them. */
export function dropBatch(desk: OpenDesk): Result<BatchDto, RefusalOf<'batch.drop'>> {
  const batch = batchOf(desk);
  if (batch.run?.running) return no('batch-running');
  for (const { intentId, state } of batch.items)
    if (intentId !== null && state !== 'signed') cancelIntent(desk, intentId);
  batch.items = [];
  batch.run = null;
  return ok(readBatch(desk));
}
