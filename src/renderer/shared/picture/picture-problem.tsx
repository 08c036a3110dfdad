// What stands in place of a picture that must not or cannot be shown: what happened, in words.
import { IconPhotoOff, IconPhotoDown, IconShieldX } from '@tabler/icons-react';
import type { PictureDto } from '../../../shared/contract/case.ts';
import { formatBytes } from '../format/format.ts';
import { fill, useTexts } from '../i18n/language.ts';
import styles from './picture.module.css';

export type PictureTrouble = NonNullable<PictureDto['problem']> | 'failed';

const HOSTILE: readonly PictureTrouble[] = [
  'hash-mismatch',
  'not-an-image',
  'type-mismatch',
  'too-large',
  'trailing-data',
  'animated',
];

export function PictureProblem(props: {
  readonly problem: PictureTrouble;
  readonly picture: PictureDto;
  readonly compact?: boolean;
}) {
  const t = useTexts().casework.picture;
  const { title, text } = t[props.problem];
  const Icon =
    props.problem === 'not-here-yet'
      ? IconPhotoDown
      : HOSTILE.includes(props.problem)
        ? IconShieldX
        : IconPhotoOff;
  const waiting = props.problem === 'not-here-yet';
  return (
    <div
      className={styles['problem']}
      data-waiting={waiting}
      data-compact={props.compact ?? false}
      data-testid={`picture-problem-${props.problem}`}
      role="note"
    >
      <Icon size={props.compact ? 20 : 32} stroke={1.5} aria-hidden />
      <div>
        <p className={styles['problemTitle']}>{title}</p>
        <p className={styles['problemText']}>{text}</p>
        {props.compact || waiting ? null : (
          <p className={styles['problemDetails']}>
            {fill(t.details, {
              sha: props.picture.sha256.slice(0, 12),
              size: formatBytes(props.picture.bytes),
            })}
          </p>
        )}
      </div>
    </div>
  );
}
