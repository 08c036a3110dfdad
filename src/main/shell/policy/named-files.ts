// Files that the policy names are as strong as the policy itself: who may change one chooses the trust, or gets the PIN.
import path from 'node:path';
import type { Effective, Mistake } from './effective.ts';

type Good = Extract<Effective, { ok: true }>;

/**
 * One mistake for each file that others may write, at the line of its name; the place stands beside it.
 * `file`: the policy's own, from whose folder certificates count. `judge`: answers the place, or null.
 */
export function mistakesOfPlaces(
  { policy, origins }: Good,
  file: string,
  judge: (file: string) => string | null,
): Mistake[] {
  const beside = (name: string): string => path.resolve(path.dirname(file), name);
  const certificates = (['tlsCaFile', 'trustFile', 'trustListSignerFile'] as const).flatMap(
    (name) => (policy[name] === undefined ? [] : [{ name, top: name, of: beside(policy[name]) }]),
  );
  // A library is loaded by the name as it stands: a relative one counts from nowhere in particular.
  const libraries = policy.modules.map((module, index) => ({
    name: `modules.${index}.path`,
    top: 'modules' as const,
    of: module.path,
  }));
  return [...certificates, ...libraries].flatMap(({ name, top, of }) => {
    const place = judge(of);
    const where = origins[top]?.where ?? file;
    return place === null
      ? []
      : [{ code: 'others-may-write', where, name, expects: `root:root go-w ${place}` }];
  });
}
