// Earlier applications of the same person, with their photos, and the time line of this one.
import type { CaseDto } from '../../../../shared/contract/case.ts';
import { formatDateTime, formatDay } from '../../../shared/format/format.ts';
import { formatMeasure } from '../../../shared/format/measure-words.ts';
import { byLanguage, fill, useTexts } from '../../../shared/i18n/language.ts';
import { PlainPicture } from '../../../shared/picture/plain-picture.tsx';
import { StateMark } from '../../../shared/ui/state-mark.tsx';
import { TicketText } from '../../../shared/ui/ticket-text.tsx';
import { useCase } from '../case-store.ts';
import styles from './data.module.css';

/** The newest annulled attempt beside this one: what the citizen mended and what not. */
function Changed({ dto }: { readonly dto: CaseDto }) {
  const t = useTexts().measures;
  const { earlier } = dto.measured;
  if (earlier === null) return null;
  const { changed, sameFile, ticket } = earlier;
  return (
    <section className={styles['facts']} data-testid="changed-since">
      <h2>{t.changed.heading}</h2>
      <p className={styles['dim']}>{fill(t.changed.note, { ticket })}</p>
      {sameFile ? (
        <p className={styles['warn']}>{t.changed.sameFile}</p>
      ) : changed.length === 0 ? (
        <p>{t.changed.nothing}</p>
      ) : (
        <table className={styles['changed']}>
          <thead>
            <tr>
              <th scope="col">{t.changed.measure}</th>
              <th scope="col">{t.changed.before}</th>
              <th scope="col">{t.changed.now}</th>
            </tr>
          </thead>
          <tbody>
            {changed.map((one) => (
              <tr key={one.code}>
                <th scope="row">{t.name[one.code]}</th>
                <td>
                  <StateMark state={one.beforeState} bare /> {formatMeasure(one.code, one.before)}
                </td>
                <td>
                  <StateMark state={one.nowState} bare /> {formatMeasure(one.code, one.now)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

export function HistoryTab({ dto }: { readonly dto: CaseDto }) {
  const t = useTexts().casework.history;
  const reasons = useCase((s) => s.reasons);
  const nameOf = (code: string): string => {
    const reason = reasons.find((each) => each.code === code);
    return reason === undefined ? code : byLanguage(reason.nameRu, reason.nameKz);
  };
  return (
    <div className={styles['data']}>
      <Changed dto={dto} />
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
