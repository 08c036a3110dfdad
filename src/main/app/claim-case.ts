// Claims as leases of the node: two officers never decide one case.
import type { Claim } from '../../shared/central/messages.ts';
import type { RefusalOf } from '../../shared/contract/channels.ts';
import type { CLAIM_REFUSALS } from '../../shared/contract/queue.ts';
import { no, ok, type No, type Result } from '../../shared/kernel/result.ts';
import type { Lease } from '../domain/case-facts.ts';
import type { NodeFailure } from '../ports/central-node.ts';
import type { StoredCase } from '../ports/case-store.ts';
import { record, saveCase } from './case-record.ts';
import { journal, noteLine, nowText, type OpenDesk } from './desk.ts';
import { saidAt } from './lease-clock.ts';

type ClaimRefusal = (typeof CLAIM_REFUSALS)[number] | 'wrong-stage';

export const leaseOf = (claim: Claim): Lease => ({
  leaseId: claim.leaseId,
  since: claim.since,
  until: claim.until,
  challenge: claim.challenge,
});

/** A failed call as a refusal the screen has words for. */
export const lineRefusal = (desk: OpenDesk, failure: NodeFailure): No<ClaimRefusal> => {
  noteLine(desk, failure);
  return failure.kind === 'refused' && failure.code !== 'unavailable'
    ? no(failure.code, failure.params)
    : no('line-dead');
};

/** Claims one case for this station; claiming a case already held here renews it. */
export async function claimCase(
  desk: OpenDesk,
  applicationId: string,
): Promise<Result<{ applicationId: string }, ClaimRefusal>> {
  const { cases } = desk.session.store;
  const before = cases.find(applicationId);
  if (before === null) return no('not-in-cache');
  if (before.state.stage === 'in-review' && before.state.lease !== null)
    return ok({ applicationId });
  if (before.state.stage !== 'received') return no('wrong-stage');
  if (!desk.session.officer.roles.includes('reviewer')) return no('forbidden');
  const answer = await desk.deps.node.claim(applicationId);
  if (!answer.ok) {
    const refused = lineRefusal(desk, answer.failure);
    if (refused.refusal.code !== 'line-dead')
      desk.session.store.transaction(() =>
        journal(desk, 'claim-refused', before.dossier.ticket, { code: refused.refusal.code }),
      );
    return refused;
  }
  noteLine(desk, null);
  const claimed = desk.session.store.transaction(() => {
    const stored = cases.find(applicationId) ?? before; // the feed may have moved it meanwhile
    const next = record(desk, stored, { type: 'claimed', lease: leaseOf(answer.value) });
    if (next !== null) journal(desk, 'claimed', stored.dossier.ticket, {});
    return next !== null || stored.state.lease !== null;
  });
  desk.deps.push({ topic: 'cases', ids: [applicationId] });
  return claimed ? ok({ applicationId }) : no('wrong-stage');
}

/** Gives the case back: the node is told first; with no answer the lease stays until it lapses. */
export async function releaseCase(
  desk: OpenDesk,
  applicationId: string,
): Promise<Result<{ applicationId: string }, RefusalOf<'case.release'>>> {
  const { cases } = desk.session.store;
  const stored = cases.find(applicationId);
  if (stored === null) return no('not-in-cache');
  if (stored.state.stage !== 'in-review') return no('wrong-stage');
  const answer = await desk.deps.node.releaseClaim(applicationId);
  if (!answer.ok && answer.failure.kind !== 'refused') return lineRefusal(desk, answer.failure);
  desk.session.store.transaction(() => {
    const now = cases.find(applicationId) ?? stored;
    desk.session.store.drafts.drop(applicationId); // given back: what was half done is nobody's
    if (record(desk, now, { type: 'claim-released' }) !== null)
      journal(desk, 'released', stored.dossier.ticket, {});
  });
  desk.deps.push({ topic: 'cases', ids: [applicationId] });
  return ok({ applicationId });
}

const CANDIDATES = 8;

/** Refusals that speak of one case only: the next one may be free. */
const OF_THIS_CASE: ReadonlySet<string> = new Set([
  'claimed-by-other',
  'stage-mismatch',
  'revision-mismatch',
  'not-found',
  'out-of-scope',
  'not-in-cache',
]);

/** "Next case": the most urgent free one, claimed. With the line dead: one already held here. */
export async function claimNext(
  desk: OpenDesk,
  after: string | null,
): Promise<Result<{ applicationId: string }, (typeof CLAIM_REFUSALS)[number]>> {
  const { cases } = desk.session.store;
  const held = cases.held().filter((id) => id !== after && isOpen(cases.find(id)));
  if (held[0] !== undefined) return ok({ applicationId: held[0] });
  const candidates = cases.urgent(nowText(desk), CANDIDATES).filter((id) => id !== after);
  for (const applicationId of candidates) {
    const claimed = await claimCase(desk, applicationId);
    if (claimed.ok) return claimed;
    const { code, params } = claimed.refusal;
    if (code !== 'wrong-stage' && !OF_THIS_CASE.has(code)) return no(code, params);
  }
  return no('nothing-pending');
}

const isOpen = (stored: StoredCase | null): boolean =>
  stored !== null && stored.state.stage === 'in-review';

/** Renews leases in the last third of their time; one the node refuses is given up here too. */
export async function renewLeases(desk: OpenDesk): Promise<void> {
  const { cases } = desk.session.store;
  // `until` is of the node's clock: by one that runs late a claim would be over before it is renewed.
  const now = Date.parse(saidAt(desk));
  for (const applicationId of cases.held()) {
    const stored = cases.find(applicationId);
    const lease = stored?.state.lease;
    // A card of our issue lease grows older with the lease.
    if (lease && desk.session.store.leases.find(applicationId)?.leaseId === lease.leaseId) continue;
    if (!stored || !lease || !renewalDue(lease, desk.session.config.leaseMinutes, now)) continue;
    const answer = await desk.deps.node.renewClaim(applicationId);
    if (!answer.ok && answer.failure.kind !== 'refused') return noteLine(desk, answer.failure);
    if (!answer.ok && answer.failure.kind === 'refused' && isPassing(answer.failure.code)) return;
    desk.session.store.transaction(() => {
      const current = cases.find(applicationId);
      // Given up, or taken anew, while the node was asked: its answer speaks of a claim that is over.
      if (current?.state.lease?.leaseId !== lease.leaseId) return;
      if (answer.ok) record(desk, current, { type: 'claim-renewed', lease: leaseOf(answer.value) });
      else if (record(desk, current, { type: 'claim-lapsed' }) === null) saveCase(desk, current);
      else journal(desk, 'released', current.dossier.ticket, { lapsed: true });
    });
    desk.deps.push({ topic: 'cases', ids: [applicationId] });
  }
}

/** In the last third of its time; `now` in ms by the node's clock. */
export const renewalDue = ({ until }: Lease, leaseMinutes: number, now: number): boolean =>
  Date.parse(until) - now <= (leaseMinutes * 60_000) / 3;

export const isPassing = (code: string): boolean =>
  code === 'unavailable' || code === 'unauthenticated';
