// Looks through the pages of the open cache, table by table, breathing in between.
import type { OpenDesk } from './desk.ts';

/** How many faults SQLite found; a table that cannot be read at all is one. */
export async function cacheFaults(desk: OpenDesk): Promise<number> {
  const { health } = desk.session.store;
  let faults = 0;
  for (const table of health.checked()) {
    try {
      faults += health.faults(table);
    } catch {
      faults += 1;
    }
    await desk.deps.clock.breathe();
  }
  return faults;
}
