// One reason of the composer: its key, what proposes it, the comment, and the places of the fault on the pictures.
import { useEffect, useRef } from 'react';
import type { CaseDto, CheckRow, ReasonDto } from '../../../../shared/contract/case.ts';
import { formatMeasure, isMeasure } from '../../../shared/format/measure-words.ts';
import { byLanguage, fill, useTexts } from '../../../shared/i18n/language.ts';
import { checkName } from '../case-deeds.ts';
import type { Draft } from './draft.ts';
import { Places } from './places.tsx';
import styles from './refusal.module.css';

export const nameOf = (reasons: readonly ReasonDto[], code: string): string => {
  const reason = reasons.find((each) => each.code === code);
  return reason === undefined ? code : byLanguage(reason.nameRu, reason.nameKz);
};

/** Open findings and faults that speak for a reason, in words: «Ровность фона: 0,24». */
function findingWords(dto: CaseDto, reason: string, template: string): readonly string[] {
  const measured = dto.checks.flatMap((row) => {
    const { code, measure } = row;
    if (!row.open || measure?.reason !== reason || !isMeasure(code)) return [];
    const name = checkName(code);
    // The likeness of two faces is a zone, never a number first.
    if (code === 'same-person' || code === 'same-as-earlier') return [name];
    return [fill(template, { name, value: formatMeasure(code, measure.value) })];
  });
  const faults = dto.checklist
    .filter((item) => item.answer === 'fault' && item.reason === reason)
    .map((item) => checkName(item.code));
  return [...measured, ...faults];
}

interface Props {
  readonly dto: CaseDto;
  readonly reason: ReasonDto;
  readonly cap: string;
  readonly draft: Draft;
  readonly drawing: boolean;
  readonly current: boolean;
  /** The finding whose place is offered, or null. */
  readonly suggestion: CheckRow['code'] | null;
  readonly onToggle: () => void;
  readonly onTouch: () => void;
  readonly onComment: (comment: string) => void;
  readonly onChange: (draft: Draft) => void;
  readonly onDraw: () => void;
  readonly onTake: () => void;
}

export function Reason(props: Props) {
  const t = useTexts();
  const { dto, reason, draft } = props;
  const c = t.act.composer;
  const chosen = draft.codes.includes(reason.code);
  const comment = draft.comments[reason.code] ?? '';
  const missing = reason.commentObligatory && comment.trim() === '';
  const proposed = dto.proposedReasons.includes(reason.code);
  const words = proposed ? findingWords(dto, reason.code, t.measures.place.finding) : [];
  const self = useRef<HTMLDivElement>(null);
  const inSight = chosen && props.current;
  useEffect(() => {
    // Chosen by its key it may stand below the edge.
    if (inSight) self.current?.scrollIntoView({ block: 'nearest' });
  }, [inSight]);
  return (
    <div ref={self} className={styles['reason']} data-chosen={chosen} onFocus={props.onTouch}>
      <label className={styles['choice']}>
        <input
          type="checkbox"
          checked={chosen}
          data-testid={`reason-${reason.code}`}
          onChange={props.onToggle}
        />
        <kbd className={styles['cap']}>{props.cap}</kbd>
        <span className={styles['name']}>
          {byLanguage(reason.nameRu, reason.nameKz)}
          {words.length > 0 && <span className={styles['finding']}>{words.join(' · ')}</span>}
        </span>
        {proposed && (
          <span className={styles['proposed']} title={c.proposed}>
            <span className={styles['hidden']}>{c.proposed}</span>
          </span>
        )}
      </label>
      {chosen && reason.group !== 'other' && <Places {...props} />}
      {chosen && (
        <textarea
          id={`comment-${reason.code}`}
          className={styles['comment']}
          rows={reason.commentObligatory ? 2 : 1}
          maxLength={500}
          value={comment}
          aria-label={`${c.comment}: ${byLanguage(reason.nameRu, reason.nameKz)}`}
          aria-required={reason.commentObligatory}
          aria-invalid={missing}
          placeholder={reason.commentObligatory ? c.commentObligatory : c.addComment}
          onChange={(event) => props.onComment(event.currentTarget.value)}
        />
      )}
    </div>
  );
}
