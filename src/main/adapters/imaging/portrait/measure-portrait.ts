// Measures a portrait: one decode, then every measure with where it was found. Values only, no verdicts.
import type { FileFacts, MeasuredPortrait } from '../../../../shared/contract/measured.ts';
import type { PORTRAIT_MEASURES } from '../../../../shared/central/measures.ts';
import { fitCard } from '../../../../shared/kernel/card-frame.ts';
import { ofiqComponent, type OfiqMeasure } from '../../../domain/ofiq-components.ts';
import { decodePicture, release } from '../decode.ts';
import { fileFacts } from '../file-facts.ts';
import { histogramOf } from '../histogram.ts';
import type { Raster } from '../raster.ts';
import { alignFace } from './aligned-face.ts';
import { judgeBackground } from './background.ts';
import { meanChroma, naturalColour, skinCast } from './colour.ts';
import { qualityByBlocks, qualityOnCard } from './compression.ts';
import { area } from './detect-faces.ts';
import { lipGap, smileFeatures, smileOf } from './expression.ts';
import { faceLight } from './face-light.ts';
import { findFace, type FoundFace, type LookedAt } from './find-face.ts';
import { portraitGeometry } from './geometry.ts';
import { headPose } from './head-pose.ts';
import { POINT, angleOf, distance, middleOf, pointAt } from './landmarks.ts';
import type { FaceModels } from './models.ts';
import { personMask, silhouetteAboveEyes } from './person-mask.ts';
import { blurSigma } from './sharpness.ts';
import { coveredShare } from './skin.ts';

type Measure = (typeof PORTRAIT_MEASURES)[number];
type Values = MeasuredPortrait['values'];

/** Throws UnreadablePicture when the bytes cannot be decoded within the limits. */
export async function measurePortrait(
  models: FaceModels,
  bytes: Uint8Array,
): Promise<MeasuredPortrait> {
  const picture = await decodePicture(bytes);
  try {
    return await measureDecoded(models, picture.raster, fileFacts(bytes, picture.header));
  } finally {
    release(picture.raster);
  }
}

/** The same for a picture decoded before; `file` tells what its bytes were. */
export async function measureDecoded(
  models: FaceModels,
  raster: Raster,
  file: FileFacts,
): Promise<MeasuredPortrait> {
  const seen = await findFace(models, raster);
  const working = seen.levels[0]!;
  const whole = [
    row('colour', meanChroma(working)),
    row('picture-ratio', file.width / file.height),
  ];
  const found = seen.face === null ? null : await measureFace(models, seen, seen.face, file);
  return {
    kind: 'portrait',
    engine: models.engine,
    values: [
      faceCount(seen),
      ...(found?.values ?? FACE_MEASURES.map((one) => row(one, null))),
      ...whole,
    ],
    geometry: found?.geometry ?? null,
    histogram: histogramOf(working),
    file,
  };
}

/** What has no value where there is no face. */
const FACE_MEASURES: readonly Measure[] = [
  'inter-eye-distance',
  'head-height',
  'head-roll',
  'head-yaw',
  'head-pitch',
  'eyes-open',
  'mouth-closed',
  'smile',
  'sharpness',
  'compression',
  'under-exposure',
  'over-exposure',
  'dynamic-range',
  'light-evenness',
  'background-evenness',
  'background-light',
  'background-colour',
  'colour-cast',
  'face-covered',
];

function row(
  measure: Measure,
  value: number | null,
  ofiq?: readonly [OfiqMeasure, number],
): Values[number] {
  return {
    measure,
    value: value !== null && Number.isFinite(value) ? value : null,
    component: ofiq === undefined ? null : ofiqComponent(...ofiq),
  };
}

function faceCount({ faces, count }: LookedAt): Values[number] {
  const [first, second] = faces;
  if (first === undefined) return row('faces', 0);
  const rival = second === undefined ? 0 : area(second) / area(first);
  return row('faces', count, ['SingleFacePresent', rival]);
}

async function measureFace(
  models: FaceModels,
  { raster, levels, factor }: LookedAt,
  face: FoundFace,
  file: FileFacts,
) {
  const { points, right, left, betweenEyes } = face;
  const [rightPupil, leftPupil] = [right.pupil, left.pupil];
  const working = levels[0]!;
  const eyes = middleOf(rightPupil, leftPupil);
  const chin = pointAt(points, POINT.chin);
  const t = distance(eyes, chin);

  const mask = await personMask(models, levels);
  const silhouette = silhouetteAboveEyes(mask, working, eyes, chin);
  const geometry = portraitGeometry(
    { width: working.width, height: working.height, points, rightPupil, leftPupil, silhouette },
    mask,
  );
  const aligned = alignFace(levels, points, rightPupil, leftPupil);
  const pose = headPose(points, models.canonicalFace);
  const background = judgeBackground(levels, mask, rightPupil, leftPupil);
  const light = faceLight(aligned, background?.light ?? null);
  const gap = lipGap(points) / t;
  const smile = smileOf(await smileFeatures(models, levels, points, aligned));
  const source = betweenEyes * factor;
  const covered = coveredShare(aligned);
  const byBlocks = qualityByBlocks(raster, {
    left: eyes[0] * factor - 1.6 * source,
    top: eyes[1] * factor - 1.6 * source,
    right: eyes[0] * factor + 1.6 * source,
    bottom: eyes[1] * factor + 2 * source,
  });
  // The line of the pupils: steadier than the mesh, and the line that is drawn.
  const roll = (angleOf(rightPupil, leftPupil) * 180) / Math.PI;
  const narrower = right.open <= left.open ? right : left;

  const values: Values = [
    row('inter-eye-distance', source, [
      'InterEyeDistance',
      source / Math.cos((pose.yaw * Math.PI) / 180),
    ]),
    row('head-height', fitCard(geometry, file).headMm, ['HeadSize', t / working.height]),
    row('head-roll', roll, ['HeadPoseRoll', pose.roll]),
    row('head-yaw', pose.yaw, ['HeadPoseYaw', pose.yaw]),
    row('head-pitch', pose.pitch, ['HeadPosePitch', pose.pitch]),
    row('eyes-open', narrower.open, ['EyesOpen', narrower.lidGap / t]),
    row('mouth-closed', gap, ['MouthClosed', gap]),
    row('smile', smile),
    row('sharpness', blurSigma(aligned)),
    row('compression', qualityOnCard(Math.min(byBlocks, file.lastSaveQuality ?? 100), source)),
    row('under-exposure', light.under, ['UnderExposurePrevention', light.dark]),
    row('over-exposure', light.over, ['OverExposurePrevention', light.over]),
    row('dynamic-range', light.entropy, ['DynamicRange', light.entropy]),
    row('light-evenness', light.evenness, ['IlluminationUniformity', light.overlap]),
    row(
      'background-evenness',
      background?.spread ?? null,
      background === null ? undefined : ['BackgroundUniformity', background.gradient],
    ),
    row('background-light', background?.light ?? null),
    row('background-colour', background?.chroma ?? null),
    row('colour-cast', skinCast(...light.cheeks), [
      'NaturalColour',
      naturalColour(...light.cheeks),
    ]),
    row('face-covered', covered, ['FaceOcclusionPrevention', covered]),
  ];
  return { values, geometry };
}
