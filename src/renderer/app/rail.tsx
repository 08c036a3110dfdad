// The left rail: icon and word for each screen the role may open.
import {
  IconActivity,
  IconAdjustments,
  IconBook2,
  IconChecklist,
  IconFileText,
  IconHistory,
  IconId,
  IconListDetails,
  IconPackages,
  IconSend,
  IconSignature,
} from '@tabler/icons-react';
import { useTexts } from '../shared/i18n/language.ts';
import { navigate, useNavigation, type Screen } from '../shared/state/navigation.ts';
import { useLine } from '../shared/state/session.ts';
import styles from './app.module.css';

const ICONS = {
  queue: IconListDetails,
  case: IconFileText,
  batch: IconSignature,
  issuance: IconId,
  stock: IconPackages,
  register: IconBook2,
  monitoring: IconActivity,
  outbox: IconSend,
  journal: IconHistory,
  readiness: IconChecklist,
  settings: IconAdjustments,
} as const satisfies Record<Screen, unknown>;

interface Props {
  readonly screens: readonly Screen[];
  readonly current: Screen;
}

export function Rail({ screens, current }: Props) {
  const t = useTexts().shell;
  const line = useLine();
  const shown = current === 'batch' ? 'queue' : current;
  const hasCase = useNavigation((s) => s.applicationId !== null);
  return (
    <nav className={styles['rail']} aria-label={t.rail}>
      {screens.map((screen, i) => {
        const Icon = ICONS[screen];
        const needsYou = screen === 'outbox' ? (line?.outboxNeedsYou ?? 0) : 0;
        return (
          <button
            key={screen}
            type="button"
            className={styles['railItem']}
            data-testid={`rail-${screen}`}
            data-faint={screen === 'case' && !hasCase}
            aria-current={screen === shown ? 'page' : undefined}
            title={`Alt ${(i + 1) % 10}`}
            onClick={() => navigate({ screen })}
          >
            <Icon size={22} stroke={1.6} aria-hidden="true" />
            <span>{t.screens[screen]}</span>
            {needsYou > 0 && <span className={styles['railCount']}>{needsYou}</span>}
          </button>
        );
      })}
    </nav>
  );
}
