// One act on its way: what it is, since when, the last answer in words, the next try, the way out.
import type { OutboxRow } from '../../../shared/contract/outbox.ts';
import { formatMoment, formatRelative } from '../../shared/format/format.ts';
import { fill, plural, lineText, useTexts } from '../../shared/i18n/language.ts';
import { navigate } from '../../shared/state/navigation.ts';
import { useLine, useSession } from '../../shared/state/session.ts';
import { Button } from '../../shared/ui/button.tsx';
import { PromiseMark } from '../../shared/ui/promise-mark.tsx';
import { TicketText } from '../../shared/ui/ticket-text.tsx';
import { act, useOutbox } from './outbox-store.ts';
import styles from './outbox.module.css';

/** What proves the act later, without this program. */
function Stamp({
  evidence,
  now,
}: {
  readonly evidence: OutboxRow['evidence'];
  readonly now: number;
}) {
  const t = useTexts().outbox;
  if (evidence === null) return <p data-testid="no-stamp">{t.notStamped}</p>;
  const { tsa, timeStampedAt, revocation } = evidence;
  const parts = [
    fill(t.stamped, { tsa, when: formatMoment(timeStampedAt, now) }),
    ...(revocation === null ? [] : [t.proved[revocation]]),
  ];
  return <p data-testid="stamp">{parts.join(' · ')}</p>;
}

function Story({ row, now }: { readonly row: OutboxRow; readonly now: number }) {
  const t = useTexts().outbox;
  const offline = useLine()?.state === 'offline';
  if (row.state === 'accepted') {
    return (
      <>
        <p>{fill(t.acceptedAt, { when: formatMoment(row.acceptedAt ?? row.since, now) })}</p>
        {row.sha256 !== null && <Stamp evidence={row.evidence} now={now} />}
      </>
    );
  }
  if (row.state === 'intended') {
    return (
      <>
        <p className={styles['bad']}>{t.notSigned}</p>
        <p>{t.notSignedText}</p>
      </>
    );
  }
  const answer = row.lastAnswer;
  const words =
    answer === null ? null : lineText(answer.code, { ...answer.params, field: answer.field ?? '' });
  const next =
    row.nextTryAt !== null
      ? fill(t.nextTry, { when: formatRelative(row.nextTryAt, now) })
      : offline
        ? t.nextTryWhenOnline
        : '';
  const facts =
    row.state === 'refused'
      ? []
      : [
          row.attempts > 0 ? plural(row.attempts, t.attempts) : '',
          next,
          row.stuck ? t.stuckText : '',
        ].filter((each) => each !== '');
  return (
    <>
      {row.stuck && <p className={styles['bad']}>{t.stuck}</p>}
      {answer === null || words === null ? (
        <p>{row.attempts === 0 ? t.noAnswerYet : t.noAnswer}</p>
      ) : (
        <p>
          <span className={row.state === 'refused' ? styles['bad'] : undefined}>
            {fill(t.lastAnswer, { when: formatMoment(answer.at, now) })}: {words.title}
          </span>
          {row.state === 'refused' && words.todo !== '' && <> {words.todo}</>}
        </p>
      )}
      {facts.length > 0 && <p>{facts.join(' · ')}</p>}
    </>
  );
}

export function OutboxLine({ row, now }: { readonly row: OutboxRow; readonly now: number }) {
  const t = useTexts();
  const busy = useOutbox((s) => s.busy);
  const reviewer = useSession()?.officer?.roles.includes('reviewer') ?? false;
  const [first, ...rest] = row.actions;
  const moves = row.cards !== null || row.kind === 'placement';
  const wordOf = (action: OutboxRow['actions'][number]): string =>
    moves && action === 'back-to-review' ? t.outbox.close : t.outbox.actions[action];
  return (
    <li
      className={styles['row']}
      data-testid={`outbox-row-${row.ticket}`}
      data-state={row.state}
      data-stuck={row.stuck}
    >
      <div className={styles['what']}>
        <TicketText ticket={row.ticket} />
        <span className={styles['name']} title={row.name}>
          {row.cards === null ? row.name : plural(row.cards, t.outbox.cards)}
        </span>
      </div>
      <div className={styles['kind']}>
        <span>{t.common.actKinds[row.kind]}</span>
        <span className={styles['since']}>
          {fill(t.outbox.since, { when: formatMoment(row.since, now) })}
        </span>
      </div>
      <div className={styles['mark']}>
        <PromiseMark state={row.state} />
      </div>
      <div className={styles['story']}>
        <Story row={row} now={now} />
        {row.sha256 !== null && row.state !== 'accepted' && (
          <p className={styles['sha']} title={`${t.outbox.sha}: ${row.sha256}`}>
            SHA-256 {row.sha256.slice(0, 16)}…
          </p>
        )}
      </div>
      <div className={styles['keys']}>
        {first !== undefined && (
          <Button
            busy={busy === row.id}
            look={
              row.state === 'refused' || row.state === 'intended' || row.stuck ? 'primary' : 'plain'
            }
            data-testid={`outbox-${first}`}
            onClick={() => void act(row, first)}
          >
            {wordOf(first)}
          </Button>
        )}
        {rest.map((action) => (
          <Button
            key={action}
            look="quiet"
            data-testid={`outbox-${action}`}
            onClick={() => void act(row, action)}
          >
            {wordOf(action)}
          </Button>
        ))}
        {reviewer && row.state === 'accepted' && row.cards === null && (
          <Button
            look="quiet"
            onClick={() => navigate({ screen: 'case', applicationId: row.applicationId })}
          >
            {t.outbox.open}
          </Button>
        )}
      </div>
    </li>
  );
}
