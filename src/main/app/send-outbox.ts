// Sends what waits in the outbox: each item under its own key, until accepted or refused; never dropped.
import { reportRequest } from '../../shared/central/messages.ts';
import type { NodeStage } from '../../shared/central/application.ts';
import { isCaseAct, nextDispatch, retryDelaySeconds } from '../domain/act-machine.ts';
import type { NodeAnswer, NodeFailure } from '../ports/central-node.ts';
import type { OutboxItem } from '../ports/outbox-store.ts';
import { record } from './case-record.ts';
import { custodyAccepted, custodyRefused } from './custody-sent.ts';
import { journal, noteLine, nowText, type OpenDesk } from './desk.ts';
import { placementOf } from './place-card.ts';
import { isCustody, numberOf } from './custody-statement.ts';
import { configDoubted } from './refresh-config.ts';

/** Refusals that say "not now": the act itself was not judged. */
const PASSING: ReadonlySet<string> = new Set(['unavailable', 'unauthenticated']);

interface Accepted {
  readonly at: string;
  /** Where the application stands afterwards; null for a report and for acts that move cards. */
  readonly stage: NodeStage | null;
}

/** Sends everything due, one after another in the order of signing; stops at the first dead call. */
export async function sendOutbox(desk: OpenDesk, signal: AbortSignal): Promise<void> {
  const { outbox } = desk.session.store;
  for (const item of outbox.due(nowText(desk))) {
    if (signal.aborted) return;
    if (!begin(desk, item)) continue; // taken back while the one before was on its way
    const answer = await submit(desk, item);
    noteLine(desk, answer.ok ? null : answer.failure);
    if (answer.ok) accepted(desk, item, answer.value);
    else if (isRefusal(answer.failure)) refused(desk, item, answer.failure);
    else later(desk, item, answer.failure);
    desk.deps.vault.setUnsent(desk.session.cacheFile, outbox.counts().waiting);
    desk.deps.push({ topic: 'cases', ids: [item.applicationId] });
    desk.deps.push({ topic: 'outbox' });
    desk.tellLine();
    if (!answer.ok && answer.failure.kind === 'no-answer') return;
  }
}

const isRefusal = (failure: NodeFailure): failure is Extract<NodeFailure, { kind: 'refused' }> =>
  failure.kind === 'refused' && !PASSING.has(failure.code);

async function submit(desk: OpenDesk, item: OutboxItem): Promise<NodeAnswer<Accepted>> {
  const { node } = desk.deps;
  if (item.kind === 'hand-over-refusal') {
    const body = reportRequest.parse(JSON.parse(new TextDecoder().decode(item.body)));
    const answer = await node.report(body);
    return answer.ok ? { ok: true, value: { at: answer.value.recordedAt, stage: null } } : answer;
  }
  if (item.kind === 'placement') {
    const answer = await node.placeCard(placementOf(item));
    return answer.ok ? { ok: true, value: { at: answer.value.recordedAt, stage: null } } : answer;
  }
  if (item.cms === null) throw new Error('a queued act has no signature');
  if (isCustody(item.kind)) {
    const answer = await node.submitCustody(item.id, item.body, item.cms);
    return answer.ok ? { ok: true, value: { at: answer.value.acceptedAt, stage: null } } : answer;
  }
  const answer = await node.submitAct(item.id, item.body, item.cms);
  return answer.ok
    ? { ok: true, value: { at: answer.value.acceptedAt, stage: answer.value.stage } }
    : answer;
}

function begin(desk: OpenDesk, item: OutboxItem): boolean {
  const { outbox } = desk.session.store;
  return desk.session.store.transaction(() => {
    const next = nextDispatch(outbox.find(item.id)?.state ?? 'dropped', 'send-began');
    if (next === null) return false;
    outbox.update(item.id, {
      state: next,
      stateAt: nowText(desk),
      attempts: item.attempts + 1,
      maybeSeen: true, // until it is known that the try never left this station
    });
    return true;
  });
}

const ticketOf = (desk: OpenDesk, item: OutboxItem): string | null =>
  desk.session.store.cases.find(item.applicationId)?.dossier.ticket ??
  numberOf(desk, item.applicationId);

function accepted(desk: OpenDesk, item: OutboxItem, { at, stage }: Accepted): void {
  const { store } = desk.session;
  store.transaction(() => {
    store.outbox.update(item.id, {
      state: nextDispatch('sending', 'accepted')!,
      stateAt: nowText(desk),
      acceptedAt: at,
      nextTryAt: null,
      lastAnswer: { code: 'accepted', at: nowText(desk), field: null },
    });
    const stored = store.cases.find(item.applicationId);
    if (stored !== null && stage !== null)
      record(desk, stored, { type: 'act-accepted', actId: item.id, stage });
    if (isCustody(item.kind) || item.kind === 'placement') custodyAccepted(desk, item);
    journal(desk, 'act-accepted', ticketOf(desk, item), { act: item.id, kind: item.kind });
  });
}

function refused(
  desk: OpenDesk,
  item: OutboxItem,
  failure: Extract<NodeFailure, { kind: 'refused' }>,
): void {
  const { store } = desk.session;
  const field = failure.params['field'];
  if (failure.code === 'statement-mismatch') configDoubted(desk); // its limits may be newer than ours
  store.transaction(() => {
    store.outbox.update(item.id, {
      state: nextDispatch('sending', 'refused')!,
      stateAt: nowText(desk),
      nextTryAt: null,
      lastAnswer: {
        code: failure.code,
        at: nowText(desk),
        field: field === undefined ? null : String(field),
        params: failure.params,
      },
    });
    const stored = store.cases.find(item.applicationId);
    if (isCustody(item.kind) || item.kind === 'placement') custodyRefused(desk, item);
    if (stored !== null && isCaseAct(item.kind))
      record(desk, stored, { type: 'act-refused', actId: item.id, code: failure.code });
    journal(desk, 'act-refused', ticketOf(desk, item), {
      act: item.id,
      kind: item.kind,
      code: failure.code,
    });
  });
}

/** Nothing certain is known: queued again under the same key, later each time. */
function later(desk: OpenDesk, item: OutboxItem, failure: NodeFailure): void {
  const now = desk.deps.clock.now();
  const wait = retryDelaySeconds(item.attempts + 1) * 1000;
  const code =
    failure.kind === 'malformed'
      ? 'malformed'
      : failure.kind === 'no-answer'
        ? failure.because
        : failure.code;
  desk.session.store.transaction(() =>
    desk.session.store.outbox.update(item.id, {
      state: nextDispatch('sending', 'no-answer')!,
      stateAt: now.toISOString(),
      maybeSeen: item.maybeSeen || !neverReached(failure),
      nextTryAt: new Date(now.getTime() + wait).toISOString(),
      lastAnswer: { code, at: now.toISOString(), field: null },
    }),
  );
}

/** Certain only when no connection to the trusted node came about. */
const neverReached = (failure: NodeFailure): boolean =>
  failure.kind === 'no-answer' &&
  (failure.because === 'unreachable' || failure.because === 'untrusted');

/** The officer wants it now: waiting times are dropped. */
export function sendNow(desk: OpenDesk): void {
  const { outbox } = desk.session.store;
  desk.session.store.transaction(() => {
    for (const item of outbox.open())
      if (item.state === 'queued') outbox.update(item.id, { nextTryAt: null });
  });
  desk.wake();
}
