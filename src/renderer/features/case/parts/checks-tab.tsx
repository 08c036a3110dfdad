// The checks in four groups; what agrees is folded away, what does not stands out.
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { CaseDto, CheckRow } from '../../../../shared/contract/case.ts';
import { fill, useTexts } from '../../../shared/i18n/language.ts';
import { KEYMAP } from '../../../shared/keys/keymap.ts';
import { actionOf } from '../actions.ts';
import { confirmGroup } from '../finding-deeds.ts';
import { GROUPS, rowsOf } from '../findings.ts';
import { CheckItem } from './check-item.tsx';
import { MeasureItem, isMeasureRow } from './measure-item.tsx';
import { Questions, questionsOf } from './questions.tsx';
import styles from './checks.module.css';

export const GROUP_COMMANDS = ['group1', 'group2', 'group3', 'group4'] as const;

export function ChecksTab({ dto }: { readonly dto: CaseDto }) {
  return (
    <div className={styles['groups']}>
      {GROUPS.map((group, index) => (
        <Group
          key={group}
          dto={dto}
          group={group}
          cap={KEYMAP[GROUP_COMMANDS[index] ?? 'group1'].cap}
        />
      ))}
    </div>
  );
}

interface Props {
  readonly dto: CaseDto;
  readonly group: CheckRow['group'];
  readonly cap: string;
}

function Group({ dto, group, cap }: Props) {
  const t = useTexts().casework;
  const [all, setAll] = useState(false);
  const { loud, fine } = rowsOf(dto, group);
  const faults = questionsOf(dto, group).filter((item) => item.answer === 'fault').length;
  const waiting = faults > 0 || loud.some((row) => row.open);
  const notes = loud.length + faults;
  const row = (each: CheckRow) =>
    isMeasureRow(each) ? (
      <MeasureItem key={each.code} dto={dto} row={each} />
    ) : (
      <CheckItem
        key={each.code}
        dto={dto}
        row={each}
        mayOverride={actionOf(dto, 'override').enabled}
      />
    );
  return (
    <section
      className={styles['group']}
      data-confirmed={dto.confirmed.includes(group)}
      data-testid={`group-${group}`}
      aria-label={t.group[group]}
    >
      <header className={styles['groupHead']}>
        <h2>{t.group[group]}</h2>
        <span className={waiting ? styles['notes'] : styles['dim']}>
          {notes === 0 ? t.groupState.clean : fill(t.groupState.notes, { n: notes })}
        </span>
        <Confirm dto={dto} group={group} cap={cap} />
      </header>
      <ul className={styles['list']}>
        {loud.map(row)}
        {all && fine.map(row)}
      </ul>
      {fine.length > 0 && (
        <button
          type="button"
          className={styles['more']}
          aria-expanded={all}
          data-testid={`group-fine-${group}`}
          onClick={(event) => {
            setAll(!all);
            if (event.detail > 0) event.currentTarget.blur();
          }}
        >
          {all ? t.groupState.hideFine : fill(t.groupState.showFine, { n: fine.length })}
        </button>
      )}
      <Questions dto={dto} group={group} cap={cap} />
    </section>
  );
}

/** What confirming a group says: with open questions to the eye it answers them too. */
export function useConfirmWords(dto: CaseDto, group: CheckRow['group']): string {
  const t = useTexts();
  const name = { group: t.casework.group[group] };
  if (dto.confirmed.includes(group)) return fill(t.casework.groupState.unconfirm, name);
  return questionsOf(dto, group).some((item) => item.answer === null)
    ? fill(t.measures.questions.confirmTitle, name)
    : fill(t.casework.groupState.confirmTitle, name);
}

function Confirm({ dto, group, cap }: Props) {
  const t = useTexts().casework.groupState;
  const words = useConfirmWords(dto, group);
  const confirmed = dto.confirmed.includes(group);
  const may = actionOf(dto, 'confirm').enabled;
  if (!may && !confirmed) return null;
  return (
    <button
      type="button"
      className={styles['confirm']}
      aria-pressed={confirmed}
      aria-label={words}
      title={words}
      aria-disabled={!may}
      onClick={(event) => {
        if (may) void confirmGroup(dto, group);
        if (event.detail > 0) event.currentTarget.blur();
      }}
    >
      {confirmed ? <IconCheck size={15} stroke={2.4} aria-hidden /> : null}
      {confirmed ? t.confirmed : t.confirm}
      <kbd aria-hidden>{cap}</kbd>
    </button>
  );
}
