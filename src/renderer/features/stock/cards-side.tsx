// Beside the stock: the last scan, the cards chosen for a return, the acts of return signed lately.
import { formatMoment } from '../../shared/format/format.ts';
import { fill, plural, useTexts } from '../../shared/i18n/language.ts';
import { PaperButton } from '../../shared/papers/paper-button.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { PromiseMark } from '../../shared/ui/promise-mark.tsx';
import { KeyCap } from '../../shared/ui/kbd.tsx';
import { chooseNone, openReturn } from './card-deeds.ts';
import { ScanSaid } from './scan-said.tsx';
import { useStock } from './stock-store.ts';
import styles from './stock.module.css';
import own from './cards.module.css';

function Returns() {
  const t = useTexts().stock.cards;
  const returns = useStock((s) => s.returns);
  if (returns.length === 0) return null;
  return (
    <section className={own['returns']} aria-label={t.returns}>
      <h3>{t.returns}</h3>
      <ul>
        {returns.map((row) => (
          <li key={row.actId} data-testid="stock-return">
            <span>
              {fill(t.returnOf, {
                when: formatMoment(row.at),
                cards: row.cards,
                remakes: row.remakes,
              })}
            </span>
            <PromiseMark state={row.state} />
            {row.state !== 'refused' && row.state !== 'intended' && (
              <PaperButton look="quiet" paper={{ kind: 'return-act', actId: row.actId }} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Side({ may }: { readonly may: boolean }) {
  const words = useTexts().stock;
  const t = words.cards;
  const chosen = useStock((s) => s.chosen);
  return (
    <aside className={styles['table']}>
      {may && (
        <>
          <ScanSaid extraText={words.scan.elsewhereText} />
          <div className={own['chosen']} data-testid="stock-chosen" data-n={chosen.size}>
            <p>{chosen.size === 0 ? t.returnNothing : plural(chosen.size, t.chosen)}</p>
            <Button
              look="primary"
              size="large"
              command="sign"
              aria-disabled={chosen.size === 0}
              data-testid="stock-return-chosen"
              onClick={openReturn}
            >
              {t.return}
            </Button>
            {chosen.size > 0 && (
              <Button look="quiet" data-testid="stock-choose-none" onClick={chooseNone}>
                {t.none}
                <KeyCap>U</KeyCap>
              </Button>
            )}
          </div>
        </>
      )}
      <Returns />
    </aside>
  );
}
