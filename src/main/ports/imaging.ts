// The measuring process: all decoding happens there, and it may die without taking anything along.
import type {
  ComparedFaces,
  MeasureFailure,
  MeasuredPortrait,
  MeasuredSignature,
} from '../../shared/contract/measured.ts';
import type { CardFrame } from '../../shared/kernel/card-frame.ts';
import type { ImageProbe } from './image-probe.ts';

export type MeasureResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: MeasureFailure };

export type RenderRequest =
  | { readonly rendering: 'card'; readonly frame: CardFrame }
  | { readonly rendering: 'signature-clean' | 'signature-ink' | 'signature-paper' };

export interface RenderedPicture {
  readonly bytes: Uint8Array;
  readonly mime: 'image/png';
}

/** No call throws on hostile bytes; a call that kills the process answers `died`, and another process starts. */
export interface Imaging extends ImageProbe {
  /** Version of code and models; null while unknown (process not up) or when models are not the shipped ones. */
  engine(): Promise<string | null>;
  measurePortrait(bytes: Uint8Array): Promise<MeasureResult<MeasuredPortrait>>;
  measureSignature(bytes: Uint8Array): Promise<MeasureResult<MeasuredSignature>>;
  compareFaces(one: Uint8Array, other: Uint8Array): Promise<MeasureResult<ComparedFaces>>;
  render(bytes: Uint8Array, request: RenderRequest): Promise<MeasureResult<RenderedPicture>>;
}
