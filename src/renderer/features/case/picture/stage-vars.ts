// Writes zoom, pan, border and lens to an element as CSS variables: moving a picture renders nothing anew.
import { useLayoutEffect, type RefObject } from 'react';
import type { StoreApi } from 'zustand';
import type { Moving } from './picture-store.ts';

function write(element: HTMLElement, { view, mix, lens, blinking }: Moving): void {
  const { style, dataset } = element;
  style.setProperty('--vx', String(view.x));
  style.setProperty('--vy', String(view.y));
  style.setProperty('--zoom', String(view.zoom));
  style.setProperty('--mix', String(mix));
  dataset['zoomed'] = String(view.zoom > 1);
  dataset['blinking'] = String(blinking);
  dataset['lens'] = String(lens !== null);
  if (lens === null) return;
  style.setProperty('--lx', String(lens.fx));
  style.setProperty('--ly', String(lens.fy));
}

/** Keeps the element's variables and data attributes as the store says. */
export function useStageVars(
  ref: RefObject<HTMLElement | null>,
  store: Pick<StoreApi<Moving>, 'getState' | 'subscribe'>,
): void {
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    write(element, store.getState());
    return store.subscribe((state) => write(element, state));
  }, [ref, store]);
}
