// The test field for a scanner: says what came and how; what was scanned is neither shown nor kept.
import { IconBarcode } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { ReadinessStep } from '../../../shared/contract/settings.ts';
import { call } from '../../shared/bridge.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import {
  judgeScan,
  NO_KEYS,
  noteKey,
  QUIET_MS,
  type ScanVerdict,
} from '../../shared/scan/judge-scan.ts';
import { isTerminator } from '../../shared/scan/wedge.ts';
import { Notice } from '../../shared/ui/notice.tsx';
import { SectionCard } from '../../shared/ui/section-card.tsx';
import styles from './readiness.module.css';

function Verdict({ verdict }: { readonly verdict: ScanVerdict }) {
  const t = useTexts().readiness.scanner;
  if (verdict.kind !== 'scan')
    return (
      <Notice tone="look" testId="scan-verdict" title={t.verdicts[verdict.kind].title}>
        {fill(t.verdicts[verdict.kind].todo, { length: verdict.length })}
      </Notice>
    );
  const { seen, slowestMs } = verdict;
  const facts = fill(t.facts, {
    length: seen.length,
    terminator: t.terminators[seen.terminator],
    gap: slowestMs,
  });
  const trap = seen.layout === 'cyrillic';
  return (
    <Notice tone={trap ? 'look' : 'accent'} testId="scan-verdict" title={facts}>
      {t.layouts[seen.layout]}
    </Notice>
  );
}

export function ScannerField({ onStep }: { readonly onStep: (step: ReadinessStep) => void }) {
  const t = useTexts().readiness.scanner;
  const keys = useRef(NO_KEYS);
  const quiet = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [verdict, setVerdict] = useState<ScanVerdict | null>(null);
  useEffect(() => () => clearTimeout(quiet.current), []);

  const end = (terminator: string | null): void => {
    clearTimeout(quiet.current);
    const judged = judgeScan(keys.current, terminator);
    keys.current = NO_KEYS;
    if (judged === null) return;
    setVerdict(judged);
    if (judged.kind === 'scan')
      void call('readiness.scanned', judged.seen).then((answer) => {
        if (answer.ok) onStep(answer.value);
      });
  };
  const hear = (event: KeyboardEvent<HTMLInputElement>): void => {
    const { key, code, shiftKey: shift, ctrlKey, altKey, metaKey, repeat, timeStamp } = event;
    if (isTerminator(code)) {
      // Tab of a hand goes on to the next control.
      if (keys.current.count === 0) return;
      event.preventDefault();
      return end(code);
    }
    if (ctrlKey || altKey || metaKey || repeat || key.length !== 1) return;
    event.preventDefault();
    keys.current = noteKey(keys.current, { key, code, shift, at: timeStamp });
    clearTimeout(quiet.current);
    quiet.current = setTimeout(() => end(null), QUIET_MS);
  };

  return (
    <SectionCard title={t.title} testId="scanner-test">
      <p className={styles['about']}>{t.about}</p>
      <label className={styles['scan']}>
        <IconBarcode size={22} stroke={1.5} aria-hidden="true" />
        <input
          readOnly
          value=""
          autoComplete="off"
          aria-label={t.label}
          placeholder={t.placeholder}
          data-testid="scanner-field"
          onKeyDown={hear}
        />
      </label>
      {verdict !== null && <Verdict verdict={verdict} />}
    </SectionCard>
  );
}
