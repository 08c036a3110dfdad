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
  const unseen: ComparedFaces['found'] = [first.count, null];
  if (first.vector === null)
    return { ...answer, distance: null, refused: first.refused, found: unseen };
  const second = await faceVector(models, other);
  const found: ComparedFaces['found'] = [first.count, second.count];
  if (second.vector === null) return { ...answer, distance: null, refused: second.refused, found };
  const distance = vectorDistance(first.vector, second.vector);
  return { ...answer, distance, refused: null, found };
}
