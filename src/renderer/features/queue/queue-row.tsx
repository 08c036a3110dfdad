// One line of the queue; a clean and free case is almost empty of marks.
import { IconLock, IconUser } from '@tabler/icons-react';
import { memo } from 'react';
import type { CaseFlag, QueueRow } from '../../../shared/contract/queue.ts';
import { formatMoment, formatTime } from '../../shared/format/format.ts';
import { byLanguage, fill, useTexts } from '../../shared/i18n/language.ts';
import { PromiseMark } from '../../shared/ui/promise-mark.tsx';
import { StateMark } from '../../shared/ui/state-mark.tsx';
import { TicketText } from '../../shared/ui/ticket-text.tsx';
import { TimeLeftBar } from '../../shared/ui/time-left-bar.tsx';
import styles from './queue.module.css';

const RED: readonly CaseFlag[] = [
  'refused-by-node',
  'conflict',
  'stuck',
  'investigate',
  'not-signed',
];
/** Said already by the bar of the time left. */
const SAID_ELSEWHERE: readonly CaseFlag[] = ['overdue', 'alarm'];
const SHOWN_NARROW = 1;
const SHOWN_WIDE = 2;

function Findings({ row }: { readonly row: QueueRow }) {
  const t = useTexts().queue;
  const { disagrees, look, noData } = row.findings;
  if (row.stage === 'damaged') return null;
  if (disagrees + look + noData === 0) return <StateMark state="agrees" bare label={t.clean} />;
  return (
    <>
      {disagrees > 0 && (
        <span className={styles['finding']} data-state="disagrees">
          <StateMark state="disagrees" bare label={fill(t.disagrees, { n: disagrees })} />
          <span aria-hidden="true">{disagrees}</span>
        </span>
      )}
      {look > 0 && (
        <span className={styles['finding']} data-state="look">
          <StateMark state="look" bare label={fill(t.look, { n: look })} />
          <span aria-hidden="true">{look}</span>
        </span>
      )}
      {noData > 0 && (
        <span className={styles['finding']} data-state="no-data">
          <StateMark state="no-data" bare label={fill(t.noData, { n: noData })} />
          <span aria-hidden="true">{noData}</span>
        </span>
      )}
    </>
  );
}

interface MoreProps {
  readonly flags: readonly CaseFlag[];
  readonly room: 'narrow' | 'wide';
}

/** What did not fit: a count, the words on hover. */
function MoreFlags({ flags, room }: MoreProps) {
  const t = useTexts().common;
  if (flags.length === 0) return null;
  return (
    <span
      className={styles['flag']}
      data-more="true"
      data-room={room}
      title={flags.map((flag) => t.flags[flag]).join(', ')}
    >
      +{flags.length}
    </span>
  );
}

function Flags({ row }: { readonly row: QueueRow }) {
  const t = useTexts().common;
  if (row.actState !== null && row.actState !== 'accepted')
    return <PromiseMark state={row.actState} />;
  const flags = row.flags.filter((flag) => !SAID_ELSEWHERE.includes(flag));
  const damaged = row.stage === 'damaged';
  const quietStage = row.stage !== 'received' && row.stage !== 'in-review' && !damaged;
  return (
    <>
      {damaged && (
        <span className={styles['flag']} data-tone="bad">
          {t.stages.damaged}
        </span>
      )}
      {quietStage && <span className={styles['flag']}>{t.stages[row.stage]}</span>}
      {flags.slice(0, SHOWN_WIDE).map((flag, i) => (
        <span
          key={flag}
          className={styles['flag']}
          data-tone={RED.includes(flag) ? 'bad' : 'look'}
          data-room={i < SHOWN_NARROW ? undefined : 'wide'}
          title={t.flagsLong[flag]}
        >
          {t.flags[flag]}
        </span>
      ))}
      <MoreFlags flags={flags.slice(SHOWN_NARROW)} room="narrow" />
      <MoreFlags flags={flags.slice(SHOWN_WIDE)} room="wide" />
    </>
  );
}

function Holder({ row }: { readonly row: QueueRow }) {
  const t = useTexts().queue;
  const holder = row.holder;
  if (holder === null) return null;
  const until = fill(t.until, { time: formatTime(holder.until) });
  if (holder.mine) {
    return (
      <span className={styles['mine']} title={until}>
        <IconUser size={14} stroke={2} aria-hidden="true" />
        {t.mineHolder} <span className={styles['until']}>{until}</span>
      </span>
    );
  }
  const department = byLanguage(holder.departmentRu, holder.departmentKz);
  return (
    <span className={styles['other']} title={`${holder.officerName}, ${department}, ${until}`}>
      <IconLock size={14} stroke={1.8} aria-hidden="true" />
      <span>{holder.officerName}</span>
    </span>
  );
}

interface Props {
  readonly row: QueueRow;
  readonly index: number;
  readonly pointed: boolean;
  readonly top: number;
  readonly height: number;
  readonly onOpen: (row: QueueRow) => void;
}

export const QueueLine = memo(function QueueLine(props: Props) {
  const { row, index, pointed, top, height, onOpen } = props;
  useTexts(); // dates and words follow the language
  return (
    <div
      role="row"
      id={`queue-row-${row.applicationId}`}
      data-testid={`queue-row-${row.ticket}`}
      data-application-id={row.applicationId}
      aria-rowindex={index + 2}
      aria-selected={pointed}
      className={styles['row']}
      style={{ height, transform: `translateY(${top}px)` }}
      onClick={() => onOpen(row)}
    >
      <div role="gridcell">
        <TicketText ticket={row.ticket} />
      </div>
      <div role="gridcell" className={styles['name']} title={row.name}>
        <span>{row.name}</span>
        <span className={styles['iin']}>{row.iinMasked}</span>
      </div>
      <div role="gridcell" className={styles['num']}>
        {formatMoment(row.filedAt)}
      </div>
      <div role="gridcell">
        {row.stage !== 'damaged' && <TimeLeftBar timeLeft={row.timeLeft} brief />}
      </div>
      <div role="gridcell" className={styles['marks']}>
        <Findings row={row} />
      </div>
      <div role="gridcell" className={styles['flags']}>
        <Flags row={row} />
      </div>
      <div role="gridcell">
        <Holder row={row} />
      </div>
    </div>
  );
});
