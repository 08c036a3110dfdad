// What makes a spreadsheet out of a table of words.
import type { RegisterTable } from '../domain/register-table.ts';

export interface Spreadsheets {
  /** An XLSX of one sheet: words only, no formula, no picture, no link. */
  xlsx(table: RegisterTable): Promise<Uint8Array>;
}
