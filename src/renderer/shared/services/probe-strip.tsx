// The newest probes of one watcher as a strip: short and quiet = answered, tall and red = failed.
import type { ServiceProbe } from '../../../shared/central/services.ts';
import { formatTime } from '../format/format.ts';
import { fill, useTexts } from '../i18n/language.ts';
import styles from './services.module.css';

/** Half an hour on the usual beat. */
const SHOWN = 60;
const STEP = 4;
const HIGH = 18;
const LOW = 7;

export function ProbeStrip({ probes }: { readonly probes: readonly ServiceProbe[] }) {
  const t = useTexts().services;
  const shown = probes.slice(-SHOWN);
  if (shown.length === 0) return <span className={styles['quiet']}>{t.noProbes}</span>;
  const failed = shown.filter(({ ok }) => !ok).length;
  const word = (probe: ServiceProbe): string =>
    probe.because === null ? t.states.up : t.causes[probe.because];
  return (
    <svg
      className={styles['strip']}
      viewBox={`0 0 ${SHOWN * STEP} ${HIGH}`}
      role="img"
      aria-label={fill(t.strip, { all: shown.length, failed })}
    >
      {shown.map((probe, i) => (
        <rect
          key={probe.at}
          data-ok={probe.ok}
          x={(SHOWN - shown.length + i) * STEP}
          y={HIGH - (probe.ok ? LOW : HIGH)}
          width={STEP - 1}
          height={probe.ok ? LOW : HIGH}
        >
          <title>
            {fill(t.probe, { time: formatTime(probe.at), word: word(probe), ms: probe.tookMs })}
          </title>
        </rect>
      ))}
    </svg>
  );
}
