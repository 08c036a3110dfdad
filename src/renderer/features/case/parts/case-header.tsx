// Who and what: ticket, name, time left, stage and our act; what makes the case unusual; who holds it.
import type { CaseDto } from '../../../../shared/contract/case.ts';
import { formatMoment, formatTime } from '../../../shared/format/format.ts';
import { byLanguage, fill, refusalText, useTexts } from '../../../shared/i18n/language.ts';
import { ExportAct } from '../../../shared/acts/export-act.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Notice } from '../../../shared/ui/notice.tsx';
import { PromiseMark } from '../../../shared/ui/promise-mark.tsx';
import { IinText, TicketText } from '../../../shared/ui/ticket-text.tsx';
import { TimeLeftBar } from '../../../shared/ui/time-left-bar.tsx';
import { ActionButton } from '../../../shared/ui/action-button.tsx';
import { actionOf } from '../actions.ts';
import { backToReview, claimCase } from '../case-deeds.ts';
import { useCase } from '../case-store.ts';
import styles from './case.module.css';

/** Flags that need an officer are amber or red; the others only inform. */
const LOUD: readonly string[] = [
  'refused-by-node',
  'conflict',
  'stuck',
  'overdue',
  'investigate',
  'not-signed',
];

function ActState({ dto }: { readonly dto: CaseDto }) {
  const t = useTexts();
  const { act } = dto;
  if (act === null) return null;
  const when = act.answer?.at ?? act.since;
  const label =
    act.state === 'accepted'
      ? `${t.casework.act[act.kind]}: ${fill(t.casework.act.accepted, { time: formatMoment(when) })}`
      : `${t.casework.act[act.kind]}: ${t.common.acts[act.state]}`;
  return (
    <>
      <PromiseMark state={act.state} label={label} />
      <ExportAct key={act.actId} actId={act.actId} ticket={dto.ticket} />
      {act.stuck && <span className={styles['loudFlag']}>{t.casework.act.stuck}</span>}
    </>
  );
}

export function CaseHeader({ dto }: { readonly dto: CaseDto }) {
  const t = useTexts();
  return (
    <header className={styles['header']}>
      <div className={styles['who']}>
        <h1 className={styles['name']} title={dto.name}>
          {dto.name}
        </h1>
        <p className={styles['ids']}>
          <TicketText ticket={dto.ticket} />
          <span>
            {t.casework.data.iin} <IinText iin={dto.iin} />
          </span>
          <span>{t.common.stages[dto.stage]}</span>
          {dto.holder?.mine === true && (
            <span className={styles['mine']}>
              {fill(t.casework.holder.mine, { time: formatTime(dto.holder.until) })}
            </span>
          )}
        </p>
      </div>
      <div className={styles['flags']}>
        {dto.flags.map((flag) => (
          <span
            key={flag}
            className={LOUD.includes(flag) ? styles['loudFlag'] : styles['flag']}
            title={t.common.flagsLong[flag]}
          >
            {t.common.flags[flag]}
          </span>
        ))}
      </div>
      <div className={styles['state']}>
        <ActState dto={dto} />
        <TimeLeftBar timeLeft={dto.timeLeft} />
      </div>
    </header>
  );
}

/** The line under the header when the case cannot be decided here: who holds it, until when. */
export function HolderLine({ dto }: { readonly dto: CaseDto }) {
  const t = useTexts();
  const refusal = useCase((s) => s.claimRefusal);
  const claiming = useCase((s) => s.claiming);
  const h = t.casework.holder;
  const open = dto.stage === 'received' || dto.stage === 'in-review';
  if (!open || claiming || dto.holder?.mine === true) return null;
  const mayClaim = dto.actions.some((each) => each.action === 'claim' && each.enabled);
  if (dto.holder === null && refusal === null && !mayClaim) return null;
  const why =
    dto.holder !== null
      ? fill(h.other, {
          department: byLanguage(dto.holder.departmentRu, dto.holder.departmentKz),
          officer: dto.holder.officerName,
          time: formatTime(dto.holder.until),
        })
      : refusal?.code === 'line-dead'
        ? h.lineDead
        : refusal !== null
          ? refusalText(refusal).title
          : h.notClaimed;
  return (
    <div className={styles['holder']} data-testid="case-holder">
      <Notice tone="look" title={`${h.readOnly}. ${why}`}>
        {dto.holder === null ? undefined : h.readOnlyHint}
      </Notice>
      <Button data-testid="claim-again" onClick={() => void claimCase(dto.applicationId)}>
        {h.tryAgain}
      </Button>
    </div>
  );
}

/** The node said no to our signed act: why, and the way on. */
export function RefusedLine({ dto }: { readonly dto: CaseDto }) {
  const t = useTexts().casework;
  const { act } = dto;
  const review = actionOf(dto, 'back-to-review');
  if (act === null || act.state !== 'refused') return null;
  const field = act.answer?.field ?? null;
  const words = refusalText({
    code: act.answer?.code ?? 'incident',
    params: field === null ? {} : { field },
  });
  const named = field === null || `${words.title}${words.todo}`.includes(field);
  return (
    <div className={styles['holder']} data-testid="case-refused">
      <Notice
        tone="bad"
        title={`${t.act[act.kind]}: ${words.title}${named ? '' : ` (${fill(t.act.refusedField, { field: field ?? '' })})`}`}
      >
        {words.todo === '' ? undefined : words.todo}
      </Notice>
      {review.enabled && (
        <ActionButton
          action={review}
          label={t.action.backToReview}
          onAct={() => void backToReview(dto)}
        />
      )}
    </div>
  );
}
