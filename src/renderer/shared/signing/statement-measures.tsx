// Measures and questions to the eye in the statement's words, from the statement alone.
import type { IntentDto } from '../../../shared/contract/act.ts';
import { formatMeasure, formatRange } from '../format/measure-words.ts';
import { fill, useTexts } from '../i18n/language.ts';
import { StateMark } from '../ui/state-mark.tsx';
import styles from './signing.module.css';

type Decision = Exclude<IntentDto['statement'], { type: 'kualik/hand-over' }>;
type Row = Decision['measures'][number];

/** What the officer answered, or that nothing was: an annulment may leave findings open. */
function useAnswerWords(row: Row): string | null {
  const t = useTexts().measures.signed;
  if (row.answer === null) {
    return row.state === 'look' || row.state === 'disagrees' ? t.unanswered : null;
  }
  return row.answer.reason === null
    ? t.answered
    : fill(t.answeredWith, { reason: row.answer.reason });
}

function Measure({ row }: { readonly row: Row }) {
  const t = useTexts().measures;
  const limit = formatRange(row.code, row.agrees);
  const value = formatMeasure(row.code, row.value);
  const answer = useAnswerWords(row);
  return (
    <li>
      <StateMark state={row.state} bare />
      <span>
        {t.name[row.code]}:{' '}
        {limit === null || row.value === null ? value : fill(t.signed.limit, { value, limit })}
        {row.linesMoved && `, ${t.linesMovedSigned}`}
        {answer !== null && <em>{answer}</em>}
      </span>
    </li>
  );
}

/** Those that simply agree are counted; every other stands with value, limit and answer. */
export function MeasuresSigned({ statement }: { readonly statement: Decision }) {
  const t = useTexts().measures.signed;
  const { measures } = statement;
  const agreed = measures.filter((row) => row.state === 'agrees' && row.answer === null);
  const others = measures.filter((row) => !agreed.includes(row));
  return (
    <div className={styles['measures']} data-testid="statement-measures">
      <p>
        {measures.length === 0 ? t.none : fill(t.fine, { n: agreed.length, all: measures.length })}
      </p>
      {others.length > 0 && (
        <ul className={styles['rows']}>
          {others.map((row) => (
            <Measure key={row.code} row={row} />
          ))}
        </ul>
      )}
      <Questions statement={statement} />
    </div>
  );
}

function Questions({ statement }: { readonly statement: Decision }) {
  const t = useTexts().measures;
  const namesOf = (answer: Decision['checklist'][number]['answer']): string =>
    statement.checklist
      .filter((item) => item.answer === answer)
      .map((item) => t.questionName[item.code])
      .join(', ');
  const parts = [
    [t.signed.fault, namesOf('fault')],
    [t.signed.inOrder, namesOf('in-order')],
    [t.signed.open, namesOf(null)],
  ] as const;
  const said = parts.filter(([, names]) => names !== '');
  if (said.length === 0) return null;
  return (
    <p>
      {t.signed.questions}: {said.map(([text, names]) => fill(text, { names })).join('; ')}.
    </p>
  );
}

/** Lines of the fold: which limits and what measured. */
export function MeasuredBy({ statement }: { readonly statement: Decision }) {
  const t = useTexts().measures.signed;
  const { limits, engine } = statement.measuring;
  return (
    <>
      <li>{fill(t.limits, { version: limits })}</li>
      <li>{engine === null ? t.noEngine : fill(t.engine, { engine })}</li>
    </>
  );
}
