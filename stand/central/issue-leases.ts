// Issue leases at the node: cards one officer at one station may hand over with a dead line.
import type { z } from 'zod';
import type {
  issueLeasesReply,
  returnLeasedCardsReply,
  SignedIssueLease,
} from '../../src/shared/central/issue-lease.ts';
import type { NodeContext } from './context.ts';
import { refuse } from './refusal.ts';
import type { Session } from './session.ts';

export async function readIssueLeases(
  _node: NodeContext,
  _session: Session,
): Promise<z.infer<typeof issueLeasesReply>> {
  return refuse('unavailable');
}

export async function takeIssueLease(
  _node: NodeContext,
  _session: Session,
  _applicationIds: readonly string[] | null,
): Promise<SignedIssueLease> {
  return refuse('unavailable');
}

export async function renewIssueLease(
  _node: NodeContext,
  _session: Session,
  _issueLeaseId: string,
): Promise<SignedIssueLease> {
  return refuse('unavailable');
}

export async function returnLeasedCards(
  _node: NodeContext,
  _session: Session,
  _issueLeaseId: string,
  _applicationIds: readonly string[] | null,
): Promise<z.infer<typeof returnLeasedCardsReply>> {
  return refuse('unavailable');
}

export async function breakIssueLease(
  _node: NodeContext,
  _session: Session,
  _issueLeaseId: string,
  _why: string,
): Promise<{ done: true }> {
  return refuse('unavailable');
}
