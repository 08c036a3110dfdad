// Every value of the policy that holds, with its source: for the check in a terminal and for the diagnostics.
import type { PolicyRow } from '../../../shared/contract/diagnostics.ts';
import { POLICY_NAMES, type PolicyFile, type PolicyName } from '../../../shared/contract/policy.ts';
import type { Effective } from './effective.ts';
import type { Language } from './words.ts';

/**
 * Names of the environment and the program of an installer are enough: what they are told may be nobody
 * else's business.
 */
const shown = (name: PolicyName, value: unknown): string => {
  if (name === 'env') return Object.keys(value as object).join(', ') || '{}';
  if (name === 'updates') {
    const { command, ...rest } = value as NonNullable<PolicyFile['updates']>;
    return JSON.stringify(command === undefined ? rest : { ...rest, command: command.program });
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** `own`: the officer's choice of language, which holds where the policy says nothing. */
export function policyRows(
  { policy, origins }: Extract<Effective, { ok: true }>,
  own: Language | undefined,
): PolicyRow[] {
  return POLICY_NAMES.map((name): PolicyRow => {
    const origin = origins[name];
    if (origin !== undefined) return { name, value: shown(name, policy[name]), ...origin };
    if (name === 'language' && own !== undefined)
      return { name, value: own, source: 'settings', where: null };
    const value = policy[name];
    return {
      name,
      value: value === undefined ? null : shown(name, value),
      source: 'default',
      where: null,
    };
  });
}
