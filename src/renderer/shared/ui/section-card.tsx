// A card with a title: the one surface things stand on.
import type { ReactNode } from 'react';
import styles from './ui.module.css';

interface Props {
  readonly title?: ReactNode;
  readonly aside?: ReactNode;
  /** No padding: for tables and lists that reach the edge. */
  readonly flush?: boolean;
  readonly children: ReactNode;
  readonly testId?: string;
}

export function SectionCard({ title, aside, flush = false, children, testId }: Props) {
  return (
    <section className={styles['card']} data-testid={testId}>
      {title !== undefined && (
        <header className={styles['cardHead']}>
          <h2 className={styles['cardTitle']}>{title}</h2>
          {aside}
        </header>
      )}
      <div className={styles['cardBody']} data-flush={flush}>
        {children}
      </div>
    </section>
  );
}
