// What an administrator fixes on a station: one schema for file, registry, templates and documentation.
import { z } from 'zod';
import { updateKey, updateRing, updateTarget } from '../central/update.ts';

const code = z.string().regex(/^[0-9A-Za-z-]{1,20}$/);
const pemFile = z.string().min(1).max(400);

const modules = z
  .array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9-]{1,40}$/),
      title: z.string().min(1).max(80),
      path: z.string().min(1),
      /** The module sees a re-inserted token only after it was finalized (SoftHSM). */
      rescanByRestart: z.boolean().exactOptional(),
      /** GOST R 34.10-2015 signatures through this module; absent means no. */
      gost: z.boolean().exactOptional(),
    }),
  )
  .min(1)
  .max(10);

/** A proxy with a name and a password would put them into a file that every user reads. */
const proxyUrl = z
  .url({ protocol: /^https?$/ })
  .refine((url) => !/^[a-z]+:\/\/[^/]*@/i.test(url), { params: { expects: 'http://host:port' } });

/** Absolute: a bare name would be looked for in folders that others may fill. Never through a shell. */
const installCommand = z.strictObject({
  program: z
    .string()
    .max(400)
    .regex(/^(\/|[A-Za-z]:\\)[^"\0]+$/),
  /** `{file}` and `{sha256}` stand for the verified copy and its hash, also inside an argument. */
  args: z
    .array(z.string().max(400))
    .max(20)
    .refine((args) => args.some((arg) => arg.includes('{file}')), {
      params: { expects: '["…", "{file}"]' },
    }),
});
export type InstallCommand = z.infer<typeof installCommand>;

export const KEY_ALGORITHMS = ['rsa', 'ec', 'gost'] as const;

/**
 * Relative paths count from the file's own folder. Only the administrator names PKCS#11 modules:
 * a path a user could write would be code run with the officer's PIN.
 */
export const policyFile = z.strictObject({
  nodeUrl: z.url({ protocol: /^https$/ }),
  tlsCaFile: pemFile,
  trustFile: pemFile,
  /** Pin of the signed trust list; without it `trustFile` is the trust, for every purpose. */
  trustListSignerFile: pemFile.exactOptional(),
  modules,
  /** Environment of the token process, e.g. where a module finds its own configuration. */
  env: z.record(z.string(), z.string()).default({}),
  stationId: z.string().min(1).max(80),
  training: z.boolean().default(false),
  region: code.exactOptional(),
  registrationPoint: code.exactOptional(),
  lockAfterMinutes: z.int().min(1).max(60).exactOptional(),
  logOutAfterHours: z.int().min(1).max(24).exactOptional(),
  picturesKeptDays: z.int().min(1).max(3650).exactOptional(),
  language: z.enum(['ru', 'kk']).exactOptional(),
  proxyUrl: proxyUrl.exactOptional(),
  keyAlgorithms: z.array(z.enum(KEY_ALGORITHMS)).min(1).max(3).exactOptional(),
  /** May pictures of the screen show the window? Absent: where nobody is real. */
  screenCapture: z.boolean().exactOptional(),
  /** Where new versions come from, and whose are believed; absent = none are looked for. */
  updates: z
    .strictObject({
      source: z.union([z.literal('node'), z.strictObject({ folder: z.string().min(1).max(400) })]),
      ring: updateRing,
      target: updateTarget,
      keys: z.array(updateKey).min(1).max(5),
      /** Absent = `administrator`: the file is told, nothing is run. */
      install: z.enum(['administrator', 'command']).exactOptional(),
      command: installCommand.exactOptional(),
    })
    .refine(({ install, command }) => (install === 'command') === (command !== undefined), {
      path: ['command'],
      params: { expects: 'install: "command" ⇔ command' },
    })
    .exactOptional(),
});
export type PolicyFile = z.infer<typeof policyFile>;
export type PolicyName = keyof PolicyFile;

/** `flag` and `number` are REG_DWORD; `text`, `choice`, `json` REG_SZ; `lines` and `modules` REG_MULTI_SZ. */
export type RegistryKind = 'text' | 'choice' | 'number' | 'flag' | 'lines' | 'modules' | 'json';

/** Each value by its name in the Windows registry; null where only the file can hold it. */
export const REGISTRY = {
  nodeUrl: { name: 'NodeUrl', kind: 'text' },
  tlsCaFile: { name: 'TlsCaFile', kind: 'text' },
  trustFile: { name: 'TrustFile', kind: 'text' },
  trustListSignerFile: { name: 'TrustListSignerFile', kind: 'text' },
  modules: { name: 'Modules', kind: 'modules' },
  env: null,
  stationId: { name: 'StationId', kind: 'text' },
  training: { name: 'Training', kind: 'flag' },
  region: { name: 'Region', kind: 'text' },
  registrationPoint: { name: 'RegistrationPoint', kind: 'text' },
  lockAfterMinutes: { name: 'LockAfterMinutes', kind: 'number' },
  logOutAfterHours: { name: 'LogOutAfterHours', kind: 'number' },
  picturesKeptDays: { name: 'PicturesKeptDays', kind: 'number' },
  language: { name: 'Language', kind: 'choice' },
  proxyUrl: { name: 'ProxyUrl', kind: 'text' },
  keyAlgorithms: { name: 'KeyAlgorithms', kind: 'lines' },
  screenCapture: { name: 'ScreenCapture', kind: 'flag' },
  updates: { name: 'Updates', kind: 'json' },
} as const satisfies Readonly<
  Record<PolicyName, { readonly name: string; readonly kind: RegistryKind } | null>
>;

/** Values that the core obeys where they are set. */
export const FIXED_NAMES = [
  'region',
  'registrationPoint',
  'lockAfterMinutes',
  'logOutAfterHours',
  'picturesKeptDays',
  'language',
  'proxyUrl',
  'keyAlgorithms',
] as const satisfies readonly PolicyName[];
export type FixedName = (typeof FIXED_NAMES)[number];

/** What the settings screen shows with its source beside node, station and modules. */
export const SHOWN_NAMES = [...FIXED_NAMES, 'updates'] as const satisfies readonly PolicyName[];
export type ShownName = (typeof SHOWN_NAMES)[number];

export const POLICY_NAMES = Object.keys(REGISTRY) as readonly PolicyName[];

/** Where an effective value comes from, the stronger first. */
export const POLICY_SOURCES = ['registry', 'file', 'settings', 'default'] as const;
export type PolicySource = (typeof POLICY_SOURCES)[number];
