// What stands under the list: how many are chosen, the one PIN, the progress, or what became of it.
import type { BatchDto, BatchRun } from '../../../shared/contract/batch.ts';
import { fill, plural, useTexts } from '../../shared/i18n/language.ts';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { PinFoot } from '../../shared/signing/pin-foot.tsx';
import { usePinTries } from '../../shared/signing/pin-tries.ts';
import { navigate } from '../../shared/state/navigation.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice, RefusalNotice } from '../../shared/ui/notice.tsx';
import { drop, prepare, sign, stop, toSign, useBatch } from './batch-store.ts';
import styles from './batch.module.css';

export function ChooseFoot() {
  const t = useTexts().batch;
  const chosen = useBatch((s) => s.ticked.size);
  const busy = useBatch((s) => s.busy);
  const refusal = useBatch((s) => s.refusal);
  useKeys('screen', { sign: () => void prepare() });
  return (
    <footer className={styles['foot']}>
      {refusal !== null && <RefusalNotice refusal={refusal} />}
      <div className={styles['keys']}>
        <span role="status">{plural(chosen, t.picked)}</span>
        <Button
          look="primary"
          size="large"
          command="sign"
          busy={busy}
          aria-disabled={chosen === 0}
          data-testid="batch-prepare"
          onClick={() => void prepare()}
        >
          {busy ? t.preparing : t.prepare}
        </Button>
      </div>
    </footer>
  );
}

/** One PIN for all, or for the next one where the token wants it each time. */
export function SignFoot({ batch }: { readonly batch: BatchDto }) {
  const t = useTexts().batch;
  const leftOut = useBatch((s) => s.leftOut);
  const busy = useBatch((s) => s.busy);
  const refusal = useBatch((s) => s.refusal);
  const tries = usePinTries(refusal);
  const waiting = toSign(batch, leftOut);
  const next = waiting[0];
  const each = batch.pinAlways;
  const above = (
    <>
      {refusal !== null && <RefusalNotice refusal={refusal} />}
      {each && waiting.length > 0 && (
        <Notice tone="look" testId="batch-pin-always">
          {fill(t.pinAlwaysNote, { n: waiting.length })}
        </Notice>
      )}
      {batch.run !== null && <Ended batch={batch} run={batch.run} />}
    </>
  );
  if (next === undefined) {
    return (
      <footer className={styles['foot']}>
        {above}
        <div className={styles['keys']}>
          <Button look="quiet" command="back" data-testid="batch-back" onClick={() => void drop()}>
            {batch.run === null ? t.back : t.done}
          </Button>
        </div>
      </footer>
    );
  }
  return (
    <footer className={styles['foot']}>
      <PinFoot
        wide
        scope="screen"
        label={each ? fill(t.pinAlways, { ticket: next.ticket }) : t.pin}
        tries={tries}
        busy={busy}
        back={{ words: t.back, testId: 'batch-back', onClick: () => void drop() }}
        sign={{
          words: busy ? t.signing : each ? t.signNext : fill(t.sign, { n: waiting.length }),
          testId: 'batch-sign',
        }}
        onPin={(pin) => void sign(pin)}
      >
        {above}
      </PinFoot>
    </footer>
  );
}

export function RunFoot({ run }: { readonly run: BatchRun }) {
  const t = useTexts().batch;
  const { done, all, secondsLeft } = run;
  const left =
    secondsLeft === null
      ? ''
      : secondsLeft < 90
        ? fill(t.secondsLeft, { n: secondsLeft })
        : fill(t.minutesLeft, { n: Math.ceil(secondsLeft / 60) });
  const words = fill(t.progress, { done, all });
  return (
    <footer className={styles['foot']} data-testid="batch-run">
      <progress className={styles['progress']} max={all} value={done} aria-label={words} />
      <div className={styles['keys']}>
        <span data-testid="batch-progress">
          {words}
          {left !== '' && `, ${left}`}
        </span>
        <Button
          command="back"
          busy={run.stopping}
          data-testid="batch-stop"
          onClick={() => void stop()}
        >
          {run.stopping ? t.stopping : t.stop}
        </Button>
      </div>
    </footer>
  );
}

/** What was signed, why it ended, what is left. */
function Ended({ batch, run }: { readonly batch: BatchDto; readonly run: BatchRun }) {
  const t = useTexts().batch;
  const { items } = batch;
  const signed = items.filter(({ state }) => state === 'signed').length;
  const rest = items.filter(({ state }) => state === 'waiting').length;
  const { ended, params } = run;
  const whole = signed === items.length;
  return (
    <>
      {ended !== null && ended !== 'stopped' && ended !== 'locked' && (
        <RefusalNotice refusal={{ code: ended, params }} />
      )}
      <Notice tone={whole ? 'accent' : 'look'} testId="batch-ended">
        <p>
          {whole ? fill(t.ended.whole, { n: signed }) : null}
          {!whole && fill(t.ended.some, { n: signed, all: items.length })}{' '}
          {(ended === 'stopped' || ended === 'locked') && t.ended[ended]}{' '}
          {rest > 0 && fill(t.ended.rest, { n: rest })}
        </p>
        {signed > 0 && (
          <Button look="quiet" onClick={() => navigate({ screen: 'outbox' })}>
            {t.outbox}
          </Button>
        )}
      </Notice>
    </>
  );
}
