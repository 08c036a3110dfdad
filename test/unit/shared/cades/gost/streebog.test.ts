// Streebog against the examples of RFC 6986, section 10, and the published digests of nothing.
import { describe, expect, it } from 'vitest';
import { streebog256, streebog512 } from '../../../../../src/shared/cades/gost/streebog.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The RFC prints values from the most significant byte: message and digest stand the other way round in memory. */
const memory = (printed: string): Buffer => Buffer.from(printed, 'hex').reverse();

const M1 = Buffer.from('012345678901234567890123456789012345678901234567890123456789012');
const M2 = memory(
  'fbe2e5f0eee3c820fbeafaebef20fffbf0e1e0f0f520e0ed20e8ece0ebe5f0f2f120fff0eeec20f120faf2fee5e2202c' +
    'e8f6f3ede220e8e6eee1e8f0f2d1202ce8f0f2e5e220e5d1',
);

describe('RFC 6986', () => {
  it('example 1, 512 and 256 bits', () => {
    expect(hex(streebog512(M1))).toBe(
      memory(
        '486f64c1917879417fef082b3381a4e211c324f074654c38823a7b76f830ad00' +
          'fa1fbae42b1285c0352f227524bc9ab16254288dd6863dccd5b9f54a1ad0541b',
      ).toString('hex'),
    );
    expect(hex(streebog256(M1))).toBe(
      memory('00557be5e584fd52a449b16b0251d05d27f94ab76cbaa6da890b59d8ef1e159d').toString('hex'),
    );
  });

  it('example 2, 512 and 256 bits', () => {
    expect(M2).toHaveLength(72);
    expect(hex(streebog512(M2))).toBe(
      memory(
        '28fbc9bada033b1460642bdcddb90c3fb3e56c497ccd0f62b8a2ad4935e85f03' +
          '7613966de4ee00531ae60f3b5a47f8dae06915d5f2f194996fcabf2622e6881e',
      ).toString('hex'),
    );
    expect(hex(streebog256(M2))).toBe(
      memory('508f7e553c06501d749a66fc28c6cac0b005746d97537fa85d9e40904efed29d').toString('hex'),
    );
  });
});

it('nothing', () => {
  expect(hex(streebog512(new Uint8Array()))).toBe(
    '8e945da209aa869f0455928529bcae4679e9873ab707b55315f56ceb98bef0a7' +
      '362f715528356ee83cda5f2aac4c6ad2ba3a715c1bcd81cb8e9f90bf4c1c1a8a',
  );
  expect(hex(streebog256(new Uint8Array()))).toBe(
    '3f539a213e97c802cc229d474c6aa32a825a360b2a933a949fd925208d9ce1bb',
  );
});

it('reads a view of a larger buffer and leaves it as it was', () => {
  const pool = Buffer.concat([Buffer.alloc(13, 9), M2, Buffer.alloc(5, 9)]);
  const copy = Buffer.from(pool);
  expect(streebog512(pool.subarray(13, 13 + 72))).toEqual(streebog512(M2));
  expect(pool.equals(copy)).toBe(true);
});
