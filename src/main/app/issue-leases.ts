// Issue leases of this counter: taken, given back, broken by a head, and settled with the node in each round.
import type { ResultOf } from '../../shared/contract/channels.ts';
import { no, ok } from '../../shared/kernel/result.ts';
import type { OpenDesk } from './desk.ts';

/** What the lease panel shows; without a lease nothing may be handed over on a dead line. */
export function readIssueLeases(desk: OpenDesk): ResultOf<'leases.read'> {
  const { roles, registrationPoint } = desk.session.officer;
  return ok({
    own: null,
    others: [],
    askedAt: null,
    automatic: desk.session.config.issueLease.automatic,
    mayTake: roles.includes('issuer') && registrationPoint !== null,
    mayBreak: roles.includes('head'),
  });
}

/** Every card of the point that nobody holds. */
export function takeIssueLease(_desk: OpenDesk): Promise<ResultOf<'leases.take'>> {
  return Promise.resolve(no('line-dead'));
}

/** All that were not handed over. */
export function giveBackIssueLease(_desk: OpenDesk): Promise<ResultOf<'leases.giveBack'>> {
  return Promise.resolve(no('line-dead'));
}

/** A head frees the cards of a lost station. */
export function breakIssueLease(
  _desk: OpenDesk,
  _request: { readonly issueLeaseId: string; readonly why: string },
): Promise<ResultOf<'leases.break'>> {
  return Promise.resolve(no('line-dead'));
}
