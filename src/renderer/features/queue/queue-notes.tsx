// Lines above the list: first sync, no connection, today's production run.
import { IconBuildingFactory2, IconCloudDownload, IconCloudOff } from '@tabler/icons-react';
import type { LineDto } from '../../../shared/contract/line.ts';
import {
  formatBytes,
  formatMoment,
  formatNumber,
  formatSeconds,
  formatTime,
} from '../../shared/format/format.ts';
import { useNow } from '../../shared/format/use-now.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import { useLine } from '../../shared/state/session.ts';
import { useQueue } from './queue-store.ts';
import styles from './queue.module.css';

export function FirstSync({
  syncing,
  big,
}: {
  readonly syncing: NonNullable<LineDto['syncing']>;
  readonly big: boolean;
}) {
  const t = useTexts().queue;
  const phase = syncing.phase === 'applications' ? t.progressApplications : t.progressPictures;
  return (
    <div className={styles['first']} data-big={big} role="status" data-testid="first-sync">
      <IconCloudDownload size={big ? 36 : 20} stroke={1.5} aria-hidden="true" />
      <div>
        <strong>{t.firstTitle}</strong>
        <p>{big ? t.firstWait : t.firstText}</p>
      </div>
      <div className={styles['progress']}>
        <progress max={Math.max(1, syncing.total)} value={syncing.done} aria-label={phase} />
        <p>
          {phase}:{' '}
          {fill(t.of, { done: formatNumber(syncing.done), total: formatNumber(syncing.total) })}
          {' · '}
          {formatBytes(syncing.bytes)}
          {syncing.secondsLeft !== null &&
            ` · ${fill(t.left, { time: formatSeconds(syncing.secondsLeft) })}`}
        </p>
      </div>
    </div>
  );
}

function CutOff({ at }: { readonly at: string }) {
  const t = useTexts().queue;
  const now = useNow();
  const left = new Date(at).getTime() - now;
  if (left <= 0) return null;
  return (
    <div className={styles['cutOff']} data-testid="queue-cut-off">
      <IconBuildingFactory2 size={16} stroke={1.7} aria-hidden="true" />
      <span>{fill(t.cutOffLine, { time: formatTime(at) })}</span>
      <span className={styles['cutOffIn']}>
        {fill(t.cutOffIn, { amount: formatSeconds(left / 1000) })}
      </span>
    </div>
  );
}

export function QueueNotes() {
  const t = useTexts().queue;
  const line = useLine();
  const now = useNow();
  const cutOffAt = useQueue((s) => s.cutOffAt);
  const view = useQueue((s) => s.question.view);
  const hasRows = useQueue((s) => s.rows.length > 0);
  if (line === null) return null;
  const open = view === 'pending' || view === 'mine' || view === 'attention';
  return (
    <>
      {line.syncing?.first === true && hasRows && <FirstSync syncing={line.syncing} big={false} />}
      {line.state === 'offline' && hasRows && (
        <div className={styles['offline']} role="status" data-testid="queue-offline">
          <IconCloudOff size={18} stroke={1.7} aria-hidden="true" />
          <strong>{t.offlineTitle}.</strong>
          <span>
            {line.lastSyncAt === null
              ? ''
              : fill(t.offlineText, { when: formatMoment(line.lastSyncAt, now) })}
          </span>
        </div>
      )}
      {cutOffAt !== null && open && hasRows && line.state !== 'offline' && <CutOff at={cutOffAt} />}
    </>
  );
}
