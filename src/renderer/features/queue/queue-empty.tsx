// What the queue says when there is nothing to list, and why.
import { IconCircleCheck, IconCloudOff, IconSearchOff } from '@tabler/icons-react';
import { useTexts } from '../../shared/i18n/language.ts';
import { useLine } from '../../shared/state/session.ts';
import { Button } from '../../shared/ui/button.tsx';
import { EmptyState, ErrorState } from '../../shared/ui/empty-state.tsx';
import { FirstSync } from './queue-notes.tsx';
import { ask, PLAIN_QUESTION, readQueue, useQueue } from './queue-store.ts';
import styles from './queue.module.css';

export function QueueEmpty() {
  const t = useTexts().queue;
  const line = useLine();
  const { question, refusal, waiting } = useQueue();
  if (refusal !== null) return <ErrorState refusal={refusal} onRetry={() => void readQueue()} />;
  if (waiting) return <div className={styles['skeleton']} aria-hidden="true" />;
  const narrowed = question.search !== '' || question.held !== 'any' || question.findings !== 'any';
  if (narrowed) {
    return (
      <EmptyState
        title={t.emptySearch}
        text={t.emptySearchText}
        icon={<IconSearchOff size={32} stroke={1.4} aria-hidden="true" />}
      >
        <Button
          onClick={() => void ask({ ...PLAIN_QUESTION, view: question.view, sort: question.sort })}
        >
          {t.resetSearch}
        </Button>
      </EmptyState>
    );
  }
  if (line?.syncing?.first === true) return <FirstSync syncing={line.syncing} big />;
  if (line?.state === 'offline' && line.lastSyncAt === null) {
    return (
      <EmptyState
        title={t.offlineTitle}
        text={t.offlineNever}
        icon={<IconCloudOff size={32} stroke={1.4} aria-hidden="true" />}
      />
    );
  }
  const done = <IconCircleCheck size={32} stroke={1.4} aria-hidden="true" />;
  switch (question.view) {
    case 'pending':
      return <EmptyState title={t.emptyPending} text={t.emptyPendingText} icon={done} />;
    case 'mine':
      return <EmptyState title={t.emptyMine} text={t.emptyMineText} />;
    case 'attention':
      return <EmptyState title={t.emptyAttention} text={t.emptyAttentionText} icon={done} />;
    case 'promised':
    case 'production':
    case 'done':
    case 'all':
      return <EmptyState title={t.emptyOther} text={t.emptyOtherText} />;
  }
}
