// The issue lease: what this counter may hand over with a dead line, what others hold, what is overdue.
import { IconPlugConnectedX } from '@tabler/icons-react';
import type { IssueLeaseDto } from '../../../shared/contract/stock.ts';
import { formatDateTime, formatMoment } from '../../shared/format/format.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import { giveLeaseBack, takeLease, useLeases } from '../../shared/leases/lease-store.ts';
import { useSession } from '../../shared/state/session.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice, RefusalNotice } from '../../shared/ui/notice.tsx';
import { SectionCard } from '../../shared/ui/section-card.tsx';
import styles from './stock.module.css';
import leaseLook from './lease.module.css';
import { OtherRow } from './lease-others.tsx';

type Own = NonNullable<IssueLeaseDto['own']>;

function OwnFacts({ own }: { readonly own: Own }) {
  const t = useTexts().stock.lease;
  return (
    <>
      {own.overdue && (
        <Notice tone="look" title={t.overdue} testId="lease-overdue">
          {t.overdueText}
        </Notice>
      )}
      <dl className={leaseLook['leaseFacts']} data-testid="lease-own" data-overdue={own.overdue}>
        <div>
          <dt>{t.until}</dt>
          <dd>{formatDateTime(own.until)}</dd>
        </div>
        <div>
          <dt>{t.cards}</dt>
          <dd data-testid="lease-cards">{own.cards}</dd>
        </div>
        <div>
          <dt>{t.promised}</dt>
          <dd data-testid="lease-promised">{own.promised}</dd>
        </div>
        <div>
          <dt>{t.since}</dt>
          <dd>{formatMoment(own.since)}</dd>
        </div>
      </dl>
    </>
  );
}

function OwnLease({ leases }: { readonly leases: IssueLeaseDto }) {
  const t = useTexts().stock.lease;
  const { busy, refusal } = useLeases();
  const { own, mayTake } = leases;
  return (
    <SectionCard
      title={t.title}
      aside={<IconPlugConnectedX size={18} stroke={1.6} aria-hidden />}
      testId="lease-panel"
    >
      <div className={leaseLook['lease']}>
        <p>{t.what}</p>
        {own === null ? (
          <Notice tone="plain" title={t.none}>
            {t.noneText}
          </Notice>
        ) : (
          <OwnFacts own={own} />
        )}
        {leases.automatic && <p className={styles['faint']}>{t.automatic}</p>}
        {refusal !== null && <RefusalNotice refusal={refusal} />}
        {mayTake && (
          <div className={styles['twoKeys']}>
            <Button
              look={own === null ? 'primary' : 'plain'}
              size="large"
              busy={busy === 'take'}
              data-testid="lease-take"
              onClick={() => void takeLease()}
            >
              {own === null ? t.take : t.widen}
            </Button>
            {own !== null && (
              <Button
                size="large"
                busy={busy === 'giveBack'}
                data-testid="lease-give-back"
                title={t.giveBackText}
                onClick={() => void giveLeaseBack()}
              >
                {t.giveBack}
              </Button>
            )}
          </div>
        )}
      </div>
    </SectionCard>
  );
}

export function LeaseTab() {
  const words = useTexts().stock;
  const t = words.lease;
  const leases = useLeases((s) => s.leases);
  const issuer = useSession()?.officer?.roles.includes('issuer') ?? false;
  if (leases === null)
    return (
      <p className={styles['quiet']} role="status">
        {words.loading}
      </p>
    );
  return (
    <div className={styles['body']} tabIndex={0} role="region" aria-label={words.tabs.lease}>
      {(issuer || leases.own !== null) && <OwnLease leases={leases} />}
      <SectionCard
        title={t.others}
        flush
        aside={
          leases.askedAt !== null && (
            <span className={styles['faint']}>
              {fill(t.asked, { when: formatMoment(leases.askedAt) })}
            </span>
          )
        }
      >
        {leases.others.length === 0 ? (
          <p className={styles['quiet']}>
            {leases.askedAt === null ? t.othersNever : t.othersNone}
          </p>
        ) : (
          <ul className={leaseLook['others']}>
            {leases.others.map((lease) => (
              <OtherRow key={lease.issueLeaseId} lease={lease} mayBreak={leases.mayBreak} />
            ))}
          </ul>
        )}
      </SectionCard>
    </div>
  );
}
