// What connects findings and pictures: the measure being pointed at, and the reason a box is drawn for.
import { create } from 'zustand';
import type { CheckRow } from '../../../shared/contract/case.ts';

interface Marking {
  /** The row whose region is lit on the picture. */
  readonly lit: CheckRow['code'] | null;
  /** Annulment reason for which dragging on a picture draws a box; null = dragging pans. */
  readonly drawingFor: string | null;
}

export const useMarking = create<Marking>(() => ({ lit: null, drawingFor: null }));

export const marking = {
  /** Lit rows are those of the measures; another code lights nothing. */
  light: (lit: CheckRow['code'] | null) => useMarking.setState({ lit }),
  drawFor: (drawingFor: string | null) => useMarking.setState({ drawingFor }),
};
