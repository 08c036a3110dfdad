// The outside services in the top line: quiet while they answer, named when they do not; opens the table.
import { IconX, IconWorld, IconWorldOff } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { ServiceDto, ServiceState as State } from '../../shared/contract/services.ts';
import { fill, useTexts } from '../shared/i18n/language.ts';
import { useKeys } from '../shared/keys/use-keys.ts';
import { Services } from '../shared/services/services.tsx';
import { useServices } from '../shared/state/services.ts';
import { Button } from '../shared/ui/button.tsx';
import frame from './app.module.css';
import styles from './outage.module.css';

const WORST: readonly State[] = ['outage', 'failing', 'up', 'unknown'];
/** One lost packet is not told in the top line. */
const shownAs = ({ state, doubt }: ServiceDto): State =>
  state === 'failing' && doubt === 'one-probe' ? 'up' : state;

function Sheet({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  useKeys('dialog', { back: onClose });
  return (
    <dialog
      ref={dialog}
      className={frame['sheet']}
      aria-label={t.services.title}
      data-testid="services-sheet"
      onClose={onClose}
    >
      <div className={frame['sheetInside']}>
        <header className={frame['sheetHead']}>
          <h2>{t.services.title}</h2>
          <Button
            look="quiet"
            aria-label={t.common.close}
            data-testid="services-close"
            onClick={onClose}
            icon={<IconX size={18} aria-hidden="true" />}
          />
        </header>
        <Services />
      </div>
    </dialog>
  );
}

export function ServiceState() {
  const t = useTexts().services;
  const { services } = useServices();
  const [open, setOpen] = useState(false);
  const states = services.map(shownAs);
  const state = WORST.find((each) => states.includes(each)) ?? 'unknown';
  const names = services.filter((each) => shownAs(each) === state).map(({ code }) => t.names[code]);
  const words = fill(t.status[state], { names: names.join(', ') });
  const told = state === 'outage' || state === 'failing';
  const Icon = told ? IconWorldOff : IconWorld;
  return (
    <>
      <button
        type="button"
        className={styles['state']}
        data-state={state}
        data-testid="services-state"
        title={words}
        aria-label={words}
        onClick={() => setOpen(true)}
      >
        <Icon size={17} stroke={1.7} aria-hidden="true" />
        {told && <span>{words}</span>}
      </button>
      {open && createPortal(<Sheet onClose={() => setOpen(false)} />, document.body)}
    </>
  );
}
