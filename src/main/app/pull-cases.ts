// Delta sync: changes since the cursor, page by page, resumable at any moment; a bad item stops nothing.
import type { z } from 'zod';
import { change, type Change } from '../../shared/central/messages.ts';
import { canonicalBytes } from '../../shared/central/statement.ts';
import { initialCase } from '../domain/case-machine.ts';
import type { DamagedCase, StoredCase } from '../ports/case-store.ts';
import { heldByOther, saveCase, record } from './case-record.ts';
import { journal, noteLine, nowText, type OpenDesk } from './desk.ts';

const PAGE = 500;
/** Items a transaction: small enough that a key press of the officer never waits for it. */
const CHUNK = 50;
/** Nobody works during the first sync: larger steps write (and encrypt) shared pages less often. */
const FIRST_CHUNK = 250;

export interface Pulled {
  readonly complete: boolean;
  readonly changed: number;
}

/** Pulls until the node has nothing newer, or the line fails; the cursor is saved with each chunk. */
export async function pullCases(desk: OpenDesk, signal: AbortSignal): Promise<Pulled> {
  const { node, clock } = desk.deps;
  const { store } = desk.session;
  const first = store.meta.find('firstSyncDone') !== true;
  const began = clock.now().getTime();
  const bytesBefore = node.bytesReceived();
  let changed = 0;
  let total: number | null = null;
  const progress = (): void => {
    const seconds = (clock.now().getTime() - began) / 1000;
    const all = Math.max(total ?? 0, changed);
    desk.line.syncing = {
      phase: 'applications',
      first,
      done: changed,
      total: all,
      bytes: node.bytesReceived() - bytesBefore,
      secondsLeft: changed === 0 ? null : Math.round((seconds / changed) * (all - changed)),
    };
    desk.tellLine();
  };

  let asked = node.changes(store.meta.find('cursor') ?? 0, PAGE);
  for (;;) {
    const answer = await asked;
    if (signal.aborted) return { complete: false, changed };
    noteLine(desk, answer.ok ? null : answer.failure);
    if (!answer.ok) {
      desk.line.syncing = null;
      return { complete: false, changed };
    }
    const { items, more, cursor: end } = answer.value;
    total ??= answer.value.total;
    // The next page travels while this one is written; the saved cursor still moves with what is written.
    if (more) asked = node.changes(end, PAGE);
    const ids: string[] = [];
    const step = first ? FIRST_CHUNK : CHUNK;
    for (let start = 0; start < items.length; start += step) {
      if (signal.aborted) return { complete: false, changed };
      const chunk = items.slice(start, start + step);
      const last = start + step >= items.length;
      ids.push(...store.transaction(() => takeChunk(desk, chunk, last ? end : null)));
      changed += chunk.length;
      if (items.length > step || first) progress();
      await clock.breathe();
    }
    if (ids.length > 0) desk.deps.push({ topic: 'cases', ids: ids.length > 100 ? null : ids });
    if (!more) break;
  }
  store.transaction(() => {
    store.meta.set('lastSyncAt', nowText(desk));
    if (first) {
      store.meta.set('firstSyncDone', true);
      journal(desk, 'sync', null, { first: true, applications: changed });
    }
  });
  desk.line.syncing = null;
  desk.tellLine();
  return { complete: true, changed };
}

/** One transaction: items in, cursor forward. Answers the ids that changed. */
function takeChunk(desk: OpenDesk, items: readonly unknown[], end: number | null): string[] {
  const ids: string[] = [];
  let cursor = end;
  for (const item of items) {
    const parsed = change.safeParse(item);
    const id = parsed.success ? take(desk, parsed.data) : takeDamaged(desk, item, parsed.error);
    if (id !== null) ids.push(id);
    if (end === null && parsed.success) cursor = parsed.data.seq;
  }
  if (cursor !== null) desk.session.store.meta.set('cursor', cursor);
  return ids;
}

function take(desk: OpenDesk, item: Change): string | null {
  const { cases } = desk.session.store;
  if (item.type === 'left') {
    const stored = cases.find(item.applicationId);
    if (stored === null) return null;
    record(desk, { ...stored, seq: item.seq }, { type: 'moved-away', movedTo: item.movedTo });
    return item.applicationId;
  }
  const { head, dossier } = item;
  const before = cases.find(head.applicationId);
  const shown = dossier ?? before?.dossier;
  if (shown === undefined) {
    // Only heads are sent for dossiers we hold; without one the application cannot be shown.
    if (cases.findDamaged(head.applicationId) !== null) return null; // its real problem is known
    saveDamaged(desk, head.applicationId, item.seq, null, [
      { path: 'dossier', message: 'missing' },
    ]);
    return head.applicationId;
  }
  const stored: StoredCase = {
    applicationId: head.applicationId,
    seq: item.seq,
    dossier: shown,
    dossierSha256:
      dossier === null && before !== null
        ? before.dossierSha256
        : desk.deps.clock.sha256(canonicalBytes(shown)),
    head,
    state: before?.state ?? initialCase,
    signature: dossier === null ? (before?.signature ?? null) : null,
  };
  const reported = {
    type: 'node-reported' as const,
    stage: head.stage,
    revision: head.revision,
    decisionActId: head.decision?.actId ?? null,
    heldByOther: heldByOther(desk, stored),
  };
  const known = before !== null && sameReport(before, stored, reported.heldByOther);
  if (known) saveCase(desk, stored);
  else record(desk, stored, reported);
  return head.applicationId;
}

const sameReport = (before: StoredCase, now: StoredCase, held: boolean): boolean =>
  before.head.stage === now.head.stage &&
  before.head.revision === now.head.revision &&
  before.head.decision?.actId === now.head.decision?.actId &&
  !held;

function takeDamaged(desk: OpenDesk, item: unknown, error: z.ZodError): string | null {
  const { applicationId, ticket, seq } = readable(item);
  // A broken union tells only of its branches: the issues inside the right branch say more.
  const problems = error.issues.slice(0, 12).map((issue) => ({
    path: issue.path.join('.').slice(0, 120),
    message: `${issue.code}`,
  }));
  if (applicationId === null) {
    journal(desk, 'damaged-application', null, { seq: seq ?? 0, readable: false });
    return null;
  }
  saveDamaged(desk, applicationId, seq ?? 0, ticket, problems);
  return applicationId;
}

function saveDamaged(
  desk: OpenDesk,
  applicationId: string,
  seq: number,
  ticket: string | null,
  problems: DamagedCase['problems'],
): void {
  desk.session.store.cases.saveDamaged({
    applicationId,
    seq,
    ticket,
    receivedAt: nowText(desk),
    problems,
  });
  journal(desk, 'damaged-application', ticket, {
    problems: problems.length,
    first: problems[0]?.path ?? '',
  });
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The little that can be trusted of an unreadable item: its id, ticket and place in the feed. */
function readable(item: unknown): {
  applicationId: string | null;
  ticket: string | null;
  seq: number | null;
} {
  const at = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : null;
  const candidates = [at(at(item, 'head'), 'applicationId'), at(item, 'applicationId')];
  const id = candidates.find((value) => typeof value === 'string' && UUID.test(value));
  const ticket = at(at(item, 'dossier'), 'ticket');
  const seq = at(item, 'seq');
  return {
    applicationId: typeof id === 'string' ? id : null,
    ticket: typeof ticket === 'string' && ticket.length <= 60 ? ticket : null,
    seq: typeof seq === 'number' && Number.isSafeInteger(seq) ? seq : null,
  };
}
