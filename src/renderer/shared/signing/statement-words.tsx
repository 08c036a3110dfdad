// The statement in words, drawn from the very object parsed back from the bytes that will be signed.
import type { IntentDto } from '../../../shared/contract/act.ts';
import { formatDateTime, formatIin } from '../format/format.ts';
import { fill, plural, useTexts } from '../i18n/language.ts';
import { StateMark } from '../ui/state-mark.tsx';
import { MeasuredBy, MeasuresSigned } from './statement-measures.tsx';
import styles from './signing.module.css';

type Statement = IntentDto['statement'];
type Decision = Exclude<Statement, { type: 'kualik/hand-over' }>;

const short = (sha: string): string => `${sha.slice(0, 8)}…${sha.slice(-8)}`;

const MARK_OF_CHECK = {
  passed: 'agrees',
  failed: 'disagrees',
  'no-data': 'no-data',
  error: 'look',
} as const;

function Noteworthy({ statement }: { readonly statement: Decision }) {
  const t = useTexts();
  const checks = statement.checks
    .filter((check) => check.outcome !== 'passed' || check.override !== null)
    .map((check) => ({ ...check, mark: MARK_OF_CHECK[check.outcome] }));
  const rules = statement.rules
    .filter((rule) => rule.outcome !== 'agrees' || rule.override !== null)
    .map((rule) => ({ ...rule, mark: rule.outcome }));
  const rows = [...checks, ...rules];
  if (rows.length === 0) return null;
  return (
    <ul className={styles['rows']}>
      {rows.map((row) => (
        <li key={row.code}>
          <StateMark state={row.mark} bare />
          <span>
            {t.casework.check[row.code]}
            {row.override !== null && (
              <em>{`${t.casework.row.overridden}: ${row.override.reason}`}</em>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function DecisionWords(props: {
  readonly statement: Decision;
  readonly reasonName: (code: string) => string;
}) {
  const t = useTexts();
  const says = t.act.says;
  const { statement } = props;
  const passed = statement.checks.filter((check) => check.outcome === 'passed').length;
  const agreed = statement.rules.filter((rule) => rule.outcome === 'agrees').length;
  return (
    <>
      {statement.type === 'kualik/approval' ? (
        <p className={styles['lead']}>
          {fill(says.approve, { ticket: statement.ticket })} {says.toProduction}
        </p>
      ) : (
        <>
          <p className={styles['lead']}>{fill(says.annul, { ticket: statement.ticket })}.</p>
          <h3 className={styles['label']}>{says.reasons}</h3>
          <ol className={styles['reasons']}>
            {statement.reasons.map((reason) => (
              <li key={reason.code}>
                {props.reasonName(reason.code)}
                {reason.boxes.length > 0 &&
                  ` · ${plural(reason.boxes.length, t.measures.signed.places)}`}
                {reason.comment !== null && (
                  <em>{fill(says.comment, { comment: reason.comment })}</em>
                )}
              </li>
            ))}
          </ol>
        </>
      )}
      <p>
        {fill(says.checksFine, { n: passed, all: statement.checks.length })}{' '}
        {fill(says.rulesFine, { n: agreed, all: statement.rules.length })}
      </p>
      <Noteworthy statement={statement} />
      <MeasuresSigned statement={statement} />
      {statement.type === 'kualik/approval' && (
        <p>
          {fill(says.confirmed, {
            groups: statement.confirmed
              .map((group) => t.casework.group[group].toLowerCase())
              .join(', '),
          })}
        </p>
      )}
    </>
  );
}

function HandOverWords({
  statement,
}: {
  readonly statement: Extract<Statement, { type: 'kualik/hand-over' }>;
}) {
  const t = useTexts().act.says;
  return (
    <>
      <p className={styles['lead']}>
        {fill(t.handOver, { card: statement.cardNumber, ticket: statement.ticket })}.
      </p>
      <p>{t.inPerson}</p>
      <p data-testid="statement-card">
        {fill(t.cardInHand, {
          number: statement.cardCheck.number,
          way: t.cardWay[statement.cardCheck.way],
        })}
      </p>
      <h3 className={styles['label']}>{t.questions}</h3>
      <ul className={styles['rows']}>
        {statement.questions.map((question) => (
          <li key={question.code}>
            <StateMark
              bare
              state={
                question.outcome === 'right'
                  ? 'agrees'
                  : question.outcome === 'wrong'
                    ? 'disagrees'
                    : 'no-data'
              }
            />
            <span>
              {t.question[question.code]} – {t.questionOutcome[question.outcome]}
            </span>
          </li>
        ))}
      </ul>
      <p>
        {statement.oldCard.outcome === 'surrendered'
          ? fill(t.oldSurrendered, {
              number: statement.oldCard.number ?? '–',
              way: t.cardWay[statement.oldCard.way ?? 'by-eye'],
            })
          : fill(t.oldNotPresented, { reason: statement.oldCard.reason ?? '–' })}
      </p>
    </>
  );
}

export function StatementWords(props: {
  readonly intent: IntentDto;
  readonly reasonName: (code: string) => string;
}) {
  const t = useTexts().act;
  const { statement, sha256 } = props.intent;
  return (
    <section className={styles['statement']} aria-label={t.panel.statement}>
      {statement.type === 'kualik/hand-over' ? (
        <HandOverWords statement={statement} />
      ) : (
        <DecisionWords statement={statement} reasonName={props.reasonName} />
      )}
      <details className={styles['fold']}>
        <summary>{t.says.fingerprints}</summary>
        <ul>
          <li>{fill(t.says.photo, { sha: short(statement.photoSha256) })}</li>
          {statement.type !== 'kualik/hand-over' && (
            <li>{fill(t.says.signature, { sha: short(statement.signatureSha256) })}</li>
          )}
          {statement.type !== 'kualik/hand-over' && <MeasuredBy statement={statement} />}
          <li>
            {fill(t.says.dossier, {
              sha: short(statement.dossierSha256),
              revision: statement.revision,
            })}
          </li>
          <li>
            {fill(t.says.officer, {
              iin: formatIin(statement.officerIin),
              bin: formatIin(statement.departmentBin),
            })}
          </li>
          <li>
            {fill(t.says.station, {
              station: statement.stationId,
              at: formatDateTime(statement.at),
            })}
          </li>
        </ul>
      </details>
      <div className={styles['sha']}>
        <span className={styles['label']}>{t.panel.sha}</span>
        <code data-testid="statement-sha" title={sha256}>
          {sha256}
        </code>
      </div>
    </section>
  );
}
