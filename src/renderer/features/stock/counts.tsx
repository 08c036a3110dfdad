// The sums of a dispatch, always in sight: how many came, are damaged, missing, not scanned, extra.
import type { DispatchRow } from '../../../shared/contract/stock.ts';
import { useTexts } from '../../shared/i18n/language.ts';
import styles from './stock.module.css';

const ORDER = ['expected', 'arrived', 'damaged', 'missing', 'unscanned', 'extra'] as const;

interface Props {
  readonly counts: DispatchRow['counts'];
  /** Zeros too: an empty place would move the others. */
  readonly all?: boolean;
}

export function Counts({ counts, all = false }: Props) {
  const t = useTexts().stock.counts;
  const usual: readonly string[] = ['expected', 'arrived', 'unscanned'];
  return (
    <dl className={styles['counts']} aria-label={t.label} data-testid="dispatch-counts">
      {ORDER.filter((each) => all || usual.includes(each) || counts[each] > 0).map((each) => (
        <div key={each} data-count={each} data-n={counts[each]}>
          <dd>{counts[each]}</dd>
          <dt>{t[each]}</dt>
        </div>
      ))}
    </dl>
  );
}
