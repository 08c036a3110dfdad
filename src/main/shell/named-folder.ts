// Which folder `--diagnostics` names on the command line.
import path from 'node:path';

/**
 * The folder that was named, `--diagnostics=folder` or the word after `--diagnostics`; null for the export
 * folder. Relative ones count from where the program was started.
 */
export function namedFolder(argv: readonly string[], from: string): string | null {
  const at = argv.findIndex((each) => /^--diagnostics(?:=|$)/.test(each));
  if (at < 0) return null;
  const [, behind] = argv[at]!.split(/=(.*)/s);
  const next = argv[at + 1];
  const named = behind ?? (next === undefined || next.startsWith('-') ? undefined : next);
  return named === undefined || named === '' ? null : path.resolve(from, named);
}
