// The button that writes the diagnostics bundle, and what became of it in words; the same with and without a log-in.
import { useState } from 'react';
import { call, type AnyRefusal } from '../bridge.ts';
import { fill, useTexts } from '../i18n/language.ts';
import { Button } from '../ui/button.tsx';
import { Notice, RefusalNotice } from '../ui/notice.tsx';

export function SaveDiagnostics({ quiet = false }: { readonly quiet?: boolean }) {
  const t = useTexts().readiness.diagnostics;
  const [busy, setBusy] = useState(false);
  const [path, setPath] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<AnyRefusal | null>(null);
  const save = async (): Promise<void> => {
    setBusy(true);
    setPath(null);
    setRefusal(null);
    const answer = await call('diagnostics.save', {});
    if (answer.ok) setPath(answer.value.path);
    else setRefusal(answer.refusal);
    setBusy(false);
  };
  return (
    <>
      <Button
        {...(quiet ? { look: 'quiet' as const } : {})}
        busy={busy}
        data-testid="diagnostics-save"
        onClick={() => void save()}
      >
        {busy ? t.saving : t.save}
      </Button>
      {path !== null && (
        <Notice tone="accent" testId="diagnostics-saved">
          {fill(t.saved, { path })}
        </Notice>
      )}
      {refusal !== null && <RefusalNotice refusal={refusal} />}
    </>
  );
}
