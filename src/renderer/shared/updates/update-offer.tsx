// Asks the officer at a quiet moment whether the program may close for its new version; says when the old one ends.
import { useState } from 'react';
import type { UpdateDto } from '../../../shared/contract/updates.ts';
import { call, type AnyRefusal } from '../bridge.ts';
import { formatDateTime } from '../format/format.ts';
import { fill, useTexts } from '../i18n/language.ts';
import { Button } from '../ui/button.tsx';
import { Notice, RefusalNotice } from '../ui/notice.tsx';
import { useUpdate } from './use-update.ts';
import styles from './updates.module.css';

/** So long before its hard date an old version says so where officers log in. */
const NEAR_MS = 14 * 86_400_000;

export const isOffered = ({ state, install }: UpdateDto): boolean =>
  state === 'ready' && install === 'command';

/** The key that closes the program; refused in words while work is in hand. */
export function InstallKey({ onLater }: { readonly onLater?: () => void }) {
  const t = useTexts().settings.update.offer;
  const [state, setState] = useState<'idle' | 'asked' | 'closing'>('idle');
  const [refusal, setRefusal] = useState<AnyRefusal | null>(null);
  const install = async (): Promise<void> => {
    setState('asked');
    setRefusal(null);
    const answer = await call('updates.install', {});
    if (!answer.ok) setRefusal(answer.refusal);
    setState(answer.ok ? 'closing' : 'idle');
  };
  return (
    <>
      {refusal !== null && <RefusalNotice refusal={refusal} />}
      {state === 'closing' && <p role="status">{t.closing}</p>}
      <div className={styles['keys']}>
        <Button
          look="primary"
          busy={state !== 'idle'}
          data-testid="update-install"
          onClick={() => void install()}
        >
          {t.install}
        </Button>
        {onLater !== undefined && (
          <Button look="quiet" data-testid="update-later" onClick={onLater}>
            {t.later}
          </Button>
        )}
      </div>
    </>
  );
}

export function OfferNotice({
  update,
  onLater,
}: {
  readonly update: UpdateDto;
  readonly onLater?: () => void;
}) {
  const t = useTexts().settings.update.offer;
  const title = fill(t.title, { version: update.version ?? '' });
  return (
    <Notice tone="accent" title={title} testId="update-offer">
      <div className={styles['offer']}>
        <p>{t.text}</p>
        <InstallKey {...(onLater === undefined ? {} : { onLater })} />
      </div>
    </Notice>
  );
}

/** Before anybody works: what is ready to be installed, and a hard date that comes near. */
export function UpdateOffer() {
  const t = useTexts().settings.update;
  const update = useUpdate();
  const [opened] = useState(() => Date.now());
  if (update === null) return null;
  const { minimum } = update;
  const left = minimum === null ? null : Date.parse(minimum.from) - opened;
  return (
    <>
      {minimum !== null && left !== null && left > 0 && left < NEAR_MS && (
        <Notice tone="look" title={fill(t.near, { version: minimum.version })} testId="update-near">
          {fill(t.nearText, { at: formatDateTime(minimum.from) })}
        </Notice>
      )}
      {isOffered(update) && <OfferNotice update={update} />}
    </>
  );
}
