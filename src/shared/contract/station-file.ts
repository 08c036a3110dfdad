// The administrator-owned file of a station: where the node is, whom to trust, which token modules to load.
import { z } from 'zod';

/**
 * JSON file; relative paths count from the file's own folder. Only this file names PKCS#11 modules:
 * a path a user could write would be code run with the officer's PIN.
 */
export const stationFile = z.strictObject({
  nodeUrl: z.url({ protocol: /^https$/ }),
  tlsCaFile: z.string().min(1),
  trustFile: z.string().min(1),
  /** Pin of the signed trust list; without it `trustFile` is the trust, for every purpose. */
  trustListSignerFile: z.string().min(1).exactOptional(),
  modules: z
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
    .max(10),
  /** Environment of the token process, e.g. where a module finds its own configuration. */
  env: z.record(z.string(), z.string()).default({}),
  stationId: z.string().min(1).max(80),
  training: z.boolean().default(false),
});
export type StationFile = z.infer<typeof stationFile>;
