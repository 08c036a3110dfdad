// Earlier applications of the same person, with their photos, and the time line of this one.
import type { CaseDto } from '../../../../shared/contract/case.ts';
import { formatDateTime, formatDay } from '../../../shared/format/format.ts';
import { byLanguage, fill, useTexts } from '../../../shared/i18n/language.ts';
import { PlainPicture } from '../../../shared/picture/plain-picture.tsx';
import { TicketText } from '../../../shared/ui/ticket-text.tsx';
import { useCase } from '../case-store.ts';
import styles from './data.module.css';

export function HistoryTab({ dto }: { readonly dto: CaseDto }) {
  const t = useTexts().casework.history;
  const reasons = useCase((s) => s.reasons);
  const nameOf = (code: string): string => {
    const reason = reasons.find((each) => each.code === code);
    return reason === undefined ? code : byLanguage(reason.nameRu, reason.nameKz);
  };
  return (
    <div className={styles['data']}>
      <section className={styles['facts']}>
        <h2>{t.earlier}</h2>
        {dto.earlier.length === 0 ? (
          <p className={styles['dim']}>{t.noEarlier}</p>
        ) : (
          <ul className={styles['earlier']}>
            {dto.earlier.map((one) => (
              <li key={one.ticket}>
                <div className={styles['thumb']}>
                  {one.photo !== null && (
                    <PlainPicture
                      picture={one.photo}
                      compact
                      alt={fill(t.photoAlt, { ticket: one.ticket })}
                    />
                  )}
                </div>
                <div>
                  <TicketText ticket={one.ticket} />
                  <p>
                    {formatDay(one.filedAt)} · {t.outcome[one.outcome]}
                    {one.decidedAt === null ? '' : ` ${formatDay(one.decidedAt)}`}
                  </p>
                  {one.reasons.map((code) => (
                    <p key={code} className={styles['dim']}>
                      {nameOf(code)}
                    </p>
                  ))}
                </div>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className={styles['facts']}>
        <h2>{t.timeline}</h2>
        <ol className={styles['timeline']}>
          {dto.timeline.map((entry, index) => (
            <li key={`${entry.at}-${index}`}>
              <time dateTime={entry.at}>{formatDateTime(entry.at)}</time>
              <span>
                {t.event[entry.event]}
                {entry.note !== null && <em>{entry.note}</em>}
              </span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}
