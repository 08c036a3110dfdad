// Places the officer marks for a reason: the draft's boxes with numbers, and the sheet that draws a new one.
import { useEffect, useRef, useState } from 'react';
import type { CaseDto } from '../../../../shared/contract/case.ts';
import type { Box, Point } from '../../../../shared/contract/measured.ts';
import { byLanguage, fill, useTexts } from '../../../shared/i18n/language.ts';
import { useCase } from '../case-store.ts';
import { useMarking } from '../marking-store.ts';
import { NO_DRAFT, addBox } from '../refusal/draft.ts';
import { bigEnough, boxBetween, boxByKey } from './drawn-box.ts';
import styles from './overlays.module.css';

type Picture = 'photo' | 'signature';

const placeStyle = ({ x, y, w, h }: Box) => ({
  left: `${x * 100}%`,
  top: `${y * 100}%`,
  width: `${w * 100}%`,
  height: `${h * 100}%`,
});

/** Boxes of the chosen reasons, numbered through the whole draft in the order of the reasons. */
export function DraftBoxes(props: { readonly dto: CaseDto; readonly picture: Picture }) {
  const t = useTexts().pictures.boxes;
  const draft = useCase((s) => s.drafts[props.dto.applicationId]) ?? NO_DRAFT;
  const reasons = useCase((s) => s.reasons);
  const all = draft.codes.flatMap((code) =>
    (draft.boxes[code] ?? []).map((box) => ({ code, box })),
  );
  return all.map(({ code, box }, index) => {
    if (box.picture !== props.picture) return null;
    const reason = reasons.find((each) => each.code === code);
    const name = reason === undefined ? code : byLanguage(reason.nameRu, reason.nameKz);
    return (
      <div
        key={`${code}-${index}`}
        className={styles['box']}
        style={placeStyle(box)}
        role="img"
        aria-label={fill(t.mark, { n: index + 1, reason: name })}
        data-testid="drawn-box"
      >
        <span className={styles['boxNumber']}>{index + 1}</span>
      </div>
    );
  });
}

/**
 * Covers the sheet while a reason waits for a place; dragging draws, keys draw, Escape drops. Only on the
 * reason's own picture: the node takes no fault of the photo shown on the signature.
 */
export function DrawSheet(props: { readonly dto: CaseDto; readonly picture: Picture }) {
  const reason = useMarking((s) => s.drawingFor);
  const group = useCase((s) => s.reasons.find((each) => each.code === reason)?.group);
  if (reason === null || (group !== props.picture && group !== 'other')) return null;
  return <Drawing key={reason} reason={reason} {...props} />;
}

function Drawing(props: {
  readonly dto: CaseDto;
  readonly picture: Picture;
  readonly reason: string;
}) {
  const t = useTexts().pictures.frame;
  const { picture, reason } = props;
  const { applicationId } = props.dto;
  const sheet = useRef<HTMLDivElement>(null);
  const corner = useRef<Point | null>(null);
  const [box, setBox] = useState<Box | null>(null);

  // The keyboard starts here.
  useEffect(() => sheet.current?.focus(), []);

  const pointOf = (event: React.PointerEvent): Point => {
    const r = (sheet.current as HTMLDivElement).getBoundingClientRect();
    return { x: (event.clientX - r.left) / r.width, y: (event.clientY - r.top) / r.height };
  };
  const take = (drawn: Box | null): void => {
    corner.current = null;
    setBox(null);
    if (drawn === null || !bigEnough(drawn)) return;
    useCase.setState((s) => ({
      drafts: {
        ...s.drafts,
        [applicationId]: addBox(s.drafts[applicationId] ?? NO_DRAFT, reason, { picture, ...drawn }),
      },
    }));
  };

  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const next = boxByKey(box, event.code, event.shiftKey);
    if (next !== null) setBox(next);
    else if (event.code === 'Escape' && box !== null) {
      corner.current = null;
      setBox(null);
    } else if ((event.code === 'Enter' || event.code === 'NumpadEnter') && box !== null) take(box);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={sheet}
      className={styles['drawSheet']}
      role="group"
      aria-label={t.draw}
      title={t.drawTip}
      tabIndex={0}
      data-testid={`draw-${picture}`}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.stopPropagation();
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        corner.current = pointOf(event);
        setBox(null);
      }}
      onPointerMove={(event) => {
        if (corner.current !== null) setBox(boxBetween(corner.current, pointOf(event)));
      }}
      onPointerUp={() => {
        if (corner.current !== null) take(box);
      }}
      onPointerCancel={() => {
        corner.current = null;
        setBox(null);
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      {box !== null && <div className={styles['boxDrawn']} style={placeStyle(box)} />}
    </div>
  );
}
