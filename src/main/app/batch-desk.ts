// The batch on the officer's desk: what is ready, what was prepared, how the run stands. Memory only, no PIN.
import type { BatchDto, BatchItem, BatchReady, BatchRun } from '../../shared/contract/batch.ts';
import { CHECK_GROUPS } from '../../shared/central/statement.ts';
import { actionFor } from '../domain/actions.ts';
import { fullName } from '../domain/compared.ts';
import { dueAt, timeLeft } from '../domain/deadline.ts';
import type { StoredCase } from '../ports/case-store.ts';
import { actionContext } from './action-context.ts';
import type { Desk, OpenDesk, OpenSession } from './desk.ts';
import { pinFacts } from './pin-facts.ts';

export interface Batch {
  /** Whose batch it is: another log-in begins with an empty one. */
  readonly session: OpenSession;
  items: BatchItem[];
  run: BatchRun | null;
}

const batches = new WeakMap<Desk['deps'], Batch>();

/** The batch of this log-in; an empty one at first. */
export function batchOf(desk: OpenDesk): Batch {
  const known = batches.get(desk.deps);
  if (known?.session === desk.session) return known;
  const fresh: Batch = { session: desk.session, items: [], run: null };
  batches.set(desk.deps, fresh);
  return fresh;
}

/** Asks the run to end after the item in work; nothing to do when none is running. */
export function stopBatch(desk: Desk): void {
  const { run } = batches.get(desk.deps) ?? { run: null };
  if (run?.running) run.stopping = true;
}

/** Its items name people: behind the closed cache none is kept. What was signed is in the outbox. */
export const batchForgotten = (desk: Desk): void => void batches.delete(desk.deps);

export const readBatch = (desk: OpenDesk): BatchDto => {
  const { items, run } = batchOf(desk);
  return {
    ready: desk.session.store.cases.held().flatMap((id) => readyRow(desk, id)),
    items: [...items],
    run: run === null ? null : { ...run },
    pinAlways: pinFacts(desk).pinAlways,
  };
};

/** The actions table decides; judging a case costs something, so the obvious ones are left out first. */
function readyRow(desk: OpenDesk, applicationId: string): BatchReady[] {
  const stored = desk.session.store.cases.find(applicationId);
  if (stored === null || stored.state.confirmed.length < CHECK_GROUPS.length) return [];
  const context = actionContext(desk, stored);
  if (!actionFor('approve', context).enabled) return [];
  const { config, calendar } = desk.session;
  const { dossier, state } = stored;
  const due = dueAt(new Date(dossier.registeredAt), config.deadline, calendar);
  const answered = context.rows.filter(({ answer }) => (answer?.reason ?? null) !== null).length;
  return [
    {
      ...personOf(stored),
      applicationId,
      timeLeft: timeLeft(due, desk.deps.clock.now(), false, config.deadline, calendar),
      withReason: Object.keys(state.overrides).length + answered,
    },
  ];
}

export const personOf = ({ dossier }: StoredCase): { ticket: string; name: string } => ({
  ticket: dossier.ticket,
  name: fullName(dossier.declared),
});
