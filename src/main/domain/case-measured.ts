// Everything measured on a case's pictures, as far as it is known now.
import type {
  ComparedFaces,
  MeasureFailure,
  MeasuredPortrait,
  MeasuredSignature,
} from '../../shared/contract/measured.ts';

/** Null = not measured yet (or there is no such picture). */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: MeasureFailure }
  | null;

export interface CaseMeasured {
  readonly portrait: Outcome<MeasuredPortrait>;
  readonly reference: Outcome<MeasuredPortrait>;
  /** New photo against the reference photo. */
  readonly faces: Outcome<ComparedFaces>;
  /** New photo against the photo of the newest earlier annulled application that has one. */
  readonly earlier: {
    readonly ticket: string;
    readonly portrait: Outcome<MeasuredPortrait>;
    readonly faces: Outcome<ComparedFaces>;
  } | null;
  readonly signature: Outcome<MeasuredSignature>;
  readonly referenceSignature: Outcome<MeasuredSignature>;
}
