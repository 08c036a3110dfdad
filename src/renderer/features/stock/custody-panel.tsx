// The statement of a custody act in words, its hash and the PIN; for a return the reason is asked first.
import { RETURN_REASONS } from '../../../shared/central/custody.ts';
import { fill, useTexts } from '../../shared/i18n/language.ts';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { SignFoot } from '../../shared/signing/sign-foot.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { Notice, RefusalNotice } from '../../shared/ui/notice.tsx';
import { Segmented } from '../../shared/ui/segmented.tsx';
import { SidePanel } from '../../shared/ui/side-panel.tsx';
import { TicketText } from '../../shared/ui/ticket-text.tsx';
import ui from '../../shared/ui/ui.module.css';
import { prepareReturn } from './card-deeds.ts';
import { CustodyWords } from './custody-words.tsx';
import { prepareAcceptance } from './dispatch-deeds.ts';
import { letGo, signCustody } from './stock-deeds.ts';
import { useStock, type Panel } from './stock-store.ts';
import styles from './stock.module.css';
import own from './custody.module.css';

function ReturnChoice() {
  const t = useTexts().stock.returning;
  const { chosen, reason, returnNote } = useStock();
  const remake = reason !== 'uncollected';
  return (
    <div className={styles['panelBody']}>
      <h3>{t.reason}</h3>
      <Segmented
        label={t.reason}
        value={reason}
        testId="return-reason"
        options={RETURN_REASONS.map((value) => ({ value, label: t.reasons[value] }))}
        onChange={(value) => useStock.setState({ reason: value })}
      />
      <label className={own['panelField']}>
        {remake ? t.noteRemake : t.noteFree}
        <textarea
          className={ui['input']}
          value={returnNote}
          rows={3}
          maxLength={500}
          autoFocus
          aria-required={remake}
          data-testid="return-note"
          onChange={(event) => useStock.setState({ returnNote: event.currentTarget.value })}
        />
      </label>
      <Notice tone="look">{remake ? t.remake : t.back}</Notice>
      <ul className={styles['cardLines']}>
        {[...chosen.values()].map((card) => (
          <li key={card.applicationId}>
            <TicketText ticket={card.ticket} />
            <span className={styles['num']}>{card.cardNumber}</span>
            <span>{card.place ?? ''}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Before the statement: for a return, the reason; while it is written or refused, the ways out. */
function PrepareFoot({ panel }: { readonly panel: Panel }) {
  const t = useTexts();
  const again = (): void => void (panel.what === 'return' ? prepareReturn() : prepareAcceptance());
  useKeys('panel', { sign: again });
  return (
    <div className={own['prepareFoot']}>
      {panel.refusal !== null && <RefusalNotice refusal={panel.refusal} />}
      <div>
        <Button look="quiet" command="back" onClick={letGo}>
          {t.stock.returning.cancel}
        </Button>
        <Button
          look="primary"
          size="large"
          command="sign"
          data-testid="custody-prepare"
          onClick={again}
        >
          {panel.what === 'return' ? t.stock.returning.prepare : t.act.panel.prepareAgain}
        </Button>
      </div>
    </div>
  );
}

export function CustodyPanel({ panel }: { readonly panel: Panel }) {
  const t = useTexts().stock;
  const { intent } = panel;
  const unscanned = useStock((s) => s.dispatch?.counts.unscanned ?? 0);
  const waits = intent === null && !panel.choosing && panel.refusal === null;
  return (
    <SidePanel
      title={t.panel[panel.what]}
      onClose={letGo}
      testId="custody-panel"
      focusInside={intent !== null || panel.choosing}
      {...(waits
        ? {}
        : {
            foot:
              intent === null ? (
                <PrepareFoot panel={panel} />
              ) : (
                <SignFoot
                  refusal={null}
                  sign={signCustody}
                  onClose={letGo}
                  onAgain={() =>
                    void (panel.what === 'return' ? prepareReturn() : againAcceptance())
                  }
                />
              ),
          })}
    >
      {intent !== null ? (
        <div className={styles['panelBody']}>
          {panel.what === 'acceptance' && unscanned > 0 && (
            <Notice tone="look" testId="unscanned-warn">
              {fill(t.dispatch.unscannedWarn, { n: unscanned })}
            </Notice>
          )}
          <CustodyWords intent={intent} />
        </div>
      ) : panel.choosing ? (
        <ReturnChoice />
      ) : waits ? (
        <p className={styles['quiet']} role="status">
          {t.panel.preparing}
        </p>
      ) : null}
    </SidePanel>
  );
}

/** The intent that went stale is let go before another is written. */
function againAcceptance(): Promise<void> {
  letGo();
  return prepareAcceptance();
}
