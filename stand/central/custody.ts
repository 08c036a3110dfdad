// Custody of produced cards at the points: dispatch lists, and the signed acts that move cards.
import type { z } from 'zod';
import type {
  custodyReply,
  dispatchesReply,
  placementReply,
  placementRequest,
} from '../../src/shared/central/custody.ts';
import type { actRequest } from '../../src/shared/central/messages.ts';
import type { NodeContext } from './context.ts';
import { refuse } from './refusal.ts';
import { demandRole } from './scope.ts';
import type { Session } from './session.ts';

export async function readDispatches(
  _node: NodeContext,
  session: Session,
): Promise<z.infer<typeof dispatchesReply>> {
  demandRole(session.officer, 'issuer');
  return refuse('unavailable');
}

export async function submitCustody(
  _node: NodeContext,
  _session: Session,
  _paceMs: number,
  _request: z.infer<typeof actRequest>,
): Promise<z.infer<typeof custodyReply>> {
  return refuse('unavailable');
}

export async function placeCard(
  _node: NodeContext,
  _session: Session,
  _request: z.infer<typeof placementRequest>,
): Promise<z.infer<typeof placementReply>> {
  return refuse('unavailable');
}
