// Looks at picture bytes before anything shows them: type, size, whole decode, nothing behind the end.
import type { PICTURE_PROBLEMS } from '../../shared/contract/case.ts';

export type PictureProblem = (typeof PICTURE_PROBLEMS)[number];

export type PictureVerdict =
  | { readonly ok: true; readonly mime: string; readonly width: number; readonly height: number }
  | {
      readonly ok: false;
      readonly problem: PictureProblem;
      readonly width: number | null;
      readonly height: number | null;
    };

export interface ImageProbe {
  /** Never throws on hostile bytes: each ends in a verdict. */
  probe(bytes: Uint8Array, expectedMime: string): Promise<PictureVerdict>;
}
