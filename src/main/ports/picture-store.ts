// Pictures by SHA-256 inside the encrypted cache, with what their bytes turned out to be.
import type { PictureVerdict } from './image-probe.ts';

export interface StoredPicture {
  readonly bytes: Uint8Array;
  readonly verdict: PictureVerdict;
}

export interface PictureStore {
  find(sha256: string): StoredPicture | null;
  findVerdict(sha256: string): PictureVerdict | null;
  save(sha256: string, picture: StoredPicture, at: string): void;
  has(sha256: string): boolean;
  /** SHA-256 of those saved before the instant. */
  savedBefore(at: string): string[];
  drop(sha256: string): void;
}
