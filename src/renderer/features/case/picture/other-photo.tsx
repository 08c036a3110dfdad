// The photo beside the new one: its name or choice, its picture laid onto the same eyes, or why there is none.
import type { ComponentProps, ReactNode } from 'react';
import type { CaseDto, PictureDto } from '../../../../shared/contract/case.ts';
import type { Pixels } from '../../../../shared/kernel/card-frame.ts';
import { fill, useTexts } from '../../../shared/i18n/language.ts';
import { PictureProblem } from '../../../shared/picture/picture-problem.tsx';
import { useMarking } from '../marking-store.ts';
import type { Beside } from './advice.ts';
import type { Placement } from './align.ts';
import { BesideChoice } from './beside-choice.tsx';
import { Frame } from './frame.tsx';
import { Placed } from './layer.tsx';
import { Lit } from './lit.tsx';
import { useLooking } from './picture-store.ts';
import { photoOutlines, speaksOfBoth } from './regions.ts';
import { EyeMarks } from './seen.tsx';
import styles from './picture-tools.module.css';

type FrameProps = Pick<ComponentProps<typeof Frame>, 'onView' | 'ratio' | 'onLens' | 'signs'>;

interface Props extends FrameProps {
  readonly dto: CaseDto;
  readonly other: PictureDto | null;
  /** The picture laid on the sheet; null = it may not or cannot be drawn. */
  readonly layer: ReactNode;
  readonly found: CaseDto['measured']['reference'];
  readonly placement: Placement;
  readonly otherRatio: number;
  /** In pixels; null = not known. */
  readonly otherSize: Pixels | null;
  readonly trouble: ComponentProps<typeof PictureProblem>['problem'] | null;
  readonly beside: Beside;
  readonly choices: readonly Beside[];
}

export function OtherPhoto(props: Props) {
  const texts = useTexts();
  const t = texts.casework.photo;
  const p = texts.pictures;
  const marks = useLooking((s) => s.marks);
  const lit = useMarking((s) => s.lit);
  const { other, found, placement, otherRatio, otherSize, beside, ratio } = props;
  const { earlier } = props.dto.measured;
  const geometry = found?.geometry ?? null;
  const both = speaksOfBoth(lit);

  return (
    <figure className={styles['cell']}>
      <figcaption className={styles['caption']}>
        <BesideChoice beside={beside} choices={props.choices} ticket={earlier?.ticket ?? ''} />
        {beside === 'earlier' && earlier?.sameFile === true && (
          <span className={styles['quarrel']}>{p.beside.same}</span>
        )}
        {beside === 'reference' && otherSize !== null && other !== null && (
          <span className={styles['dim']}>{fill(t.size, { ...otherSize })}</span>
        )}
      </figcaption>
      {other === null ? (
        <div className={styles['frame']}>
          <div className={styles['nothing']}>
            <p>{t.noReference}</p>
            <p className={styles['dim']}>{t.noReferenceHint}</p>
          </div>
        </div>
      ) : props.layer === null ? (
        <div className={styles['frame']}>
          <PictureProblem problem={props.trouble ?? 'failed'} picture={other} />
        </div>
      ) : (
        <Frame
          onView={props.onView}
          ratio={ratio}
          onLens={props.onLens}
          signs={props.signs}
          label={p.frame.beside}
          testId="photo-reference"
          over={
            geometry !== null && (marks || both) ? (
              <Placed placement={placement} sheetRatio={ratio}>
                {both && <Lit outlines={photoOutlines(lit, geometry)} ratio={otherRatio} />}
                {marks && <EyeMarks geometry={geometry} ratio={otherRatio} />}
              </Placed>
            ) : null
          }
        >
          {props.layer}
        </Frame>
      )}
    </figure>
  );
}
