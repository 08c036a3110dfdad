// What is told of an installation begun before this start, by the version that runs now.
import type { UpdateDto } from '../../shared/contract/updates.ts';
import type { StartedUpdate } from '../ports/updates.ts';

/** That a new version came is told for a week; that it did not, until another is tried. */
const TOLD_MS = 7 * 86_400_000;

/** Null when nothing was begun, or a version runs that neither was nor was to be: it came by another hand. */
export function outcomeOf(
  started: StartedUpdate | null,
  installed: string,
  now: Date,
): UpdateDto['outcome'] {
  if (started === null) return null;
  if (started.from === installed) return { state: 'failed', ...started };
  const age = now.getTime() - Date.parse(started.at);
  return started.to === installed && age < TOLD_MS ? { state: 'updated', ...started } : null;
}
