// The new photo as it will be printed: at true size, and enlarged beside with the norm's bands on demand.
import { useState } from 'react';
import type { CaseDto, HeadLines } from '../../../../shared/contract/case.ts';
import type { PortraitGeometry } from '../../../../shared/contract/measured.ts';
import { CARD, type CardFit, type Pixels } from '../../../../shared/kernel/card-frame.ts';
import { fill, useTexts } from '../../../shared/i18n/language.ts';
import { useSettings } from '../../../shared/state/session.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { cardAddress, normLines, tooSmall, windowStyle } from './card.ts';
import { decimal } from './decimal.ts';
import { Frame } from './frame.tsx';
import { fitWith, linesOf } from './head-lines.ts';
import { look, useLooking } from './picture-store.ts';
import { ViewSign } from './view-menu.tsx';
import { filterOf } from './views.ts';
import styles from './picture-tools.module.css';

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

export function CardView(props: {
  readonly dto: CaseDto;
  readonly url: string;
  readonly geometry: PortraitGeometry | null;
  readonly size: Pixels;
}) {
  const t = useTexts().pictures.card;
  const { dto, geometry, size } = props;
  const { live, bands } = useLooking();
  const zoomPercent = useSettings()?.zoomPercent ?? 100;
  const [rough, setRough] = useState<string | null>(null);
  if (geometry === null) {
    return (
      <div className={styles['noCard']}>
        <p>{t.none}</p>
        <Button onClick={() => look.card()} command="card">
          {t.back}
        </Button>
      </div>
    );
  }

  const lines = live ?? linesOf(geometry, dto.measured.lines);
  const fit = fitWith(geometry, lines, size);
  const address = cardAddress(dto.photo.sha256, fit.frame);
  const print = (
    <Print
      url={props.url}
      fit={fit}
      // While a line is in the hand the screen itself shows the cut; the exact one is asked for once.
      exact={live === null ? address : null}
      alt={fill(t.alt, { name: dto.name })}
      onFailed={() => setRough(address)}
    />
  );
  // CSS millimetres shrink and grow with the officer's zoom of the screens; true size must not.
  const mm = (n: number): string => `${((n * 100) / zoomPercent).toFixed(3)}mm`;

  return (
    <div className={styles['cardView']} data-testid="card-view">
      <figure className={styles['trueSize']}>
        <figcaption className={styles['caption']}>
          <strong>{t.trueSize}</strong>
        </figcaption>
        <div className={styles['trueSizeRow']}>
          <div
            className={styles['print']}
            data-testid="card-true-size"
            style={{ width: mm(CARD.widthMm), height: mm(CARD.heightMm) }}
          >
            {print}
          </div>
          <CardWords fit={fit} />
        </div>
        <p className={styles['dim']}>
          {fill(t.trueSizeNote, { n: Math.round(window.devicePixelRatio * 100) })}
        </p>
        {rough === address && live === null && <p className={styles['dim']}>{t.rough}</p>}
      </figure>
      <figure className={styles['cell']}>
        <figcaption className={styles['caption']}>
          <strong>{t.enlarged}</strong>
          <label className={styles['tick']}>
            <input type="checkbox" checked={bands} onChange={look.bands} data-testid="card-bands" />
            {t.bands} <kbd className={styles['key']}>G</kbd>
          </label>
        </figcaption>
        <Frame
          label={fill(t.alt, { name: dto.name })}
          onView={look.view}
          ratio={CARD.widthMm / CARD.heightMm}
          over={bands ? <Bands fit={fit} lines={lines} /> : null}
          signs={<ViewSign />}
          testId="card-enlarged"
        >
          <div className={styles['printLarge']}>{print}</div>
        </Frame>
      </figure>
    </div>
  );
}

/** What the cut comes out as: head, eyes, points across, and whether it can be printed at all. */
function CardWords({ fit }: { readonly fit: CardFit }) {
  const t = useTexts().pictures.card;
  const outside = fit.headMm < CARD.headMinMm - 0.05 || fit.headMm > CARD.headMaxMm + 0.05;
  return (
    <ul className={styles['cardWords']}>
      <li data-outside={outside}>
        {fill(t.head, { n: decimal(fit.headMm, 1) })}
        <span className={styles['dim']}>
          {' · '}
          {fill(t.headNorm, { min: CARD.headMinMm, max: CARD.headMaxMm })}
        </span>
      </li>
      <li>{fill(t.eyes, { n: Math.round(fit.eyeLine * 100) })}</li>
      <li>{fill(t.width, { n: Math.round(fit.widthPx) })}</li>
      <li>{fit.whole ? t.whole : t.cut}</li>
      {tooSmall(fit) && (
        <li data-outside="true" data-testid="card-too-small">
          {t.small}
        </li>
      )}
    </ul>
  );
}

/** The cut by the screen, and over it the exact print as soon as the core has made it. */
function Print(props: {
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

function Bands(props: { readonly fit: CardFit; readonly lines: HeadLines }) {
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
