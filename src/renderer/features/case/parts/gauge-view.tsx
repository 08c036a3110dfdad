// The little scale of a measure: norm, tolerated, and where the value stands; the words beside it say the same.
import type { CSSProperties } from 'react';
import type { Gauge } from './gauge.ts';
import styles from './checks.module.css';

const part = ([from, to]: readonly [number, number]): CSSProperties => ({
  left: `${from * 100}%`,
  width: `${Math.max(0, to - from) * 100}%`,
});

export function GaugeView({ gauge, state }: { readonly gauge: Gauge; readonly state: string }) {
  return (
    <div className={styles['gauge']} aria-hidden="true" data-state={state}>
      <span className={styles['gaugeAllowed']} style={part(gauge.tolerated)} />
      <span className={styles['gaugeNorm']} style={part(gauge.agrees)} />
      <span className={styles['gaugeValue']} style={{ left: `${gauge.value * 100}%` }} />
    </div>
  );
}
