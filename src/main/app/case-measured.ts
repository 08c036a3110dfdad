// What is known now of a case's pictures: stored measures put together, nothing is measured here.
import type { ImageRef } from '../../shared/central/application.ts';
import type { Measured } from '../../shared/contract/measured.ts';
import type { CaseMeasured, Outcome } from '../domain/case-measured.ts';
import { earlierAttempt } from '../domain/pictures-measured.ts';
import type { StoredCase } from '../ports/case-store.ts';
import type { MeasureKey } from '../ports/measure-store.ts';
import type { OpenDesk } from './desk.ts';

const NOTHING: CaseMeasured = {
  portrait: null,
  reference: null,
  faces: null,
  earlier: null,
  signature: null,
  referenceSignature: null,
};

type Hashed = Pick<ImageRef, 'sha256'>;

export const portraitKey = (photo: Hashed): MeasureKey => `portrait:${photo.sha256}`;
export const signatureKey = (sample: Hashed): MeasureKey => `signature:${sample.sha256}`;
export const facesKey = (photo: Hashed, other: Hashed): MeasureKey =>
  `faces:${photo.sha256}:${other.sha256}`;

/**
 * Measures of a case as far as this station's engine has them; all null until the engine is known.
 * What came as no usable picture will never be measured: it says so instead of waiting for ever.
 * A few reads by primary key.
 */
export function caseMeasured(desk: OpenDesk, { dossier }: StoredCase): CaseMeasured {
  const engine = desk.deps.imaging.engine();
  if (engine === null) return NOTHING;
  const { measures, pictures } = desk.session.store;
  const useless = ({ sha256 }: ImageRef): boolean => {
    const verdict = pictures.findVerdict(sha256);
    return verdict?.ok === false && verdict.problem !== 'hash-mismatch'; // that one may come right
  };
  const found = <K extends Measured['kind']>(
    kind: K,
    key: MeasureKey,
    ...of: readonly ImageRef[]
  ): Outcome<Extract<Measured, { kind: K }>> => {
    const stored = measures.find(key, engine);
    if (stored === null) return of.some(useless) ? { ok: false, failure: 'unreadable' } : null;
    if (!stored.ok) return stored;
    return stored.value.kind === kind
      ? { ok: true, value: stored.value as Extract<Measured, { kind: K }> }
      : null;
  };
  const portrait = (of: ImageRef) => found('portrait', portraitKey(of), of);
  const sample = (of: ImageRef) => found('signature', signatureKey(of), of);
  const { photo, referencePhoto, signature, referenceSignature } = dossier;
  const faces = (other: ImageRef) => found('comparison', facesKey(photo, other), photo, other);
  const before = earlierAttempt(dossier);
  return {
    portrait: portrait(photo),
    reference: referencePhoto && portrait(referencePhoto),
    faces: referencePhoto && faces(referencePhoto),
    earlier: before && {
      ticket: before.ticket,
      portrait: portrait(before.photo),
      faces: faces(before.photo),
    },
    signature: sample(signature),
    referenceSignature: referenceSignature && sample(referenceSignature),
  };
}
