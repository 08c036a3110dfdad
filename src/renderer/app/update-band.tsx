// A new version is ready: said above queue and readiness, where nobody is in the middle of anything; may be put off.
import { create } from 'zustand';
import { useNow } from '../shared/format/use-now.ts';
import { isOffered, OfferNotice } from '../shared/updates/update-offer.tsx';
import { useUpdate } from '../shared/updates/use-update.ts';
import styles from './app.module.css';

const LATER_MS = 2 * 60 * 60_000;
const usePutOff = create(() => ({ until: 0 }));

export function UpdateBand() {
  const update = useUpdate();
  const now = useNow();
  const until = usePutOff((s) => s.until);
  if (update === null || !isOffered(update) || now < until) return null;
  return (
    <div className={styles['keyBand']}>
      <OfferNotice
        update={update}
        onLater={() => usePutOff.setState({ until: Date.now() + LATER_MS })}
      />
    </div>
  );
}
