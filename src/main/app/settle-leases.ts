// Settles with the node who has which card: unknown claims are returned, wishes met, ours made longer.
import { openIssueLease } from '../../shared/cades/issue-lease.ts';
import type { IssueLeasesReply, SignedIssueLease } from '../../shared/central/issue-lease.ts';
import { renewalDue, settle, type Settlement } from '../domain/issue-lease.ts';
import type { LeaseDocument } from '../ports/lease-store.ts';
import type { NodeAnswer } from '../ports/central-node.ts';
import { leaseOf } from './claim-case.ts';
import { record } from './case-record.ts';
import { journal, noteLine, nowText, type Desk, type OpenDesk } from './desk.ts';
import { dropIntent } from './drop-intent.ts';
import { readClock, setClock } from './lease-clock.ts';

interface Turns {
  last: Promise<unknown>;
  /** Applications a claim is being asked for: its answer may be on its way. */
  readonly claiming: Map<string, number>;
}
const turns = new WeakMap<Desk['deps'], Turns>();
const turnsOf = (desk: Desk): Turns => {
  const known = turns.get(desk.deps) ?? { last: Promise.resolve(), claiming: new Map() };
  turns.set(desk.deps, known);
  return known;
};

/** One after another: an answer of the node is taken before the next question is put. */
export function inTurn<T>(desk: Desk, work: () => Promise<T>): Promise<T> {
  const mine = turnsOf(desk);
  const run = mine.last.then(work, work);
  mine.last = run.catch(() => undefined);
  return run;
}

/** While a card is being claimed nothing the node says of its claims is acted on. */
export async function whileClaiming<T>(
  desk: Desk,
  applicationId: string,
  work: () => Promise<T>,
): Promise<T> {
  const { claiming } = turnsOf(desk);
  claiming.set(applicationId, (claiming.get(applicationId) ?? 0) + 1);
  try {
    return await work();
  } finally {
    const left = (claiming.get(applicationId) ?? 1) - 1;
    if (left > 0) claiming.set(applicationId, left);
    else claiming.delete(applicationId);
  }
}

/** Every round of an issuer, and at once when the line is back. Heads only hear how the leases stand. */
export async function settleLeases(desk: OpenDesk): Promise<void> {
  const { roles } = desk.session.officer;
  if (!roles.includes('issuer') && !roles.includes('head')) return;
  await inTurn(desk, () => settleNow(desk));
}

/** The node takes so many claims in one request. */
const MOST_RETURNED = 2000;

async function settleNow(desk: OpenDesk): Promise<void> {
  const { session } = desk;
  const before = heldHere(desk);
  const answer = await desk.deps.node.issueLeases();
  if (desk.session !== session) return;
  noteLine(desk, answer.ok ? null : answer.failure);
  if (!answer.ok) return;
  const giveBack = session.store.transaction(() => take(desk, answer.value, before));
  for (let start = 0; start < giveBack.length; start += MOST_RETURNED) {
    const part = giveBack.slice(start, start + MOST_RETURNED).map(({ leaseId }) => leaseId);
    const returned = await desk.deps.node.returnLeasedCards(part);
    if (desk.session !== session) return;
    if (!returned.ok) break;
    session.store.transaction(() => session.store.leases.forget(part));
  }
  if (session.officer.roles.includes('issuer')) await keepUp(desk);
}

const heldHere = ({ session: { store } }: OpenDesk) => ({
  dropped: store.leases.dropped(),
  leased: store.leases
    .cards()
    .map(({ applicationId, lease: { leaseId } }) => ({ applicationId, leaseId })),
  atCounter: store.cases.counterClaims(),
});

/** One transaction: the node's list, what is dropped, what is gone; answers what is to be given back. */
function take(
  desk: OpenDesk,
  reply: IssueLeasesReply,
  before: ReturnType<typeof heldHere>,
): Settlement['giveBack'] {
  const { store } = desk.session;
  setClock(desk);
  const now = heldHere(desk);
  const { giveBack, wished, gone } = settle({
    told: reply.own,
    wanted: reply.wanted,
    leased: before.leased,
    atCounter: before.atCounter,
    known: new Set([...now.leased, ...now.atCounter].map(({ leaseId }) => leaseId)),
    claiming: new Set(turnsOf(desk).claiming.keys()),
    busy: new Set(now.atCounter.map(({ applicationId }) => applicationId)),
  });
  store.leases.drop(giveBack);
  for (const { applicationId } of wished)
    journal(desk, 'lease-given-back', store.cases.find(applicationId)?.dossier.ticket ?? null, {
      wanted: true,
    });
  const told = new Set(reply.own.map(({ leaseId }) => leaseId));
  store.leases.forget([
    ...gone.map(({ leaseId }) => leaseId),
    // One dropped while the node was asked may be younger than its answer.
    ...before.dropped.filter((leaseId) => !told.has(leaseId)),
  ]);
  const lapsed = gone.filter(({ applicationId, leaseId }) => lapse(desk, applicationId, leaseId));
  store.meta.set('pointLeases', { at: nowText(desk), leases: reply.leases });
  const ids = [...wished, ...lapsed].map(({ applicationId }) => applicationId);
  if (ids.length > 0) desk.deps.push({ topic: 'cases', ids });
  return giveBack;
}

/** The card lies on our counter under a claim that the node no longer has: the desk is cleared. */
function lapse(desk: OpenDesk, applicationId: string, leaseId: string): boolean {
  const stored = desk.session.store.cases.find(applicationId);
  if (stored?.state.stage !== 'at-counter' || stored.state.lease?.leaseId !== leaseId) return false;
  if (stored.state.intent !== null) dropIntent(desk, stored, stored.state.intent.actId);
  const now = desk.session.store.cases.find(applicationId) ?? stored;
  if (record(desk, now, { type: 'claim-lapsed' }) === null) return false;
  journal(desk, 'released', stored.dossier.ticket, { lapsed: true });
  return true;
}

const AUTOMATIC_MS = 10 * 60_000;

/** In the last third of its time the lease is made longer; where the node says so, cards are taken unasked. */
async function keepUp(desk: OpenDesk): Promise<void> {
  const { session } = desk;
  const { hours, automatic } = session.config.issueLease;
  const document = session.store.leases.document();
  const clock = session.store.transaction(() => readClock(desk));
  if (!clock.ok) return;
  const age = clock.nowMs - Date.parse(document?.takenAt ?? '1970-01-01');
  if (automatic && session.officer.registrationPoint !== null && age > AUTOMATIC_MS) {
    await askFor(desk, () => desk.deps.node.takeIssueLease(null), 'lease-taken');
    return;
  }
  if (document === null || !renewalDue(Date.parse(document.until), clock.nowMs, hours)) return;
  await askFor(desk, () => desk.deps.node.renewIssueLease(document.issueLeaseId), 'lease-renewed');
}

/** Asks for a document, checks whose word it is, and keeps it. Call in turn. */
export async function askFor(
  desk: OpenDesk,
  ask: () => Promise<NodeAnswer<SignedIssueLease>>,
  kind: 'lease-taken' | 'lease-renewed',
): Promise<NodeAnswer<LeaseDocument> | 'untrusted'> {
  const { session } = desk;
  const answer = await ask();
  if (desk.session !== session) return 'untrusted';
  noteLine(desk, answer.ok ? null : answer.failure);
  if (!answer.ok) return answer;
  const body = Uint8Array.from(Buffer.from(answer.value.lease, 'base64'));
  const cms = Uint8Array.from(Buffer.from(answer.value.cms, 'base64'));
  const opened = openIssueLease({
    lease: body,
    cms,
    pins: desk.deps.trust.pins,
    now: desk.deps.clock.now(),
    stationId: desk.deps.station.stationId,
    officerIin: session.officer.iin,
  });
  return session.store.transaction(() => {
    if (!opened.ok) {
      journal(desk, 'lease-untrusted', null, { code: opened.code });
      return 'untrusted';
    }
    const { issueLeaseId, since, until, cards } = opened.lease;
    setClock(desk);
    const clock = readClock(desk);
    const takenAt = clock.ok ? new Date(clock.nowMs).toISOString() : nowText(desk);
    const document = { issueLeaseId, since, until, body, cms, takenAt };
    session.store.leases.keep(
      document,
      cards.map(({ claim }) => ({ applicationId: claim.applicationId, lease: leaseOf(claim) })),
    );
    lengthen(desk);
    journal(desk, kind, null, { cards: cards.length, until });
    return { ok: true, value: document };
  });
}

/** The card on the counter has its longer time too. */
function lengthen(desk: OpenDesk): void {
  const { cases, leases } = desk.session.store;
  for (const { applicationId, leaseId } of cases.counterClaims()) {
    const lease = leases.find(applicationId);
    const stored = lease?.leaseId === leaseId ? cases.find(applicationId) : null;
    if (lease !== null && stored !== null) record(desk, stored, { type: 'claim-renewed', lease });
  }
}
