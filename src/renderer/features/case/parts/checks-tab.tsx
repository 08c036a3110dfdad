// The checks in four groups; what agrees is folded away, what does not stands out.
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { CaseDto, CheckRow } from '../../../../shared/contract/case.ts';
import { fill, useTexts } from '../../../shared/i18n/language.ts';
import { KEYMAP } from '../../../shared/keys/keymap.ts';
import { actionOf } from '../actions.ts';
import { confirmGroup } from '../case-deeds.ts';
import { CheckItem } from './check-item.tsx';
import styles from './checks.module.css';

export const GROUPS = ['register', 'rules', 'photo', 'signature'] as const;
export const GROUP_COMMANDS = ['group1', 'group2', 'group3', 'group4'] as const;
const WEIGHT = { disagrees: 0, look: 1, 'no-data': 2, agrees: 3 } as const;

export function ChecksTab({ dto }: { readonly dto: CaseDto }) {
  return (
    <div className={styles['groups']}>
      {GROUPS.map((group, index) => (
        <Group
          key={group}
          dto={dto}
          group={group}
          cap={KEYMAP[GROUP_COMMANDS[index] ?? 'group1'].cap}
          rows={dto.checks.filter((row) => row.group === group)}
        />
      ))}
    </div>
  );
}

function Group(props: {
  readonly dto: CaseDto;
  readonly group: CheckRow['group'];
  readonly cap: string;
  readonly rows: readonly CheckRow[];
}) {
  const t = useTexts().casework;
  const { dto, group, rows } = props;
  const [all, setAll] = useState(false);
  const confirmed = dto.confirmed.includes(group);
  const mayConfirm = actionOf(dto, 'confirm').enabled;
  const mayOverride = actionOf(dto, 'override').enabled;
  const loud = rows
    .filter((row) => row.state !== 'agrees' || row.override !== null)
    .toSorted((a, b) => WEIGHT[a.state] - WEIGHT[b.state]);
  const fine = rows.filter((row) => !loud.includes(row));
  return (
    <section
      className={styles['group']}
      data-confirmed={confirmed}
      data-testid={`group-${group}`}
      aria-label={t.group[group]}
    >
      <header className={styles['groupHead']}>
        <h2>{t.group[group]}</h2>
        <span className={loud.length === 0 ? styles['dim'] : styles['notes']}>
          {loud.length === 0 ? t.groupState.clean : fill(t.groupState.notes, { n: loud.length })}
        </span>
        {mayConfirm || confirmed ? (
          <button
            type="button"
            className={styles['confirm']}
            aria-pressed={confirmed}
            aria-label={fill(confirmed ? t.groupState.unconfirm : t.groupState.confirmTitle, {
              group: t.group[group],
            })}
            aria-disabled={!mayConfirm}
            onClick={(event) => {
              if (mayConfirm) void confirmGroup(dto, group);
              if (event.detail > 0) event.currentTarget.blur();
            }}
          >
            {confirmed ? <IconCheck size={15} stroke={2.4} aria-hidden /> : null}
            {confirmed ? t.groupState.confirmed : t.groupState.confirm}
            <kbd aria-hidden>{props.cap}</kbd>
          </button>
        ) : null}
      </header>
      <ul className={styles['list']}>
        {loud.map((row) => (
          <CheckItem key={row.code} dto={dto} row={row} mayOverride={mayOverride} />
        ))}
        {all &&
          fine.map((row) => (
            <CheckItem key={row.code} dto={dto} row={row} mayOverride={mayOverride} />
          ))}
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
    </section>
  );
}
