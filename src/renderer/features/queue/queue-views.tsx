// Saved views with their counts, left of the list.
import type { QueueView } from '../../../shared/contract/queue.ts';
import { formatNumber } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/language.ts';
import { useSession } from '../../shared/state/session.ts';
import { BatchEntry } from './batch-entry.tsx';
import { ask, useQueue } from './queue-store.ts';
import styles from './queue.module.css';

const VIEWS = [
  'pending',
  'mine',
  'attention',
  'promised',
  'production',
  'done',
  'all',
] as const satisfies readonly QueueView[];

export function QueueViews() {
  const t = useTexts().queue;
  const view = useQueue((s) => s.question.view);
  const counts = useQueue((s) => s.counts);
  const reviewer = useSession()?.officer?.roles.includes('reviewer') ?? false;
  return (
    <nav className={styles['views']} aria-label={t.viewsLabel}>
      {VIEWS.map((each) => (
        <button
          key={each}
          type="button"
          className={styles['view']}
          data-testid={`queue-view-${each}`}
          data-look={each === 'attention' && (counts?.attention ?? 0) > 0 ? 'attention' : undefined}
          aria-current={each === view ? 'true' : undefined}
          onClick={() => void ask({ view: each })}
        >
          <span>{t.views[each]}</span>
          <span className={styles['count']}>
            {counts === null ? '' : formatNumber(counts[each] ?? 0)}
          </span>
        </button>
      ))}
      {reviewer && (
        <div className={styles['entry']}>
          <BatchEntry />
        </div>
      )}
    </nav>
  );
}
