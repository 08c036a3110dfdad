// GOST R 34.10-2012 against published constants and signatures, and the byte order of the NCA's layout.
import { describe, expect, it } from 'vitest';
import {
  fromLittleEndian,
  hashNumber,
  readKeyPair,
  readSignaturePair,
  toLittleEndian,
  tokenSignatureReadings,
  writeSignaturePair,
} from '../../../../../src/shared/cades/gost/byte-order.ts';
import {
  curveA,
  makeGostCurve,
  PARAM_SET_A,
  type GostCurve,
} from '../../../../../src/shared/cades/gost/curve.ts';
import {
  gostFault,
  numbersFault,
  readGostPoint,
} from '../../../../../src/shared/cades/gost/signature.ts';
import { streebog512 } from '../../../../../src/shared/cades/gost/streebog.ts';

const n = (...lines: string[]): bigint => BigInt(`0x${lines.join('')}`);

/** RFC 7091, section 7.1. */
const TEST_256 = {
  curve: makeGostCurve({
    p: n('8000000000000000000000000000000000000000000000000000000000000431'),
    a: 7n,
    b: n('5fbff498aa938ce739b8e022fbafef40563f6e6a3472fc2a514c0ce9dae23b7e'),
    n: n('8000000000000000000000000000000150fe8a1892976154c59cfc193accf5b3'),
    h: 1n,
    Gx: 2n,
    Gy: n('08e2a8a0e65147d4bd6316030e16d19c85c97f0a9ca267122b96abbcea7e8fc8'),
  }),
  d: n('7a929ade789bb9be10ed359dd39a72c11b60961f49397eee1d19ce9891ec3b28'),
  x: n('7f2b49e270db6d90d8595bec458b50c58585ba1d4e9b788f6689dbd8e56fd80b'),
  y: n('26f1b489d6701dd185c8413a977b3cbbaf64d1c593d26627dffb101a87ff77da'),
  e: n('2dfbc1b372d89a1188c09c52e0eec61fce52032ab1022e8e67ece6672b043ee5'),
  r: n('41aa28d2f1ab148280cd9ed56feda41974053554a42767b83ad043fd39dc0493'),
  s: n('01456c64ba4642a1653c235a98a60249bcd6d3f746b631df928014f6c5bf9c40'),
};

/** RFC 7091, section 7.2: id-tc26-gost-3410-12-512-paramSetTest. */
const TEST_512 = {
  curve: makeGostCurve({
    p: n(
      '4531acd1fe0023c7550d267b6b2fee80922b14b2ffb90f04d4eb7c09b5d2d15d',
      'f1d852741af4704a0458047e80e4546d35b8336fac224dd81664bbf528be6373',
    ),
    a: 7n,
    b: n(
      '1cff0806a31116da29d8cfa54e57eb748bc5f377e49400fdd788b649eca1ac43',
      '61834013b2ad7322480a89ca58e0cf74bc9e540c2add6897fad0a3084f302adc',
    ),
    n: n(
      '4531acd1fe0023c7550d267b6b2fee80922b14b2ffb90f04d4eb7c09b5d2d15d',
      'a82f2d7ecb1dbac719905c5eecc423f1d86e25edbe23c595d644aaf187e6e6df',
    ),
    h: 1n,
    Gx: n(
      '24d19cc64572ee30f396bf6ebbfd7a6c5213b3b3d7057cc825f91093a68cd762',
      'fd60611262cd838dc6b60aa7eee804e28bc849977fac33b4b530f1b120248a9a',
    ),
    Gy: n(
      '2bb312a43bd2ce6e0d020613c857acddcfbf061e91e5f2c3f32447c259f39b2c',
      '83ab156d77f1496bf7eb3351e1ee4e43dc1a18b91b24640b6dbb92cb1add371e',
    ),
  }),
  d: n(
    '0ba6048aadae241ba40936d47756d7c93091a0e8514669700ee7508e508b1020',
    '72e8123b2200a0563322dad2827e2714a2636b7bfd18aadfc62967821fa18dd4',
  ),
  x: n(
    '115dc5bc96760c7b48598d8ab9e740d4c4a85a65be33c1815b5c320c854621dd',
    '5a515856d13314af69bc5b924c8b4ddff75c45415c1d9dd9dd33612cd530efe1',
  ),
  y: n(
    '37c7c90cd40b0f5621dc3ac1b751cfa0e2634fa0503b3d52639f5d7fb72afd61',
    'ea199441d943ffe7f0c70a2759a3cdb84c114e1f9339fdf27f35eca93677beec',
  ),
  e: n(
    '3754f3cfacc9e0615c4f4a7c4d8dab531b09b6f9c170c533a71d147035b0c591',
    '7184ee536593f4414339976c647c5d5a407adedb1d560c4fc6777d2972075b8c',
  ),
  r: n(
    '2f86fa60a081091a23dd795e1e3c689ee512a3c82ee0dcc2643c78eea8fcacd3',
    '5492558486b20f1c9ec197c90699850260c93bcbcd9c5c3317e19344e173ae36',
  ),
  s: n(
    '1081b394696ffe8e6585e7a9362d26b6325f56778aadbc081c0bfbe933d52ff5',
    '823ce288e8c4f362526080df7f70ce406a6eeb1f56919cb92a9853bde73e5b4a',
  ),
};

/** GNU Nettle's published vector on id-tc26-gost-3410-12-512-paramSetA: private key, hash bytes, r, s. */
const SET_A = {
  d: n(
    '3fc01cdcd4ec5f972eb482774c41e66db7f380528dfe9e67992ba05aee462435',
    '757530e641077ce587b976c8eeb48c48fd33fd175f0c7de6a44e014e6bcb074b',
  ),
  hash: Buffer.from(
    'edc257bed45fdde4f1457b7f5b19017a8f204184366689d938532cdbaa5cb29a' +
      '1d369da57f8b983be272219bd2c9a4fc57ecf7a77f34ee2e8aa553976a4766c0',
    'hex',
  ),
  r: n(
    '891aa75c2a6f3b4de27e3903f61cbb0f3f85a4e3c62f39a6e4e84a7477679c6e',
    '45008dc2774ca2ff64c12c0606ff918cae3a50115440e9bf2971b627a882a1e8',
  ),
  s: n(
    '31065479996ddbdee180afe22ca3cdc44b45ce4c6c83909d1d3b702922a32441',
    'a9e11dcfbea3d847c06b1a8a38eb1671d6c82fa21b79c99be2ea809b10daa5df',
  ),
};

describe('constants of parameter set A', () => {
  it('are the values of RFC 7836, appendix A.1', () => {
    const decimal = (value: bigint) => value.toString(16);
    expect(decimal(PARAM_SET_A.p)).toBe(`${'f'.repeat(125)}dc7`);
    expect(decimal(PARAM_SET_A.a)).toBe(`${'f'.repeat(125)}dc4`);
    expect(PARAM_SET_A.n < PARAM_SET_A.p && PARAM_SET_A.n > 2n ** 511n).toBe(true);
  });

  it('G is on the curve, q·G is infinity, (q − 1)·G is −G, the discriminant is not zero', () => {
    const { p, a, b, n: q, Gx, Gy } = PARAM_SET_A;
    expect((Gy ** 2n - Gx ** 3n - a * Gx - b) % p).toBe(0n);
    expect((4n * a ** 3n + 27n * b ** 2n) % p).not.toBe(0n);
    const { BASE } = curveA();
    const minus = BASE.multiply(q - 1n);
    expect(minus.equals(BASE.negate())).toBe(true);
    expect(minus.add(BASE).is0()).toBe(true);
  });
});

describe('published signatures', () => {
  const fault = (v: typeof TEST_512, change: Partial<typeof TEST_512> = {}) => {
    const { curve, x, y, e, r, s } = { ...v, ...change };
    return numbersFault(curve, curve.fromAffine({ x, y }), e, { r, s });
  };
  it.each([
    ['RFC 7091, 7.1', TEST_256],
    ['RFC 7091, 7.2', TEST_512],
  ])('%s: key and signature', (_, v) => {
    const key = v.curve.BASE.multiply(v.d).toAffine();
    expect([key.x, key.y]).toEqual([v.x, v.y]);
    expect(fault(v)).toBeNull();
    expect(fault(v, { e: v.e + 1n })).toBe('signature-wrong');
    expect(fault(v, { r: v.s, s: v.r })).toBe('signature-wrong');
    const q = v.curve.CURVE().n;
    for (const bad of [0n, q, q + v.r, -v.r]) {
      expect(fault(v, { r: bad })).toBe('signature-range');
      expect(fault(v, { s: bad })).toBe('signature-range');
    }
  });

  it('on parameter set A: the hash is counted from its last byte', () => {
    const curve: GostCurve = curveA();
    const key = curve.BASE.multiply(SET_A.d);
    expect(numbersFault(curve, key, hashNumber(SET_A.hash), SET_A)).toBeNull();
    const other = hashNumber(Buffer.from(SET_A.hash).reverse());
    expect(numbersFault(curve, key, other, SET_A)).toBe('signature-wrong');
  });

  it('RFC 9215 (its draft’s 512-bit example): a certificate re-laid from the Russian byte order', () => {
    // tbsCertificate, and the signature as the RFC writes it: s‖r, big-endian.
    const tbs = Buffer.from(
      'MIIBFqADAgECAgELMAoGCCqFAwcBAQMDMBIxEDAOBgNVBAMTB0V4YW1wbGUwIBcNMDEwMTAxMDAwMDAwWhgPMjA1MDEyMzEw' +
        'MDAwMDBaMBIxEDAOBgNVBAMTB0V4YW1wbGUwgaAwFwYIKoUDBwEBAQIwCwYJKoUDBwECAQIAA4GEAASBgOHvMNUsYTPd2Z0d' +
        'XEFFXPffTYtMklu8aa8UM9FWWFFa3SFGhQwyXFuBwTO+ZVqoxNRA57mKjVlIewx2lrzFXRHsvnc2qew1f/L9OZMfThFMuM2j' +
        'WScKx/Dn/0PZQZQZ6mH9Krd/XZ9jUj07UKBPY+Kgz1G3wTrcIVYPC9QMycc3oxMwETAPBgNVHRMBAf8EBTADAQH/',
      'base64',
    );
    const russian = Buffer.from(
      '415703d892f1a5f3f68c4353189a7ee207b80b5631ef9d49529a4d6b542c2cfa15aa2eacf11f470fde7d954856903c35' +
        'fd8f955ef300d95c77534a724a0eee702f86fa60a081091a23dd795e1e3c689ee512a3c82ee0dcc2643c78eea8fcacd3' +
        '5492558486b20f1c9ec197c90699850260c93bcbcd9c5c3317e19344e173ae36',
      'hex',
    );
    const { curve, x, y } = TEST_512;
    const keyAt = tbs.indexOf(Buffer.from('048180', 'hex')) + 3;
    expect(readKeyPair(tbs.subarray(keyAt, keyAt + 128))).toEqual([x, y]);
    const check = (bytes: Buffer) => {
      const [r, s] = readSignaturePair(bytes)!;
      return numbersFault(curve, curve.fromAffine({ x, y }), hashNumber(streebog512(tbs)), {
        r,
        s,
      });
    };
    expect(check(Buffer.from(russian).reverse())).toBeNull();
    // Presented as it stands, without the turn, r and s are other numbers.
    expect(check(russian)).not.toBeNull();
  });
});

describe('byte order of the NCA', () => {
  it('r‖s little-endian, and nothing but 128 bytes', () => {
    const bytes = writeSignaturePair(1n, 2n);
    expect([...bytes.subarray(0, 2), ...bytes.subarray(64, 66)]).toEqual([1, 0, 2, 0]);
    expect(readSignaturePair(bytes)).toEqual([1n, 2n]);
    expect(readSignaturePair(bytes.subarray(1))).toBeNull();
    expect(fromLittleEndian(toLittleEndian(0x0102n, 64))).toBe(0x0102n);
    expect(() => toLittleEndian(2n ** 512n, 64)).toThrow(RangeError);
    expect(() => toLittleEndian(-1n, 64)).toThrow(RangeError);
  });

  it('two readings of a token’s answer, none of another length', () => {
    const raw = Uint8Array.from({ length: 128 }, (_, i) => i);
    expect(tokenSignatureReadings(raw).map((one) => one[0])).toEqual([127, 0]);
    expect(tokenSignatureReadings(raw.subarray(2))).toEqual([]);
  });
});

describe('keys and signatures by bytes', () => {
  const data = Buffer.from('application');
  const { BASE, Fn } = curveA();
  const q = PARAM_SET_A.n;
  const key = BASE.multiply(SET_A.d);
  const { x, y } = key.toAffine();
  const octets = Buffer.concat([toLittleEndian(x, 64), toLittleEndian(y, 64)]);
  // Section 6.1 with a fixed k: enough for a test.
  const k = 0x1234567890abcdefn;
  const r = BASE.multiply(k).toAffine().x % q;
  const s = Fn.create(r * SET_A.d + k * hashNumber(streebog512(data)));
  const signature = writeSignaturePair(r, s);

  it('a good key reads and its signature fits', () => {
    const read = readGostPoint(octets);
    expect(read.ok && gostFault(read.point, data, signature)).toBeNull();
  });

  it('names what is wrong', () => {
    const fault = (bytes: Uint8Array) => gostFault(key, data, bytes);
    expect(fault(signature.subarray(1))).toBe('signature-length');
    expect(fault(writeSignaturePair(0n, s))).toBe('signature-range');
    expect(fault(writeSignaturePair(r, 0n))).toBe('signature-range');
    expect(fault(writeSignaturePair(q, s))).toBe('signature-range');
    expect(fault(writeSignaturePair(r, q))).toBe('signature-range');
    expect(fault(writeSignaturePair(s, r))).toBe('signature-wrong');
    expect(fault(writeSignaturePair(r, q - s))).toBe('signature-wrong');
    expect(fault(Buffer.from(signature).reverse())).not.toBeNull();
    expect(gostFault(key.negate(), data, signature)).toBe('signature-wrong');
    expect(gostFault(key, Buffer.from('Application'), signature)).toBe('signature-wrong');
  });

  it('refuses keys that are no points: length, off the curve, not reduced, infinity', () => {
    const at = (px: bigint, py: bigint) =>
      readGostPoint(Buffer.concat([toLittleEndian(px, 64), toLittleEndian(py, 64)]));
    expect(readGostPoint(octets.subarray(1))).toMatchObject({ fault: 'key-length' });
    expect(at(x, y + 1n)).toMatchObject({ fault: 'point-off-curve' });
    expect(at(y, x)).toMatchObject({ fault: 'point-off-curve' });
    expect(at(0n, 0n)).toMatchObject({ fault: 'point-off-curve' });
    // x = 3 of the base point is small enough for 3 + p to fit the 64 bytes.
    expect(at(3n + PARAM_SET_A.p, PARAM_SET_A.Gy)).toMatchObject({ fault: 'point-off-curve' });
    expect(at(3n, PARAM_SET_A.Gy)).toMatchObject({ ok: true });
  });
});
