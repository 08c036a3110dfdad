// Probes of outside services and the outages they proved (cl. 12).
import type { ServiceCode, ServiceProbe } from '../../shared/central/services.ts';

export type ProbeSource = 'own' | 'node';

export interface Outage {
  readonly id: string;
  readonly service: ServiceCode;
  readonly since: string;
  readonly reachedAt: string;
  /** The last probe that proved it. */
  readonly until: string;
  readonly endedAt: string | null;
  readonly ended: 'answered' | 'unwatched' | null;
  readonly by: 'own' | 'node' | 'both';
  /** RFC 8785 text. */
  readonly proof: string;
  /** Of the proof's bytes. */
  readonly sha256: string;
}

export interface OutageStore {
  /** Known ones (same service, source and time) are left as they are; only the newest `most` stay. */
  keepProbes(
    service: ServiceCode,
    source: ProbeSource,
    probes: readonly ServiceProbe[],
    most: number,
  ): void;
  /** In order of time. */
  probes(service: ServiceCode, source: ProbeSource): ServiceProbe[];
  /** The one of this service that has not ended. */
  open(service: ServiceCode): Outage | null;
  find(id: string): Outage | null;
  begin(outage: Outage): void;
  goOn(id: string, until: string): void;
  end(id: string, ended: 'answered' | 'unwatched', endedAt: string): void;
  /** Newest first. */
  newest(limit: number): Outage[];
}
