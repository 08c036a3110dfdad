// The beat of updates: at the start, then each hour; sooner when a download was cut off or nothing answered.
import type { Desk } from '../app/desk.ts';

const HOUR_MS = 3_600_000;
const SOON_MS = 300_000;

/** Goes on without anybody logged in: a station that may not log in any more needs its update most. */
export function startUpdateLoop(desk: Desk): { stop(): void } {
  const { clock, updates } = desk.deps;
  const stopped = new AbortController();
  const loop = async (): Promise<void> => {
    while (!stopped.signal.aborted && updates.state().state !== 'off') {
      const answered = await updates.check(stopped.signal);
      await clock.sleep(answered ? HOUR_MS : SOON_MS, stopped.signal);
    }
  };
  void loop();
  return { stop: () => stopped.abort() };
}
