// The line to the central node, always on screen: state, last sync, progress, outbox, drift.
import { IconClockExclamation, IconCloud, IconCloudOff, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import type { LineDto } from '../../shared/contract/line.ts';
import { call } from '../shared/bridge.ts';
import {
  formatMoment,
  formatNumber,
  formatRelative,
  formatSeconds,
} from '../shared/format/format.ts';
import { useNow } from '../shared/format/use-now.ts';
import { fill, lineText, useTexts } from '../shared/i18n/language.ts';
import { setLine, useLine } from '../shared/state/session.ts';
import { navigate } from '../shared/state/navigation.ts';
import { Button } from '../shared/ui/button.tsx';
import styles from './app.module.css';

/** Below this the clocks agree well enough to say nothing. */
const DRIFT_WORTH_SAYING_S = 30;

function Progress({ line }: { readonly line: LineDto }) {
  const t = useTexts().shell.line;
  const syncing = line.syncing;
  if (syncing === null || syncing.total === 0) return null;
  const words = fill(t.progress, {
    phase: syncing.phase === 'applications' ? t.applications : t.pictures,
    done: formatNumber(syncing.done),
    total: formatNumber(syncing.total),
  });
  const left =
    syncing.secondsLeft === null ? '' : fill(t.left, { time: formatSeconds(syncing.secondsLeft) });
  return (
    <span className={styles['syncing']} title={left}>
      <progress max={syncing.total} value={syncing.done} aria-label={words} />
      <span>{words}</span>
    </span>
  );
}

export function LineState() {
  const t = useTexts();
  const line = useLine();
  const now = useNow();
  const [busy, setBusy] = useState(false);
  if (line === null) return <span className={styles['line']} data-testid="line-state" />;
  const sync = async (): Promise<void> => {
    setBusy(true);
    const answer = await call('line.syncNow', {});
    if (answer.ok) setLine(answer.value);
    setBusy(false);
  };
  const because = line.because === null ? null : lineText(line.because);
  const hint =
    because !== null
      ? [because.title, because.todo, line.state === 'offline' ? t.shell.line.offlineHint : '']
          .filter((each) => each !== '')
          .join('\n')
      : undefined;
  const Icon = line.state === 'offline' ? IconCloudOff : IconCloud;
  const when =
    line.state === 'offline' && line.since !== null
      ? fill(t.shell.line.since, { when: formatMoment(line.since, now) })
      : line.lastSyncAt === null
        ? t.shell.line.neverSynced
        : fill(t.shell.line.lastSync, { when: formatRelative(line.lastSyncAt, now) });
  return (
    <div className={styles['line']} data-testid="line-state" data-state={line.state} role="status">
      {line.clockDriftSeconds !== null &&
        Math.abs(line.clockDriftSeconds) >= DRIFT_WORTH_SAYING_S && (
          <span className={styles['drift']} title={t.shell.line.driftHint} data-testid="drift">
            <IconClockExclamation size={16} stroke={1.7} aria-hidden="true" />
            {fill(t.shell.line.drift, { seconds: line.clockDriftSeconds })}
          </span>
        )}
      {line.damaged > 0 && (
        <span className={styles['damaged']}>{fill(t.shell.line.damaged, { n: line.damaged })}</span>
      )}
      {(line.outboxWaiting > 0 || line.outboxNeedsYou > 0) && (
        <button
          type="button"
          className={styles['outboxCount']}
          data-needs={line.outboxNeedsYou > 0}
          data-testid="outbox-count"
          onClick={() => navigate({ screen: 'outbox' })}
        >
          {line.outboxNeedsYou > 0
            ? fill(t.shell.outbox.needsYou, { n: line.outboxNeedsYou })
            : fill(t.shell.outbox.waiting, { n: line.outboxWaiting })}
        </button>
      )}
      <Progress line={line} />
      <span
        className={styles['lineWord']}
        data-state={line.state}
        data-look={because !== null}
        title={hint}
      >
        <Icon size={17} stroke={1.7} aria-hidden="true" />
        <strong>
          {line.because === 'session-needed' && because !== null
            ? because.title
            : t.shell.line[line.state]}
        </strong>
        {line.syncing === null && <span>{when}</span>}
      </span>
      <Button
        look="quiet"
        aria-label={t.shell.line.syncNow}
        title={t.shell.line.syncNow}
        data-testid="sync-now"
        busy={busy}
        onClick={() => void sync()}
        icon={<IconRefresh size={17} stroke={1.7} aria-hidden="true" />}
      />
    </div>
  );
}
