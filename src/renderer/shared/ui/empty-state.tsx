// What a place says when there is nothing in it, or when something went wrong.
import { IconAlertTriangle, IconInbox } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { AnyRefusal } from '../bridge.ts';
import { refusalText, useTexts } from '../i18n/language.ts';
import { Button } from './button.tsx';
import styles from './ui.module.css';

interface EmptyProps {
  readonly title: string;
  readonly text?: string;
  readonly icon?: ReactNode;
  readonly children?: ReactNode;
}

export function EmptyState({ title, text, icon, children }: EmptyProps) {
  return (
    <div className={styles['state']} role="status">
      {icon ?? <IconInbox size={32} stroke={1.4} aria-hidden="true" />}
      <p className={styles['stateTitle']}>{title}</p>
      {text !== undefined && <p className={styles['stateText']}>{text}</p>}
      {children !== undefined && <div className={styles['stateActions']}>{children}</div>}
    </div>
  );
}

interface ErrorProps {
  readonly refusal: AnyRefusal;
  readonly onRetry?: () => void;
}

export function ErrorState({ refusal, onRetry }: ErrorProps) {
  const t = useTexts().common;
  const { title, todo } = refusalText(refusal);
  return (
    <div className={styles['state']} data-tone="bad" role="alert">
      <IconAlertTriangle size={32} stroke={1.4} aria-hidden="true" />
      <p className={styles['stateTitle']}>{title}</p>
      {todo !== '' && <p className={styles['stateText']}>{todo}</p>}
      {onRetry !== undefined && (
        <div className={styles['stateActions']}>
          <Button onClick={onRetry}>{t.again}</Button>
        </div>
      )}
    </div>
  );
}
