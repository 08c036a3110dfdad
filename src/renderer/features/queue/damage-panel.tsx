// An application that came in an unreadable form: what could be read, what was wrong, what to do.
import { useEffect, useState } from 'react';
import type { ReplyOf } from '../../shared/bridge.ts';
import { call, type AnyRefusal } from '../../shared/bridge.ts';
import { formatDateTime } from '../../shared/format/format.ts';
import { useTexts } from '../../shared/i18n/language.ts';
import { Notice, RefusalNotice } from '../../shared/ui/notice.tsx';
import { SidePanel } from '../../shared/ui/side-panel.tsx';
import { closeDamaged } from './queue-store.ts';
import styles from './queue.module.css';

type Damage = ReplyOf<'case.damage'>;

export function DamagePanel({ applicationId }: { readonly applicationId: string }) {
  const t = useTexts().queue;
  const [damage, setDamage] = useState<Damage | null>(null);
  const [refusal, setRefusal] = useState<AnyRefusal | null>(null);
  useEffect(() => {
    let alive = true;
    void call('case.damage', { applicationId }).then((answer) => {
      if (!alive) return;
      if (answer.ok) setDamage(answer.value);
      else setRefusal(answer.refusal);
    });
    return () => {
      alive = false;
    };
  }, [applicationId]);
  return (
    <SidePanel title={t.damagedTitle} onClose={closeDamaged} testId="damage-panel">
      <div className={styles['damage']}>
        <Notice tone="look">{t.damagedText}</Notice>
        {refusal !== null && <RefusalNotice refusal={refusal} />}
        {damage !== null && (
          <>
            <dl>
              <dt>{t.damagedTicket}</dt>
              <dd>{damage.ticket ?? '–'}</dd>
              <dt>{t.damagedReceived}</dt>
              <dd>{formatDateTime(damage.receivedAt)}</dd>
            </dl>
            <h3>{t.damagedProblems}</h3>
            <ul>
              {damage.problems.map((problem) => (
                <li key={`${problem.path} ${problem.message}`}>
                  <code>{problem.path}</code>
                  <span>{problem.message}</span>
                </li>
              ))}
            </ul>
            <p>{t.damagedTell}</p>
          </>
        )}
      </div>
    </SidePanel>
  );
}
