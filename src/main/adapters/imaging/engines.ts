// What the measuring engines promise to the process that runs them; tests put engines of their own here.
import type {
  ComparedFaces,
  MeasuredPortrait,
  MeasuredSignature,
} from '../../../shared/contract/measured.ts';
import type { PictureVerdict } from '../../ports/image-probe.ts';
import type { RenderRequest } from '../../ports/imaging.ts';

/** Work on faces; needs the models. */
export interface FaceEngine {
  measure(bytes: Uint8Array): Promise<MeasuredPortrait>;
  compare(one: Uint8Array, other: Uint8Array): Promise<ComparedFaces>;
}

/** Calls may throw on hostile bytes; whoever runs them makes a failure of it. */
export interface Engines {
  /** Version of code and models, ≤ 80 characters; what was measured under another one is measured again. */
  readonly version: string;
  probe(bytes: Uint8Array, expectedMime: string): Promise<PictureVerdict>;
  /** Null: the models of this station are missing or not the shipped ones. */
  readonly faces: FaceEngine | null;
  measureSignature(bytes: Uint8Array): Promise<MeasuredSignature>;
  /** PNG bytes. */
  render(bytes: Uint8Array, request: RenderRequest): Promise<Uint8Array>;
}
