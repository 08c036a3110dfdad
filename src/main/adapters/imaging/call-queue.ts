// Order of the calls that wait for the measuring process: the officer's first, looks before measures.
import type { Urgency } from '../../ports/imaging.ts';
import type { ImagingCall } from './protocol.ts';

interface Ranked {
  readonly call: ImagingCall;
  readonly urgency: Urgency;
}

const rankOf = ({ call, urgency }: Ranked): number =>
  (urgency === 'now' ? 0 : 2) + (call === 'probe' ? 0 : 1);

export interface CallQueue<T extends Ranked> {
  /** Behind all of its own rank. */
  add(item: T): void;
  /** Before everything: a call that has had its turn once. */
  putBack(item: T): void;
  next(): T | null;
  /** Takes out all, in order. */
  drain(): T[];
  readonly length: number;
}

/** Four ranks: look now, measure now, look ahead, measure ahead; first come, first served in each. */
export function createCallQueue<T extends Ranked>(): CallQueue<T> {
  let items: T[] = [];
  return {
    add(item) {
      const rank = rankOf(item);
      const at = items.findIndex((other) => rankOf(other) > rank);
      items.splice(at < 0 ? items.length : at, 0, item);
    },
    putBack: (item) => void items.unshift(item),
    next: () => items.shift() ?? null,
    drain() {
      const all = items;
      items = [];
      return all;
    },
    get length() {
      return items.length;
    },
  };
}
