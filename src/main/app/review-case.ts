// Reviewing: the officer confirms a group of checks, or overrides a failed one where the order allows it.
import type { RefusalOf, RequestOf } from '../../shared/contract/channels.ts';
import { no, ok, type Result } from '../../shared/kernel/result.ts';
import { isBlocking } from '../domain/checks.ts';
import { forbidden } from './allowed.ts';
import { judged, record } from './case-record.ts';
import { journal, type OpenDesk } from './desk.ts';

/** Confirms one group; a failed obligatory check in it must be overridden first. */
export function confirmGroup(
  desk: OpenDesk,
  { applicationId, group, confirmed }: RequestOf<'case.confirm'>,
): Result<{ applicationId: string }, RefusalOf<'case.confirm'>> {
  const { store } = desk.session;
  return store.transaction(() => {
    const stored = store.cases.find(applicationId);
    if (stored === null) return no('not-in-cache');
    const refused = forbidden(desk, stored, 'confirm');
    if (refused !== null) return refused;
    const open = judged(desk, stored).rows.find((row) => row.group === group && isBlocking(row));
    if (confirmed && open !== undefined) return no('check-unanswered', { code: open.code });
    record(desk, stored, { type: 'group-confirmed', group, confirmed });
    journal(desk, 'confirmed', stored.dossier.ticket, { group, confirmed });
    return ok({ applicationId });
  });
}

/** Overrides a check with a reason, or takes the override back; its group is to be confirmed again. */
export function overrideCheck(
  desk: OpenDesk,
  { applicationId, code, reason }: RequestOf<'case.override'>,
): Result<{ applicationId: string }, RefusalOf<'case.override'>> {
  const { store } = desk.session;
  return store.transaction(() => {
    const stored = store.cases.find(applicationId);
    if (stored === null) return no('not-in-cache');
    const refused = forbidden(desk, stored, 'override');
    if (refused !== null) return refused;
    const row = judged(desk, stored).rows.find((one) => one.code === code);
    if (row === undefined || !row.overridable || row.state === 'agrees')
      return no('not-overridable');
    record(
      desk,
      stored,
      { type: 'check-overridden', code, reason },
      { type: 'group-confirmed', group: row.group, confirmed: false },
    );
    journal(desk, 'override', stored.dossier.ticket, { code, set: reason !== null });
    return ok({ applicationId });
  });
}
