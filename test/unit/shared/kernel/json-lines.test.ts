// JSON with lines: the same values as JSON.parse, the line of each, and the line of each kind of mistake.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonWithLines } from '../../../../src/shared/kernel/json-lines.ts';

const good = (text: string) => {
  const read = jsonWithLines(text);
  if (!read.ok) throw new Error(`line ${read.line}: ${read.why}`);
  return read;
};

describe('jsonWithLines', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(good(text).value).toEqual(JSON.parse(text));
      }),
    );
  });

  it('refuses what JSON.parse refuses, and nothing else but a name given twice', () => {
    const piece = fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', '-', '01', 'true', ' ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('');
        let parses = true;
        try {
          JSON.parse(text);
        } catch {
          parses = false;
        }
        const read = jsonWithLines(text);
        expect(read.ok || read.why === 'twice').toBe(parses);
      }),
      { numRuns: 2000 },
    );
  });

  it('knows the line of names, items and what is not there', () => {
    const { lineOf } = good('{\n "a": 1,\n "b": [\n  {"c":\n   2},\n  3\n ]\n}');
    expect(lineOf(['a'])).toBe(2);
    expect(lineOf(['b'])).toBe(3);
    expect(lineOf(['b', 0, 'c'])).toBe(4);
    expect(lineOf(['b', 1])).toBe(6);
    expect(lineOf(['b', 7])).toBe(3);
    expect(lineOf(['z'])).toBe(1);
  });

  it.each([
    ['a comma too many', '{\n "a": 1,\n}', 3, 'syntax'],
    ['a comma too few', '{\n "a": 1\n "b": 2\n}', 3, 'syntax'],
    ['the end too early', '{\n "a": [1,\n', 3, 'syntax'],
    ['more behind the end', '{}\n\n{}', 3, 'syntax'],
    ['a path with single strokes', '{\n "a": "C:\\Kualik"\n}', 2, 'syntax'],
    ['a name given twice', '{\n "a": 1,\n "b": 2,\n "a": 3\n}', 4, 'twice'],
  ] as const)('tells the line of %s', (_what, text, line, why) => {
    expect(jsonWithLines(text)).toMatchObject({ ok: false, line, why });
  });

  it('takes the mark that Notepad writes, and refuses endless depth', () => {
    expect(good('\uFEFF{"a": 1}').value).toEqual({ a: 1 });
    expect(jsonWithLines('['.repeat(100_000))).toMatchObject({ ok: false, why: 'syntax' });
  });
});
