// How the officer looks at the pictures: mode, zoom, lines, views. The habit stays from case to case.
import { create } from 'zustand';
import type { HeadLines } from '../../../../shared/contract/case.ts';
import type { Beside } from './advice.ts';
import { nextInkView, type InkView } from './card.ts';
import { NORM, clampChin } from './norm.ts';
import { NO_LEVELS, nextView, withLevel, type Levels, type ViewName } from './views.ts';
import { WHOLE, type View } from './view.ts';

export const MODES = ['side', 'blink', 'slider', 'onion'] as const;
export type Mode = (typeof MODES)[number];

/** What moves under the pointer: written to the stage as CSS variables, never rendered by React. */
export interface Moving {
  readonly view: View;
  /** Space is held: the other picture stands in place of the new one. */
  readonly blinking: boolean;
  /** Slider border or onion strength, 0…1. */
  readonly mix: number;
  /** Where the pointer is, in fractions of a frame; both frames show the lens there. */
  readonly lens: { readonly fx: number; readonly fy: number } | null;
}

interface Looking extends Moving {
  readonly mode: Mode;
  /** Lines, pupils and boxes found on the pictures. */
  readonly marks: boolean;
  /** The norm laid by hand, where no face was found. */
  readonly guides: boolean;
  readonly chinMm: number;
  readonly magnifier: boolean;
  /** The other photo laid onto the eyes of the new one. */
  readonly align: boolean;
  readonly beside: Beside;
  readonly card: boolean;
  /** The norm's bands over the cut. */
  readonly bands: boolean;
  readonly filter: ViewName;
  readonly levels: Levels;
  readonly facts: boolean;
  /** Crown and chin while they are under the hand; null = as the case says. */
  readonly live: HeadLines | null;
}

const OF_ONE_CASE = {
  view: WHOLE,
  blinking: false,
  lens: null,
  chinMm: NORM.chinDefault,
  beside: 'reference',
  card: false,
  filter: 'as-is',
  levels: NO_LEVELS,
  live: null,
} as const satisfies Partial<Looking>;

export const useLooking = create<Looking>(() => ({
  ...OF_ONE_CASE,
  mode: 'side',
  mix: 0.5,
  marks: true,
  guides: false,
  magnifier: false,
  align: true,
  bands: false,
  facts: false,
}));

const set = useLooking.setState;

export const look = {
  mode: (mode: Mode) => set({ mode, card: false }),
  view: (change: (view: View) => View) => set((s) => ({ view: change(s.view) })),
  blink: (blinking: boolean) => set({ blinking }),
  mix: (mix: number) => set({ mix: Math.min(1, Math.max(0, mix)) }),
  /** The keys `[` `]`: in a mode that has no border they open the slider. */
  slide: (by: number) =>
    set((s) => ({
      mode: s.mode === 'slider' || s.mode === 'onion' ? s.mode : 'slider',
      card: false,
      mix: Math.min(1, Math.max(0, s.mix + by)),
    })),
  /** The key G: bands over the card, lines found, or the norm by hand where nothing was found. */
  lines: (measured: boolean) =>
    set((s) => {
      if (s.card) return { bands: !s.bands };
      return measured ? { marks: !s.marks } : { guides: !s.guides, marks: !s.guides };
    }),
  chin: (chinMm: number) => set({ chinMm: clampChin(chinMm) }),
  magnifier: () => set((s) => ({ magnifier: !s.magnifier, lens: null })),
  lens: (lens: Looking['lens']) => set({ lens }),
  align: () => set((s) => ({ align: !s.align })),
  beside: (beside: Beside) => set({ beside }),
  card: () => set((s) => ({ card: !s.card, view: WHOLE })),
  /** The photo itself in place of the card: places are drawn on it. */
  photo: () => set((s) => (s.card ? { card: false, view: WHOLE } : {})),
  bands: () => set((s) => ({ bands: !s.bands })),
  filter: (filter: ViewName) => set({ filter }),
  nextFilter: () => set((s) => ({ filter: nextView(s.filter) })),
  level: (change: Partial<Levels>) => set((s) => ({ levels: withLevel(s.levels, change) })),
  facts: () => set((s) => ({ facts: !s.facts })),
  live: (live: HeadLines | null) => set({ live }),
  /** Another case: same habits, whole picture as it is. */
  fresh: () => set(OF_ONE_CASE),
};

interface SignatureLooking extends Moving {
  readonly ink: InkView;
  readonly overlay: boolean;
  readonly tall: boolean;
  /** The pointer is over the strip: Space blinks the signatures. */
  readonly hovered: boolean;
}

export const useSignature = create<SignatureLooking>(() => ({
  view: WHOLE,
  blinking: false,
  mix: 0.5,
  lens: null,
  ink: 'as-is',
  overlay: false,
  tall: false,
  hovered: false,
}));

const setSignature = useSignature.setState;

export const lookSignature = {
  view: (change: (view: View) => View) => setSignature((s) => ({ view: change(s.view) })),
  blink: (blinking: boolean) => setSignature({ blinking }),
  ink: (ink: InkView) => setSignature({ ink }),
  nextInk: () => setSignature((s) => ({ ink: nextInkView(s.ink) })),
  overlay: () => setSignature((s) => ({ overlay: !s.overlay })),
  tall: () => setSignature((s) => ({ tall: !s.tall })),
  hover: (hovered: boolean) => setSignature({ hovered }),
  fresh: () => setSignature({ view: WHOLE, blinking: false, ink: 'as-is', overlay: false }),
};
