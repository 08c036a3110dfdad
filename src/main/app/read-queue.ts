// Queue rows, counts and the line of today's production run, read from the cache alone.
import type { QueueCounts, QueuePage, QueueQuery, QueueRow } from '../../shared/contract/queue.ts';
import { isPromised } from '../domain/case-machine.ts';
import { isAlarm, productionCutOffAt, timeLeft } from '../domain/deadline.ts';
import type { ListedCase } from '../ports/case-store.ts';
import { isStuck } from './action-context.ts';
import { nowText, type OpenDesk } from './desk.ts';
import { holderDto } from './read-case.ts';

export function readQueue(desk: OpenDesk, query: QueueQuery): QueuePage {
  const { store, config } = desk.session;
  const { rows, next, total } = store.cases.page(query, nowText(desk));
  const cutOff = productionCutOffAt(config.productionCutOff, desk.deps.clock.now());
  return {
    rows: rows.map((row) => rowOf(desk, row)),
    next,
    total,
    productionCutOffAt: cutOff?.toISOString() ?? null,
  };
}

export const readCounts = (desk: OpenDesk): QueueCounts =>
  desk.session.store.cases.counts(nowText(desk));

const OPEN: ReadonlySet<QueueRow['stage']> = new Set(['received', 'in-review']);

function rowOf(desk: OpenDesk, row: ListedCase): QueueRow {
  const { store, config, calendar } = desk.session;
  const now = desk.deps.clock.now();
  const due = new Date(row.dueAt);
  const open = OPEN.has(row.stage);
  const item = row.actId === null ? null : store.outbox.find(row.actId);
  const shown = item !== null && item.state !== 'dropped' && item.state !== 'taken-back';
  const flags = new Set(row.flags);
  if (open && due < now) flags.add('overdue');
  if (open && isAlarm(due, now, config.deadline, calendar)) flags.add('alarm');
  if (open && row.phoneShared) flags.add('phone-shared');
  if (item !== null && isStuck(desk, item)) flags.add('stuck');
  return {
    applicationId: row.applicationId,
    ticket: row.ticket,
    name: row.name,
    iinMasked: row.iinMasked,
    filedAt: row.filedAt,
    stage: row.stage,
    actState:
      shown && (isPromised(row.stage) || item.state === 'refused')
        ? (item.state as QueueRow['actState'])
        : null,
    timeLeft: timeLeft(due, now, !open, config.deadline, calendar),
    findings: row.findings,
    flags: [...flags],
    holder: row.head === null ? null : holderDto(desk, row.head.holder, row.mine),
  };
}
