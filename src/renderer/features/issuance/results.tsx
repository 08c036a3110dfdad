// What the counter shows when a ticket cannot be issued, was refused, or was handed over.
import {
  IconCircleCheck,
  IconClock,
  IconHandStop,
  IconMapPinOff,
  IconPlugConnectedX,
  IconTicketOff,
  IconTruckDelivery,
  IconUsers,
} from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { formatDateTime, formatTime } from '../../shared/format/format.ts';
import { byLanguage, fill, refusalText, useTexts } from '../../shared/i18n/language.ts';
import { PaperButton } from '../../shared/papers/paper-button.tsx';
import { CitizenText } from '../../shared/signing/citizen-text.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { PromiseMark } from '../../shared/ui/promise-mark.tsx';
import { nobody, openTicket } from './desk-deeds.ts';
import { useDesk, type Result } from './issuance-store.ts';
import styles from './issuance.module.css';
import own from './results.module.css';

const ICONS = {
  'already-issued': IconCircleCheck,
  'not-arrived': IconTruckDelivery,
  'ticket-unknown': IconTicketOff,
  'not-found': IconTicketOff,
  'out-of-scope': IconMapPinOff,
  'claimed-by-other': IconUsers,
  'line-dead': IconPlugConnectedX,
  'wrong-stage': IconClock,
} as const;
type Known = keyof typeof ICONS;
const isKnown = (code: string): code is Known => code in ICONS;

function NextTicket({ label }: { readonly label: string }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <Button ref={button} look="primary" size="counter" data-testid="next-ticket" onClick={nobody}>
      {label}
    </Button>
  );
}

/** The paper of what has just been done, beside the way to the next citizen; who left gets none. */
function DonePaper({ result }: { readonly result: Result }) {
  const applicationId = useDesk((s) => s.card?.applicationId);
  if (applicationId === undefined) return null;
  if (result.kind === 'signed')
    return result.state === 'refused' ? null : (
      <PaperButton size="counter" paper={{ kind: 'receipt', applicationId }} />
    );
  return result.reason === 'abandoned' ? null : (
    <PaperButton size="counter" paper={{ kind: 'refusal', applicationId, reportId: null }} />
  );
}

export function TicketProblem() {
  const all = useTexts();
  const t = all.issuance.state;
  const problem = useDesk((s) => s.problem);
  if (problem === null) return null;
  const { code, params } = problem.refusal;
  const known = isKnown(code);
  const Icon = known ? ICONS[code] : IconHandStop;
  const words = known ? t[code] : null;
  const other = refusalText(problem.refusal);
  const stage = params?.['stage'];
  const stageWords =
    typeof stage === 'string' && stage in all.common.stages
      ? all.common.stages[stage as keyof typeof all.common.stages]
      : '–';
  const extra =
    code === 'already-issued' && typeof params?.['at'] === 'string'
      ? fill(t['already-issued'].at, { at: formatDateTime(params['at']) })
      : code === 'claimed-by-other'
        ? [
            byLanguage(
              String(params?.['departmentRu'] ?? params?.['department'] ?? ''),
              String(params?.['departmentKz'] ?? params?.['department'] ?? ''),
            ),
            typeof params?.['until'] === 'string' ? formatTime(params['until']) : '',
          ]
            .filter((part) => part !== '')
            .join(' · ')
        : null;
  return (
    <div className={styles['big']} data-tone="look" data-testid={`ticket-${code}`} role="alert">
      <Icon size={56} stroke={1.3} aria-hidden />
      <p className={own['asked']}>{fill(t.asked, { ticket: problem.asked })}</p>
      <h1>{words?.title ?? other.title}</h1>
      <p>{words === null ? other.todo : fill(words.text, { stage: stageWords })}</p>
      {extra !== null && extra !== '' && <p className={own['extra']}>{extra}</p>}
      <div className={own['bigKeys']}>
        <Button size="counter" onClick={() => void openTicket(problem.asked)}>
          {t.tryAgain}
        </Button>
        <NextTicket label={all.issuance.refused.next} />
      </div>
    </div>
  );
}

export function ResultState({ result }: { readonly result: Result }) {
  const all = useTexts();
  if (result.kind === 'refused') {
    const t = all.issuance.refused[result.reason];
    return (
      <div
        className={styles['big']}
        data-tone="refused"
        data-testid={`refused-${result.reason}`}
        role="status"
      >
        <IconHandStop size={56} stroke={1.3} aria-hidden />
        <p className={own['asked']}>{result.name}</p>
        <h1>{t.title}</h1>
        <p>{t.text}</p>
        <div className={own['citizen']}>
          <CitizenText ru={t.citizenRu} kz={t.citizenKz} />
        </div>
        <div className={own['bigKeys']}>
          <DonePaper result={result} />
          <NextTicket label={all.issuance.refused.next} />
        </div>
      </div>
    );
  }
  const t = all.issuance.done;
  const accepted = result.state === 'accepted';
  const refused = result.state === 'refused';
  return (
    <div
      className={styles['big']}
      data-tone={refused ? 'bad' : 'done'}
      data-testid="handover-done"
      data-state={result.state}
      role="status"
    >
      {refused ? (
        <IconHandStop size={56} stroke={1.3} aria-hidden />
      ) : accepted ? (
        <IconCircleCheck size={56} stroke={1.3} aria-hidden />
      ) : (
        <IconClock size={56} stroke={1.3} aria-hidden />
      )}
      <p className={own['asked']}>
        {result.name} · № {result.card}
      </p>
      <h1>{refused ? t.refused : accepted ? t.accepted : t.queued}</h1>
      <PromiseMark state={result.state} />
      <p>{refused ? t.refusedText : accepted ? t.acceptedText : t.queuedText}</p>
      <div className={own['bigKeys']}>
        <DonePaper result={result} />
        <NextTicket label={t.next} />
      </div>
    </div>
  );
}
