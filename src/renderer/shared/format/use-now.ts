// A clock for relative times: re-renders its component every `everyMs`, never the whole screen.
import { useEffect, useState } from 'react';

/** Milliseconds since the epoch, renewed every `everyMs` (30 s by default). */
export function useNow(everyMs = 30_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
