// `kualik --check-policy`: every value that holds with its source, or every mistake with its place.
import type { Effective } from './effective.ts';
import { policyRows } from './policy-rows.ts';
import { mistakeLine, words, type Language } from './words.ts';

/** Exit code of a program that does not start, or of a check that fails, because of the policy. */
export const EXIT_POLICY = 2;

export interface PolicyReport {
  readonly text: string;
  readonly code: 0 | typeof EXIT_POLICY;
}

/** `own`: the officer's language, which holds where the policy says nothing; `unread`: an older file passed over. */
export function policyReport(
  effective: Effective,
  about: {
    readonly language: Language;
    readonly own: Language | undefined;
    readonly unread: string | null;
    readonly used: string;
  },
): PolicyReport {
  const { language, own, unread, used } = about;
  const say = words(language);
  if (!effective.ok) {
    const lines = effective.mistakes.map((mistake) => mistakeLine(mistake, language));
    return { text: [...lines, `${say.bad}${lines.length}`].join('\n'), code: EXIT_POLICY };
  }
  const rows = policyRows(effective, own).map(
    ({ name, value, source, where }): [string, string, string] => [
      name,
      value ?? '–',
      where === null ? say.sources[source] : `${say.sources[source]} ${where}`,
    ],
  );
  const width = (column: 0 | 1): number =>
    Math.min(60, Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map(([name, value, source]) =>
    `${name.padEnd(width(0))}  ${value.padEnd(width(1))}  ${source}`.trimEnd(),
  );
  if (unread !== null) lines.push(`${unread}: ${say.notRead} ${used}`);
  return { text: [...lines, say.good].join('\n'), code: 0 };
}
