// The signed export: what goes into the file, its kind, the PIN for this one signature, and where both files lie.
import { useState } from 'react';
import { REGISTER_FORMATS, type RegisterFormat } from '../../../shared/contract/register.ts';
import { call, type AnyRefusal, type ReplyOf } from '../../shared/bridge.ts';
import { formatNumber } from '../../shared/format/format.ts';
import { currentLanguage, fill, useTexts } from '../../shared/i18n/language.ts';
import { PinFoot } from '../../shared/signing/pin-foot.tsx';
import { usePinTries } from '../../shared/signing/pin-tries.ts';
import { useSession } from '../../shared/state/session.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice, RefusalNotice } from '../../shared/ui/notice.tsx';
import { Segmented } from '../../shared/ui/segmented.tsx';
import { SidePanel } from '../../shared/ui/side-panel.tsx';
import { closeExport, useRegister } from './register-store.ts';
import styles from './register.module.css';

function Done({ made }: { readonly made: ReplyOf<'register.export'> }) {
  const t = useTexts().register.exportPanel;
  return (
    <div className={styles['made']} data-testid="register-exported" role="status">
      <p>{fill(t.done, { n: formatNumber(made.rows) })}</p>
      <dl>
        <dt>{t.file}</dt>
        <dd data-testid="register-file">{made.path}</dd>
        <dt>{t.signature}</dt>
        <dd data-testid="register-signature">{made.signaturePath}</dd>
        <dt>SHA-256</dt>
        <dd>
          <code>{made.sha256}</code>
        </dd>
      </dl>
    </div>
  );
}

export function ExportPanel() {
  const t = useTexts().register.exportPanel;
  const { filter, total } = useRegister();
  const head = useSession()?.officer?.roles.includes('head') ?? false;
  const [format, setFormat] = useState<RegisterFormat>('xlsx');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<AnyRefusal | null>(null);
  const [made, setMade] = useState<ReplyOf<'register.export'> | null>(null);
  const tries = usePinTries(refusal);

  const sign = async (pin: string): Promise<void> => {
    setBusy(true);
    setRefusal(null);
    const language = currentLanguage();
    const answer = await call('register.export', { ...filter, format, language, pin });
    setBusy(false);
    if (answer.ok) return setMade(answer.value);
    setRefusal(answer.refusal);
  };

  const foot =
    made !== null ? (
      <Button look="primary" command="back" onClick={closeExport}>
        {t.close}
      </Button>
    ) : (
      <PinFoot
        scope="panel"
        tries={tries}
        busy={busy}
        back={{ words: t.cancel, onClick: closeExport }}
        sign={{ words: busy ? t.signing : t.sign, testId: 'register-sign' }}
        onPin={(pin) => void sign(pin)}
      >
        {refusal !== null && <RefusalNotice refusal={refusal} />}
      </PinFoot>
    );
  return (
    <SidePanel
      title={t.title}
      testId="register-export-panel"
      onClose={closeExport}
      focusInside
      foot={foot}
    >
      {made !== null ? (
        <Done made={made} />
      ) : (
        <div className={styles['what']}>
          <p>{fill(t.text, { n: formatNumber(total) })}</p>
          <Segmented
            label={t.format}
            value={format}
            testId="register-format"
            options={REGISTER_FORMATS.map((value) => ({ value, label: t[value] }))}
            onChange={setFormat}
          />
          <p>{t.images}</p>
          {head ? <Notice tone="look">{t.whole}</Notice> : <p>{t.masked}</p>}
        </div>
      )}
    </SidePanel>
  );
}
