// What the station knows before anybody logs in: the administrator's file, settings, the pre-log-in journal.
import type { JournalEntry } from './journal.ts';

export interface StationConfig {
  readonly file: string;
  readonly nodeUrl: string;
  /** PEM of the anchors that may have issued the node's TLS certificate. */
  readonly tlsCaPem: string;
  /** PEM: roots and issuing CAs of officers' and applicants' keys. */
  readonly trustPem: string;
  readonly stationId: string;
  readonly training: boolean;
  readonly modules: readonly {
    readonly id: string;
    readonly title: string;
    readonly path: string;
    readonly rescanByRestart?: boolean;
  }[];
}

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
