// Slides over the right column of its place; never covers what stands left of it (ux: pictures stay visible).
import { IconX } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTexts } from '../i18n/language.ts';
import { useKeys } from '../keys/use-keys.ts';
import { Button } from './button.tsx';
import styles from './ui.module.css';

interface Props {
  readonly title: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly foot?: ReactNode;
  readonly testId?: string;
  /** Leaves the focus to a field inside (default: the panel takes it). */
  readonly focusInside?: boolean;
}

/** Stands in a positioned parent; Escape closes it and the focus goes back where it was. */
export function SidePanel(props: Props) {
  const { title, onClose, children, foot, testId, focusInside = false } = props;
  const t = useTexts().common;
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    if (!focusInside) panel.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [focusInside]);
  useKeys('panel', { back: () => onClose() });
  return (
    <aside
      ref={panel}
      className={styles['panel']}
      tabIndex={-1}
      data-testid={testId}
      aria-label={typeof title === 'string' ? title : undefined}
    >
      <header className={styles['panelHead']}>
        <h2 className={styles['panelTitle']}>{title}</h2>
        <Button
          look="quiet"
          aria-label={t.close}
          onClick={onClose}
          icon={<IconX size={18} aria-hidden="true" />}
        />
      </header>
      <div className={styles['panelBody']}>{children}</div>
      {foot !== undefined && <footer className={styles['panelFoot']}>{foot}</footer>}
    </aside>
  );
}
