// What was measured on pictures, kept by the pictures' SHA-256 and the engine that measured.
import type { Measured, MeasureFailure } from '../../shared/contract/measured.ts';

export type StoredMeasured =
  | { readonly ok: true; readonly value: Measured }
  | { readonly ok: false; readonly failure: MeasureFailure };

/** `portrait:<sha256>`, `signature:<sha256>` or `faces:<sha256>:<sha256>`. */
export type MeasureKey = `portrait:${string}` | `signature:${string}` | `faces:${string}:${string}`;

export interface MeasureStore {
  /** Null when this engine has not measured it yet. */
  find(key: MeasureKey, engine: string): StoredMeasured | null;
  save(key: MeasureKey, engine: string, measured: StoredMeasured, at: string): void;
  /** Of every engine: these keys, and all that begin with `prefix`. */
  drop(keys: readonly MeasureKey[], prefix: MeasureKey): void;
}
