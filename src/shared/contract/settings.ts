// Settings, readiness and the head's monitoring.
import { z } from 'zod';
import { instant } from '../central/common.ts';
import { channel, nothing } from './channel.ts';
import { SHOWN_NAMES } from './policy.ts';
import { MODULE_STATES } from './session.ts';

export const settingsDto = z.strictObject({
  language: z.enum(['ru', 'kk']),
  theme: z.enum(['light', 'dark', 'contrast']),
  density: z.enum(['comfortable', 'compact']),
  zoomPercent: z.int().min(80).max(200),
  /** Fixed by the administrator's file: shown, not edited. */
  fixed: z.strictObject({
    file: z.string(),
    nodeUrl: z.string(),
    stationId: z.string(),
    training: z.boolean(),
    modules: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        path: z.string(),
        state: z.enum([...MODULE_STATES, 'unknown']),
      }),
    ),
  }),
  /** What the policy sets beyond that, and where; nobody changes it here. */
  policy: z.array(
    z.strictObject({
      name: z.enum(SHOWN_NAMES),
      value: z.string(),
      source: z.enum(['registry', 'file']),
      where: z.string(),
    }),
  ),
  versions: z.strictObject({ app: z.string(), electron: z.string(), runtime: z.string() }),
});
export type SettingsDto = z.infer<typeof settingsDto>;

export const readinessStep = z.strictObject({
  name: z.enum([
    'token-module',
    'token',
    'mechanisms', // what the token computes, and whether GOST is allowed here
    'certificate',
    'revocation',
    'trust',
    'line',
    'clock',
    'cache',
    'journal',
    'outbox',
    'pictures',
    'disk',
    'printer',
    'scanner',
    'runtime',
    'update',
  ]),
  state: z.enum(['ok', 'look', 'bad']),
  code: z.string(), // text key of the finding
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  tookMs: z.int(),
});
export type ReadinessStep = z.infer<typeof readinessStep>;

/** What is looked at before anybody logs in, in this order: `kualik --self-test`. */
export const STATION_STEPS = [
  'token-module',
  'tokens',
  'trust',
  'line',
  'clock',
  'disk',
  'caches',
  'printer',
  'runtime',
] as const;
export const stationStep = readinessStep.extend({ name: z.enum(STATION_STEPS) });
export type StationStep = z.infer<typeof stationStep>;

export const SCAN_TERMINATORS = ['enter', 'tab'] as const;
/** Which letters the keyboard layout made of the scanner's keys. */
export const SCAN_LAYOUTS = ['latin', 'cyrillic', 'digits'] as const;
/** Facts of one test scan. */
export const scanSeen = z.strictObject({
  length: z.int().min(1).max(10_000),
  terminator: z.enum(SCAN_TERMINATORS),
  layout: z.enum(SCAN_LAYOUTS),
});
export type ScanSeen = z.infer<typeof scanSeen>;

export const monitoringDto = z.strictObject({
  asOf: instant,
  open: z.int(),
  overdue: z.int(),
  alarm: z.int(),
  dueToday: z.int(),
  held: z.int(),
  decidedToday: z.strictObject({ approved: z.int(), annulled: z.int() }),
  /** Open applications by whole working days since filing: 0, 1, 2, 3, 4, 5 and more. */
  byAge: z.array(z.strictObject({ days: z.int(), count: z.int() })),
  byHolder: z.array(
    z.strictObject({ officerName: z.string(), held: z.int(), oldestSince: instant.nullable() }),
  ),
  byReason: z.array(z.strictObject({ code: z.string(), count: z.int() })),
  byDay: z.array(
    z.strictObject({ day: z.string(), filed: z.int(), approved: z.int(), annulled: z.int() }),
  ),
});
export type MonitoringDto = z.infer<typeof monitoringDto>;

export const settingsChannels = {
  'settings.read': channel(nothing, settingsDto, []),
  'settings.write': channel(
    z.strictObject({
      language: z.enum(['ru', 'kk']).optional(),
      theme: z.enum(['light', 'dark', 'contrast']).optional(),
      density: z.enum(['comfortable', 'compact']).optional(),
      zoomPercent: z.int().min(80).max(200).optional(),
    }),
    settingsDto,
    [],
  ),
  'readiness.run': channel(nothing, z.strictObject({ steps: z.array(readinessStep) }), []),
  'readiness.station': channel(nothing, z.strictObject({ steps: z.array(stationStep) }), []),
  /** What the scan field saw, never what was scanned; answers the card's step anew. */
  'readiness.scanned': channel(scanSeen, readinessStep, []),
  'monitoring.read': channel(nothing, monitoringDto, []),
} as const;
