// Keeps the queue current: reads it when the screen opens and after pushes, never more than twice a second.
import { useEffect } from 'react';
import { onPush } from '../../shared/bridge.ts';
import { readCounts, readQueue } from './queue-store.ts';

const AT_MOST_EVERY_MS = 500;

export function useQueueWatch(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const read = (): void => {
      timer = null;
      void readQueue(true);
      void readCounts();
    };
    read();
    const stop = onPush((message) => {
      if (message.topic !== 'cases' && message.topic !== 'outbox') return;
      timer ??= setTimeout(read, AT_MOST_EVERY_MS);
    });
    return () => {
      if (timer !== null) clearTimeout(timer);
      stop();
    };
  }, []);
}
