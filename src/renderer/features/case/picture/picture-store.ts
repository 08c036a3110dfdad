// How the officer looks at the pictures: mode, zoom, guides, magnifier. The habit stays from case to case.
import { create } from 'zustand';
import { NORM, clampChin } from './norm.ts';
import { WHOLE, type View } from './view.ts';

export const MODES = ['side', 'blink', 'slider', 'onion'] as const;
export type Mode = (typeof MODES)[number];

interface Looking {
  readonly mode: Mode;
  readonly view: View;
  /** Space is held: the reference stands in place of the new photo. */
  readonly blinking: boolean;
  /** Slider border or onion strength, 0…1. */
  readonly mix: number;
  readonly guides: boolean;
  readonly chinMm: number;
  readonly magnifier: boolean;
  /** Where the pointer is, in fractions of a frame; both frames show the lens there. */
  readonly lens: { readonly fx: number; readonly fy: number } | null;
}

export const useLooking = create<Looking>(() => ({
  mode: 'side',
  view: WHOLE,
  blinking: false,
  mix: 0.5,
  guides: false,
  chinMm: NORM.chinDefault,
  magnifier: false,
  lens: null,
}));

const set = useLooking.setState;

export const look = {
  mode: (mode: Mode) => set({ mode }),
  view: (change: (view: View) => View) => set((s) => ({ view: change(s.view) })),
  blink: (blinking: boolean) => set({ blinking }),
  mix: (mix: number) => set({ mix: Math.min(1, Math.max(0, mix)) }),
  /** The keys `[` `]`: in a mode that has no border they open the slider. */
  slide: (by: number) =>
    set((s) => ({
      mode: s.mode === 'slider' || s.mode === 'onion' ? s.mode : 'slider',
      mix: Math.min(1, Math.max(0, s.mix + by)),
    })),
  guides: () => set((s) => ({ guides: !s.guides })),
  chin: (chinMm: number) => set({ chinMm: clampChin(chinMm) }),
  magnifier: () => set((s) => ({ magnifier: !s.magnifier, lens: null })),
  lens: (lens: Looking['lens']) => set({ lens }),
  /** Another case: same habits, whole picture. */
  fresh: () => set({ view: WHOLE, blinking: false, chinMm: NORM.chinDefault, lens: null }),
};
