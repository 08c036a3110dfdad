// The register as a file: no cell is a formula, no cell breaks its line, every column has its word.
import fc from 'fast-check';
import { unzipSync, strFromU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { xlsxSpreadsheets } from '../../../../src/main/adapters/system/xlsx-spreadsheets.ts';
import { csvOf, harmless, registerTable } from '../../../../src/main/domain/register-table.ts';
import type { RegisterRow } from '../../../../src/shared/contract/register.ts';

const row: RegisterRow = {
  id: 'a',
  applicationId: 'b',
  at: '2026-11-22T20:30:00.000Z',
  outcome: 'proxy',
  standing: 'accepted',
  ticket: '=HYPERLINK("x")',
  name: 'Қалдыбаев; "Мұхаметжан"\r\n+1',
  iin: '9913••••0002',
  cardNumber: '012345678',
  officer: '@офицер',
  stationId: null,
  own: true,
  sha256: null,
  paper: null,
};

/** A plain reader of CSV, written apart from the writer. */
function readCsv(text: string): string[][] {
  const lines: string[][] = [[]];
  for (const match of text.matchAll(/"((?:[^"]|"")*)"(;|\r\n)/g)) {
    lines.at(-1)!.push(match[1]!.replaceAll('""', '"'));
    if (match[2] === '\r\n') lines.push([]);
  }
  return lines.slice(0, -1);
}

describe('register table', () => {
  it('has a word for each column in both languages', () => {
    for (const language of ['ru', 'kk'] as const) {
      const { columns, rows } = registerTable([row], language);
      expect(rows[0]).toHaveLength(columns.length);
      expect(columns.every((name) => name !== '')).toBe(true);
    }
  });

  it('writes the day of the point, not of Greenwich', () => {
    expect(registerTable([row], 'ru').rows[0]?.slice(0, 2)).toEqual(['23.11.2026', '01:30']);
  });

  it('never lets a cell begin like a formula or carry control characters', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('', '=', '+', '-', '@'),
        (s, c) => {
          const cell = harmless(c + s);
          expect(/^[=+\-@\t\r\n]/.test(cell)).toBe(false);
          expect([...cell].some((char) => char < ' ')).toBe(false);
        },
      ),
    );
    expect(harmless('01-2026')).toBe('01-2026');
  });
});

describe('CSV', () => {
  it('begins with a BOM and reads back cell by cell', () => {
    const table = registerTable([row, row], 'kk');
    const bytes = csvOf(table);
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).slice(1);
    expect(readCsv(text)).toEqual([table.columns, ...table.rows]);
    expect(text).toContain(`"'=HYPERLINK(""x"")"`);
  });
});

describe('XLSX', () => {
  it('holds strings alone: no formula, no picture, no link, and a leading zero stays', async () => {
    const files = unzipSync(await xlsxSpreadsheets.xlsx(registerTable([row], 'ru')));
    const names = Object.keys(files);
    expect(names.some((name) => /media|drawing|hyperlink|vba/i.test(name))).toBe(false);
    const sheet = strFromU8(files[names.find((name) => /worksheets\/.*\.xml$/.test(name))!]!);
    const cells = [...sheet.matchAll(/<c [^>]*>/g)].map(([cell]) => cell);
    expect(cells.length).toBe(2 * 12 - 2); // the two empty cells are not written
    expect(cells.every((cell) => /t="(s|inlineStr)"/.test(cell) || cell.endsWith('/>'))).toBe(true);
    expect(sheet).not.toContain('<f>');
    const all = names.map((name) => strFromU8(files[name]!)).join('');
    expect(all).toContain('012345678');
    expect(all).toContain('Журнал выдачи');
  });
});
