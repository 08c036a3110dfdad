// Issue leases of this counter, for the officer: how they stand, taken, given back, broken by a head.
import type { RefusalOf, RequestOf, ResultOf } from '../../shared/contract/channels.ts';
import { no, ok } from '../../shared/kernel/result.ts';
import type { Lease } from '../domain/case-facts.ts';
import { handOverBar } from '../domain/issue-lease.ts';
import { lineRefusal } from './claim-case.ts';
import { journal, noteLine, type OpenDesk } from './desk.ts';
import { readClock } from './lease-clock.ts';
import { askFor, inTurn, settleLeases } from './settle-leases.ts';

type LeaseResult = ResultOf<'leases.take'>;
type LeaseRefusal = RefusalOf<'leases.take'>;

/** What the lease panel shows; without a lease nothing may be handed over on a dead line. */
export function readIssueLeases(desk: OpenDesk): ResultOf<'leases.read'> {
  const { store, officer, config } = desk.session;
  const { roles, registrationPoint } = officer;
  const told = store.meta.find('pointLeases');
  const document = store.leases.document();
  const clock = store.transaction(() => readClock(desk));
  return ok({
    own:
      document === null
        ? null
        : {
            issueLeaseId: document.issueLeaseId,
            since: document.since,
            until: document.until,
            ...store.leases.counts(),
            overdue: !clock.ok || Date.parse(document.until) <= clock.nowMs,
          },
    others: (told?.leases ?? [])
      .filter(({ issueLeaseId }) => issueLeaseId !== document?.issueLeaseId)
      .map(({ since: _since, ...one }) => ({
        ...one,
        overdue: one.overdue || (clock.ok && Date.parse(one.until) <= clock.nowMs),
      })),
    askedAt: told?.at ?? null,
    automatic: config.issueLease.automatic,
    mayTake: roles.includes('issuer') && registrationPoint !== null,
    mayBreak: roles.includes('head'),
  });
}

/** Every card of the point that nobody holds; an own lease is widened and made longer. */
export async function takeIssueLease(desk: OpenDesk): Promise<LeaseResult> {
  const { session } = desk;
  if (!session.officer.roles.includes('issuer')) return no('forbidden');
  const answer = await inTurn(desk, () =>
    askFor(desk, () => desk.deps.node.takeIssueLease(null), 'lease-taken'),
  );
  if (answer === 'untrusted') return no('lease-untrusted');
  if (!answer.ok) {
    const refused = lineRefusal(desk, answer.failure);
    // The node's word for "nothing to take" speaks of a claim that is not there.
    return refused.refusal.code === 'lease-missing' ? no('no-free-card') : (refused as LeaseResult);
  }
  await settleLeases(desk);
  return readIssueLeases(desk);
}

/** All that are neither on the counter nor promised: first given up here for good, then told to the node. */
export async function giveBackIssueLease(desk: OpenDesk): Promise<LeaseResult> {
  if (!desk.deps.node.hasSession() || desk.line.state !== 'online') return no('line-dead');
  await inTurn(desk, async () => {
    const { session } = desk;
    const { leases, cases } = session.store;
    const given = session.store.transaction(() => {
      const busy = new Set(cases.counterClaims().map(({ applicationId }) => applicationId));
      const idle = leases
        .cards()
        .filter(({ applicationId }) => !busy.has(applicationId))
        .map(({ applicationId, lease: { leaseId } }) => ({ applicationId, leaseId }));
      leases.drop(idle);
      if (idle.length > 0) journal(desk, 'lease-given-back', null, { cards: idle.length });
      return idle.map(({ leaseId }) => leaseId);
    });
    if (given.length === 0) return;
    const answer = await desk.deps.node.returnLeasedCards(given);
    noteLine(desk, answer.ok ? null : answer.failure);
    // Without an answer the next round tells the node again.
    if (answer.ok && desk.session === session)
      session.store.transaction(() => leases.forget(given));
  });
  await settleLeases(desk);
  return readIssueLeases(desk);
}

/** A head frees the cards of a lost station; the node lets him only when their time is over. */
export async function breakIssueLease(
  desk: OpenDesk,
  { issueLeaseId, why }: RequestOf<'leases.break'>,
): Promise<LeaseResult> {
  const answer = await desk.deps.node.breakIssueLease(issueLeaseId, why);
  if (!answer.ok) return lineRefusal(desk, answer.failure) as ReturnType<typeof no<LeaseRefusal>>;
  noteLine(desk, null);
  desk.session.store.transaction(() => journal(desk, 'lease-broken', null));
  await settleLeases(desk);
  return readIssueLeases(desk);
}

/** The claim of this card under our lease, while it holds; `clock-went-back` where time is not known. */
export function leasedNow(desk: OpenDesk, applicationId: string): Lease | 'clock-went-back' | null {
  const { store } = desk.session;
  const lease = store.leases.find(applicationId);
  if (lease === null) return null;
  const bar = handOverBar(
    lease,
    store.transaction(() => readClock(desk)),
  );
  if (bar === 'clock-went-back') return bar;
  return bar === null ? lease : null;
}
