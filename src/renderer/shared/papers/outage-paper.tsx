// The slip for who cannot file online (cl. 12): the service, the times, the way through the centre, the proof's hash.
import type { PaperOf } from '../../../shared/contract/papers.ts';
import { formatDateTime } from '../format/format.ts';
import { fill } from '../i18n/text-types.ts';
import { Code, Fact, Sentence, TwoWords } from './paper-parts.tsx';
import styles from './paper.module.css';

export function OutageSlip({ paper }: { readonly paper: PaperOf<'outage'> }) {
  const minutes = String(paper.thresholdMinutes).replace('.', ',');
  return (
    <>
      <Sentence
        pick={(t) => fill(t.outage.text, { minutes, name: t.outage.names[paper.service] })}
      />
      <Sentence pick={(t) => t.outage.todo} />
      <dl className={styles['facts']}>
        <Fact label={(t) => t.outage.system}>
          <TwoWords pick={(t) => t.outage.names[paper.service]} />
        </Fact>
        <Fact label={(t) => t.outage.since}>{formatDateTime(paper.since)}</Fact>
        <Fact label={(t) => t.outage.until}>{formatDateTime(paper.until)}</Fact>
        {paper.answeredAt !== null && (
          <Fact label={(t) => t.outage.answeredAt}>{formatDateTime(paper.answeredAt)}</Fact>
        )}
        <Fact label={(t) => t.outage.by}>
          <TwoWords pick={(t) => t.outage.watchers[paper.by]} />
        </Fact>
      </dl>
      <Code qr={paper.qr} sha256={paper.sha256} caption={(t) => t.outage.code} />
    </>
  );
}
