// At an outage of cl. 12: what to tell the citizen, in both languages side by side, and the slip; above the work, never on it.
import { IconWorldOff } from '@tabler/icons-react';
import { create } from 'zustand';
import { formatMoment, formatSeconds } from '../shared/format/format.ts';
import { useNow } from '../shared/format/use-now.ts';
import { fill, textsOf, useTexts, type Language } from '../shared/i18n/language.ts';
import { PaperButton } from '../shared/papers/paper-button.tsx';
import { inOutage, minutesText, useServices } from '../shared/state/services.ts';
import { Button } from '../shared/ui/button.tsx';
import styles from './outage.module.css';

/** The outages the officer has folded away; another one opens the banner again. */
const useFolded = create<{ outages: string }>(() => ({ outages: '' }));

export function OutageBanner() {
  const t = useTexts().services;
  const now = useNow();
  const { services, thresholdMinutes } = useServices();
  const folded = useFolded((s) => s.outages);
  const outages = inOutage(services);
  if (outages.length === 0) return null;
  const these = outages.map(({ outageId }) => outageId).join(' ');
  const open = folded !== these;
  const say = (language: Language): string => {
    const tree = textsOf(language);
    const names = outages.map(({ code }) => tree.papers.sheet.outage.names[code]).join(', ');
    return fill(tree.services.say, { names, minutes: minutesText(thresholdMinutes) });
  };
  return (
    <section className={styles['banner']} data-testid="outage-banner" data-open={open}>
      <header role="status">
        <IconWorldOff size={18} stroke={1.7} aria-hidden="true" />
        {outages.map(({ code, since }) => (
          <span key={code}>
            <strong>{fill(t.status.outage, { names: t.names[code] })}</strong>{' '}
            {fill(t.sinceFor, {
              when: formatMoment(since, now),
              amount: formatSeconds((now - Date.parse(since)) / 1000),
            })}
          </span>
        ))}
        <Button
          look="quiet"
          aria-expanded={open}
          data-testid="outage-fold"
          onClick={() => useFolded.setState({ outages: open ? these : '' })}
        >
          {open ? t.fold : t.unfold}
        </Button>
      </header>
      {open && (
        <div className={styles['inside']} aria-label={t.sayTitle} role="group">
          <blockquote lang="kk" data-testid="outage-say-kk">
            {say('kk')}
          </blockquote>
          <blockquote lang="ru" data-testid="outage-say-ru">
            {say('ru')}
          </blockquote>
          <div className={styles['slips']}>
            {outages.map(({ code, outageId }) => (
              <PaperButton
                key={outageId}
                paper={{ kind: 'outage', outageId }}
                label={outages.length === 1 ? t.slip : fill(t.slipOf, { name: t.names[code] })}
                size="large"
              />
            ))}
          </div>
        </div>
      )}
    </section>
  );
}
