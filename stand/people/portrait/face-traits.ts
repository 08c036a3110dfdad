// What makes one synthetic face itself (fixed for life) and how it looks on one picture (age, hair, light, pose).
import { createRandom } from '../random.ts';
import type { Random } from '../random.ts';
import { linearRgb, mixRgb } from './paint.ts';
import type { Rgb } from './paint.ts';

export type Sex = 'male' | 'female';
export type Look = 'steppe' | 'european';

/** Measures are in inter-pupil distances unless they are factors around 1. */
export interface FaceTraits {
  readonly seed: string;
  readonly sex: Sex;
  readonly look: Look;
  readonly faceWidth: number;
  readonly cheek: number;
  readonly jaw: number;
  readonly chinWidth: number;
  readonly chinLength: number;
  readonly forehead: number;
  readonly noseWidth: number;
  readonly noseLength: number;
  readonly noseHeight: number;
  readonly eyeWidth: number;
  readonly eyeOpen: number;
  readonly eyeTilt: number;
  /** 0 = no crease shown, 1 = wide double lid. */
  readonly lidCrease: number;
  /** 0..1: how far the fold covers the inner corner. */
  readonly eyeFold: number;
  readonly browThick: number;
  readonly browArch: number;
  readonly browHeight: number;
  readonly mouthWidth: number;
  readonly lipFull: number;
  readonly mouthHeight: number;
  readonly earSize: number;
  readonly earOut: number;
  readonly skin: Rgb;
  readonly iris: Rgb;
  readonly hair: Rgb;
  readonly greyFrom: number;
  readonly balding: number;
  readonly freckles: number;
  readonly mole: readonly [number, number] | null;
  readonly tilt: number;
}

const SKIN: Record<Look, readonly Rgb[]> = {
  steppe: [
    linearRgb(238, 202, 178),
    linearRgb(232, 194, 168),
    linearRgb(226, 186, 158),
    linearRgb(218, 174, 144),
    linearRgb(208, 162, 132),
  ],
  european: [
    linearRgb(242, 208, 190),
    linearRgb(238, 202, 182),
    linearRgb(234, 196, 174),
    linearRgb(228, 188, 164),
  ],
};

const HAIR: Record<Look, ReadonlyArray<readonly [number, Rgb]>> = {
  steppe: [
    [6, linearRgb(28, 23, 22)],
    [4, linearRgb(40, 30, 26)],
    [2, linearRgb(58, 41, 32)],
    [0.7, linearRgb(82, 54, 38)],
  ],
  european: [
    [2, linearRgb(46, 34, 28)],
    [3, linearRgb(78, 56, 40)],
    [2.5, linearRgb(112, 82, 56)],
    [1.5, linearRgb(150, 116, 78)],
    [0.8, linearRgb(178, 146, 104)],
    [0.6, linearRgb(112, 60, 36)],
  ],
};

const IRIS: Record<Look, ReadonlyArray<readonly [number, Rgb]>> = {
  steppe: [
    [6, linearRgb(62, 38, 24)],
    [3, linearRgb(88, 56, 34)],
    [0.7, linearRgb(106, 84, 52)],
  ],
  european: [
    [2, linearRgb(86, 58, 36)],
    [2, linearRgb(104, 96, 62)],
    [3, linearRgb(98, 122, 140)],
    [2, linearRgb(112, 124, 120)],
  ],
};

/** The face that a seed stands for. */
export function faceTraits(seed: string, sex: Sex, look: Look): FaceTraits {
  const r = createRandom(`face/${seed}`);
  const woman = sex === 'female';
  const steppe = look === 'steppe';
  return {
    seed,
    sex,
    look,
    faceWidth: r.gauss(steppe ? 1.03 : 0.985, 0.035) * (woman ? 0.97 : 1.0),
    cheek: r.gauss(steppe ? 1.02 : 0.99, 0.018),
    jaw: r.gauss(woman ? 0.9 : 1.0, 0.045),
    chinWidth: r.gauss(woman ? 0.84 : 1.0, 0.08),
    chinLength: r.gauss(woman ? -0.05 : 0.02, 0.05),
    forehead: r.gauss(1, 0.025),
    noseWidth: r.gauss(steppe ? 1.08 : 0.95, 0.08) * (woman ? 0.92 : 1),
    noseLength: r.gauss(woman ? 0.97 : 1.02, 0.045),
    noseHeight: r.gauss(steppe ? 0.86 : 1.08, 0.1),
    eyeWidth: r.gauss(woman ? 1.04 : 0.98, 0.035),
    eyeOpen: r.gauss((steppe ? 0.9 : 1.02) * (woman ? 1.08 : 0.98), 0.06),
    eyeTilt: r.gauss(steppe ? 0.035 : 0.012, 0.018),
    lidCrease: steppe
      ? r.weighted([
          [3, 0],
          [3, 0.4],
          [3, 0.75],
        ] as const)
      : r.range(0.6, 1),
    eyeFold: steppe ? r.range(0.35, 1) : 0,
    browThick: r.gauss(woman ? 0.78 : 1.12, 0.14),
    browArch: r.gauss(woman ? 1.15 : 0.8, 0.25),
    browHeight: r.gauss(woman ? 0.43 : 0.39, 0.03),
    mouthWidth: r.gauss(woman ? 0.96 : 1.03, 0.06),
    lipFull: r.gauss(woman ? 1.12 : 0.92, 0.13),
    mouthHeight: r.gauss(1.13, 0.03),
    earSize: r.gauss(woman ? 0.94 : 1.02, 0.06),
    earOut: r.range(0.6, 1.1),
    skin: mixRgb(r.pick(SKIN[look]), r.pick(SKIN[look]), r.next() * 0.5),
    iris: r.weighted(IRIS[look]),
    hair: r.weighted(HAIR[look]),
    greyFrom: r.range(38, 58),
    balding: woman ? 0 : Math.max(0, r.gauss(0.35, 0.4)),
    freckles: r.chance(0.15) ? r.range(0.3, 1) : 0,
    mole: r.chance(0.3) ? [r.range(0.3, 0.8) * (r.chance(0.5) ? 1 : -1), r.range(0.4, 1.4)] : null,
    tilt: r.gauss(0, 0.012),
  };
}

export const HAIR_STYLES = {
  male: ['short', 'side-part', 'swept', 'buzz'],
  female: ['pulled-back', 'middle-long', 'side-long', 'bob', 'bangs-long'],
} as const;
export type HairStyle = (typeof HAIR_STYLES)[Sex][number] | 'bald';

export const CLOTHES = ['suit', 'shirt', 'sweater', 'turtleneck', 'blouse', 'jacket'] as const;
export type Clothes = (typeof CLOTHES)[number];

export const GLASSES = ['none', 'clear', 'dark', 'glare'] as const;
export type Glasses = (typeof GLASSES)[number];

export const HEADGEAR = ['none', 'scarf', 'beanie', 'cap'] as const;
export type Headgear = (typeof HEADGEAR)[number];

export const BACKDROPS = ['plain', 'wallpaper', 'dark', 'room', 'coloured'] as const;
export type Backdrop = (typeof BACKDROPS)[number];

export const LIGHTS = ['soft-left', 'soft-right', 'flat', 'lamp', 'side', 'over', 'under'] as const;
export type Light = (typeof LIGHTS)[number];

/** One sitting: everything that may differ between two pictures of the same face. */
export interface Sitting {
  readonly age: number;
  readonly hairStyle: HairStyle;
  readonly beard: 'none' | 'stubble' | 'moustache' | 'short';
  readonly clothes: Clothes;
  readonly clothesSeed: string;
  readonly glasses: Glasses;
  readonly headgear: Headgear;
  readonly backdrop: Backdrop;
  readonly light: Light;
  /** 0 = neutral, 1 = broad smile with open mouth. */
  readonly smile: number;
  /** 1 = as the face has it, 0 = closed. */
  readonly eyesOpen: number;
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  /** 1 = head 34 mm of 45. */
  readonly zoom: number;
  readonly shift: readonly [number, number];
  /** 0..1: skin smoothed away by a beauty filter. */
  readonly retouch: number;
}

/** A conforming sitting at an age; the label separates the sittings of one face. */
export function plainSitting(face: FaceTraits, age: number, label: string): Sitting {
  const life = createRandom(`sitting/${face.seed}`);
  const r = createRandom(`sitting/${face.seed}/${label}`);
  const woman = face.sex === 'female';
  const habit: HairStyle =
    woman && age > 52
      ? life.pick(['pulled-back', 'bob', 'bob', 'side-long'] as const)
      : life.pick(HAIR_STYLES[face.sex]);
  const scarf = woman && life.chance(age > 60 ? 0.3 : 0.14);
  const needsGlasses = life.chance(age > 45 ? 0.3 : 0.14);
  const moustache = life.chance(0.14);
  const stubbly = life.chance(0.3);
  const bald = face.balding > 0.75 && age > 42;
  return {
    age,
    hairStyle: bald ? 'bald' : r.chance(0.8) || age > 52 ? habit : r.pick(HAIR_STYLES[face.sex]),
    beard: woman
      ? 'none'
      : moustache && age > 27
        ? 'moustache'
        : stubbly && age > 22
          ? r.pick(['stubble', 'short'] as const)
          : 'none',
    clothes: clothesFor(r, woman, age),
    clothesSeed: `${face.seed}/${label}`,
    glasses: needsGlasses ? 'clear' : 'none',
    headgear: scarf ? 'scarf' : 'none',
    backdrop: 'plain',
    light: r.pick(['soft-left', 'soft-left', 'soft-right', 'flat'] as const),
    smile: 0,
    eyesOpen: r.gauss(1, 0.04),
    yaw: life.chance(0.25) ? r.gauss(0, 1.6) : 0,
    pitch: 0,
    roll: r.gauss(0, 0.3),
    zoom: r.gauss(1, 0.018),
    shift: [r.gauss(0, 0.006), r.gauss(0, 0.006)],
    retouch: 0,
  };
}

function clothesFor(r: Random, woman: boolean, age: number): Clothes {
  if (woman) return r.pick(['suit', 'blouse', 'blouse', 'sweater', 'turtleneck', 'shirt'] as const);
  if (age < 22) return r.pick(['shirt', 'sweater', 'jacket', 'suit'] as const);
  return r.pick(['suit', 'suit', 'shirt', 'sweater', 'jacket', 'turtleneck'] as const);
}
