// The frame of a page: title, what stands beside it, and a body that scrolls.
import type { ReactNode } from 'react';
import styles from './ui.module.css';

interface Props {
  readonly title: string;
  readonly note?: ReactNode;
  readonly aside?: ReactNode;
  /** The body lays itself out and scrolls by itself. */
  readonly bare?: boolean;
  readonly children: ReactNode;
  readonly testId?: string;
}

export function Page({ title, note, aside, bare = false, children, testId }: Props) {
  return (
    <div className={styles['page']} data-testid={testId}>
      <header className={styles['pageHead']}>
        <h1 className={styles['pageTitle']}>{title}</h1>
        {note !== undefined && <span className={styles['pageNote']}>{note}</span>}
        <span className={styles['grow']} />
        {aside}
      </header>
      {bare ? (
        children
      ) : (
        // Focusable, so that a page without controls can be scrolled by keys.
        <div className={styles['pageBody']} tabIndex={0} role="region" aria-label={title}>
          {children}
        </div>
      )}
    </div>
  );
}
