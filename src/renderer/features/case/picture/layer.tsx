// The picture on its sheet, at once replaced by words when it must not or cannot be shown.
import { useState, type ReactNode } from 'react';
import type { PictureDto } from '../../../../shared/contract/case.ts';
import { styleOf, type Placement } from './align.ts';
import styles from './frame.module.css';

/** Whether the picture may be drawn; the address is never guessed. */
export const showable = (picture: PictureDto | null): picture is PictureDto & { url: string } =>
  picture !== null && picture.problem === null && picture.url !== null;

interface Props {
  readonly url: string;
  readonly alt: string;
  readonly onFailed: () => void;
  /** CSS filter of the view the officer chose; the file stays as it is. */
  readonly filter?: string;
}

export function Layer({ url, alt, onFailed, filter = 'none' }: Props) {
  const [ready, setReady] = useState<string | null>(null);
  return (
    <img
      className={styles['image']}
      style={filter === 'none' ? undefined : { filter }}
      data-ready={ready === url}
      src={url}
      alt={alt}
      draggable={false}
      decoding="sync"
      onLoad={() => setReady(url)}
      onError={onFailed}
    />
  );
}

/** Lays a picture and its marks where the placement says on a sheet of `sheetRatio`. */
export function Placed(props: {
  readonly placement: Placement;
  readonly sheetRatio: number;
  readonly children: ReactNode;
}) {
  return (
    <div className={styles['placed']} style={styleOf(props.placement, props.sheetRatio)}>
      {props.children}
    </div>
  );
}
