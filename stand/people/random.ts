// Seeded random source: the same text seed gives the same people, pictures and strokes everywhere.

export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform real in [min, max). */
  range(min: number, max: number): number;
  /** Uniform integer in [min, max], both ends included. */
  int(min: number, max: number): number;
  /** True with probability p. */
  chance(p: number): boolean;
  /** Normal deviate, cut at ±2.5 standard deviations. */
  gauss(mean: number, deviation: number): number;
  /** One element; the list must not be empty. */
  pick<T>(list: readonly T[]): T;
  /** One element by weight; pairs of [weight, value]. */
  weighted<T>(list: ReadonlyArray<readonly [number, T]>): T;
  /** An independent source named by label: adding draws to one never shifts another. */
  fork(label: string): Random;
}

function hashText(text: string): [number, number, number, number] {
  let a = 1779033703;
  let b = 3144134277;
  let c = 1013904242;
  let d = 2773480762;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    a = b ^ Math.imul(a ^ code, 597399067);
    b = c ^ Math.imul(b ^ code, 2869860233);
    c = d ^ Math.imul(c ^ code, 951274213);
    d = a ^ Math.imul(d ^ code, 2716044179);
  }
  return [a >>> 0, b >>> 0, c >>> 0, d >>> 0];
}

/** Makes a source from any text; sfc32 inside. */
export function createRandom(seed: string): Random {
  let [a, b, c, d] = hashText(seed);
  const next = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i += 1) next();
  const random: Random = {
    next,
    range: (min, max) => min + next() * (max - min),
    int: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (p) => next() < p,
    gauss: (mean, deviation) => {
      const radius = Math.sqrt(-2 * Math.log(1 - next()));
      const value = radius * Math.cos(2 * Math.PI * next());
      return mean + deviation * Math.max(-2.5, Math.min(2.5, value));
    },
    pick: (list) => {
      const value = list[Math.floor(next() * list.length)];
      if (value === undefined) throw new Error('pick from an empty list');
      return value;
    },
    weighted: (list) => {
      const total = list.reduce((sum, [weight]) => sum + weight, 0);
      let left = next() * total;
      for (const [weight, value] of list) {
        left -= weight;
        if (left < 0) return value;
      }
      const last = list[list.length - 1];
      if (last === undefined) throw new Error('weighted pick from an empty list');
      return last[1];
    },
    fork: (label) => createRandom(`${seed}/${label}`),
  };
  return random;
}
