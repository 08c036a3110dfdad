// What was found on a signature sample: the box of the ink, cuts at the border, lines, separate parts.
import type { Box, SignatureGeometry } from '../../../../shared/contract/measured.ts';
import { useTexts } from '../../../shared/i18n/language.ts';
import styles from './overlays.module.css';

const style = ({ x, y, w, h }: Box) => ({
  left: `${x * 100}%`,
  top: `${y * 100}%`,
  width: `${w * 100}%`,
  height: `${h * 100}%`,
});

/** `plain`: the ink box alone, for the earlier signature, which is not judged. */
export function SignatureMarks(props: {
  readonly geometry: SignatureGeometry;
  readonly plain?: boolean;
}) {
  const t = useTexts().pictures.signature;
  const { ink, cuts, lines, groups } = props.geometry;
  const mark = (kind: 'ink' | 'cut' | 'line' | 'group', boxes: readonly Box[]) =>
    boxes.map((box, index) => (
      <div
        key={`${kind}-${index}`}
        className={styles['inkMark']}
        data-kind={kind}
        style={style(box)}
      >
        {/* One word for a kind is enough: cuts come in rows. */}
        {index === 0 && kind !== 'ink' && <span className={styles['inkWord']}>{t[kind]}</span>}
      </div>
    ));
  return (
    <div className={styles['seen']} data-testid="signature-seen">
      {mark('ink', [ink])}
      {props.plain !== true && (
        <>
          {mark('line', lines)}
          {groups.length > 1 && mark('group', groups)}
          {mark('cut', cuts)}
        </>
      )}
    </div>
  );
}
