// The tools over the photos and their keys.
import {
  IconAlignBoxCenterMiddle,
  IconFileInfo,
  IconId,
  IconMinus,
  IconPlus,
  IconRuler2,
  IconZoomReset,
  IconZoomScan,
} from '@tabler/icons-react';
import { useTexts } from '../../../shared/i18n/language.ts';
import { KEYMAP } from '../../../shared/keys/keymap.ts';
import { useKeys } from '../../../shared/keys/use-keys.ts';
import { Segmented } from '../../../shared/ui/segmented.tsx';
import type { Beside } from './advice.ts';
import { MODES, look, lookSignature, useLooking, useSignature } from './picture-store.ts';
import { Tool } from './tool.tsx';
import { ViewChoice } from './view-menu.tsx';
import { WHOLE, zoomIn, zoomOut } from './view.ts';
import styles from './picture-tools.module.css';
import own from './toolbar.module.css';

interface Props {
  /** Both photos can be drawn. */
  readonly together: boolean;
  /** A face was found on the new photo. */
  readonly measured: boolean;
  /** Faces were found on both: they can be aligned. */
  readonly alignable: boolean;
  readonly besides: readonly Beside[];
}

/** The keys of the pictures; Space belongs to the strip while the pointer is over it. */
function usePictureKeys({ measured, besides }: Props): void {
  useKeys(
    'screen',
    {
      blink: (event) => {
        if (event.repeat) return;
        if (useSignature.getState().hovered) lookSignature.blink(true);
        else look.blink(true);
      },
      blinkSignature: (event) => {
        if (!event.repeat) lookSignature.blink(true);
      },
      sliderLeft: () => look.slide(-0.05),
      sliderRight: () => look.slide(0.05),
      zoomIn: () => look.view(zoomIn),
      zoomOut: () => look.view(zoomOut),
      zoomReset: () => look.view(() => WHOLE),
      magnifier: () => look.magnifier(),
      guides: () => look.lines(measured),
      align: () => look.align(),
      beside: () => {
        if (besides.length < 2) return;
        look.beside(useLooking.getState().beside === 'earlier' ? 'reference' : 'earlier');
      },
      card: () => look.card(),
      view: () => look.nextFilter(),
      facts: () => look.facts(),
      signatureView: () => lookSignature.nextInk(),
    },
    { blink: unblink, blinkSignature: unblink },
  );
}

/** Shift may be let go before Space: either key ends both. */
function unblink(): void {
  look.blink(false);
  lookSignature.blink(false);
}

export function Toolbar(props: Props) {
  const texts = useTexts();
  const t = texts.casework.photo;
  const p = texts.pictures;
  const mode = useLooking((s) => s.mode);
  const marks = useLooking((s) => s.marks);
  const guides = useLooking((s) => s.guides);
  const magnifier = useLooking((s) => s.magnifier);
  const align = useLooking((s) => s.align);
  const card = useLooking((s) => s.card);
  const bands = useLooking((s) => s.bands);
  const facts = useLooking((s) => s.facts);
  usePictureKeys(props);
  const linesOn = card ? bands : props.measured ? marks : guides;

  return (
    <div className={own['toolbar']} role="toolbar" aria-label={t.heading}>
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
      <ViewChoice />
      {props.together && (
        <span className={styles['tip']} title={t.holdSpace}>
          <kbd className={styles['key']}>{KEYMAP.blink.cap}</kbd> {t.holdSpace}
        </span>
      )}
      <span className={own['grow']} />
      <div className={own['tools']}>
        <Tool label={t.zoomOut} command="zoomOut" onClick={() => look.view(zoomOut)}>
          <IconMinus size={18} aria-hidden />
        </Tool>
        <Percent />
        <Tool label={t.zoomIn} command="zoomIn" onClick={() => look.view(zoomIn)}>
          <IconPlus size={18} aria-hidden />
        </Tool>
        <Tool label={t.zoomReset} command="zoomReset" onClick={() => look.view(() => WHOLE)}>
          <IconZoomReset size={18} aria-hidden />
        </Tool>
        <span className={own['rule']} />
        <Tool
          label={t.magnifier}
          command="magnifier"
          pressed={magnifier}
          onClick={() => look.magnifier()}
        >
          <IconZoomScan size={18} aria-hidden />
        </Tool>
        <Tool
          label={card ? p.card.bands : props.measured ? p.seen.toggle : t.guides}
          command="guides"
          pressed={linesOn}
          onClick={() => look.lines(props.measured)}
        >
          <IconRuler2 size={18} aria-hidden />
        </Tool>
        <Tool
          label={props.alignable ? p.align.label : p.align.cannot}
          command="align"
          pressed={align && props.alignable}
          onClick={() => look.align()}
        >
          <IconAlignBoxCenterMiddle size={18} aria-hidden />
        </Tool>
        <Tool label={p.card.label} command="card" pressed={card} onClick={() => look.card()}>
          <IconId size={18} aria-hidden />
        </Tool>
        <Tool label={p.facts.label} command="facts" pressed={facts} onClick={() => look.facts()}>
          <IconFileInfo size={18} aria-hidden />
        </Tool>
      </div>
    </div>
  );
}

/** Alone, so that a wheel's many steps draw one number and not the workbench. */
function Percent() {
  const zoom = useLooking((s) => s.view.zoom);
  return (
    <span className={own['percent']} aria-live="off">
      {Math.round(zoom * 100)} %
    </span>
  );
}
