// The new photo as it will be printed: at true size, and enlarged beside with the norm's bands on demand.
import { useState } from 'react';
import type { CaseDto } from '../../../../shared/contract/case.ts';
import type { PortraitGeometry } from '../../../../shared/contract/measured.ts';
import { CARD, type CardFit, type Pixels } from '../../../../shared/kernel/card-frame.ts';
import { fill, useTexts } from '../../../shared/i18n/language.ts';
import { useSettings } from '../../../shared/state/session.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Bands, Print } from './card-print.tsx';
import { cardAddress, tooSmall } from './card.ts';
import { decimal } from './decimal.ts';
import { Frame } from './frame.tsx';
import { fitWith, headNorm, linesOf, outsideNorm, type HeadNorm } from './head-lines.ts';
import { look, useLooking } from './picture-store.ts';
import { ViewSign } from './view-menu.tsx';
import styles from './picture-tools.module.css';
import own from './card.module.css';

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
      <div className={own['noCard']}>
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
    <div className={own['cardView']} data-testid="card-view">
      <figure className={own['trueSize']}>
        <figcaption className={styles['caption']}>
          <strong>{t.trueSize}</strong>
        </figcaption>
        <div className={own['trueSizeRow']}>
          <div
            className={own['print']}
            data-testid="card-true-size"
            style={{ width: mm(CARD.widthMm), height: mm(CARD.heightMm) }}
          >
            {print}
          </div>
          <CardWords fit={fit} norm={headNorm(dto)} />
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
          <div className={own['printLarge']}>{print}</div>
        </Frame>
      </figure>
    </div>
  );
}

/** «36», «31,5». */
const brief = (value: number): string => decimal(value, Number.isInteger(value) ? 0 : 1);

/** What the cut comes out as: head, eyes, points across, and whether it can be printed at all. */
function CardWords({ fit, norm }: { readonly fit: CardFit; readonly norm: HeadNorm }) {
  const t = useTexts().pictures.card;
  return (
    <ul className={own['cardWords']}>
      <li data-outside={outsideNorm(fit.headMm, norm)}>
        {fill(t.head, { n: decimal(fit.headMm, 1) })}
        <span className={styles['dim']}>
          {' · '}
          {fill(t.headNorm, { min: brief(norm.min), max: brief(norm.max) })}
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
