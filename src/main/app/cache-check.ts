// Looks through the open cache piece by piece, breathing in between.
import type { OpenDesk } from './desk.ts';

/** How many faults SQLite found; a table that cannot be read at all is one. */
export async function cacheFaults(desk: OpenDesk): Promise<number> {
  const { health } = desk.session.store;
  let faults = 0;
  for (const found of health.check()) {
    faults += found;
    await desk.deps.clock.breathe();
  }
  return faults;
}
