// A quiet line of words inside a page: information, something to look at, or a refusal.
import { IconAlertTriangle, IconEye, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { AnyRefusal } from '../bridge.ts';
import { refusalText, useTexts } from '../i18n/language.ts';
import styles from './ui.module.css';

interface Props {
  readonly tone?: 'plain' | 'accent' | 'look' | 'bad';
  readonly title?: string;
  readonly children?: ReactNode;
  readonly testId?: string;
}

export function Notice({ tone = 'plain', title, children, testId }: Props) {
  const Icon = tone === 'bad' ? IconAlertTriangle : tone === 'look' ? IconEye : IconInfoCircle;
  return (
    <div
      className={styles['notice']}
      data-tone={tone}
      data-testid={testId}
      role={tone === 'bad' ? 'alert' : 'status'}
    >
      <Icon size={18} stroke={1.7} aria-hidden="true" />
      <div>
        {title !== undefined && (
          <p>
            <strong>{title}</strong>
          </p>
        )}
        {typeof children === 'string' ? <p>{children}</p> : children}
      </div>
    </div>
  );
}

/** A refusal in words: what happened, what is safe, what to do. */
export function RefusalNotice({ refusal }: { readonly refusal: AnyRefusal }) {
  useTexts(); // re-render when the language is switched
  const { title, todo } = refusalText(refusal);
  return (
    <Notice tone="bad" title={title} testId={`refusal-${refusal.code}`}>
      {todo === '' ? undefined : todo}
    </Notice>
  );
}
