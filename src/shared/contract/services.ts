// The watch over outside services (cl. 12): how each stands, the probes behind it, the outages on record.
import { z } from 'zod';
import { instant, sha256, uuid } from '../central/common.ts';
import { MOST_PROBES, SERVICE_CODES, serviceCode, serviceProbe } from '../central/services.ts';
import { channel, nothing } from './channel.ts';

export const SERVICE_STATES = ['unknown', 'up', 'failing', 'outage'] as const;
export const serviceState = z.enum(SERVICE_STATES);
export type ServiceState = z.infer<typeof serviceState>;
/** Who saw the failure: this station, the central node, or both. */
export const WATCHERS = ['own', 'node', 'both'] as const;
export const watcher = z.enum(WATCHERS);

export const serviceDto = z.strictObject({
  code: serviceCode,
  state: serviceState,
  since: instant.nullable(),
  by: watcher.nullable(),
  /** Why a failure does not count (yet). */
  doubt: z.enum(['disputed', 'cut-off', 'one-probe']).nullable(),
  /** The outage on record that goes on: what a slip is printed of. */
  outageId: uuid.nullable(),
});
export type ServiceDto = z.infer<typeof serviceDto>;

export const outageDto = z.strictObject({
  id: uuid,
  service: serviceCode,
  /** The first failed probe. */
  since: instant,
  /** When the threshold had passed: the journal's row. */
  reachedAt: instant,
  /** The last probe that proved it. */
  until: instant,
  endedAt: instant.nullable(),
  /** `unwatched`: nobody watched on, the rest is not known. */
  ended: z.enum(['answered', 'unwatched']).nullable(),
  by: watcher,
  /** Of the proof's bytes. */
  sha256,
});
export type OutageDto = z.infer<typeof outageDto>;

const probes = z.array(serviceProbe).max(MOST_PROBES);
const most = SERVICE_CODES.length;

export const serviceChannels = {
  'services.read': channel(
    nothing,
    z.strictObject({ thresholdMinutes: z.number(), services: z.array(serviceDto).max(most) }),
    [],
  ),
  /** The probes kept, and the newest outages. `own` null = this station's network does not reach it. */
  'services.history': channel(
    nothing,
    z.strictObject({
      probes: z
        .array(z.strictObject({ code: serviceCode, own: probes.nullable(), node: probes }))
        .max(most),
      outages: z.array(outageDto).max(50),
    }),
    [],
  ),
  /** The proof as the text whose bytes are hashed. */
  'services.proof': channel(
    z.strictObject({ outageId: uuid }),
    z.strictObject({ proof: z.string(), sha256 }),
    ['outage-unknown'],
  ),
} as const;
