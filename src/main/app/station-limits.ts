// The node's limits and the station's, the stricter one of each: a policy may shorten, never stretch.
import type { NodeConfig } from '../../shared/central/messages.ts';
import type { OpenDesk } from './desk.ts';

type Limits = Pick<NodeConfig, 'lockAfterMinutes' | 'logOutAfterHours' | 'picturesKeptDays'>;

/** Limits that hold at this desk: minutes without a touch, hours of a session, days pictures are kept. */
export function limitsOf({ deps, session }: OpenDesk): Limits {
  const { config } = session;
  const fixed = deps.station.fixed ?? {};
  const least = (name: keyof Limits): number =>
    Math.min(config[name], fixed[name] ?? Number.POSITIVE_INFINITY);
  return {
    lockAfterMinutes: least('lockAfterMinutes'),
    logOutAfterHours: least('logOutAfterHours'),
    picturesKeptDays: least('picturesKeptDays'),
  };
}
