// What was found on the pictures, as the case screen shows it: places, file facts, zones, what changed.
import {
  measureStateOf,
  type MeasureCode,
  type PictureLimits,
} from '../../shared/central/measures.ts';
import type { Dossier, ImageRef } from '../../shared/central/application.ts';
import type { HeadLines, PicturesMeasured, Similarity } from '../../shared/contract/case.ts';
import type { ComparedFaces, MeasuredPortrait } from '../../shared/contract/measured.ts';
import type { CaseMeasured, Outcome } from './case-measured.ts';

const findings = <T extends { geometry: unknown; histogram: unknown; file: unknown }>(
  outcome: Outcome<T>,
): Pick<T, 'geometry' | 'histogram' | 'file'> | null => {
  if (outcome?.ok !== true) return null;
  const { geometry, histogram, file } = outcome.value;
  return { geometry, histogram, file };
};

/**
 * Zone of a comparison beside Digital-ID's answer. They disagree only when both are sure:
 * a "look" of ours contradicts nothing.
 */
export function similarityOf(
  faces: Outcome<ComparedFaces>,
  code: 'same-person' | 'same-as-earlier',
  limits: PictureLimits,
  digitalId: Dossier['digitalId'],
): Similarity | null {
  if (faces?.ok !== true) return null;
  const limit = limits.measures.find(({ measure }) => measure === code);
  const zone = limit === undefined ? 'no-data' : measureStateOf(faces.value.distance, limit);
  const passed = digitalId === null ? null : digitalId.score >= digitalId.threshold;
  const disagree =
    (passed === true && zone === 'disagrees') || (passed === false && zone === 'agrees');
  return { zone, refused: faces.value.refused, digitalIdPassed: passed, disagree };
}

/** A change worth telling: another state, or a value moved by a tenth of its former size. */
function changedBetween(
  before: MeasuredPortrait,
  now: MeasuredPortrait,
  limits: PictureLimits,
): NonNullable<PicturesMeasured['earlier']>['changed'] {
  const valueIn = (portrait: MeasuredPortrait, code: MeasureCode): number | null =>
    portrait.values.find(({ measure }) => measure === code)?.value ?? null;
  return limits.measures.flatMap((limit) => {
    if (!now.values.some(({ measure }) => measure === limit.measure)) return [];
    const [was, is] = [valueIn(before, limit.measure), valueIn(now, limit.measure)];
    const [beforeState, nowState] = [measureStateOf(was, limit), measureStateOf(is, limit)];
    const moved =
      was !== null && is !== null && Math.abs(is - was) > 0.1 * Math.max(Math.abs(was), 1e-3);
    const told = beforeState !== nowState || (moved && nowState !== 'agrees');
    return told ? [{ code: limit.measure, before: was, beforeState, now: is, nowState }] : [];
  });
}

type Earlier = Dossier['earlier'][number];
type Attempt = Earlier & { readonly photo: ImageRef };

/** The earlier application annulled last that has a photo: what the new one should have mended. */
export function earlierAttempt({ earlier }: Dossier): Attempt | null {
  const decided = ({ decidedAt, filedAt }: Earlier): string => decidedAt ?? filedAt;
  return earlier
    .filter((one): one is Attempt => one.outcome === 'annulled' && one.photo !== null)
    .reduce<Attempt | null>(
      (newest, one) => (newest === null || decided(one) > decided(newest) ? one : newest),
      null,
    );
}

export function picturesMeasured(
  dossier: Dossier,
  measured: CaseMeasured,
  limits: PictureLimits,
  lines: HeadLines | null,
  engine: string | null,
): PicturesMeasured {
  const { portrait, reference, faces, signature, referenceSignature, earlier } = measured;
  const attempt = earlierAttempt(dossier);
  const waiting = [
    portrait,
    signature,
    ...(dossier.referencePhoto === null ? [] : [reference, faces]),
    ...(dossier.referenceSignature === null ? [] : [referenceSignature]),
  ];
  return {
    engine,
    limits: limits.version,
    pending: waiting.some((one) => one === null),
    photo: findings(portrait),
    reference: findings(reference),
    signature: findings(signature),
    referenceSignature: findings(referenceSignature),
    similarity: similarityOf(faces, 'same-person', limits, dossier.digitalId),
    earlier:
      attempt === null
        ? null
        : {
            ticket: attempt.ticket,
            sameFile: attempt.photo.sha256 === dossier.photo.sha256,
            photo: findings(earlier?.portrait ?? null),
            similarity: similarityOf(earlier?.faces ?? null, 'same-as-earlier', limits, null),
            changed:
              portrait?.ok === true && earlier?.portrait?.ok === true
                ? changedBetween(earlier.portrait.value, portrait.value, limits)
                : [],
          },
    lines,
  };
}
