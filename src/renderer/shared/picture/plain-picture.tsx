// One picture without tools: shown when it may be shown, else the words for its problem.
import { useState } from 'react';
import type { PictureDto } from '../../../shared/contract/case.ts';
import { PictureProblem } from './picture-problem.tsx';
import styles from './picture.module.css';

export function PlainPicture(props: {
  readonly picture: PictureDto;
  readonly alt: string;
  readonly compact?: boolean;
  readonly paper?: boolean;
}) {
  const { picture } = props;
  const [failedUrl, setFailedUrl] = useState<string | null>(null);
  const failed = picture.url !== null && failedUrl === picture.url;
  if (picture.problem !== null || picture.url === null || failed) {
    const problem = picture.problem ?? (failed ? 'failed' : 'not-here-yet');
    return <PictureProblem problem={problem} picture={picture} compact={props.compact ?? false} />;
  }
  return (
    <img
      className={styles['plain']}
      data-paper={props.paper ?? false}
      src={picture.url}
      alt={props.alt}
      draggable={false}
      onError={() => setFailedUrl(picture.url)}
    />
  );
}
