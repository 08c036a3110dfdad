// Names what stands beside the new photo; with an earlier attempt it is a choice of two.
import { fill, useTexts } from '../../../shared/i18n/language.ts';
import { KEYMAP } from '../../../shared/keys/keymap.ts';
import type { Beside } from './advice.ts';
import { look } from './picture-store.ts';
import styles from './view-menu.module.css';

export function BesideChoice(props: {
  readonly beside: Beside;
  readonly choices: readonly Beside[];
  readonly ticket: string;
}) {
  const texts = useTexts();
  const t = texts.pictures.beside;
  const { beside, choices } = props;
  const name = (one: Beside): string =>
    one === 'earlier' ? fill(t.earlierTitle, { ticket: props.ticket }) : t.reference;
  if (choices.length < 2) return <strong>{name(beside)}</strong>;
  return (
    <select
      className={styles['besideChoice']}
      value={beside}
      aria-label={t.label}
      aria-keyshortcuts={KEYMAP.beside.cap}
      title={`${t.label} · ${KEYMAP.beside.cap}`}
      data-testid="photo-beside"
      onChange={(event) => {
        look.beside(event.currentTarget.value as Beside);
        event.currentTarget.blur();
      }}
    >
      {choices.map((one) => (
        <option key={one} value={one}>
          {name(one)}
        </option>
      ))}
    </select>
  );
}
