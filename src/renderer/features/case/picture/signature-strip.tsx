// The signature sample beside the earlier one, on paper white, zoomed together, taller on demand.
import { IconArrowsDiagonal, IconArrowsDiagonalMinimize2 } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import type { CaseDto, PictureDto } from '../../../../shared/contract/case.ts';
import { fill, useTexts } from '../../../shared/i18n/language.ts';
import { PictureProblem } from '../../../shared/picture/picture-problem.tsx';
import { Frame } from './frame.tsx';
import { Layer, showable } from './layer.tsx';
import { WHOLE, type View } from './view.ts';
import styles from './picture-tools.module.css';

export function SignatureStrip({ dto }: { readonly dto: CaseDto }) {
  const t = useTexts().casework.signature;
  const [view, setView] = useState<View>(WHOLE);
  const [tall, setTall] = useState(false);
  const [failed, setFailed] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => setView(WHOLE), [dto.applicationId]);
  const onView = useCallback((change: (view: View) => View) => setView(change), []);

  const cell = (picture: PictureDto | null, caption: string, alt: string, testId: string) => (
    <figure className={styles['cell']}>
      <figcaption className={styles['caption']}>
        <strong>{caption}</strong>
      </figcaption>
      {picture === null ? (
        <div className={styles['frame']}>
          <div className={styles['nothing']}>
            <p className={styles['dim']}>{t.noReference}</p>
          </div>
        </div>
      ) : showable(picture) && !failed.has(picture.url) ? (
        <Frame
          view={view}
          onView={onView}
          paper
          testId={testId}
          ratio={(picture.width ?? 3) / (picture.height ?? 1)}
        >
          <Layer
            picture={picture}
            alt={alt}
            onFailed={() => setFailed((now) => new Set([...now, picture.url]))}
          />
        </Frame>
      ) : (
        <div className={styles['frame']}>
          <PictureProblem
            compact
            picture={picture}
            problem={picture.problem ?? (picture.url === null ? 'not-here-yet' : 'failed')}
          />
        </div>
      )}
    </figure>
  );

  return (
    <section
      className={styles['strip']}
      data-tall={tall}
      aria-label={`${t.heading}: ${t.fresh}, ${t.reference}`}
    >
      {cell(
        dto.signature,
        `${t.heading}: ${t.fresh.toLowerCase()}`,
        fill(t.alt, { name: dto.name }),
        'signature-new',
      )}
      {cell(
        dto.referenceSignature,
        t.reference,
        fill(t.altReference, { name: dto.name }),
        'signature-reference',
      )}
      <button
        type="button"
        className={styles['stripSize']}
        aria-label={tall ? t.reduce : t.enlarge}
        title={tall ? t.reduce : t.enlarge}
        onClick={(event) => {
          setTall(!tall);
          if (event.detail > 0) event.currentTarget.blur();
        }}
      >
        {tall ? (
          <IconArrowsDiagonalMinimize2 size={16} aria-hidden />
        ) : (
          <IconArrowsDiagonal size={16} aria-hidden />
        )}
      </button>
    </section>
  );
}
