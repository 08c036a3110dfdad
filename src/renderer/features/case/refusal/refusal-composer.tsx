// The refusal composer: reasons by key, obligatory comments, the citizen's text live in two languages.
import { useEffect } from 'react';
import type { CaseDto, ReasonDto } from '../../../../shared/contract/case.ts';
import { formatMoney } from '../../../shared/format/format.ts';
import { byLanguage, fill, useTexts } from '../../../shared/i18n/language.ts';
import { useKeys } from '../../../shared/keys/use-keys.ts';
import { CitizenText } from '../../../shared/signing/citizen-text.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { SidePanel } from '../../../shared/ui/side-panel.tsx';
import { closePanel, prepareAnnulment, setDraft } from '../case-deeds.ts';
import { useCase } from '../case-store.ts';
import {
  NO_DRAFT,
  REASON_KEYS,
  citizenPreview,
  mayFileAgain,
  problemOf,
  reasonIndexOf,
  toggleReason,
  withComment,
} from './draft.ts';
import styles from './refusal.module.css';

const GROUPS = ['photo', 'signature', 'other'] as const;

/** One key each, in the order they stand on the screen. */
const ordered = (reasons: readonly ReasonDto[]): readonly ReasonDto[] =>
  GROUPS.flatMap((group) => reasons.filter((reason) => reason.group === group));

const inField = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement
    ? target.type !== 'checkbox'
    : target instanceof HTMLTextAreaElement;

export function RefusalComposer({ dto }: { readonly dto: CaseDto }) {
  const t = useTexts().act.composer;
  const reasons = ordered(useCase((s) => s.reasons));
  const draft = useCase((s) => s.drafts[dto.applicationId]) ?? NO_DRAFT;
  const change = (next: typeof draft): void => setDraft(dto.applicationId, next);
  const problem = problemOf(draft, reasons);

  const toSign = (): void => {
    if (problem === null) return void prepareAnnulment(dto);
    if (problem.kind === 'comment-missing') {
      document.getElementById(`comment-${problem.code}`)?.focus();
    }
  };
  useKeys('panel', { sign: toSign });

  useEffect(() => {
    // Before the screen's own digits, which confirm the groups of checks.
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      if (inField(event.target)) return;
      const reason = reasons[reasonIndexOf(event.code)];
      if (reason === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      change(toggleReason(draft, reason.code));
    };
    document.addEventListener('keydown', onKey, true);
    return () => document.removeEventListener('keydown', onKey, true);
  });

  const paid = dto.fee.kind === 'paid' || dto.fee.kind === 'refund-due';
  const problemWords =
    problem === null
      ? null
      : problem.kind === 'none'
        ? t.none
        : fill(t.commentMissing, { reason: nameOf(reasons, problem.code) });

  return (
    <SidePanel
      title={t.title}
      onClose={closePanel}
      testId="refusal-composer"
      foot={
        <div className={styles['foot']}>
          <span className={styles['note']} role="status">
            {problemWords ?? fill(t.chosen, { n: draft.codes.length })}
          </span>
          {draft.codes.length > 0 && (
            <Button look="quiet" onClick={() => change(NO_DRAFT)}>
              {t.clear}
            </Button>
          )}
          <Button
            look="danger"
            size="large"
            command="sign"
            aria-disabled={problem !== null}
            data-testid="composer-to-sign"
            onClick={toSign}
          >
            {t.toSign}
          </Button>
        </div>
      }
    >
      {reasons.length === 0 ? (
        <p className={styles['note']}>{t.loading}</p>
      ) : (
        <div className={styles['body']}>
          {dto.proposedReasons.length > 0 && <p className={styles['note']}>{t.hint}</p>}
          {GROUPS.map((group) => (
            <fieldset key={group} className={styles['group']}>
              <legend>{t.groups[group]}</legend>
              {reasons.map((reason, index) =>
                reason.group === group ? (
                  <Reason
                    key={reason.code}
                    reason={reason}
                    cap={REASON_KEYS[index]?.cap ?? ''}
                    chosen={draft.codes.includes(reason.code)}
                    proposed={dto.proposedReasons.includes(reason.code)}
                    comment={draft.comments[reason.code] ?? ''}
                    onToggle={() => change(toggleReason(draft, reason.code))}
                    onComment={(comment) => change(withComment(draft, reason.code, comment))}
                  />
                ) : null,
              )}
            </fieldset>
          ))}
          {draft.codes.length > 0 && (
            <>
              <CitizenText
                ru={citizenPreview(draft, reasons, 'ru').join('\n')}
                kz={citizenPreview(draft, reasons, 'kk').join('\n')}
              />
              <ul className={styles['lines']}>
                <li>
                  {!mayFileAgain(draft, reasons)
                    ? t.viaCentre
                    : paid
                      ? t.filingAgainPaid
                      : t.filingAgain}
                </li>
                <li>
                  {paid ? fill(t.refund, { sum: formatMoney(dto.fee.amountTenge) }) : t.noRefund}
                </li>
              </ul>
            </>
          )}
        </div>
      )}
    </SidePanel>
  );
}

const nameOf = (reasons: readonly ReasonDto[], code: string): string => {
  const reason = reasons.find((each) => each.code === code);
  return reason === undefined ? code : byLanguage(reason.nameRu, reason.nameKz);
};

interface ReasonProps {
  readonly reason: ReasonDto;
  readonly cap: string;
  readonly chosen: boolean;
  readonly proposed: boolean;
  readonly comment: string;
  readonly onToggle: () => void;
  readonly onComment: (comment: string) => void;
}

function Reason(props: ReasonProps) {
  const t = useTexts().act.composer;
  const { reason, chosen, comment } = props;
  const missing = reason.commentObligatory && comment.trim() === '';
  return (
    <div className={styles['reason']} data-chosen={chosen}>
      <label className={styles['choice']}>
        <input
          type="checkbox"
          checked={chosen}
          data-testid={`reason-${reason.code}`}
          onChange={props.onToggle}
        />
        <kbd className={styles['cap']}>{props.cap}</kbd>
        <span className={styles['name']}>{byLanguage(reason.nameRu, reason.nameKz)}</span>
        {props.proposed && (
          <span className={styles['proposed']} title={t.proposed}>
            <span className={styles['hidden']}>{t.proposed}</span>
          </span>
        )}
      </label>
      {chosen && (
        <textarea
          id={`comment-${reason.code}`}
          className={styles['comment']}
          rows={reason.commentObligatory ? 2 : 1}
          maxLength={500}
          value={comment}
          aria-label={`${t.comment}: ${byLanguage(reason.nameRu, reason.nameKz)}`}
          aria-required={reason.commentObligatory}
          aria-invalid={missing}
          placeholder={reason.commentObligatory ? t.commentObligatory : t.addComment}
          onChange={(event) => props.onComment(event.currentTarget.value)}
        />
      )}
    </div>
  );
}
