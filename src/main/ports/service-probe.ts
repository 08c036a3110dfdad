// A question to an outside service: whether it gives a whole answer, how long it took, and why not.
import type { ServiceProbe } from '../../shared/central/services.ts';

export interface ServiceProber {
  /** Ends within `PROBE_LIMIT_MS`; never throws: what went wrong is the finding. */
  probe(address: string): Promise<Omit<ServiceProbe, 'at'>>;
}
