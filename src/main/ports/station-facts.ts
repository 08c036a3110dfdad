// What the core asks the shell for the diagnostics; the shell alone knows policy, package and system.
import type { StationFacts } from '../../shared/contract/diagnostics.ts';

export interface StationFactsSource {
  /** Null when the shell could not say; never rejects. */
  read(): Promise<StationFacts | null>;
}
