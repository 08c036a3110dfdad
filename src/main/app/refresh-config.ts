// What the node lays down (limits, rules, reasons) asked for again while an officer works: its acts are held against the newest.
import { canonicalText } from '../../shared/central/statement.ts';
import { workingCalendar } from '../domain/calendar.ts';
import { saveCase } from './case-record.ts';
import { noteLine, type OpenDesk } from './desk.ts';
import { reviewsAhead } from './fetch-pictures.ts';

/** When each session was last asked for, ms; 0 = the node said that ours is not its own. */
const asked = new WeakMap<OpenDesk['session'], number>();

/** The node refused a statement for what it laid down: the next round asks, however young ours is. */
export const configDoubted = (desk: OpenDesk): void => void asked.set(desk.session, 0);

/**
 * Asks for the node's configuration when ours is older than `maxAgeMs`. A new one is judged by at once:
 * cases that open next are counted again and the screens read theirs anew; true then.
 */
export async function refreshConfig(desk: OpenDesk, maxAgeMs: number): Promise<boolean> {
  const { session } = desk;
  const now = desk.deps.clock.now().getTime();
  // It came with the log-in or the unlocking.
  const last = asked.get(session);
  const since = last === 0 ? 0 : Math.max(last ?? 0, session.openedAt.getTime());
  if (now - since < maxAgeMs) return false;
  const answer = await desk.deps.node.config();
  if (desk.session !== session) return false;
  const nonsense = !answer.ok && answer.failure.kind === 'malformed';
  if (!nonsense) noteLine(desk, answer.ok ? null : answer.failure);
  if (answer.ok || nonsense) asked.set(session, now);
  if (!answer.ok) return false;
  const config = answer.value;
  if (canonicalText(config) === canonicalText(session.config)) return false;
  const { store } = session;
  store.transaction(() => {
    session.config = config;
    session.calendar = workingCalendar(config.calendars);
    store.meta.set('config', config);
    for (const id of reviewsAhead(desk)) {
      const stored = store.cases.find(id);
      if (stored !== null) saveCase(desk, stored);
    }
  });
  desk.deps.push({ topic: 'cases', ids: null });
  return true;
}
