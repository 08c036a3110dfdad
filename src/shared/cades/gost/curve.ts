// The one curve of the NCA's GOST keys: id-tc26-gost-3410-12-512-paramSetA (RFC 7836, appendix A.1).
import {
  weierstrass,
  type WeierstrassOpts,
  type WeierstrassPoint,
  type WeierstrassPointCons,
} from '@noble/curves/abstract/weierstrass.js';

export type GostCurveParameters = WeierstrassOpts<bigint>;
export type GostCurve = WeierstrassPointCons<bigint>;
export type GostPoint = WeierstrassPoint<bigint>;

const hex = (...lines: string[]): bigint => BigInt(`0x${lines.join('')}`);

/** Prime order, so that every point of the curve but infinity is a public key (cofactor 1). */
export const PARAM_SET_A: GostCurveParameters = {
  p: 2n ** 512n - 569n,
  a: 2n ** 512n - 572n,
  b: hex(
    'e8c2505dedfc86ddc1bd0b2b6667f1da34b82574761cb0e879bd081cfd0b6265',
    'ee3cb090f30d27614cb4574010da90dd862ef9d4ebee4761503190785a71c760',
  ),
  n: hex(
    'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    '27e69532f48d89116ff22b8d4e0560609b4b38abfad2b85dcacdb1411f10b275',
  ),
  h: 1n,
  Gx: 3n,
  Gy: hex(
    '7503cfe87a836ae3a61b8816e25450e6ce5e1c93acf1abc1778064fdcbefa921',
    'df1626be4fd036e93d75e6a50e3a41e98028fe5fc235f5b889a589cb5215f2a4',
  ),
};

/** Curve arithmetic is the library's; it refuses parameters whose base point is not on the curve. */
export const makeGostCurve = (parameters: GostCurveParameters): GostCurve =>
  weierstrass(parameters);

let made: GostCurve | null = null;

/** Made at the first GOST signature: most starts meet none. */
export const curveA = (): GostCurve => (made ??= makeGostCurve(PARAM_SET_A));
