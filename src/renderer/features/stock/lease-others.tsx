// A lease of another counter; overdue ones in amber, and how a head takes it off.
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { IssueLeaseDto } from '../../../shared/contract/stock.ts';
import { formatDateTime } from '../../shared/format/format.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { breakLease, useLeases } from '../../shared/leases/lease-store.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice, RefusalNotice } from '../../shared/ui/notice.tsx';
import ui from '../../shared/ui/ui.module.css';
import styles from './stock.module.css';
import own from './lease.module.css';

type Other = IssueLeaseDto['others'][number];

function Break({ lease, onClose }: { readonly lease: Other; readonly onClose: () => void }) {
  const t = useTexts().stock.lease;
  const busy = useLeases((s) => s.busy === 'break');
  const refusal = useLeases((s) => s.refusal);
  const [why, setWhy] = useState('');
  useKeys('panel', { back: onClose });
  const enough = why.trim().length >= 3;
  const go = async (): Promise<void> => {
    if (enough && (await breakLease(lease.issueLeaseId, why.trim()))) onClose();
  };
  return (
    <form
      className={own['break']}
      data-testid="lease-break-form"
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      <Notice tone="look" title={t.breakTitle}>
        {t.breakText}
      </Notice>
      <label>
        {t.why}
        <input
          className={ui['input']}
          value={why}
          autoFocus
          maxLength={500}
          placeholder={t.whyPlaceholder}
          data-testid="lease-break-why"
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
      </label>
      {refusal !== null && <RefusalNotice refusal={refusal} />}
      <div className={styles['twoKeys']}>
        <Button
          type="submit"
          look="danger"
          busy={busy}
          aria-disabled={!enough}
          data-testid="lease-break-yes"
        >
          {t.breakYes}
        </Button>
        <Button look="quiet" command="back" onClick={onClose}>
          {t.cancel}
        </Button>
      </div>
    </form>
  );
}

export function OtherRow({
  lease,
  mayBreak,
}: {
  readonly lease: Other;
  readonly mayBreak: boolean;
}) {
  const t = useTexts().stock.lease;
  const [asking, setAsking] = useState(false);
  const values = { cards: lease.cards, until: formatDateTime(lease.until) };
  return (
    <li data-overdue={lease.overdue} data-testid={`lease-of-${lease.stationId}`}>
      <div className={own['otherLease']}>
        {lease.overdue && <IconAlertTriangle size={18} stroke={1.8} aria-hidden />}
        <div>
          <strong>{fill(t.of, { officer: lease.officerName, station: lease.stationId })}</strong>
          <p>{fill(lease.overdue ? t.rowOverdue : t.row, values)}</p>
        </div>
        {mayBreak && !asking && (
          <Button look="danger" data-testid="lease-break" onClick={() => setAsking(true)}>
            {t.break}
          </Button>
        )}
      </div>
      {asking && <Break lease={lease} onClose={() => setAsking(false)} />}
    </li>
  );
}
