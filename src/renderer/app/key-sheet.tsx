// The sheet of keys, drawn from the one table; opened by `?`, closed by Escape.
import { IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import { useTexts } from '../shared/i18n/language.ts';
import { KEY_COMMANDS, KEY_GROUPS, KEYMAP } from '../shared/keys/keymap.ts';
import { useKeys } from '../shared/keys/use-keys.ts';
import { Button } from '../shared/ui/button.tsx';
import { Kbd } from '../shared/ui/kbd.tsx';
import styles from './app.module.css';

const useSheet = create(() => ({ open: false }));
export const openKeySheet = (): void => useSheet.setState({ open: true });
const closeKeySheet = (): void => useSheet.setState({ open: false });

function Sheet() {
  const t = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  useKeys('dialog', { back: closeKeySheet, keys: closeKeySheet });
  return (
    <dialog
      ref={dialog}
      className={styles['sheet']}
      aria-label={t.shell.help.title}
      data-testid="key-sheet"
      onClose={closeKeySheet}
      onClick={(event) => {
        if (event.target === dialog.current) closeKeySheet();
      }}
    >
      <div className={styles['sheetInside']}>
        <header className={styles['sheetHead']}>
          <h2>{t.shell.help.title}</h2>
          <Button
            look="quiet"
            aria-label={t.common.close}
            onClick={closeKeySheet}
            icon={<IconX size={18} aria-hidden="true" />}
          />
        </header>
        <p className={styles['quiet']}>{t.shell.help.note}</p>
        <div className={styles['sheetGroups']}>
          {KEY_GROUPS.map((group) => (
            <section key={group}>
              <h3>{t.shell.help.groups[group]}</h3>
              <dl className={styles['keys']}>
                {KEY_COMMANDS.filter((command) => KEYMAP[command].group === group).map(
                  (command) => (
                    <div key={command}>
                      <dt>
                        <Kbd command={command} />
                        <span className={styles['hidden']}>{KEYMAP[command].cap}</span>
                      </dt>
                      <dd>{t.shell.help.commands[command]}</dd>
                    </div>
                  ),
                )}
              </dl>
            </section>
          ))}
        </div>
      </div>
    </dialog>
  );
}

export function KeySheet() {
  const open = useSheet((s) => s.open);
  useKeys('frame', { keys: openKeySheet });
  return open ? <Sheet /> : null;
}
