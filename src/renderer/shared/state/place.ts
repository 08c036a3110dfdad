// Where the officer is, kept in the cache by parts, and the way back behind the lock: each store restores its own.
import type { Place } from '../../../shared/contract/place.ts';
import { call } from '../bridge.ts';
import { keepLater } from './keep.ts';
import { useTold } from './session.ts';

const START: Place = { screen: 'queue', applicationId: null };

let place: Place = START;
/** What the core told at the unlocking; null after a log-in. */
let told: Place | null = null;
let restoring = false;
const ways = new Set<(place: Place) => void>();

/** A part that changed; nothing is kept of a screen that is locked. */
export function keepPlace(part: Partial<Place>): void {
  if (restoring || useTold.getState().session?.state !== 'open') return;
  place = { ...place, ...part };
  keepLater('place', () => call('place.keep', place));
}

function restore(way: (place: Place) => void, to: Place): void {
  restoring = true;
  try {
    way(to);
  } finally {
    restoring = false;
  }
}

/** `way` brings its part back after an unlocking, at once when the screen is loaded later than that. */
export function onReturn(way: (place: Place) => void): void {
  ways.add(way);
  if (told !== null) restore(way, told);
}

useTold.subscribe(({ session }, { session: before }) => {
  const open = session?.state === 'open';
  if (!open || before?.state === 'open') return;
  told = session.place ?? null;
  place = told ?? START;
  if (told !== null) for (const way of ways) restore(way, told);
});
