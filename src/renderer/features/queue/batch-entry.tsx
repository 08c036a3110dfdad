// The way to the batch, shown only when something is ready to be signed or is being signed.
import { IconSignature } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { call, onPush } from '../../shared/bridge.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { navigate } from '../../shared/state/navigation.ts';
import { Button } from '../../shared/ui/button.tsx';

const AT_MOST_EVERY_MS = 1_000;

/** How many could be signed now; read again after cases changed. */
function useReady(): number {
  const [ready, setReady] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let gone = false;
    const read = async (): Promise<void> => {
      timer = null;
      const answer = await call('batch.read', {});
      if (gone || !answer.ok) return;
      const { items, ready: rows } = answer.value;
      setReady(Math.max(rows.length, items.filter(({ state }) => state === 'waiting').length));
    };
    void read();
    const stop = onPush((message) => {
      if (message.topic === 'cases') timer ??= setTimeout(() => void read(), AT_MOST_EVERY_MS);
    });
    return () => {
      gone = true;
      if (timer !== null) clearTimeout(timer);
      stop();
    };
  }, []);
  return ready;
}

export function BatchEntry() {
  const t = useTexts().batch;
  const ready = useReady();
  const go = (): void => navigate({ screen: 'batch' });
  useKeys('screen', ready > 0 ? { batch: go } : {});
  if (ready === 0) return null;
  return (
    <Button
      command="batch"
      data-testid="queue-batch"
      title={t.entryTitle}
      icon={<IconSignature size={17} stroke={1.7} aria-hidden="true" />}
      onClick={go}
    >
      {fill(t.entry, { n: ready })}
    </Button>
  );
}
