// New photo and another under one pair of eyes: side by side, blink, slider, onion; zoom and pan together.
import { useEffect, useRef, useState } from 'react';
import type { CaseDto, PictureDto } from '../../../../shared/contract/case.ts';
import type { FileFacts } from '../../../../shared/contract/measured.ts';
import type { Pixels } from '../../../../shared/kernel/card-frame.ts';
import { formatDate } from '../../../shared/format/format.ts';
import { fill, useTexts } from '../../../shared/i18n/language.ts';
import { PictureProblem } from '../../../shared/picture/picture-problem.tsx';
import { useMarking } from '../marking-store.ts';
import { besides, earlierPicture } from './advice.ts';
import { AdviceLine } from './advice-line.tsx';
import { alignPupils, contain } from './align.ts';
import { BesideChoice } from './beside-choice.tsx';
import { DraftBoxes, DrawSheet } from './boxes.tsx';
import { BorderSlider } from './border-slider.tsx';
import { CardView } from './card-view.tsx';
import { FactsPanel } from './facts-panel.tsx';
import { Frame } from './frame.tsx';
import { Guides } from './guides.tsx';
import { Layer, Placed, showable } from './layer.tsx';
import { Lit } from './lit.tsx';
import { NORM } from './norm.ts';
import { OtherPhoto } from './other-photo.tsx';
import { look, useLooking } from './picture-store.ts';
import { photoOutlines } from './regions.ts';
import { Seen } from './seen.tsx';
import { useStageVars } from './stage-vars.ts';
import { Toolbar } from './toolbar.tsx';
import { LevelFilter, LevelSliders, ViewSign } from './view-menu.tsx';
import { filterOf } from './views.ts';
import styles from './picture-tools.module.css';
import own from './workbench.module.css';

/** Size as shown: the measured one knows the orientation the file asks for. */
function sizeOf(picture: PictureDto, facts: FileFacts | undefined): Pixels {
  const width = facts?.width ?? picture.width;
  const height = facts?.height ?? picture.height;
  return width !== null && height !== null && width > 0 && height > 0 ? { width, height } : NORM;
}

export function Workbench({ dto }: { readonly dto: CaseDto }) {
  const texts = useTexts();
  const t = texts.casework.photo;
  const p = texts.pictures;
  const mode = useLooking((s) => s.mode);
  const marks = useLooking((s) => s.marks);
  const guides = useLooking((s) => s.guides);
  const magnifier = useLooking((s) => s.magnifier);
  const align = useLooking((s) => s.align);
  const wished = useLooking((s) => s.beside);
  const card = useLooking((s) => s.card);
  const facts = useLooking((s) => s.facts);
  const filter = useLooking((s) => filterOf(s.filter));
  const lit = useMarking((s) => s.lit);
  const [failed, setFailed] = useState<ReadonlySet<string>>(new Set());
  const stage = useRef<HTMLDivElement>(null);
  useStageVars(stage, useLooking);
  useEffect(() => look.fresh(), [dto.applicationId]);

  const fail = (picture: PictureDto) => () =>
    setFailed((now) => new Set([...now, picture.url ?? '']));
  const drawn = (picture: PictureDto | null): picture is PictureDto & { url: string } =>
    showable(picture) && !failed.has(picture.url);

  const choices = besides(dto);
  const beside = choices.includes(wished) ? wished : 'reference';
  const fresh = dto.photo;
  const other = beside === 'earlier' ? earlierPicture(dto) : dto.referencePhoto;
  const { photo, reference, earlier } = dto.measured;
  const found = beside === 'earlier' ? (earlier?.photo ?? null) : reference;
  const size = sizeOf(fresh, photo?.file);
  const ratio = size.width / size.height;
  const geometry = photo?.geometry ?? null;
  const both = drawn(fresh) && drawn(other);
  // Overlay modes need both pictures; with one of them away they fall back to side by side.
  const together = mode !== 'side' && both;

  const otherSize = other === null ? NORM : sizeOf(other, found?.file);
  const otherRatio = otherSize.width / otherSize.height;
  const aligned =
    geometry === null || !found?.geometry
      ? null
      : alignPupils(found.geometry, otherRatio, geometry, ratio);
  const placement = (align ? aligned : null) ?? contain(otherRatio, ratio);

  const ticket = earlier?.ticket ?? '';
  const otherName = beside === 'earlier' ? fill(p.beside.earlierTitle, { ticket }) : t.reference;
  const otherAlt =
    beside === 'earlier'
      ? fill(p.beside.altEarlier, { ticket, name: dto.name })
      : fill(t.altReference, { name: dto.name });
  const otherLayer = drawn(other) ? (
    <Placed placement={placement} sheetRatio={ratio}>
      <Layer url={other.url} alt={otherAlt} filter={filter} onFailed={fail(other)} />
    </Placed>
  ) : null;

  const shared = {
    onView: look.view,
    ratio,
    onLens: magnifier ? look.lens : undefined,
    signs: <ViewSign />,
  };

  return (
    <section className={own['bench']} aria-label={t.heading}>
      <Toolbar
        together={both}
        measured={geometry !== null}
        alignable={aligned !== null}
        besides={choices}
      />
      <LevelSliders />
      <LevelFilter />
      <div
        ref={stage}
        className={styles['stage']}
        data-together={together && !card}
        data-testid="photo-stage"
        data-mode={mode}
        data-facts={facts}
        data-aligned={align && aligned !== null}
      >
        {card && drawn(fresh) ? (
          <CardView dto={dto} url={fresh.url} geometry={geometry} size={size} />
        ) : (
          <>
            <figure className={styles['cell']}>
              <figcaption className={styles['caption']}>
                <span className={styles['captionOther']}>
                  <strong>{otherName}</strong>
                </span>
                <span className={styles['captionFresh']}>
                  <strong>{t.fresh}</strong>
                  {together && (mode === 'slider' || mode === 'onion') ? (
                    <>
                      <BorderSlider />
                      <BesideChoice beside={beside} choices={choices} ticket={ticket} />
                    </>
                  ) : (
                    <>
                      <span>
                        {dto.photoTakenAt === null
                          ? t.takenUnknown
                          : fill(t.taken, { date: formatDate(dto.photoTakenAt) })}
                      </span>
                      {size !== NORM && (
                        <span className={styles['dim']}>{fill(t.size, { ...size })}</span>
                      )}
                      {dto.measured.pending && photo === null && (
                        <span className={styles['dim']}>{p.seen.pending}</span>
                      )}
                    </>
                  )}
                </span>
              </figcaption>
              {!drawn(fresh) ? (
                <div className={styles['frame']}>
                  <PictureProblem problem={troubleOf(fresh, failed)} picture={fresh} />
                </div>
              ) : (
                <Frame
                  {...shared}
                  label={p.frame.photo}
                  testId="photo-new"
                  over={
                    <div className={styles['overFresh']}>
                      <Lit outlines={photoOutlines(lit, geometry)} ratio={ratio} />
                      {geometry !== null && marks && (
                        <Seen dto={dto} geometry={geometry} size={size} />
                      )}
                      {geometry === null && guides && <Guides />}
                      <DraftBoxes dto={dto} picture="photo" />
                      <DrawSheet dto={dto} picture="photo" />
                    </div>
                  }
                >
                  <Layer
                    url={fresh.url}
                    alt={fill(t.alt, { name: dto.name })}
                    filter={filter}
                    onFailed={fail(fresh)}
                  />
                  {otherLayer !== null && (
                    <div className={styles['top']} aria-hidden>
                      {otherLayer}
                    </div>
                  )}
                  {together && mode === 'slider' && <div className={own['border']} aria-hidden />}
                </Frame>
              )}
            </figure>
            {together ? null : (
              <OtherPhoto
                {...shared}
                dto={dto}
                other={other}
                layer={otherLayer}
                found={found}
                placement={placement}
                otherRatio={otherRatio}
                otherSize={otherSize === NORM ? null : otherSize}
                trouble={other === null ? null : troubleOf(other, failed)}
                beside={beside}
                choices={choices}
              />
            )}
          </>
        )}
        {facts && <FactsPanel dto={dto} beside={beside} />}
      </div>
      <AdviceLine dto={dto} beside={beside} />
    </section>
  );
}

const troubleOf = (picture: PictureDto, failed: ReadonlySet<string>) =>
  picture.problem ??
  (failed.has(picture.url ?? '') ? ('failed' as const) : ('not-here-yet' as const));
