// The picture on its sheet, at once replaced by words when it must not or cannot be shown.
import { useState } from 'react';
import type { PictureDto } from '../../../../shared/contract/case.ts';
import styles from './picture-tools.module.css';

/** Whether the picture may be drawn; the address is never guessed. */
export const showable = (picture: PictureDto | null): picture is PictureDto & { url: string } =>
  picture !== null && picture.problem === null && picture.url !== null;

interface Props {
  readonly picture: PictureDto & { url: string };
  readonly alt: string;
  readonly onFailed: () => void;
}

export function Layer({ picture, alt, onFailed }: Props) {
  const [ready, setReady] = useState<string | null>(null);
  return (
    <img
      className={styles['image']}
      data-ready={ready === picture.url}
      src={picture.url}
      alt={alt}
      draggable={false}
      decoding="sync"
      onLoad={() => setReady(picture.url)}
      onError={onFailed}
    />
  );
}
