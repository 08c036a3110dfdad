// The top line's facts: line state, last sync, what waits, how far the clocks differ.
import type { LineDto } from '../../shared/contract/line.ts';
import type { Desk, OpenDesk } from './desk.ts';
import { needsYou } from './read-outbox.ts';

export function readLine(desk: Desk): LineDto {
  const { line, deps, session } = desk;
  const drift = deps.node.clockDriftMs();
  return {
    state: line.state,
    because: line.because,
    since: line.since,
    lastSyncAt: session?.store.meta.find('lastSyncAt') ?? null,
    syncing: line.syncing,
    clockDriftSeconds: drift === null ? null : Math.round(drift / 1000),
    outboxWaiting: session?.store.outbox.counts().waiting ?? 0,
    outboxNeedsYou: session === null ? 0 : needsYou(desk as OpenDesk),
    damaged: session?.store.cases.damagedCount() ?? 0,
  };
}
