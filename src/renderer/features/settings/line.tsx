// One line of the settings: a label and its value.
import type { ReactNode } from 'react';
import styles from './settings.module.css';

export function Line({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={styles['line']}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
} // prettier-ignore
