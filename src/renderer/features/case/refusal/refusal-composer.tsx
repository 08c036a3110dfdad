// The refusal composer: reasons by key, obligatory comments, the citizen's text live in two languages.
import { useEffect, useState } from 'react';
import type { CaseDto, ReasonDto } from '../../../../shared/contract/case.ts';
import { formatMoney } from '../../../shared/format/format.ts';
import { fill, useTexts } from '../../../shared/i18n/language.ts';
import { useKeys } from '../../../shared/keys/use-keys.ts';
import { CitizenText } from '../../../shared/signing/citizen-text.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { SidePanel } from '../../../shared/ui/side-panel.tsx';
import { closePanel, prepareAnnulment, setDraft } from '../case-deeds.ts';
import { useCase } from '../case-store.ts';
import { marking, useMarking } from '../marking-store.ts';
import { look } from '../picture/picture-store.ts';
import {
  NO_DRAFT,
  REASON_KEYS,
  addBox,
  citizenPreview,
  mayFileAgain,
  problemOf,
  reasonIndexOf,
  toggleReason,
  withComment,
} from './draft.ts';
import { Reason, nameOf } from './reason-choice.tsx';
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
  const place = useTexts().measures.place;
  const reasons = ordered(useCase((s) => s.reasons));
  const draft = useCase((s) => s.drafts[dto.applicationId]) ?? NO_DRAFT;
  const change = (next: typeof draft): void => setDraft(dto.applicationId, next);
  const problem = problemOf(draft, reasons);
  const suggestion = useCase((s) => s.suggestion);
  const drawingFor = useMarking((s) => s.drawingFor);
  const [touched, setTouched] = useState<string | null>(suggestion?.reason ?? null);
  /** The reason the key W speaks of: the one touched last, else the one chosen last. */
  const current =
    touched !== null && draft.codes.includes(touched) ? touched : (draft.codes.at(-1) ?? null);
  const onPicture = (code: string | null): boolean =>
    reasons.some((reason) => reason.code === code && reason.group !== 'other');

  const toggle = (code: string): void => {
    if (drawingFor === code) marking.drawFor(null);
    setTouched(code);
    change(toggleReason(draft, code));
  };
  const draw = (code: string): void => {
    setTouched(code);
    // The finding's light would hide what is being drawn on.
    marking.light(null);
    look.photo();
    marking.drawFor(drawingFor === code ? null : code);
  };
  const takeSuggestion = (): void => {
    if (suggestion === null) return;
    change(addBox(draft, suggestion.reason, suggestion.box));
    useCase.setState({ suggestion: null });
    marking.light(null);
  };
  const offered = suggestion !== null && (draft.boxes[suggestion.reason] ?? []).length === 0;

  const toSign = (): void => {
    if (problem === null) return void prepareAnnulment(dto);
    if (problem.kind === 'comment-missing') {
      document.getElementById(`comment-${problem.code}`)?.focus();
    }
  };
  useKeys('panel', {
    sign: toSign,
    markPlace: (event) => {
      if (!event.repeat && current !== null && onPicture(current)) draw(current);
    },
    inOrder: () => (offered ? takeSuggestion() : false),
    // The first Escape ends drawing, the next one closes.
    back: () => (drawingFor === null ? false : marking.drawFor(null)),
  });
  useEffect(
    () => () => {
      marking.drawFor(null);
      marking.light(useCase.getState().current);
    },
    [],
  );

  useEffect(() => {
    // Before the screen's own digits, which confirm the groups of checks.
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      if (inField(event.target)) return;
      const reason = reasons[reasonIndexOf(event.code)];
      if (reason === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      toggle(reason.code);
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
        <>
          {draft.codes.length > 0 && (
            <div className={styles['citizen']}>
              <CitizenText
                ru={citizenPreview(draft, reasons, 'ru').join('\n')}
                kz={citizenPreview(draft, reasons, 'kk').join('\n')}
              />
            </div>
          )}
          <div className={styles['foot']}>
            <span className={styles['note']} role="status" data-drawing={drawingFor !== null}>
              {drawingFor !== null
                ? place.drawing
                : (problemWords ?? fill(t.chosen, { n: draft.codes.length }))}
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
        </>
      }
    >
      {reasons.length === 0 ? (
        <p className={styles['note']}>{t.loading}</p>
      ) : (
        <div className={styles['body']}>
          {dto.proposedReasons.length > 0 && draft.codes.length === 0 && (
            <p className={styles['note']}>{t.hint}</p>
          )}
          {GROUPS.map((group) => (
            <fieldset key={group} className={styles['group']}>
              <legend>{t.groups[group]}</legend>
              {reasons.map((reason, index) =>
                reason.group === group ? (
                  <Reason
                    key={reason.code}
                    dto={dto}
                    reason={reason}
                    cap={REASON_KEYS[index]?.cap ?? ''}
                    draft={draft}
                    drawing={drawingFor === reason.code}
                    current={current === reason.code}
                    onToggle={() => toggle(reason.code)}
                    onTouch={() => setTouched(reason.code)}
                    onComment={(comment) => change(withComment(draft, reason.code, comment))}
                    onChange={change}
                    onDraw={() => draw(reason.code)}
                    suggestion={
                      offered && suggestion.reason === reason.code ? suggestion.finding : null
                    }
                    onTake={takeSuggestion}
                  />
                ) : null,
              )}
            </fieldset>
          ))}
          {draft.codes.length > 0 && (
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
          )}
        </div>
      )}
    </SidePanel>
  );
}
