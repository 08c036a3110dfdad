// What is known now of a case's pictures: stored measures put together, nothing is measured here.
import type { Dossier, ImageRef } from '../../shared/central/application.ts';
import type { Measured } from '../../shared/contract/measured.ts';
import type { CaseMeasured, Outcome } from '../domain/case-measured.ts';
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

export const portraitKey = (photo: ImageRef): MeasureKey => `portrait:${photo.sha256}`;
export const signatureKey = (sample: ImageRef): MeasureKey => `signature:${sample.sha256}`;
export const facesKey = (photo: ImageRef, other: ImageRef): MeasureKey =>
  `faces:${photo.sha256}:${other.sha256}`;

/** The newest earlier annulled application that has a photo; what changed since is shown against it. */
export function earlierAnnulled({
  earlier,
}: Dossier): { readonly ticket: string; readonly photo: ImageRef } | null {
  let newest: { ticket: string; photo: ImageRef; at: string } | null = null;
  for (const { ticket, outcome, photo, filedAt, decidedAt } of earlier) {
    if (outcome !== 'annulled' || photo === null) continue;
    const at = decidedAt ?? filedAt;
    if (newest === null || at > newest.at) newest = { ticket, photo, at };
  }
  return newest;
}

/**
 * Measures of a case as far as this station's engine has them; all null until the engine is known.
 * A few reads by primary key.
 */
export function caseMeasured(desk: OpenDesk, { dossier }: StoredCase): CaseMeasured {
  const engine = desk.deps.imaging.engine();
  if (engine === null) return NOTHING;
  const { measures } = desk.session.store;
  const found = <K extends Measured['kind']>(
    kind: K,
    key: MeasureKey | null,
  ): Outcome<Extract<Measured, { kind: K }>> => {
    const stored = key === null ? null : measures.find(key, engine);
    if (stored === null || !stored.ok) return stored;
    return stored.value.kind === kind
      ? { ok: true, value: stored.value as Extract<Measured, { kind: K }> }
      : null;
  };
  const { photo, referencePhoto, signature, referenceSignature } = dossier;
  const before = earlierAnnulled(dossier);
  return {
    portrait: found('portrait', portraitKey(photo)),
    reference: found('portrait', referencePhoto && portraitKey(referencePhoto)),
    faces: found('comparison', referencePhoto && facesKey(photo, referencePhoto)),
    earlier: before && {
      ticket: before.ticket,
      portrait: found('portrait', portraitKey(before.photo)),
      faces: found('comparison', facesKey(photo, before.photo)),
    },
    signature: found('signature', signatureKey(signature)),
    referenceSignature: found('signature', referenceSignature && signatureKey(referenceSignature)),
  };
}
