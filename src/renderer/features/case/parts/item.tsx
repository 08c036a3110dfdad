// The frame of one row of the checks: its head, what it opens to, and the light on the picture while it is pointed at.
import { IconChevronRight } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import type { CheckRow } from '../../../../shared/contract/case.ts';
import { StateMark } from '../../../shared/ui/state-mark.tsx';
import { useCase } from '../case-store.ts';
import { goToFinding, leaveFinding } from '../finding-deeds.ts';
import { marking } from '../marking-store.ts';
import styles from './checks.module.css';

interface Props {
  readonly row: CheckRow;
  readonly title: string;
  /** Under the title: value and limit. */
  readonly line?: ReactNode;
  /** At the right: how it was answered, or that it waits. */
  readonly word?: ReactNode;
  readonly children: ReactNode;
}

export function Item({ row, title, line, word, children }: Props) {
  const current = useCase((s) => s.current === row.code);
  const writing = useCase((s) => s.writing);
  const [opened, setOpened] = useState(false);
  const self = useRef<HTMLLIElement>(null);
  const id = useId();
  const open = opened || current;

  useEffect(() => {
    if (!current || self.current === null) return;
    self.current.scrollIntoView({ block: 'nearest' });
    // The row, not its button: Space must still blink the photos.
    if (!writing && !self.current.contains(document.activeElement)) {
      self.current.focus({ preventScroll: true });
    }
  }, [current, writing]);

  const light = (): void => marking.light(row.code);
  const dim = (): void => marking.light(useCase.getState().current);
  return (
    <li
      ref={self}
      className={styles['item']}
      tabIndex={-1}
      data-state={row.state}
      data-open={row.open}
      data-current={current}
      data-testid={`check-${row.code}`}
      onPointerEnter={light}
      onPointerLeave={dim}
      onFocus={light}
      onBlur={dim}
    >
      <button
        type="button"
        className={styles['head']}
        aria-expanded={open}
        aria-controls={id}
        onClick={(event) => {
          if (event.detail > 0) event.currentTarget.blur();
          setOpened(!open);
          if (!open) return goToFinding(row.code);
          if (current) leaveFinding();
        }}
      >
        <StateMark state={row.state} bare size={15} />
        <span className={styles['title']}>
          {title}
          {line !== undefined && <span className={styles['line']}>{line}</span>}
        </span>
        {word !== undefined && <span className={styles['word']}>{word}</span>}
        <IconChevronRight size={16} className={styles['chevron']} data-open={open} aria-hidden />
      </button>
      {open && (
        <div className={styles['detail']} id={id}>
          {children}
        </div>
      )}
    </li>
  );
}
