// Outages on record, newest first, each with its slip and its proof.
import { useState } from 'react';
import type { OutageDto } from '../../../shared/contract/services.ts';
import { call } from '../bridge.ts';
import { formatDateTime } from '../format/format.ts';
import { fill, useTexts } from '../i18n/language.ts';
import { PaperButton } from '../papers/paper-button.tsx';
import styles from './services.module.css';

/** The bytes the hash is of, as text; asked for when it is opened. */
function Proof({ outage }: { readonly outage: OutageDto }) {
  const t = useTexts().services;
  const [proof, setProof] = useState<string | null>(null);
  const read = async (): Promise<void> => {
    const answer = await call('services.proof', { outageId: outage.id });
    if (answer.ok) setProof(answer.value.proof);
  };
  return (
    <details
      className={styles['proof']}
      data-testid="outage-proof"
      onToggle={(event) => {
        if (event.currentTarget.open && proof === null) void read();
      }}
    >
      <summary>{t.proof}</summary>
      <p className={styles['quiet']}>{t.proofText}</p>
      <code>{outage.sha256}</code>
      {proof !== null && <pre tabIndex={0}>{proof}</pre>}
    </details>
  );
}

export function OutageList({ outages }: { readonly outages: readonly OutageDto[] }) {
  const t = useTexts().services;
  const endOf = ({ ended, endedAt }: OutageDto): string => {
    if (ended === null || endedAt === null) return t.ended.goesOn;
    return ended === 'answered'
      ? fill(t.ended.answered, { when: formatDateTime(endedAt) })
      : t.ended.unwatched;
  };
  return (
    <section className={styles['outages']} data-testid="outages">
      <h3>{t.outages}</h3>
      {outages.length === 0 && <p className={styles['quiet']}>{t.noOutages}</p>}
      <ul>
        {outages.map((outage) => (
          <li key={outage.id} data-testid={`outage-${outage.service}`}>
            <header>
              <strong>{t.names[outage.service]}</strong>
              <PaperButton paper={{ kind: 'outage', outageId: outage.id }} label={t.slip} />
            </header>
            <dl>
              <div>
                <dt>{t.outageColumns.since}</dt>
                <dd>{formatDateTime(outage.since)}</dd>
              </div>
              <div>
                <dt>{t.outageColumns.until}</dt>
                <dd>{formatDateTime(outage.until)}</dd>
              </div>
              <div>
                <dt>{t.outageColumns.ended}</dt>
                <dd>{endOf(outage)}</dd>
              </div>
              <div>
                <dt>{t.outageColumns.by}</dt>
                <dd>{t.watchers[outage.by]}</dd>
              </div>
            </dl>
            <Proof outage={outage} />
          </li>
        ))}
      </ul>
    </section>
  );
}
