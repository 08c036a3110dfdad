// The 35 × 45 norm over the photo: crown band, eyes, centre; the officer lays the chin line on the chin.
import { useRef } from 'react';
import { fill, useTexts } from '../../../shared/i18n/language.ts';
import { NORM, guideLines } from './norm.ts';
import { look, useLooking } from './picture-store.ts';
import styles from './card.module.css';

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;

export function Guides() {
  const t = useTexts().casework.photo;
  const chinMm = useLooking((s) => s.chinMm);
  const layer = useRef<HTMLDivElement>(null);
  const lines = guideLines(chinMm);

  const drag = (event: React.PointerEvent): void => {
    if (!(event.buttons & 1) || layer.current === null) return;
    event.stopPropagation();
    const r = layer.current.getBoundingClientRect();
    look.chin(((event.clientY - r.top) / r.height) * NORM.height);
  };

  return (
    <div ref={layer} className={styles['guides']} data-testid="photo-guides">
      <div
        className={styles['band']}
        style={{
          top: percent(lines.crownHigh),
          height: percent(lines.crownLow - lines.crownHigh),
        }}
      >
        <span className={styles['guideLabel']}>{t.guideCrown}</span>
      </div>
      <div className={styles['eyes']} style={{ top: percent(lines.eyes) }}>
        <span className={styles['guideLabel']}>{t.guideEyes}</span>
      </div>
      <div className={styles['centre']} />
      <div
        className={styles['chin']}
        style={{ top: percent(lines.chin) }}
        role="slider"
        tabIndex={0}
        aria-label={t.guideMove}
        aria-orientation="vertical"
        aria-valuemin={NORM.headMin + 1}
        aria-valuemax={NORM.height - 1}
        aria-valuenow={Math.round(chinMm)}
        aria-valuetext={fill('{n} мм', { n: chinMm.toFixed(1) })}
        title={t.guideMove}
        onPointerDown={(event) => {
          event.stopPropagation();
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={drag}
        onKeyDown={(event) => {
          const by = event.code === 'ArrowUp' ? -0.5 : event.code === 'ArrowDown' ? 0.5 : 0;
          if (by === 0) return;
          event.preventDefault();
          event.stopPropagation();
          look.chin(chinMm + by);
        }}
      >
        <span className={styles['guideLabel']}>{t.guideChin}</span>
      </div>
    </div>
  );
}
