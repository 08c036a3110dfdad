// Strict DER: one encoding for one value, limits kept, never another error than DerError.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DerError, readDer } from '../../../../src/shared/cades/der.ts';
import { oidText, stringText, timeValue } from '../../../../src/shared/cades/der-values.ts';

const LIMITS = { maxBytes: 1000, maxDepth: 5, maxNodes: 50 };
const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const read = (text: string) => readDer(hex(text), LIMITS);

describe('strict DER', () => {
  it('reads nested values with their raw bytes', () => {
    const node = read('30 08 02 01 05 31 03 02 01 07');
    expect(node.children.map((c) => c.tag)).toEqual([0x02, 0x31]);
    expect(Buffer.from(node.children[1]?.raw ?? []).toString('hex')).toBe('3103020107');
  });

  it.each([
    ['bytes after the end', '02 01 05 00'],
    ['indefinite length', '30 80 02 01 05 00 00'],
    ['long form for a short length', '04 81 01 00'],
    ['length with a leading zero', `04 82 00 81 ${'00'.repeat(129)}`],
    ['length past the end', '04 05 00'],
    ['padded integer', '02 02 00 05'],
    ['padded negative integer', '02 02 ff ff'],
    ['empty integer', '02 00'],
    ['boolean that is not FF', '01 01 01'],
    ['null with a body', '05 01 00'],
    ['unsorted set', '31 06 02 01 07 02 01 05'],
    ['unused bits that are set', '03 02 01 01'],
    ['oid that does not end', '06 01 80'],
    ['padded oid arc', '06 03 2a 80 01'],
    ['constructed octet string', '24 03 04 01 00'],
    ['multi-byte tag', '1f 81 01 00'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(() => read(text)).toThrow(DerError);
  });

  it('keeps its limits', () => {
    expect(() => readDer(new Uint8Array(1001), LIMITS)).toThrow(DerError);
    expect(() => read('30 0a 30 08 30 06 30 04 30 02 30 00')).not.toThrow();
    expect(() => read('30 0c 30 0a 30 08 30 06 30 04 30 02 30 00')).toThrow('too deep');
    expect(() => read(`30 66 ${'0500'.repeat(51)}`)).toThrow('too many');
  });

  it('throws nothing but DerError on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          readDer(bytes, LIMITS);
        } catch (error) {
          expect(error).toBeInstanceOf(DerError);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('reads identifiers, texts and times', () => {
    expect(oidText(read('06 09 2a 86 48 86 f7 0d 01 01 0b'))).toBe('1.2.840.113549.1.1.11');
    expect(stringText(read('0c 04 d3 98 d2 9a'))).toBe('ӘҚ');
    expect(stringText(read('1e 04 04 d8 04 9a'))).toBe('ӘҚ');
    expect(() => stringText(read('0c 01 ff'))).toThrow(DerError);
    const utc = timeValue(read('17 0d 32 36 31 31 32 32 31 36 30 30 30 30 5a'));
    expect(utc.toISOString()).toBe('2026-11-22T16:00:00.000Z');
    expect(() => timeValue(read('17 0d 32 36 30 32 33 30 31 36 30 30 30 30 5a'))).toThrow('time');
  });
});
