// The keys of the case in their order: four groups, annul, approve; a grey key answers why.
import {
  IconArrowBackUp,
  IconCheck,
  IconChevronLeft,
  IconChevronRight,
  IconPlayerTrackNext,
} from '@tabler/icons-react';
import { useEffect } from 'react';
import type { Action, ActionDto, CaseDto } from '../../../../shared/contract/case.ts';
import { actionOf } from '../actions.ts';
import { formatMoment } from '../../../shared/format/format.ts';
import { fill, refusalText, useTexts } from '../../../shared/i18n/language.ts';
import { KEYMAP } from '../../../shared/keys/keymap.ts';
import { useKeys } from '../../../shared/keys/use-keys.ts';
import { ActionButton, BecauseText } from '../../../shared/ui/action-button.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { useHint } from '../../../shared/ui/hint.tsx';
import { PromiseMark } from '../../../shared/ui/promise-mark.tsx';
import {
  approveByKey,
  checkName,
  nextUrgent,
  openComposer,
  prepareApproval,
  releaseCase,
  step,
  takeBack,
} from '../case-deeds.ts';
import { useCase } from '../case-store.ts';
import { confirmGroup, inOrder, leaveFinding, nextFinding } from '../finding-deeds.ts';
import { GROUPS } from '../findings.ts';
import { GROUP_COMMANDS, useConfirmWords } from './checks-tab.tsx';
import styles from './case.module.css';

/** Pressing the key of a grey action shows its answer, as pointing at it does. */
const focusAction = (action: Action): void =>
  document.querySelector<HTMLElement>(`[data-testid="action-${action}"]`)?.focus();

function GroupKey(props: { readonly dto: CaseDto; readonly index: number }) {
  const t = useTexts().casework;
  const { dto } = props;
  const group = GROUPS[props.index] ?? 'register';
  const command = GROUP_COMMANDS[props.index] ?? 'group1';
  const confirmed = dto.confirmed.includes(group);
  const action = actionOf(dto, 'confirm');
  const hint = useHint(
    action.enabled || action.because === null ? null : <BecauseText because={action.because} />,
  );
  const words = useConfirmWords(dto, group);
  return (
    <>
      <button
        type="button"
        {...hint.props}
        className={styles['groupKey']}
        aria-pressed={confirmed}
        aria-disabled={!action.enabled}
        aria-label={words}
        aria-describedby={hint.describedBy}
        data-testid={`group-key-${group}`}
        onClick={(event) => {
          if (!action.enabled) return hint.show(event);
          void confirmGroup(dto, group);
          if (event.detail > 0) event.currentTarget.blur();
        }}
      >
        <span className={styles['tick']}>
          {confirmed ? <IconCheck size={14} stroke={2.6} aria-hidden /> : KEYMAP[command].cap}
        </span>
        <span className={styles['groupWord']}>{t.group[group]}</span>
      </button>
      {hint.node}
    </>
  );
}

/** What became of the act signed last, until the officer signs another. */
function LastSigned() {
  const t = useTexts();
  const signed = useCase((s) => s.signed);
  if (signed === null) return null;
  const label =
    signed.state === 'accepted' && signed.acceptedAt !== null
      ? fill(t.act.panel.accepted, { time: formatMoment(signed.acceptedAt) })
      : signed.state === 'refused'
        ? fill(t.act.panel.refusedByNode, {
            reason: signed.answer === null ? '–' : refusalText({ code: signed.answer }).title,
          })
        : signed.state === 'sending'
          ? t.common.acts.sending
          : t.act.panel.signedQueued;
  return (
    <span
      className={styles['signed']}
      role="status"
      data-testid="last-signed"
      data-state={signed.state}
    >
      <span className={styles['signedTicket']}>{signed.ticket}</span>
      <PromiseMark state={signed.state} label={label} />
    </span>
  );
}

export function ActionBar({ dto }: { readonly dto: CaseDto }) {
  const t = useTexts();
  const { note, busy, panel, current } = useCase();
  const a = t.casework.action;
  const idle = panel.kind === 'none';
  const approve = actionOf(dto, 'approve');
  const annul = actionOf(dto, 'annul');
  const back = actionOf(dto, 'take-back');
  const release = actionOf(dto, 'release');
  const left = GROUPS.filter((group) => !dto.confirmed.includes(group)).length;
  const deciding = dto.stage === 'received' || dto.stage === 'in-review';

  /** Standing on a finding, annulling means: for this. */
  const annulNow = (): void => {
    const finding = dto.checks.find((row) => row.code === current && row.open);
    void openComposer(dto, finding);
  };

  /** While the panel stands, the keys of the case wait. */
  const when = (deed: (event: KeyboardEvent) => void | false) => (event: KeyboardEvent) => {
    if (!idle || event.repeat) return false;
    return deed(event);
  };
  const group = (index: number) =>
    when(() => {
      const which = GROUPS[index];
      if (which === undefined) return;
      if (actionOf(dto, 'confirm').enabled) void confirmGroup(dto, which);
      else document.querySelector<HTMLElement>(`[data-testid="group-key-${which}"]`)?.focus();
    });
  // Arrows scroll the columns here; only the letters go from case to case.
  const letter = (deed: () => void) => (event: KeyboardEvent) => {
    if (event.code.startsWith('Arrow')) return false;
    return when(deed)(event);
  };
  useKeys('screen', {
    group1: group(0),
    group2: group(1),
    group3: group(2),
    group4: group(3),
    approve: when(() => void approveByKey(dto.applicationId, () => focusAction('approve'))),
    annul: when(() => (annul.enabled ? annulNow() : focusAction('annul'))),
    finding: when(() => nextFinding(dto)),
    inOrder: when(() => void inOrder(dto)),
    back: when(() => (current === null ? false : leaveFinding())),
    takeBack: when(() => {
      if (back.enabled) void takeBack(dto);
      else focusAction('take-back');
    }),
    nextUrgent: when(() => void nextUrgent()),
    next: letter(() => step(1)),
    previous: letter(() => step(-1)),
  });

  useEffect(() => {
    if (note === null) return;
    const timer = setTimeout(
      () => useCase.setState({ note: null }),
      note.tone === 'bad' ? 12_000 : 5_000,
    );
    return () => clearTimeout(timer);
  }, [note]);

  const codeWords = (action: ActionDto) => {
    const code = action.because?.params['code'];
    return typeof code === 'string' ? { code: checkName(code) } : {};
  };

  return (
    <div className={styles['bar']} role="toolbar" aria-label={a.bar} inert={!idle}>
      <div className={styles['walk']}>
        <Button
          look="quiet"
          aria-label={a.previousCase}
          title={`${a.previousCase} · K`}
          icon={<IconChevronLeft size={18} aria-hidden />}
          onClick={() => step(-1)}
        />
        <Button
          look="quiet"
          aria-label={a.nextCase}
          title={`${a.nextCase} · J`}
          icon={<IconChevronRight size={18} aria-hidden />}
          onClick={() => step(1)}
        />
        <Button
          look="quiet"
          aria-label={a.next}
          title={`${a.next} · N`}
          data-testid="next-urgent"
          icon={<IconPlayerTrackNext size={17} aria-hidden />}
          onClick={() => void nextUrgent()}
        />
      </div>
      <div className={styles['told']} aria-live="polite">
        {note !== null ? (
          <span className={styles['noteText']} data-tone={note.tone} title={note.text}>
            {note.text}
          </span>
        ) : (
          <LastSigned />
        )}
      </div>
      {deciding ? (
        <>
          {release.enabled && (
            <Button look="quiet" data-testid="action-release" onClick={() => void releaseCase(dto)}>
              {a.release}
            </Button>
          )}
          <div className={styles['groupKeys']}>
            {GROUPS.map((each, index) => (
              <GroupKey key={each} dto={dto} index={index} />
            ))}
          </div>
          <ActionButton
            action={annul}
            label={a.annul}
            command="annul"
            look="danger"
            size="large"
            params={codeWords(annul)}
            onAct={annulNow}
          />
          <ActionButton
            action={approve}
            label={left > 0 ? `${a.approve} · ${fill(a.approveLeft, { n: left })}` : a.approve}
            command="approve"
            look="primary"
            size="large"
            busy={busy}
            params={codeWords(approve)}
            onAct={() => void prepareApproval(dto)}
          />
        </>
      ) : (
        <>
          {dto.act !== null && dto.act.state !== 'accepted' && (
            <ActionButton
              action={back}
              label={a.takeBack}
              command="takeBack"
              size="large"
              icon={<IconArrowBackUp size={18} aria-hidden />}
              onAct={() => void takeBack(dto)}
            />
          )}
        </>
      )}
    </div>
  );
}
