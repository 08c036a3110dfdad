// The tools over the photos and their keys.
import { IconMinus, IconPlus, IconRuler2, IconZoomReset, IconZoomScan } from '@tabler/icons-react';
import { useTexts } from '../../../shared/i18n/language.ts';
import { KEYMAP, type KeyCommand } from '../../../shared/keys/keymap.ts';
import { useKeys } from '../../../shared/keys/use-keys.ts';
import { Segmented } from '../../../shared/ui/segmented.tsx';
import { MODES, look, useLooking } from './picture-store.ts';
import { WHOLE, zoomIn, zoomOut } from './view.ts';
import styles from './picture-tools.module.css';

function Tool(props: {
  readonly label: string;
  readonly command: KeyCommand;
  readonly pressed?: boolean;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
}) {
  return (
    <button
      type="button"
      className={styles['tool']}
      aria-label={props.label}
      aria-pressed={props.pressed}
      aria-keyshortcuts={KEYMAP[props.command].cap}
      title={`${props.label} · ${KEYMAP[props.command].cap}`}
      onClick={(event) => {
        props.onClick();
        // After a mouse click Space must blink the photos, not press the tool again.
        if (event.detail > 0) event.currentTarget.blur();
      }}
    >
      {props.children}
    </button>
  );
}

export function Toolbar({ together }: { readonly together: boolean }) {
  const t = useTexts().casework.photo;
  const { mode, view, guides, magnifier, mix } = useLooking();

  useKeys(
    'screen',
    {
      blink: (event) => {
        if (!event.repeat) look.blink(true);
      },
      sliderLeft: () => look.slide(-0.05),
      sliderRight: () => look.slide(0.05),
      zoomIn: () => look.view(zoomIn),
      zoomOut: () => look.view(zoomOut),
      zoomReset: () => look.view(() => WHOLE),
      magnifier: () => look.magnifier(),
      guides: () => look.guides(),
    },
    { blink: () => look.blink(false) },
  );

  return (
    <div className={styles['toolbar']} role="toolbar" aria-label={t.heading}>
      <Segmented
        label={t.mode}
        value={mode}
        options={MODES.map((value) => ({
          value,
          label: <span title={t.modeHints[value]}>{t.modes[value]}</span>,
        }))}
        onChange={look.mode}
        testId="photo-modes"
      />
      {together && (mode === 'slider' || mode === 'onion') ? (
        <input
          type="range"
          className={styles['range']}
          min={0}
          max={100}
          value={Math.round(mix * 100)}
          aria-label={mode === 'slider' ? t.divider : t.opacity}
          onChange={(event) => look.mix(Number(event.currentTarget.value) / 100)}
        />
      ) : together ? (
        <span className={styles['tip']} title={t.holdSpace}>
          <kbd className={styles['key']}>{KEYMAP.blink.cap}</kbd> {t.holdSpace}
        </span>
      ) : null}
      {(!together || mode === 'slider' || mode === 'onion') && <span className={styles['grow']} />}
      <div className={styles['tools']}>
        <Tool label={t.zoomOut} command="zoomOut" onClick={() => look.view(zoomOut)}>
          <IconMinus size={18} aria-hidden />
        </Tool>
        <span className={styles['percent']} aria-live="off">
          {Math.round(view.zoom * 100)} %
        </span>
        <Tool label={t.zoomIn} command="zoomIn" onClick={() => look.view(zoomIn)}>
          <IconPlus size={18} aria-hidden />
        </Tool>
        <Tool label={t.zoomReset} command="zoomReset" onClick={() => look.view(() => WHOLE)}>
          <IconZoomReset size={18} aria-hidden />
        </Tool>
        <span className={styles['rule']} />
        <Tool
          label={t.magnifier}
          command="magnifier"
          pressed={magnifier}
          onClick={() => look.magnifier()}
        >
          <IconZoomScan size={18} aria-hidden />
        </Tool>
        <Tool label={t.guides} command="guides" pressed={guides} onClick={() => look.guides()}>
          <IconRuler2 size={18} aria-hidden />
        </Tool>
      </div>
    </div>
  );
}
