// One paper as it is printed and previewed: Kazakh and Russian side by side, from data alone.
import type { PaperDto, PaperFormat, PaperOf } from '../../../shared/contract/papers.ts';
import { OUTCOMES } from '../../../shared/contract/papers.ts';
import { formatDate, formatDateTime, formatIin, formatTime } from '../format/format.ts';
import { fill } from '../i18n/text-types.ts';
import { CountDifference, DispatchAct, ReturnAct } from './custody-papers.tsx';
import { OutageSlip } from './outage-paper.tsx';
import { both, Both, Code, Fact, Sentence, TwoWords, type Pick2 } from './paper-parts.tsx';
import styles from './paper.module.css';

function Receipt({ paper }: { readonly paper: PaperOf<'receipt'> }) {
  return (
    <>
      <Sentence pick={(t) => t.receipt.text} />
      <dl className={styles['facts']}>
        <Fact label={(t) => t.ticket}>{paper.ticket}</Fact>
        <Fact label={(t) => t.holder}>{paper.name}</Fact>
        <Fact label={(t) => t.iin}>{formatIin(paper.iinMasked)}</Fact>
        <Fact label={(t) => t.card}>{paper.cardNumber}</Fact>
        <Fact label={(t) => t.validTo}>{formatDate(paper.cardEndDate)}</Fact>
        <Fact label={(t) => t.handedOverAt}>{formatDateTime(paper.handedOverAt)}</Fact>
        <Fact label={(t) => t.oldCard}>
          <TwoWords pick={(t) => t.oldCards[paper.oldCard]} />
        </Fact>
        <Fact label={(t) => t.standing}>
          <TwoWords pick={(t) => t.standings[paper.standing]} />
        </Fact>
        <Fact label={(t) => t.act}>{paper.actId}</Fact>
      </dl>
      <Code qr={paper.qr} sha256={paper.sha256} caption={(t) => t.receipt.code} />
    </>
  );
}

function Slip({ paper }: { readonly paper: PaperOf<'refusal'> }) {
  return (
    <>
      <Sentence pick={(t) => t.slip.reasons[paper.reason].text} />
      <Sentence pick={(t) => t.slip.reasons[paper.reason].todo} />
      <dl className={styles['facts']}>
        {paper.clause !== null && (
          <Fact label={(t) => t.clause}>
            <TwoWords pick={(t) => fill(t.slip.clauseOf, { clause: paper.clause ?? '' })} />
          </Fact>
        )}
        {paper.ticket !== null && <Fact label={(t) => t.ticket}>{paper.ticket}</Fact>}
        {paper.iinMasked !== null && (
          <Fact label={(t) => t.ownerIin}>{formatIin(paper.iinMasked)}</Fact>
        )}
        <Fact label={(t) => t.refusedAt}>{formatDateTime(paper.refusedAt)}</Fact>
        <Fact label={(t) => t.report}>{paper.reportId}</Fact>
      </dl>
      <Code qr={paper.qr} sha256={paper.sha256} caption={(t) => t.slip.code} />
    </>
  );
}

function DayRegister({ paper }: { readonly paper: PaperOf<'day-register'> }) {
  const heads: Pick2[] = [
    (t) => t.day.time,
    (t) => t.ticket,
    (t) => t.card,
    (t) => t.day.outcome,
    (t) => t.officer,
  ];
  return (
    <>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th>№</th>
            {heads.map((head) => (
              <th key={both(head).ru}>
                <Both {...both(head)} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {paper.rows.map((row, i) => (
            <tr key={`${row.at}${row.ticket}`}>
              <td>{i + 1}</td>
              <td>{formatTime(row.at)}</td>
              <td>{row.ticket}</td>
              <td>{row.cardNumber ?? '–'}</td>
              <td>
                <TwoWords pick={(t) => t.outcomes[row.outcome]} />
                {row.standing !== 'accepted' && (
                  <>
                    {' · '}
                    <TwoWords pick={(t) => t.standings[row.standing]} />
                  </>
                )}
              </td>
              <td>{row.officer ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {paper.rows.length === 0 && <Sentence pick={(t) => t.day.empty} />}
      <dl className={styles['facts']}>
        {OUTCOMES.filter((each) => paper.totals[each] > 0 || each === 'issued').map((each) => (
          <Fact key={each} label={(t) => t.outcomes[each]}>
            {paper.totals[each]}
          </Fact>
        ))}
        <Fact label={(t) => t.day.rows}>{paper.total}</Fact>
      </dl>
    </>
  );
}

function titleOf(paper: PaperDto): Pick2 {
  switch (paper.kind) {
    case 'receipt':
      return (t) => t.receipt.title;
    case 'refusal':
      return (t) => t.slip.title;
    case 'day-register':
      return (t) => fill(t.day.title, { day: formatDate(paper.day) });
    case 'dispatch-act':
      return (t) => t.dispatch.title;
    case 'return-act':
      return (t) => t.return.title;
    case 'outage':
      return (t) => t.outage.title;
    case 'count-difference':
      return (t) => fill(t.count.title, { at: formatDateTime(paper.closedAt) });
  }
}

function Inside({ paper }: { readonly paper: PaperDto }) {
  switch (paper.kind) {
    case 'receipt':
      return <Receipt paper={paper} />;
    case 'refusal':
      return <Slip paper={paper} />;
    case 'day-register':
      return <DayRegister paper={paper} />;
    case 'dispatch-act':
      return <DispatchAct paper={paper} />;
    case 'return-act':
      return <ReturnAct paper={paper} />;
    case 'outage':
      return <OutageSlip paper={paper} />;
    case 'count-difference':
      return <CountDifference paper={paper} />;
  }
}

interface Props {
  readonly paper: PaperDto;
  readonly format: PaperFormat;
}

export function PaperSheet({ paper, format }: Props) {
  const title = both(titleOf(paper));
  return (
    <article className={styles['sheet']} data-paper={paper.kind} data-format={format}>
      <header className={styles['pair']}>
        <span lang="kk">
          {paper.department.kz}
          {paper.point !== null && <em>{paper.point.kz}</em>}
        </span>
        <span lang="ru">
          {paper.department.ru}
          {paper.point !== null && <em>{paper.point.ru}</em>}
        </span>
      </header>
      {paper.training && (
        <p className={styles['training']}>
          <TwoWords pick={(t) => t.training} />
        </p>
      )}
      <h1 className={styles['pair']}>
        <Both {...title} />
      </h1>
      <Inside paper={paper} />
      <footer>
        <dl className={styles['facts']}>
          <Fact label={(t) => t.officer}>{paper.officer}</Fact>
          <Fact label={(t) => t.madeAt}>{formatDateTime(paper.madeAt)}</Fact>
        </dl>
      </footer>
    </article>
  );
}
