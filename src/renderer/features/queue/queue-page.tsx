// The queue: views on the left, search and filters above, the windowed list in the middle.
import { useRef } from 'react';
import { useTexts } from '../../shared/i18n/language.ts';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { useSession } from '../../shared/state/session.ts';
import { RefusalNotice } from '../../shared/ui/notice.tsx';
import { DamagePanel } from './damage-panel.tsx';
import { QueueEmpty } from './queue-empty.tsx';
import { QueueList, type ListHandle } from './queue-list.tsx';
import { QueueNotes } from './queue-notes.tsx';
import { movePointer, openPointed, takeNext, useQueue } from './queue-store.ts';
import { QueueTools } from './queue-tools.tsx';
import { QueueViews } from './queue-views.tsx';
import { useQueueWatch } from './use-queue-watch.ts';
import styles from './queue.module.css';

export function QueuePage() {
  useQueueWatch();
  const t = useTexts().queue;
  const hasRows = useQueue((s) => s.rows.length > 0);
  const nextRefusal = useQueue((s) => s.nextRefusal);
  const damaged = useQueue((s) => s.damaged);
  const reviewer = useSession()?.officer?.roles.includes('reviewer') ?? false;
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<ListHandle>(null);
  const move = (by: number): void => {
    const index = movePointer(by);
    if (index >= 0) list.current?.scrollTo(index);
  };
  useKeys('screen', {
    next: () => move(1),
    previous: () => move(-1),
    open: () => openPointed(),
    ...(reviewer ? { nextUrgent: () => void takeNext() } : {}),
    search: () => {
      search.current?.focus();
      search.current?.select();
    },
    back: () => {
      if (document.activeElement !== search.current) return false;
      search.current?.blur();
      return undefined;
    },
  });
  return (
    <div className={styles['page']}>
      <h1 className={styles['hidden']}>{t.title}</h1>
      <QueueViews />
      <div className={styles['main']}>
        <QueueTools searchRef={search} />
        {nextRefusal !== null && (
          <div className={styles['refusal']}>
            <RefusalNotice refusal={nextRefusal} />
          </div>
        )}
        <QueueNotes />
        <div className={styles['middle']}>
          {hasRows ? <QueueList handle={list} /> : <QueueEmpty />}
          {damaged !== null && <DamagePanel applicationId={damaged} />}
        </div>
      </div>
    </div>
  );
}
