// New photo and reference under one pair of eyes: side by side, blink, slider, onion; zoom and pan together.
import { useEffect, useState } from 'react';
import type { CaseDto, PictureDto } from '../../../../shared/contract/case.ts';
import { formatDate } from '../../../shared/format/format.ts';
import { fill, useTexts } from '../../../shared/i18n/language.ts';
import { PictureProblem } from '../../../shared/picture/picture-problem.tsx';
import { Frame } from './frame.tsx';
import { Guides } from './guides.tsx';
import { Layer, showable } from './layer.tsx';
import { NORM } from './norm.ts';
import { look, useLooking } from './picture-store.ts';
import { Toolbar } from './toolbar.tsx';
import styles from './picture-tools.module.css';

const ratioOf = (picture: PictureDto): number =>
  picture.width !== null && picture.height !== null && picture.height > 0
    ? picture.width / picture.height
    : NORM.width / NORM.height;

export function Workbench({ dto }: { readonly dto: CaseDto }) {
  const t = useTexts().casework.photo;
  const { mode, view, blinking, mix, guides, magnifier, lens } = useLooking();
  const [failed, setFailed] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => look.fresh(), [dto.applicationId]);

  const fail = (picture: PictureDto) => () =>
    setFailed((now) => new Set([...now, picture.url ?? '']));
  const drawn = (picture: PictureDto | null): picture is PictureDto & { url: string } =>
    showable(picture) && !failed.has(picture.url);

  const fresh = dto.photo;
  const reference = dto.referencePhoto;
  const ratio = ratioOf(fresh);
  const both = drawn(fresh) && drawn(reference);
  // Overlay modes need both pictures; with one of them away they fall back to side by side.
  const together = mode !== 'side' && both;

  const freshLayer = drawn(fresh) ? (
    <Layer picture={fresh} alt={fill(t.alt, { name: dto.name })} onFailed={fail(fresh)} />
  ) : null;
  const referenceLayer = drawn(reference) ? (
    <Layer
      picture={reference}
      alt={fill(t.altReference, { name: dto.name })}
      onFailed={fail(reference)}
    />
  ) : null;

  const shared = {
    view,
    onView: look.view,
    ratio,
    lens: magnifier ? lens : null,
    onLens: magnifier ? look.lens : undefined,
  };
  const over = together ? mode : blinking && both ? 'blink' : null;
  const clip = over === 'slider' ? `inset(0 0 0 ${mix * 100}%)` : 'none';
  const strength = over === 'onion' ? mix : over === 'blink' ? (blinking ? 1 : 0) : 1;

  return (
    <section className={styles['bench']} aria-label={t.heading}>
      <Toolbar together={both} />
      <div
        className={styles['stage']}
        data-together={together}
        data-testid="photo-stage"
        data-mode={mode}
      >
        <figure className={styles['cell']}>
          <figcaption className={styles['caption']}>
            {over !== null && over !== 'blink' ? (
              <>
                <strong>{t.fresh}</strong>
                <span className={styles['grow']} />
                <strong>{t.reference}</strong>
              </>
            ) : over === 'blink' && blinking ? (
              <strong>{t.reference}</strong>
            ) : (
              <>
                <strong>{t.fresh}</strong>
                <span>
                  {dto.photoTakenAt === null
                    ? t.takenUnknown
                    : fill(t.taken, { date: formatDate(dto.photoTakenAt) })}
                </span>
                {fresh.width !== null && fresh.height !== null && (
                  <span className={styles['dim']}>
                    {fill(t.size, { width: fresh.width, height: fresh.height })}
                  </span>
                )}
              </>
            )}
          </figcaption>
          {freshLayer === null ? (
            <div className={styles['frame']}>
              <PictureProblem problem={troubleOf(fresh, failed)} picture={fresh} />
            </div>
          ) : (
            <Frame {...shared} testId="photo-new">
              {freshLayer}
              {over !== null && referenceLayer !== null && (
                <div className={styles['top']} style={{ opacity: strength, clipPath: clip }}>
                  {referenceLayer}
                </div>
              )}
              {over === 'slider' && (
                <div className={styles['border']} style={{ left: `${mix * 100}%` }} aria-hidden />
              )}
              {guides && <Guides />}
            </Frame>
          )}
        </figure>
        {together ? null : (
          <figure className={styles['cell']}>
            <figcaption className={styles['caption']}>
              <strong>{t.reference}</strong>
            </figcaption>
            {reference === null ? (
              <div className={styles['frame']}>
                <div className={styles['nothing']}>
                  <p>{t.noReference}</p>
                  <p className={styles['dim']}>{t.noReferenceHint}</p>
                </div>
              </div>
            ) : referenceLayer === null ? (
              <div className={styles['frame']}>
                <PictureProblem problem={troubleOf(reference, failed)} picture={reference} />
              </div>
            ) : (
              <Frame {...shared} testId="photo-reference">
                {referenceLayer}
              </Frame>
            )}
          </figure>
        )}
      </div>
    </section>
  );
}

const troubleOf = (picture: PictureDto, failed: ReadonlySet<string>) =>
  picture.problem ??
  (failed.has(picture.url ?? '') ? ('failed' as const) : ('not-here-yet' as const));
