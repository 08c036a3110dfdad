// A test scan judged by its keys: how many, how fast, how ended, what the layout made of them; never which ones.
import type { ScanSeen } from '../../../shared/contract/settings.ts';
import { BURST_GAP_MS, SHORTEST_SCAN, charOf } from './wedge.ts';

/** Counts alone: nothing of what was scanned can be told from them. */
export interface KeyCounts {
  readonly count: number;
  readonly latin: number;
  readonly cyrillic: number;
  /** Letters that came without a key of a keyboard: set so, a scanner is not heard by the program. */
  readonly keyless: number;
  readonly slowestMs: number;
  readonly lastAt: number;
}
export const NO_KEYS: KeyCounts = {
  count: 0,
  latin: 0,
  cyrillic: 0,
  keyless: 0,
  slowestMs: 0,
  lastAt: 0,
};

export interface ScanKey {
  /** `KeyboardEvent.key`, `.code`, `.shiftKey`. */
  readonly key: string;
  readonly code: string;
  readonly shift: boolean;
  /** Milliseconds. */
  readonly at: number;
}

/** A pause of this length begins anew. */
export const QUIET_MS = 400;

/** Adds one key; keys that print nothing (Shift, arrows) count for nothing. */
export function noteKey(keys: KeyCounts, { key, code, shift, at }: ScanKey): KeyCounts {
  if ([...key].length !== 1) return keys;
  const before = keys.count > 0 && at - keys.lastAt <= QUIET_MS ? keys : NO_KEYS;
  return {
    count: before.count + 1,
    latin: before.latin + (/\p{Script=Latin}/u.test(key) ? 1 : 0),
    cyrillic: before.cyrillic + (/\p{Script=Cyrillic}/u.test(key) ? 1 : 0),
    keyless: before.keyless + (charOf(code, shift) === null ? 1 : 0),
    slowestMs: before.count === 0 ? 0 : Math.max(before.slowestMs, Math.round(at - before.lastAt)),
    lastAt: at,
  };
}

export type ScanVerdict =
  | { readonly kind: 'scan'; readonly seen: ScanSeen; readonly slowestMs: number }
  | { readonly kind: 'typed' | 'short' | 'no-terminator' | 'keyless'; readonly length: number };

/** `terminator`: code of the key that ended it, null when nothing did; null answer: there was nothing. */
export function judgeScan(keys: KeyCounts, terminator: string | null): ScanVerdict | null {
  const { count: length, slowestMs } = keys;
  if (length === 0) return null;
  if (keys.keyless > 0) return { kind: 'keyless', length };
  if (slowestMs > BURST_GAP_MS) return { kind: 'typed', length };
  if (length < SHORTEST_SCAN) return { kind: 'short', length };
  if (terminator === null) return { kind: 'no-terminator', length };
  const layout = keys.cyrillic > 0 ? 'cyrillic' : keys.latin > 0 ? 'latin' : 'digits';
  return {
    kind: 'scan',
    seen: { length, terminator: terminator === 'Tab' ? 'tab' : 'enter', layout },
    slowestMs,
  };
}
