// New versions of the program as the screens tell of them, and the officer's yes to install one.
import { z } from 'zod';
import { instant, sha256 } from '../central/common.ts';
import { UPDATE_REFUSALS, updateMinimum, updateVersion } from '../central/update.ts';
import { channel, nothing } from './channel.ts';

/** Why a published version is not taken; `wrong-file`: the file is not the one that was signed. */
export const UPDATE_FAULTS = [...UPDATE_REFUSALS, 'wrong-file'] as const;

export const updateDto = z.strictObject({
  /** `off`: the policy names no source. `ready`: the administrator may install `file`. */
  state: z.enum(['off', 'none', 'unreachable', 'fetching', 'ready', 'refused']),
  version: updateVersion.nullable(),
  file: z.strictObject({ path: z.string(), sha256, size: z.int() }).nullable(),
  refused: z.enum(UPDATE_FAULTS).nullable(),
  /** What this version does not reach: from its moment on nobody logs in. */
  minimum: updateMinimum.nullable(),
  /** When the source last answered. */
  checkedAt: instant.nullable(),
  /** Who installs what is ready: the administrator by hand, or the policy's command when the officer says so. */
  install: z.enum(['administrator', 'command']),
  /** What became of the installation begun here: this is the new version, or still the old one. */
  outcome: z
    .strictObject({
      state: z.enum(['updated', 'failed']),
      from: updateVersion,
      to: updateVersion,
      at: instant,
    })
    .nullable(),
});
export type UpdateDto = z.infer<typeof updateDto>;

export const updateChannels = {
  'updates.read': channel(nothing, updateDto, []),
  /** The program closes and the policy's command runs; an answer without refusal is the last one. */
  'updates.install': channel(nothing, nothing, [
    'update-not-ready',
    'update-folder-open',
    'update-not-run',
    'update-batch',
    'update-act',
    'update-hand-over',
  ]),
} as const;
