// The printed portrait on the screen: its address, and where the norm's bands lie on it. Pure.
import { CARD, type CardFit, type CardFrame } from '../../../../shared/kernel/card-frame.ts';
import type { HeadLines, PictureDto } from '../../../../shared/contract/case.ts';
import type { RENDERINGS } from '../../../../shared/contract/measured.ts';

/**
 * Address of the cut as it will be printed; the core makes it on request and keeps nothing.
 * Written as `pictureAddress` of the contract writes it, which would bring its parser into the screens.
 */
export function cardAddress(sha256: string, { x, y, w, h }: CardFrame): string {
  const part = (n: number): string => n.toFixed(5);
  return `case-image://card/${sha256}?x=${part(x)}&y=${part(y)}&w=${part(w)}&h=${part(h)}`;
}

export type InkView = 'as-is' | 'clean' | 'ink' | 'paper';
export const INK_VIEWS = ['as-is', 'clean', 'ink', 'paper'] as const satisfies readonly InkView[];

/** Address of a signature's view; null = the picture itself. */
export function inkAddress(picture: PictureDto, view: InkView): string | null {
  const rendering: Exclude<(typeof RENDERINGS)[number], 'card'> | null =
    view === 'as-is' ? null : `signature-${view}`;
  return rendering === null ? null : `case-image://${rendering}/${picture.sha256}`;
}

export const nextInkView = (view: InkView): InkView =>
  INK_VIEWS[(INK_VIEWS.indexOf(view) + 1) % INK_VIEWS.length] ?? 'as-is';

/** Too few points in the cut: the portrait would have to be enlarged, which is never done. */
export const tooSmall = (fit: CardFit): boolean => fit.widthPx < CARD.widthPx - 0.5;

export interface NormLines {
  /** All in fractions of the card's height from its top. */
  readonly crownHigh: number;
  readonly crownLow: number;
  readonly chin: number;
  readonly crown: number;
  /** Where the norm wants the eyes. */
  readonly eyes: number;
}

/** The norm over the cut: a head of 32–36 mm above this chin, eyes at 0.46 of the height. */
export function normLines({ frame }: CardFit, lines: HeadLines): NormLines {
  const down = (y: number): number => (y - frame.y) / frame.h;
  const chin = down(lines.chin.y);
  return {
    chin,
    crown: down(lines.crown.y),
    crownHigh: chin - CARD.headMaxMm / CARD.heightMm,
    crownLow: chin - CARD.headMinMm / CARD.heightMm,
    eyes: CARD.eyeLine,
  };
}

/** For React's style: the whole photo behind a window the size of the card, so that the frame fills it. */
export const windowStyle = ({ x, y, w, h }: CardFrame) => ({
  width: `${(100 / w).toFixed(4)}%`,
  height: `${(100 / h).toFixed(4)}%`,
  left: `${((-x / w) * 100).toFixed(4)}%`,
  top: `${((-y / h) * 100).toFixed(4)}%`,
});
