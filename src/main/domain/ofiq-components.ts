// Quality components of ISO/IEC 29794-5: from a native value to 0…100, with the curves of the open reference OFIQ.

/** The standard's names as OFIQ writes them. */
export const OFIQ_MEASURES = [
  'UnifiedQualityScore',
  'BackgroundUniformity',
  'IlluminationUniformity',
  'LuminanceMean',
  'LuminanceVariance',
  'UnderExposurePrevention',
  'OverExposurePrevention',
  'DynamicRange',
  'Sharpness',
  'CompressionArtifacts',
  'NaturalColour',
  'SingleFacePresent',
  'EyesOpen',
  'MouthClosed',
  'EyesVisible',
  'MouthOcclusionPrevention',
  'FaceOcclusionPrevention',
  'InterEyeDistance',
  'HeadSize',
  'LeftwardCropOfTheFaceImage',
  'RightwardCropOfTheFaceImage',
  'MarginAboveOfTheFaceImage',
  'MarginBelowOfTheFaceImage',
  'HeadPoseYaw',
  'HeadPosePitch',
  'HeadPoseRoll',
  'ExpressionNeutrality',
  'NoHeadCoverings',
] as const;
export type OfiqMeasure = (typeof OFIQ_MEASURES)[number];

/** Rising from 0 to 1 with its middle at `middle`. */
const rise = (x: number, middle: number, width: number): number =>
  1 / (1 + Math.exp(-(x - middle) / width));
const fall = (x: number, middle: number, width: number): number => 1 - rise(x, middle, width);
const share = (x: number): number => 100 * (1 - x);
const turned = (degrees: number): number =>
  100 * Math.max(0, Math.cos((degrees * Math.PI) / 180)) ** 2;

/** Share of the head that is covered: best at 0, worst from 0.95. */
function uncovered(x: number): number {
  const curve = (v: number): number => rise(v, 0.02, 0.1);
  if (x <= 0) return 100;
  if (x >= 0.95) return 0;
  return (100 * (curve(0.95) - curve(x))) / (curve(0.95) - curve(0));
}

/** Parameters: OFIQ 1.0.3, `ofiq_config.jaxn` and the defaults of its sources (MIT). */
const CURVES: Readonly<Record<OfiqMeasure, (native: number) => number>> = {
  UnifiedQualityScore: (x) => 100 * rise(x, 23, 2.6),
  BackgroundUniformity: (x) => 190 * fall(x, 10, 100),
  IlluminationUniformity: (x) => 100 * Math.max(0, x) ** 0.3,
  LuminanceMean: (x) => 100 * rise(x, 0.2, 0.05) * fall(x, 0.8, 0.05),
  LuminanceVariance: (x) => 100 * Math.sin(((60 * x) / (60 * x + 1)) * Math.PI),
  UnderExposurePrevention: (x) => 120 * (0.832 - rise(x, 0.92, 0.05)),
  OverExposurePrevention: (x) => 1 / (x + 0.01),
  DynamicRange: (x) => 12.5 * x,
  Sharpness: (x) => -14 + 115 * rise(x, -20, 15),
  CompressionArtifacts: (x) => -0.0278 + 103 * rise(x, 0.3308, 0.092),
  NaturalColour: (x) => 200 * fall(x, 0, 10),
  SingleFacePresent: share,
  EyesOpen: (x) => 100 * rise(x, 0.02, 0.01),
  MouthClosed: (x) => 100 * fall(x, 0.2, 0.06),
  EyesVisible: share,
  MouthOcclusionPrevention: share,
  FaceOcclusionPrevention: share,
  InterEyeDistance: (x) => 100 * rise(x, 70, 20),
  HeadSize: (x) => 200 * fall(Math.abs(x - 0.45), 0, 0.05),
  LeftwardCropOfTheFaceImage: (x) => 100 * rise(x, 0.9, 0.1),
  RightwardCropOfTheFaceImage: (x) => 100 * rise(x, 0.9, 0.1),
  MarginAboveOfTheFaceImage: (x) => 100 * rise(x, 1.4, 0.1),
  MarginBelowOfTheFaceImage: (x) => 100 * rise(x, 1.8, 0.1),
  HeadPoseYaw: turned,
  HeadPosePitch: turned,
  HeadPoseRoll: turned,
  ExpressionNeutrality: (x) => 100 * rise(x, -5000, 5000),
  NoHeadCoverings: uncovered,
};

export interface OfiqComponent {
  readonly name: OfiqMeasure;
  readonly native: number;
  /** 0 worst … 100 best, whole. */
  readonly value: number;
}

/** The component of a native value in the unit OFIQ gives it; null when the value is no number. */
export function ofiqComponent(name: OfiqMeasure, native: number): OfiqComponent | null {
  if (!Number.isFinite(native)) return null;
  const value = Math.min(100, Math.max(0, Math.round(CURVES[name](native))));
  return { name, native, value };
}
