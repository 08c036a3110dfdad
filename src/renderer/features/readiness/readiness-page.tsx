// Readiness: the steps in order with result, time and the fix in one sentence.
import { IconAlertTriangle, IconCircleCheck, IconEye } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import type { ReadinessStep } from '../../../shared/contract/settings.ts';
import { call, type AnyRefusal } from '../../shared/bridge.ts';
import { formatNumber } from '../../shared/format/format.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import type { RefusalText } from '../../shared/i18n/text-types.ts';
import { Button } from '../../shared/ui/button.tsx';
import { ErrorState } from '../../shared/ui/empty-state.tsx';
import { Page } from '../../shared/ui/page.tsx';
import { SectionCard } from '../../shared/ui/section-card.tsx';
import { DiagnosticsCard } from './diagnostics-card.tsx';
import styles from './readiness.module.css';
import { ScannerField } from './scanner-field.tsx';

const ICONS = { ok: IconCircleCheck, look: IconEye, bad: IconAlertTriangle } as const;

type Table = Readonly<Record<string, string>>;

function Step({ step }: { readonly step: ReadinessStep }) {
  const t = useTexts();
  const words = t.readiness.steps[step.name];
  const Icon = ICONS[step.state];
  const refusals: Readonly<Record<string, RefusalText>> = t.refusals;
  const certificates: Table = t.login.reasons;
  const findings: Table = t.readiness.findings;
  const lineWhy: Readonly<Record<string, RefusalText>> = t.common.lineWhy;
  const refusal = step.name === 'line' ? lineWhy[step.code] : refusals[step.code];
  const certificate = step.name === 'certificate' ? certificates[step.code] : undefined;
  return (
    <li className={styles['step']} data-state={step.state} data-testid={`ready-${step.name}`}>
      <Icon size={22} stroke={1.6} aria-hidden="true" />
      <div>
        <h3>{words.title}</h3>
        <p>{words[step.state]}</p>
        {step.state !== 'ok' && refusal !== undefined && (
          <p>
            {fill(refusal.title, step.params)}. {fill(refusal.todo, step.params)}
          </p>
        )}
        {certificate !== undefined && <p>{certificate}</p>}
        {step.params['list'] !== undefined && (
          <details className={styles['list']}>
            <summary>{t.readiness.mechanismList}</summary>
            <p>{step.params['list']}</p>
          </details>
        )}
      </div>
      <span className={styles['facts']} title={fill(t.readiness.code, { code: step.code })}>
        {fill(findings[step.code] ?? '', step.params)}
      </span>
      <span className={styles['word']}>{t.readiness.states[step.state]}</span>
      <span className={styles['took']}>
        {formatNumber(step.tookMs)} {t.common.units.ms}
      </span>
    </li>
  );
}

export function ReadinessPage() {
  const t = useTexts().readiness;
  const [steps, setSteps] = useState<readonly ReadinessStep[] | null>(null);
  const [refusal, setRefusal] = useState<AnyRefusal | null>(null);
  const [busy, setBusy] = useState(true);
  const run = useCallback(async () => {
    setBusy(true);
    setRefusal(null);
    const answer = await call('readiness.run', {});
    if (answer.ok) setSteps(answer.value.steps);
    else setRefusal(answer.refusal);
    setBusy(false);
  }, []);
  const put = useCallback(
    (step: ReadinessStep) =>
      setSteps((all) => all?.map((each) => (each.name === step.name ? step : each)) ?? null),
    [],
  );
  useEffect(() => {
    // Started a tick later so that the page is painted before its checks begin.
    const timer = setTimeout(() => void run(), 0);
    return () => clearTimeout(timer);
  }, [run]);
  const worst = steps?.some((step) => step.state === 'bad')
    ? 'bad'
    : steps?.some((step) => step.state === 'look')
      ? 'look'
      : 'ok';
  const title = worst === 'bad' ? t.someBad : worst === 'look' ? t.someLook : t.allOk;
  return (
    <Page
      title={t.title}
      note={t.note}
      testId="readiness-page"
      aside={
        <Button busy={busy} data-testid="readiness-run" onClick={() => void run()}>
          {busy ? t.running : t.run}
        </Button>
      }
    >
      {refusal !== null && <ErrorState refusal={refusal} onRetry={() => void run()} />}
      {steps !== null && refusal === null && (
        <div className={styles['narrow']}>
          <SectionCard
            flush
            title={
              <span className={styles['sum']} data-state={worst} data-testid="readiness-sum">
                {title}
              </span>
            }
          >
            <ol aria-busy={busy}>
              {steps.map((step) => (
                <Step key={step.name} step={step} />
              ))}
            </ol>
          </SectionCard>
        </div>
      )}
      <div className={styles['narrow']} data-beside>
        <ScannerField onStep={put} />
        <DiagnosticsCard />
      </div>
    </Page>
  );
}
