// Who stands next in the queue and their pictures, asked for before the officer does.
import type { CaseDto } from '../../../shared/contract/case.ts';
import { call } from '../../shared/bridge.ts';
import { useTold } from '../../shared/state/session.ts';
import { useCase } from './case-store.ts';

const AHEAD = 100;

/** Reads the pending cases in the order of urgency. */
export async function readNeighbours(): Promise<void> {
  const answer = await call('queue.page', {
    view: 'pending',
    sort: 'urgency',
    descending: false,
    search: '',
    held: 'any',
    findings: 'any',
    after: null,
    limit: AHEAD,
  });
  if (!answer.ok) return;
  useCase.setState({ neighbours: answer.value.rows.map((row) => row.applicationId) });
}

/** The neighbour `by` steps away, or null at the edge; a case outside the list starts at its head. */
export function neighbourOf(
  ids: readonly string[],
  current: string | null,
  by: 1 | -1,
): string | null {
  const at = current === null ? -1 : ids.indexOf(current);
  if (at < 0) return by === 1 ? (ids.find((id) => id !== current) ?? null) : null;
  return ids[at + by] ?? null;
}

/** Pictures kept decoded, newest last; small, because each is a decoded bitmap. */
const warm = new Map<string, HTMLImageElement>();
const KEEP = 12;

// Behind the lock no picture of a case stays in the window's memory.
useTold.subscribe(({ session }) => {
  if (session?.state === 'signed-out' || session?.state === 'locked') warm.clear();
});

export function warmPictures(urls: readonly string[]): void {
  for (const url of urls) {
    if (warm.has(url)) continue;
    const image = new Image();
    image.src = url;
    // decode() makes the first paint of the next case free; a failure shows itself on the case.
    void image.decode().catch(() => undefined);
    warm.set(url, image);
  }
  while (warm.size > KEEP) {
    const oldest = warm.keys().next().value;
    if (oldest === undefined) break;
    warm.delete(oldest);
  }
}

/** Addresses of the pictures a case shows first. */
export const picturesOf = (dto: CaseDto): readonly string[] =>
  [dto.photo, dto.referencePhoto, dto.signature, dto.referenceSignature]
    .map((picture) => (picture?.problem === null ? picture.url : null))
    .filter((url): url is string => url !== null);

/** Fetches the next case's pictures; asking for the addresses is not an opening and records nothing. */
export async function warmNext(current: string): Promise<void> {
  const next = neighbourOf(useCase.getState().neighbours, current, 1);
  if (next === null) return;
  const answer = await call('case.pictures', { applicationId: next });
  if (answer.ok) warmPictures(answer.value.urls);
}
