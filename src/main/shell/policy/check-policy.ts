// `kualik --check-policy`: every value that holds with its source, or every mistake with its place.
import { POLICY_NAMES, type PolicyName } from '../../../shared/contract/policy.ts';
import type { Effective } from './effective.ts';
import { mistakeLine, words, type Language } from './words.ts';

/** Exit code of a program that does not start, or of a check that fails, because of the policy. */
export const EXIT_POLICY = 2;

export interface PolicyReport {
  readonly text: string;
  readonly code: 0 | typeof EXIT_POLICY;
}

/** Names of the environment are enough: what a module is told there may be nobody else's business. */
const shown = (name: PolicyName, value: unknown): string => {
  if (name === 'env') return Object.keys(value as object).join(', ') || '{}';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** `settings`: the officer's own choice, which holds where the policy says nothing; `unread`: an older file passed over. */
export function policyReport(
  effective: Effective,
  about: {
    readonly language: Language;
    readonly settings: { readonly language?: Language };
    readonly unread: string | null;
    readonly used: string;
  },
): PolicyReport {
  const { language, settings, unread, used } = about;
  const say = words(language);
  if (!effective.ok) {
    const lines = effective.mistakes.map((mistake) => mistakeLine(mistake, language));
    return { text: [...lines, `${say.bad}${lines.length}`].join('\n'), code: EXIT_POLICY };
  }
  const { policy, origins } = effective;
  const rows = POLICY_NAMES.map((name): [string, string, string] => {
    const origin = origins[name];
    if (origin !== undefined)
      return [name, shown(name, policy[name]), `${say.sources[origin.source]} ${origin.where}`];
    const own = name === 'language' ? settings.language : undefined;
    if (own !== undefined) return [name, own, say.sources.settings];
    const value = policy[name];
    return [name, value === undefined ? '–' : shown(name, value), say.sources.default];
  });
  const width = (column: 0 | 1): number =>
    Math.min(60, Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map(([name, value, source]) =>
    `${name.padEnd(width(0))}  ${value.padEnd(width(1))}  ${source}`.trimEnd(),
  );
  if (unread !== null) lines.push(`${unread}: ${say.notRead} ${used}`);
  return { text: [...lines, say.good].join('\n'), code: 0 };
}
