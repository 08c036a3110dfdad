// The places of a reason on the pictures: marked by drawing, listed by number, removed; a finding's own place is offered.
import { IconX } from '@tabler/icons-react';
import type { CheckRow, ReasonDto } from '../../../../shared/contract/case.ts';
import { fill, useTexts } from '../../../shared/i18n/language.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { checkName } from '../case-deeds.ts';
import { MAX_BOXES, placesOf, removeBox, type Draft } from './draft.ts';
import styles from './refusal.module.css';

interface Props {
  readonly reason: ReasonDto;
  readonly draft: Draft;
  readonly drawing: boolean;
  readonly current: boolean;
  readonly suggestion: CheckRow['code'] | null;
  readonly onChange: (draft: Draft) => void;
  readonly onDraw: () => void;
  readonly onTake: () => void;
}

export function Places(props: Props) {
  const t = useTexts().measures.place;
  const { reason, draft, drawing } = props;
  const places = placesOf(draft).filter((place) => place.code === reason.code);
  const full = places.length >= MAX_BOXES;
  return (
    <div className={styles['places']} data-testid={`places-${reason.code}`}>
      {places.map((place) => {
        const name = fill(t[place.box.picture], { n: place.number });
        return (
          <button
            key={`${place.index}`}
            type="button"
            className={styles['place']}
            aria-label={fill(t.remove, { name })}
            title={fill(t.remove, { name })}
            onClick={() => props.onChange(removeBox(draft, reason.code, place.index))}
          >
            {name}
            <IconX size={13} aria-hidden />
          </button>
        );
      })}
      {props.suggestion !== null && !drawing ? (
        <>
          <span className={styles['suggested']}>
            {fill(t.suggested, { name: checkName(props.suggestion) })}
          </span>
          <Button command="inOrder" data-testid="take-place" onClick={props.onTake}>
            {t.take}
          </Button>
          <Button
            look="quiet"
            data-testid={`mark-${reason.code}`}
            onClick={props.onDraw}
            {...(props.current ? { command: 'markPlace' as const } : {})}
          >
            {t.redraw}
          </Button>
        </>
      ) : (
        <Button
          look="quiet"
          aria-pressed={drawing}
          aria-disabled={full && !drawing}
          title={full ? t.full : undefined}
          data-testid={`mark-${reason.code}`}
          onClick={(event) => {
            if (full && !drawing) return;
            props.onDraw();
            if (event.detail > 0) event.currentTarget.blur();
          }}
          {...(props.current ? { command: 'markPlace' as const } : {})}
        >
          {drawing ? t.stop : t.mark}
        </Button>
      )}
    </div>
  );
}
