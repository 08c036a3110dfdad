// Compares two faces: Euclidean distance of two vectors that never leave the measuring process. Advice only.
import type { ComparedFaces } from '../../../../shared/contract/measured.ts';
import { faceVector, vectorDistance } from './face-vector.ts';
import type { FaceModels } from './models.ts';

/** Throws UnreadablePicture when either cannot be decoded. */
export async function compareFaces(
  models: FaceModels,
  one: Uint8Array,
  other: Uint8Array,
): Promise<ComparedFaces> {
  const answer = { kind: 'comparison', engine: models.engine } as const;
  const first = await faceVector(models, one);
  if (typeof first === 'string') return { ...answer, distance: null, refused: first };
  const second = await faceVector(models, other);
  if (typeof second === 'string') return { ...answer, distance: null, refused: second };
  return { ...answer, distance: vectorDistance(first, second), refused: null };
}
