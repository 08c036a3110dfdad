// Writes a table as XLSX: every cell is a string, so nothing in it is a formula, a date to be guessed or a number cut short.
import writeXlsxFile from 'write-excel-file/node';
import type { Spreadsheets } from '../../ports/spreadsheets.ts';

const WIDEST = 60;

export const xlsxSpreadsheets: Spreadsheets = {
  async xlsx({ title, columns, rows }) {
    const widths = columns.map((name, i) => {
      const longest = rows.reduce((most, row) => Math.max(most, row[i]?.length ?? 0), name.length);
      return { width: Math.min(longest + 2, WIDEST) };
    });
    const head = columns.map((value) => ({ value, type: String, fontWeight: 'bold' as const }));
    const cells = rows.map((row) => row.map((value) => ({ value, type: String })));
    return writeXlsxFile([head, ...cells], {
      sheet: title,
      columns: widths,
      stickyRowsCount: 1,
    }).toBuffer();
  },
};
