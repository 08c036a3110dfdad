// Signature sample beside the earlier one at equal height of strokes: views, overlay, blink; judged by eye only.
import { IconArrowsDiagonal, IconArrowsDiagonalMinimize2 } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { CaseDto, PictureDto } from '../../../../shared/contract/case.ts';
import { fill, useTexts } from '../../../shared/i18n/language.ts';
import { KEYMAP } from '../../../shared/keys/keymap.ts';
import { PictureProblem } from '../../../shared/picture/picture-problem.tsx';
import { Segmented } from '../../../shared/ui/segmented.tsx';
import { useMarking } from '../marking-store.ts';
import { alignBoxes, contain } from './align.ts';
import { DraftBoxes, DrawSheet } from './boxes.tsx';
import { INK_VIEWS, inkAddress } from './card.ts';
import { Frame } from './frame.tsx';
import { Layer, Placed, showable } from './layer.tsx';
import { Lit } from './lit.tsx';
import { lookSignature, useLooking, useSignature } from './picture-store.ts';
import { signatureOutlines } from './regions.ts';
import { SignatureMarks } from './signature-marks.tsx';
import { useStageVars } from './stage-vars.ts';
import styles from './picture-tools.module.css';
import own from './signature-strip.module.css';

const PAPER_RATIO = 3;
const ratioOf = (picture: PictureDto | null): number =>
  picture?.width && picture.height ? picture.width / picture.height : PAPER_RATIO;
const TINT = 'kualik-earlier-ink';
/** Light of the picture on the way from russet to white. */
const RUSSET = '0.05 0.17 0.02 0 0.76  0.14 0.47 0.05 0 0.34  0.2 0.68 0.07 0 0.05  0 0 0 1 0';

export function SignatureStrip({ dto }: { readonly dto: CaseDto }) {
  const texts = useTexts();
  const t = texts.casework.signature;
  const p = texts.pictures.signature;
  const { ink, overlay, tall } = useSignature();
  const marks = useLooking((s) => s.marks);
  const lit = useMarking((s) => s.lit);
  const [failed, setFailed] = useState<ReadonlySet<string>>(new Set());
  const strip = useRef<HTMLElement>(null);
  useStageVars(strip, useSignature);
  useEffect(() => lookSignature.fresh(), [dto.applicationId]);
  useEffect(() => () => lookSignature.hover(false), []);

  const fail = (url: string) => () => setFailed((now) => new Set([...now, url]));
  const drawn = (picture: PictureDto | null): picture is PictureDto & { url: string } =>
    showable(picture) && !failed.has(picture.url);
  /** The chosen view, or the picture itself where the view could not be made. */
  const addressOf = (picture: PictureDto & { url: string }): string => {
    const address = inkAddress(picture, ink);
    return address === null || failed.has(address) ? picture.url : address;
  };

  const fresh = dto.signature;
  const earlier = dto.referenceSignature;
  const found = dto.measured.signature?.geometry ?? null;
  const earlierFound = dto.measured.referenceSignature?.geometry ?? null;
  const ratio = ratioOf(fresh);
  const earlierRatio = ratioOf(earlier);
  const aligned =
    found === null || earlierFound === null || !drawn(earlier)
      ? null
      : alignBoxes(earlierFound.ink, earlierRatio, found.ink, ratio);
  const placement = aligned ?? contain(earlierRatio, ratio);
  const over = overlay && drawn(fresh) && drawn(earlier);
  const lost = [fresh, earlier].some(
    (picture) => drawn(picture) && failed.has(inkAddress(picture, ink) ?? ''),
  );

  const layer = (picture: PictureDto & { url: string }, alt: string, filter = 'none') => (
    <Layer url={addressOf(picture)} alt={alt} filter={filter} onFailed={fail(addressOf(picture))} />
  );
  const earlierLayer = drawn(earlier) ? (
    <Placed placement={placement} sheetRatio={ratio}>
      {layer(earlier, fill(t.altReference, { name: dto.name }), over ? `url(#${TINT})` : 'none')}
    </Placed>
  ) : null;
  const cell = (caption: string, inside: ReactNode) => (
    <figure className={styles['cell']}>
      {inside}
      <figcaption className={own['stripCaption']}>{caption}</figcaption>
    </figure>
  );
  const trouble = (picture: PictureDto) => (
    <div className={styles['frame']}>
      <PictureProblem
        compact
        picture={picture}
        problem={picture.problem ?? (picture.url === null ? 'not-here-yet' : 'failed')}
      />
    </div>
  );

  return (
    <section
      ref={strip}
      className={styles['strip']}
      data-tall={tall}
      data-overlay={over}
      data-testid="signature-strip"
      aria-label={`${t.heading}: ${t.fresh}, ${t.reference}`}
      onPointerEnter={() => lookSignature.hover(true)}
      onPointerLeave={() => lookSignature.hover(false)}
    >
      <Tint />
      <header className={own['stripHead']}>
        <strong>{t.heading}</strong>
        <Segmented
          label={`${p.view} · ${KEYMAP.signatureView.cap}`}
          value={ink}
          options={INK_VIEWS.map((value) => ({ value, label: p.views[value] }))}
          onChange={lookSignature.ink}
          testId="signature-views"
        />
        {drawn(fresh) && drawn(earlier) && (
          <label className={styles['tick']}>
            <input
              type="checkbox"
              checked={overlay}
              onChange={(event) => {
                lookSignature.overlay();
                event.currentTarget.blur();
              }}
              data-testid="signature-overlay"
            />
            {p.overlay}
          </label>
        )}
        {drawn(fresh) && drawn(earlier) && (
          <span className={styles['tip']}>
            <kbd className={styles['key']}>{KEYMAP.blinkSignature.cap}</kbd> {p.blink}
          </span>
        )}
        <span className={own['stripNote']}>
          {lost ? `${p.failed} · ` : ''}
          {over ? `${p.legend} · ` : ''}
          {p.byEye}
        </span>
        <button
          type="button"
          className={own['stripSize']}
          aria-label={tall ? t.reduce : t.enlarge}
          title={tall ? t.reduce : t.enlarge}
          onClick={(event) => {
            lookSignature.tall();
            if (event.detail > 0) event.currentTarget.blur();
          }}
        >
          {tall ? (
            <IconArrowsDiagonalMinimize2 size={16} aria-hidden />
          ) : (
            <IconArrowsDiagonal size={16} aria-hidden />
          )}
        </button>
      </header>
      {cell(
        over ? `${t.fresh} + ${t.reference.toLowerCase()}` : t.fresh,
        !drawn(fresh) ? (
          trouble(fresh)
        ) : (
          <Frame
            label={texts.pictures.frame.signature}
            onView={lookSignature.view}
            paper
            testId="signature-new"
            ratio={ratio}
            over={
              <div className={styles['overFresh']}>
                <Lit outlines={signatureOutlines(lit, found)} ratio={ratio} />
                {marks && found !== null && !over && <SignatureMarks geometry={found} />}
                <DraftBoxes dto={dto} picture="signature" />
                <DrawSheet dto={dto} picture="signature" />
              </div>
            }
          >
            {layer(fresh, fill(t.alt, { name: dto.name }))}
            {earlierLayer !== null && (
              <div className={styles['topInk']} aria-hidden>
                {earlierLayer}
              </div>
            )}
          </Frame>
        ),
      )}
      {over
        ? null
        : cell(
            aligned === null ? t.reference : `${t.reference} · ${p.equal}`,
            earlier === null ? (
              <div className={styles['frame']}>
                <div className={styles['nothing']}>
                  <p className={styles['dim']}>{t.noReference}</p>
                </div>
              </div>
            ) : earlierLayer === null ? (
              trouble(earlier)
            ) : (
              <Frame
                label={texts.pictures.frame.signature}
                onView={lookSignature.view}
                paper
                testId="signature-reference"
                ratio={ratio}
                over={
                  marks && earlierFound !== null ? (
                    <Placed placement={placement} sheetRatio={ratio}>
                      <SignatureMarks geometry={earlierFound} plain />
                    </Placed>
                  ) : null
                }
              >
                {earlierLayer}
              </Frame>
            ),
          )}
    </section>
  );
}

/** Ink of the earlier signature turns russet over the new one; paper stays white. */
function Tint() {
  return (
    <svg className={styles['defs']} width="0" height="0" aria-hidden>
      <filter id={TINT} colorInterpolationFilters="sRGB">
        <feColorMatrix values={RUSSET} type="matrix" />
      </filter>
    </svg>
  );
}
