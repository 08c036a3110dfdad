// The measuring process: all decoding happens there, and it may die without taking anything along.
import type {
  ComparedFaces,
  MeasureFailure,
  MeasuredPortrait,
  MeasuredSignature,
} from '../../shared/contract/measured.ts';
import type { CardFrame } from '../../shared/kernel/card-frame.ts';
import type { PictureVerdict } from './image-probe.ts';

/**
 * `not-running`: the process is not there (program ends, or it does not come up). It says nothing of
 * the picture and is never kept; every other failure is a finding of this engine on these bytes.
 */
export type MeasureResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: MeasureFailure | 'not-running' };

export type RenderRequest =
  | { readonly rendering: 'card'; readonly frame: CardFrame }
  | { readonly rendering: 'signature-clean' | 'signature-ink' | 'signature-paper' };

export interface RenderedPicture {
  readonly bytes: Uint8Array;
  readonly mime: 'image/png';
}

/** `now`: the officer waits for it; `ahead`: for cases that open later. */
export type Urgency = 'now' | 'ahead';

/** No call throws on hostile bytes; a call that kills the process answers `died`, and another process starts. */
export interface Imaging {
  /** Version of code and models that measures here; null until the process has told it. */
  engine(): string | null;
  /** The same once the process is up; null when it does not come up. */
  whenReady(): Promise<string | null>;
  /** Null: nobody could look now, ask again; bytes that hang or kill the process are `unreadable`. */
  probe(bytes: Uint8Array, expectedMime: string, urgency: Urgency): Promise<PictureVerdict | null>;
  measurePortrait(bytes: Uint8Array, urgency: Urgency): Promise<MeasureResult<MeasuredPortrait>>;
  measureSignature(bytes: Uint8Array, urgency: Urgency): Promise<MeasureResult<MeasuredSignature>>;
  compareFaces(
    one: Uint8Array,
    other: Uint8Array,
    urgency: Urgency,
  ): Promise<MeasureResult<ComparedFaces>>;
  /** Always `now`: a rendering is made because somebody looks. */
  render(bytes: Uint8Array, request: RenderRequest): Promise<MeasureResult<RenderedPicture>>;
}
