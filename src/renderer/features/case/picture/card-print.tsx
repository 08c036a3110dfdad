// The cut to the card: by the screen at once, exact as soon as the core has made it; and the norm drawn over it.
import { useState } from 'react';
import type { HeadLines } from '../../../../shared/contract/case.ts';
import type { CardFit } from '../../../../shared/kernel/card-frame.ts';
import { useTexts } from '../../../shared/i18n/language.ts';
import { normLines, windowStyle } from './card.ts';
import { useLooking } from './picture-store.ts';
import { filterOf } from './views.ts';
import styles from './card.module.css';

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

/** The cut by the screen, and over it the exact print as soon as the core has made it. */
export function Print(props: {
  readonly url: string;
  readonly fit: CardFit;
  readonly exact: string | null;
  readonly alt: string;
  readonly onFailed: () => void;
}) {
  const filter = useLooking((s) => filterOf(s.filter));
  const [ready, setReady] = useState<string | null>(null);
  const look = filter === 'none' ? {} : { filter };
  const { exact } = props;
  return (
    <div className={styles['cut']}>
      <img
        className={styles['cutPhoto']}
        style={{ ...windowStyle(props.fit.frame), ...look }}
        src={props.url}
        alt={props.alt}
        draggable={false}
      />
      {exact !== null && (
        <img
          className={styles['cutExact']}
          style={look}
          src={exact}
          alt=""
          draggable={false}
          data-ready={ready === exact}
          onLoad={() => setReady(exact)}
          onError={props.onFailed}
        />
      )}
    </div>
  );
}

export function Bands(props: { readonly fit: CardFit; readonly lines: HeadLines }) {
  const t = useTexts().pictures.card;
  const seen = useTexts().pictures.seen;
  const norm = normLines(props.fit, props.lines);
  return (
    <div className={styles['guides']} data-testid="card-norm">
      <div
        className={styles['band']}
        style={{
          top: percent(Math.max(0, norm.crownHigh)),
          height: percent(norm.crownLow - Math.max(0, norm.crownHigh)),
        }}
      >
        <span className={styles['guideLabel']}>{t.bandCrown}</span>
      </div>
      <div className={styles['crownAt']} style={{ top: percent(norm.crown) }}>
        <span className={styles['guideLabelEnd']}>{seen.crown}</span>
      </div>
      <div className={styles['eyes']} style={{ top: percent(norm.eyes) }}>
        <span className={styles['guideLabel']}>{t.bandEyes}</span>
      </div>
      <div className={styles['eyesAt']} style={{ top: percent(props.fit.eyeLine) }}>
        <span className={styles['guideLabelEnd']}>{seen.eyes}</span>
      </div>
      <div className={styles['centre']} />
      <div className={styles['crownAt']} style={{ top: percent(norm.chin) }}>
        <span className={styles['guideLabelEnd']}>{seen.chin}</span>
      </div>
    </div>
  );
}
