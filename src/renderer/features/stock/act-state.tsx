// What became of the acceptance: promised, accepted or refused, with the way out.
import type { DispatchDto } from '../../../shared/contract/stock.ts';
import { formatMoment } from '../../shared/format/format.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import { navigate } from '../../shared/state/navigation.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/notice.tsx';
import { PromiseMark } from '../../shared/ui/promise-mark.tsx';

/** Promised, accepted, refused: what became of our act, with the way out. */
export function ActState({ dispatch }: { readonly dispatch: DispatchDto }) {
  const t = useTexts().stock.dispatch;
  const words = useTexts().stock;
  const { accepted, act } = dispatch;
  if (accepted !== null)
    return (
      <Notice tone="accent" title={t.accepted} testId="dispatch-accepted">
        {fill(t.acceptedText, { when: formatMoment(accepted.at), officer: accepted.officerName })}
      </Notice>
    );
  if (act === null || act.state === 'intended') return null;
  if (act.state === 'refused')
    return (
      <Notice tone="bad" title={t.refused} testId="dispatch-refused">
        <p>{t.refusedText}</p>
        <Button onClick={() => navigate({ screen: 'outbox' })}>{words.toOutbox}</Button>
      </Notice>
    );
  return (
    <Notice title={t.promised} testId="dispatch-promised">
      <p>{t.promisedText}</p>
      <PromiseMark state={act.state} />
    </Notice>
  );
}
