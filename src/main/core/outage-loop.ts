// The beat of the watch over outside services: beside the rounds, behind the lock too, without a line to the node too.
import type { Desk, OpenDesk } from '../app/desk.ts';
import { watchAsleep } from '../app/keep-asleep.ts';
import { readServices } from '../app/read-services.ts';
import { watchServices } from '../app/watch-services.ts';

/**
 * Asks on the beat the node lays down while somebody is logged in, at once after the log-in; looks each
 * `tickMs` whether it is time. Tells the screens when what they show changed. While the cache is closed behind
 * the lock the answers are kept in memory and judged when it opens.
 */
export function startOutageLoop(desk: Desk, tickMs: number): { stop(): void } {
  const { clock } = desk.deps;
  const stopped = new AbortController();
  let of: Desk['session'] | Desk['asleep'] = null;
  let nextAt = 0;
  let told = '';

  const round = async (open: OpenDesk): Promise<void> => {
    const { session } = open;
    const { probeSeconds } = session.config.outsideServices;
    nextAt = performance.now() + probeSeconds * 1_000;
    await watchServices(open);
    if (desk.session !== session) return;
    const now = JSON.stringify(readServices(open));
    if (now !== told) desk.deps.push({ topic: 'services' });
    told = now;
  };

  const failed = (error: unknown): void =>
    desk.deps.log('outage-watch-failed', { kind: error instanceof Error ? error.name : '?' });

  const loop = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      const { session } = desk;
      const at = session ?? desk.asleep;
      if (at !== of) nextAt = 0;
      of = at;
      if (desk.asleep !== null && performance.now() >= nextAt) {
        nextAt = performance.now() + desk.asleep.services.probeSeconds * 1_000;
        await watchAsleep(desk).catch(failed);
      }
      if (session !== null && performance.now() >= nextAt)
        await round(desk as OpenDesk).catch(failed);
      await clock.sleep(tickMs, stopped.signal);
    }
  };
  void loop();
  return { stop: () => stopped.abort() };
}
