// What a cache of before knows of the node's rules, made whole: what it was never told of is not allowed.
import type { NodeConfig } from '../../shared/central/messages.ts';

/** Nothing new is allowed, watched or thrown away until the node has said so itself. */
const UNTOLD: Pick<
  NodeConfig,
  'issueLease' | 'liveCamera' | 'outsideServices' | 'picturesKeptDays'
> = {
  issueLease: { hours: 1, automatic: false },
  liveCamera: { allowed: false },
  outsideServices: { thresholdMinutes: 10, probeSeconds: 60, services: [] },
  picturesKeptDays: 3650,
};

/** `kept` may come from an older version of the program, which did not keep what was added since. */
export const wholeConfig = (kept: Partial<NodeConfig> & Omit<NodeConfig, keyof typeof UNTOLD>) =>
  ({ ...UNTOLD, ...kept }) satisfies NodeConfig;
