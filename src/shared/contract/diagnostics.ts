// The diagnostics bundle: what the shell knows for it, and the channel that writes it. Nothing of a person is in it.
import { z } from 'zod';
import { channel, nothing } from './channel.ts';
import type { PolicyName, PolicySource } from './policy.ts';

/** One value of the policy as it holds; `where` is its line of the file or its place in the registry. */
export interface PolicyRow {
  readonly name: PolicyName;
  /** Null: not set. Of `env` the names alone. */
  readonly value: string | null;
  readonly source: PolicySource;
  readonly where: string | null;
}

/** What only the shell can say of the station; no name of the machine or of its user. */
export interface StationFacts {
  readonly policy: readonly PolicyRow[];
  readonly program: {
    readonly verdict: 'whole' | 'damaged' | 'not-packaged';
    /** Files of the package that are not as packed. */
    readonly damaged: readonly string[];
  };
  readonly system: Readonly<Record<string, string | number>>;
}

export const diagnosticsChannels = {
  /** Without a log-in too: then without what stands in the cache. */
  'diagnostics.save': channel(nothing, z.strictObject({ path: z.string() }), [
    'not-written', // disk full, no right
  ]),
} as const;
