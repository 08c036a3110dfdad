// Outside services an application is filed through (cl. 12), and how the node and stations probe them.
import { z } from 'zod';
import { instant } from './common.ts';

/** ПЭП, mobile applications, БМГ, biometric identification: the four systems cl. 12 names. */
export const SERVICE_CODES = [
  'egov-portal',
  'mobile-apps',
  'mobile-database',
  'biometrics',
] as const;
export const serviceCode = z.enum(SERVICE_CODES);
export type ServiceCode = (typeof SERVICE_CODES)[number];

/** `status`: answered with 4xx or 5xx; `malformed`: the answer broke off or is no HTTP. */
export const PROBE_FAULTS = ['timeout', 'unreachable', 'untrusted', 'status', 'malformed'] as const;
export type ProbeFault = (typeof PROBE_FAULTS)[number];

/** One question to a service: `at` is when it was put, by the clock of whoever asked. */
export const serviceProbe = z.strictObject({
  at: instant,
  ok: z.boolean(),
  tookMs: z.int().min(0),
  because: z.enum(PROBE_FAULTS).nullable(),
});
export type ServiceProbe = z.infer<typeof serviceProbe>;

/** How many probes of one service one watcher keeps and sends. */
export const MOST_PROBES = 120;
/** A probe that has no whole answer by then has failed. */
export const PROBE_LIMIT_MS = 5_000;

/**
 * What stations are to watch. `address` null = a station's network does not reach it: only the node's
 * probes count. The probes of the threshold must fit into what is kept.
 */
export const outsideServices = z
  .strictObject({
    /** Of cl. 12: ten. */
    thresholdMinutes: z.number().positive().max(240),
    probeSeconds: z.number().positive().max(600),
    services: z
      .array(
        z.strictObject({
          code: serviceCode,
          address: z
            .url({ protocol: /^https$/ })
            .max(500)
            .nullable(),
        }),
      )
      .max(SERVICE_CODES.length),
  })
  .refine(
    ({ thresholdMinutes, probeSeconds }) =>
      (thresholdMinutes * 60) / probeSeconds <= MOST_PROBES - 20,
    { path: ['probeSeconds'] },
  );
export type OutsideServices = z.infer<typeof outsideServices>;

/** The node's own newest probes, oldest first. */
export const servicesReply = z.strictObject({
  services: z
    .array(z.strictObject({ code: serviceCode, probes: z.array(serviceProbe).max(MOST_PROBES) }))
    .max(SERVICE_CODES.length),
});
export type ServicesReply = z.infer<typeof servicesReply>;
