// What the station knows before anybody logs in: the administrator's file, settings, the pre-log-in journal.
import type { StationStart } from '../../shared/contract/core-messages.ts';
import type { JournalEntry } from './journal.ts';

/** What the administrator's file says, its certificate files read. */
export type StationConfig = StationStart;

export interface Settings {
  readonly language: 'ru' | 'kk';
  readonly theme: 'light' | 'dark' | 'contrast';
  readonly density: 'comfortable' | 'compact';
  readonly zoomPercent: number;
}

export interface StationFiles {
  readSettings(): Settings;
  writeSettings(settings: Settings): void;
  /** Rows that happened while no cache was open (refused log-ins); they move into the next one opened. */
  keepForJournal(entry: JournalEntry): void;
  readForJournal(): JournalEntry[];
  /** Called once the rows are safe in a journal. */
  clearForJournal(): void;
}
