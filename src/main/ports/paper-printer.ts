// What puts a paper on paper or into a PDF; the window's own engine does it, in a process of its own.
import type { PaperDto, PaperFormat, PrinterDto } from '../../shared/contract/papers.ts';

export interface PaperPrinter {
  printers(): Promise<PrinterDto[]>;
  /** False when the printer or its driver refused, or nothing came within the time. */
  print(paper: PaperDto, format: PaperFormat, printer: string): Promise<boolean>;
  /** Bytes of the PDF; null when none could be made. */
  pdf(paper: PaperDto, format: PaperFormat): Promise<Uint8Array | null>;
}
