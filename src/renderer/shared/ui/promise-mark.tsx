// Promised is outlined, accepted is filled, refused is red: never mistaken for each other.
import { IconAlertTriangle, IconCheck, IconClock, IconPencilOff } from '@tabler/icons-react';
import type { ActState } from '../../../shared/contract/queue.ts';
import { useTexts } from '../i18n/language.ts';
import styles from './ui.module.css';

const LOOK = {
  intended: { look: 'refused', Icon: IconPencilOff },
  queued: { look: 'promised', Icon: IconClock },
  sending: { look: 'promised', Icon: IconClock },
  accepted: { look: 'accepted', Icon: IconCheck },
  refused: { look: 'refused', Icon: IconAlertTriangle },
} as const satisfies Record<ActState, unknown>;

export function PromiseMark({
  state,
  label,
}: {
  readonly state: ActState;
  readonly label?: string;
}) {
  const t = useTexts().common.acts;
  const { look, Icon } = LOOK[state];
  return (
    <span className={styles['promise']} data-look={look} data-state={state}>
      <Icon size={14} aria-hidden="true" />
      {label ?? t[state]}
    </span>
  );
}
