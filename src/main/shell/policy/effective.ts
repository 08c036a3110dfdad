// Puts the sources together value by value, the registry over the file, and finds every mistake with its place.
import type { PolicyOrigin } from '../../../shared/contract/core-messages.ts';
import {
  POLICY_NAMES,
  policyFile,
  REGISTRY,
  type PolicyFile,
  type PolicyName,
} from '../../../shared/contract/policy.ts';
import type { FileFault, FileValues } from './policy-file.ts';
import { POLICY_KEY } from './registry.ts';
import type { RegistryFault, RegistryValues } from './registry-text.ts';

export type MistakeCode =
  | FileFault['code']
  | RegistryFault['code']
  | 'missing-value'
  | 'registry-unreadable'
  | 'certificates-unreadable'
  | 'others-may-write'
  | 'program-unsafe';

export interface Mistake {
  readonly code: MistakeCode;
  /** The file with its line (`/etc/kualik/policy.json:7`), or the value in the registry. */
  readonly where: string;
  /** `modules.0.path`; null when the whole source is meant. */
  readonly name: string | null;
  /** What may stand there, in signs of no language: `1…60`, `"ru" | "kk"`. */
  readonly expects: string | null;
}

export type Origins = Readonly<Partial<Record<PolicyName, PolicyOrigin>>>;

export type Effective =
  | { readonly ok: true; readonly policy: PolicyFile; readonly origins: Origins }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

export interface Sources {
  readonly file: string;
  readonly fromFile: FileValues | FileFault | null;
  /** Null when the registry did not answer; no values where there is no registry. */
  readonly fromRegistry: RegistryValues | null;
}

type Issue = NonNullable<ReturnType<typeof policyFile.safeParse>['error']>['issues'][number];

/** What the schema wants, without words. */
function expected(issue: Issue): string | null {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected;
    case 'too_small':
      return `≥ ${issue.minimum}`;
    case 'too_big':
      return `≤ ${issue.maximum}`;
    case 'invalid_value':
      return issue.values.map((each) => JSON.stringify(each)).join(' | ');
    case 'invalid_format':
      return issue.format === 'url' ? 'https://host:port' : (issue.pattern ?? null);
    case 'custom':
      return String(issue.params?.['expects'] ?? '');
    default:
      return null;
  }
}

const partial = policyFile.partial();

/** Every value of one source that is wrong or unknown; what is missing is judged over all sources. */
function mistakesOf(
  values: Readonly<Record<string, unknown>>,
  where: (path: readonly PropertyKey[]) => string,
): Mistake[] {
  const read = partial.safeParse(values);
  return (read.error?.issues ?? []).flatMap((issue): Mistake[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          code: 'unknown-value',
          where: where([...issue.path, key]),
          name: [...issue.path, key].join('.'),
          expects: null,
        }))
      : [
          {
            code: 'wrong-value',
            where: where(issue.path),
            name: issue.path.join('.'),
            expects: expected(issue),
          },
        ],
  );
}

const inRegistry = (name: PolicyName): string => `${POLICY_KEY}\\${REGISTRY[name]?.name ?? name}`;

/** The policy that holds, or all that an administrator has to mend. */
export function effectivePolicy({ file, fromFile, fromRegistry }: Sources): Effective {
  const mistakes: Mistake[] = [];
  const lined = (line: number | null): string => (line === null ? file : `${file}:${line}`);
  if (fromRegistry === null)
    mistakes.push({ code: 'registry-unreadable', where: POLICY_KEY, name: null, expects: null });
  const registry = fromRegistry?.values ?? {};
  for (const { code, name } of fromRegistry?.faults ?? [])
    mistakes.push({ code, where: `${POLICY_KEY}\\${name}`, name, expects: null });
  mistakes.push(...mistakesOf(registry, ([name]) => inRegistry(name as PolicyName)));
  if (fromFile?.ok === false)
    mistakes.push({ code: fromFile.code, where: lined(fromFile.line), name: null, expects: null });
  const inFile = fromFile?.ok === true ? fromFile : null;
  if (inFile !== null)
    mistakes.push(...mistakesOf(inFile.values, (path) => lined(inFile.lineOf(path))));
  if (mistakes.length > 0) return { ok: false, mistakes };
  if (fromFile === null && Object.keys(registry).length === 0)
    return {
      ok: false,
      mistakes: [{ code: 'unreadable', where: file, name: null, expects: null }],
    };
  const whole = policyFile.safeParse({ ...inFile?.values, ...registry });
  if (!whole.success)
    return {
      ok: false,
      mistakes: whole.error.issues.map((issue) => ({
        code: 'missing-value',
        where: inFile === null ? POLICY_KEY : file,
        name: issue.path.join('.'),
        expects: expected(issue),
      })),
    };
  const origins: Partial<Record<PolicyName, PolicyOrigin>> = {};
  for (const name of POLICY_NAMES)
    if (registry[name] !== undefined)
      origins[name] = { source: 'registry', where: inRegistry(name) };
    else if (inFile !== null && Object.hasOwn(inFile.values, name))
      origins[name] = { source: 'file', where: lined(inFile.lineOf([name])) };
  return { ok: true, policy: whole.data, origins };
}
