// The border of the slider or the strength of the onion skin, between the names of the two photos.
import { useTexts } from '../../../shared/i18n/language.ts';
import { look, useLooking } from './picture-store.ts';
import styles from './toolbar.module.css';

export function BorderSlider() {
  const t = useTexts().casework.photo;
  const mix = useLooking((s) => s.mix);
  const mode = useLooking((s) => s.mode);
  return (
    <input
      type="range"
      className={styles['range']}
      min={0}
      max={100}
      value={Math.round(mix * 100)}
      aria-label={mode === 'slider' ? t.divider : t.opacity}
      onChange={(event) => look.mix(Number(event.currentTarget.value) / 100)}
    />
  );
}
