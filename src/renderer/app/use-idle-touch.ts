// Tells the core that the officer is here, so that the idle lock starts its count again.
import { useEffect } from 'react';
import { call } from '../shared/bridge.ts';

/** Often enough for a lock in minutes, seldom enough to cost nothing. */
const AT_MOST_EVERY_MS = 15_000;

export function useIdleTouch(open: boolean): void {
  useEffect(() => {
    if (!open) return;
    let last = 0;
    const touch = (): void => {
      const now = Date.now();
      if (now - last < AT_MOST_EVERY_MS) return;
      last = now;
      void call('session.touch', {});
    };
    const names = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;
    for (const name of names) document.addEventListener(name, touch, { passive: true });
    return () => {
      for (const name of names) document.removeEventListener(name, touch);
    };
  }, [open]);
}
