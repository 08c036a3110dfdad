// Papers of custody at the point; their code stands on the first page, however long the list is.
import type { ReactNode } from 'react';
import { ARRIVALS, RETURN_REASONS } from '../../../shared/central/custody.ts';
import type { PaperOf } from '../../../shared/contract/papers.ts';
import { formatDateTime } from '../format/format.ts';
import { both, Both, Code, Fact, Sentence, TwoWords, type Pick2 } from './paper-parts.tsx';
import styles from './paper.module.css';

/** A table headed in both languages; the first column counts. */
function Table(props: {
  readonly heads: readonly Pick2[];
  readonly rows: readonly (readonly [key: string, ...cells: ReactNode[]])[];
}) {
  return (
    <table className={styles['table']} data-wraps="last">
      <thead>
        <tr>
          <th>№</th>
          {props.heads.map((head) => (
            <th key={both(head).ru}>
              <Both {...both(head)} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map(([key, ...cells], i) => (
          <tr key={key}>
            <td>{i + 1}</td>
            {cells.map((cell, n) => (
              <td key={n}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A number broken in two is read wrongly. */
function Whole({ children }: { readonly children: string }) {
  return <span className={styles['whole']}>{children}</span>;
}

function Heading({ pick }: { readonly pick: Pick2 }) {
  return (
    <h2 className={styles['pair']}>
      <Both {...both(pick)} />
    </h2>
  );
}

function Hands() {
  return (
    <div className={styles['hands']}>
      <span>
        <TwoWords pick={(t) => t.handedBy} />
      </span>
      <span>
        <TwoWords pick={(t) => t.takenBy} />
      </span>
    </div>
  );
}

export function DispatchAct({ paper }: { readonly paper: PaperOf<'dispatch-act'> }) {
  return (
    <>
      <Sentence pick={(t) => t.dispatch.text} />
      <dl className={styles['facts']}>
        <Fact label={(t) => t.dispatch.number}>{paper.number}</Fact>
        <Fact label={(t) => t.dispatch.sentAt}>{formatDateTime(paper.sentAt)}</Fact>
        <Fact label={(t) => t.dispatch.signedAt}>{formatDateTime(paper.signedAt)}</Fact>
        <Fact label={(t) => t.dispatch.listed}>{paper.cards.length}</Fact>
        {ARRIVALS.map((each) => (
          <Fact key={each} label={(t) => t.dispatch.sums[each]}>
            {paper.cards.filter(({ outcome }) => outcome === each).length}
          </Fact>
        ))}
        <Fact label={(t) => t.dispatch.sums.extra}>{paper.extra.length}</Fact>
        <Fact label={(t) => t.standing}>
          <TwoWords pick={(t) => t.standings[paper.standing]} />
        </Fact>
        <Fact label={(t) => t.act}>{paper.actId}</Fact>
      </dl>
      <Code qr={paper.qr} sha256={paper.sha256} caption={(t) => t.dispatch.code} />
      <Table
        heads={[
          (t) => t.ticket,
          (t) => t.card,
          (t) => t.dispatch.outcome,
          (t) => t.place,
          (t) => t.note,
        ]}
        rows={paper.cards.map((card) => [
          card.cardNumber,
          <Whole key="ticket">{card.ticket}</Whole>,
          <Whole key="card">{card.cardNumber}</Whole>,
          <TwoWords key="outcome" pick={(t) => t.dispatch.outcomes[card.outcome]} />,
          card.place ?? '–',
          card.note ?? '–',
        ])}
      />
      {paper.extra.length > 0 && (
        <>
          <Heading pick={(t) => t.dispatch.extra} />
          <Table
            heads={[(t) => t.card, (t) => t.note]}
            rows={paper.extra.map((card) => [
              card.cardNumber,
              <Whole key="card">{card.cardNumber}</Whole>,
              card.note ?? '–',
            ])}
          />
        </>
      )}
      <Hands />
    </>
  );
}

export function ReturnAct({ paper }: { readonly paper: PaperOf<'return-act'> }) {
  return (
    <>
      <Sentence pick={(t) => t.return.text} />
      <dl className={styles['facts']}>
        <Fact label={(t) => t.return.signedAt}>{formatDateTime(paper.signedAt)}</Fact>
        <Fact label={(t) => t.return.cards}>{paper.cards.length}</Fact>
        {RETURN_REASONS.map((each) => (
          <Fact key={each} label={(t) => t.return.reasons[each]}>
            {paper.cards.filter(({ reason }) => reason === each).length}
          </Fact>
        ))}
        <Fact label={(t) => t.return.remakes}>
          {paper.cards.filter(({ remake }) => remake).length}
        </Fact>
        <Fact label={(t) => t.standing}>
          <TwoWords pick={(t) => t.standings[paper.standing]} />
        </Fact>
        <Fact label={(t) => t.act}>{paper.actId}</Fact>
      </dl>
      <Code qr={paper.qr} sha256={paper.sha256} caption={(t) => t.return.code} />
      <Table
        heads={[
          (t) => t.ticket,
          (t) => t.card,
          (t) => t.return.reason,
          (t) => t.return.remake,
          (t) => t.note,
        ]}
        rows={paper.cards.map((card) => [
          card.cardNumber,
          <Whole key="ticket">{card.ticket}</Whole>,
          <Whole key="card">{card.cardNumber}</Whole>,
          <TwoWords key="reason" pick={(t) => t.return.reasons[card.reason]} />,
          <TwoWords key="remake" pick={(t) => (card.remake ? t.yes : t.no)} />,
          card.note ?? '–',
        ])}
      />
      <Hands />
    </>
  );
}

export function CountDifference({ paper }: { readonly paper: PaperOf<'count-difference'> }) {
  const { missing, extra } = paper;
  return (
    <>
      <Sentence pick={(t) => (missing.length + extra.length === 0 ? t.count.none : t.count.text)} />
      <dl className={styles['facts']}>
        <Fact label={(t) => t.count.begunAt}>{formatDateTime(paper.begunAt)}</Fact>
        <Fact label={(t) => t.count.closedAt}>{formatDateTime(paper.closedAt)}</Fact>
        <Fact label={(t) => t.count.expected}>{paper.expected}</Fact>
        <Fact label={(t) => t.count.seen}>{paper.seen}</Fact>
        <Fact label={(t) => t.count.missing}>{missing.length}</Fact>
        <Fact label={(t) => t.count.extra}>{extra.length}</Fact>
      </dl>
      <Code qr={paper.qr} sha256={paper.sha256} caption={(t) => t.count.code} />
      {missing.length > 0 && (
        <>
          <Heading pick={(t) => t.count.missing} />
          <Table
            heads={[(t) => t.ticket, (t) => t.card, (t) => t.place]}
            rows={missing.map((card) => [
              card.cardNumber,
              <Whole key="ticket">{card.ticket}</Whole>,
              <Whole key="card">{card.cardNumber}</Whole>,
              card.place ?? '–',
            ])}
          />
        </>
      )}
      {extra.length > 0 && (
        <>
          <Heading pick={(t) => t.count.extra} />
          <Table
            heads={[(t) => t.card, (t) => t.ticket]}
            rows={extra.map((card) => [
              card.cardNumber,
              <Whole key="card">{card.cardNumber}</Whole>,
              <Whole key="ticket">{card.ticket ?? '–'}</Whole>,
            ])}
          />
        </>
      )}
    </>
  );
}
