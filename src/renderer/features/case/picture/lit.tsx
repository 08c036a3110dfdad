// Lights the place a pointed-at measure speaks of: dim around it, an outline along it.
import type { Point } from '../../../../shared/contract/measured.ts';
import { pathOf } from './regions.ts';
import styles from './overlays.module.css';

const UNITS = 1000;

export function Lit(props: {
  readonly outlines: readonly (readonly Point[])[];
  readonly ratio: number;
}) {
  if (props.outlines.length === 0) return null;
  const width = props.ratio * UNITS;
  const path = pathOf(props.outlines, width, UNITS);
  return (
    <svg
      className={styles['lit']}
      viewBox={`0 0 ${width} ${UNITS}`}
      preserveAspectRatio="none"
      data-testid="lit-place"
      aria-hidden
    >
      <path className={styles['dimmed']} d={`M0 0H${width}V${UNITS}H0Z${path}`} />
      <path className={styles['outlineUnder']} d={path} />
      <path className={styles['outline']} d={path} />
    </svg>
  );
}
