// Measures the pictures of cases that open next; the officer's case goes first, nothing is measured twice.
import type { ImageRef } from '../../shared/central/application.ts';
import type { Measured } from '../../shared/contract/measured.ts';
import { earlierAttempt } from '../domain/pictures-measured.ts';
import type { MeasureResult, Urgency } from '../ports/imaging.ts';
import type { StoredCase } from '../ports/case-store.ts';
import type { MeasureKey, StoredMeasured } from '../ports/measure-store.ts';
import { facesKey, portraitKey, signatureKey } from './case-measured.ts';
import { saveCase } from './case-record.ts';
import { nowText, type OpenDesk } from './desk.ts';
import { fetchPictures } from './fetch-pictures.ts';

/** One measure: what it is kept under, the pictures it needs, and the call. */
interface Task {
  readonly key: MeasureKey;
  readonly pictures: readonly [ImageRef] | readonly [ImageRef, ImageRef];
  run(bytes: Uint8Array, other: Uint8Array): Promise<MeasureResult<Measured>>;
}

/** All measures of a case, in the order the officer needs them. */
function tasksOf(desk: OpenDesk, { dossier }: StoredCase, urgency: Urgency): Task[] {
  const { imaging } = desk.deps;
  const portrait = (photo: ImageRef): Task => ({
    key: portraitKey(photo),
    pictures: [photo],
    run: (bytes) => imaging.measurePortrait(bytes, urgency),
  });
  const signature = (sample: ImageRef): Task => ({
    key: signatureKey(sample),
    pictures: [sample],
    run: (bytes) => imaging.measureSignature(bytes, urgency),
  });
  const faces = (photo: ImageRef, other: ImageRef): Task => ({
    key: facesKey(photo, other),
    pictures: [photo, other],
    run: (one, two) => imaging.compareFaces(one, two, urgency),
  });
  const { photo, referencePhoto, referenceSignature } = dossier;
  const against = [referencePhoto, earlierAttempt(dossier)?.photo ?? null];
  return [
    portrait(photo),
    signature(dossier.signature),
    ...against.flatMap((other) => (other === null ? [] : [portrait(other), faces(photo, other)])),
    ...(referenceSignature === null ? [] : [signature(referenceSignature)]),
  ];
}

/** The promise's value, or null as soon as `signal` aborts; what comes later is not heard. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | null> {
  if (signal.aborted) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve(null);
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/**
 * Measures what this engine has not measured yet on the pictures that are here, case by case in the
 * order given. A failure is kept like a result: a picture that hangs the engine is tried once.
 * Ends at lock, log-out and abort; when a case got something new its findings are counted again.
 */
export async function measurePictures(
  desk: OpenDesk,
  applicationIds: readonly string[],
  signal: AbortSignal,
  urgency: Urgency = 'ahead',
): Promise<void> {
  const { session } = desk;
  const { store } = session;
  const alive = (): boolean =>
    !signal.aborted && desk.session === session && session.locked === null;
  const engine = await orAborted(desk.deps.imaging.whenReady(), signal);
  if (engine === null) return;

  /** True when something new is known; null when there is nobody to measure. */
  const measure = async ({ key, pictures, run }: Task): Promise<boolean | null> => {
    if (store.measures.find(key, engine) !== null) return false;
    const [one, other] = pictures.map(({ sha256 }) => store.pictures.find(sha256));
    const missing = one?.verdict.ok !== true || (pictures.length > 1 && other?.verdict.ok !== true);
    if (missing) return false;
    const result = await orAborted(run(one.bytes, other?.bytes ?? one.bytes), signal);
    if (result === null || !alive()) return null;
    let kept: StoredMeasured;
    if (result.ok) kept = result;
    else if (result.failure === 'not-running') return null;
    else {
      kept = { ok: false, failure: result.failure };
      desk.deps.log('not-measured', { failure: result.failure, what: key.split(':')[0] ?? '' });
    }
    store.transaction(() => store.measures.save(key, engine, kept, nowText(desk)));
    return true;
  };

  for (const id of applicationIds) {
    if (!alive()) return;
    const stored = store.cases.find(id);
    if (stored === null) continue;
    let news = false;
    let stopped = false;
    for (const task of tasksOf(desk, stored, urgency)) {
      const done = await measure(task);
      if (!alive()) return;
      news ||= done === true;
      stopped = done === null;
      if (stopped) break;
    }
    if (news) countAgain(desk, id);
    if (stopped) return;
  }
}

/** Findings of the case in the lists, with what is measured now. */
function countAgain(desk: OpenDesk, applicationId: string): void {
  const { store } = desk.session;
  store.transaction(() => {
    const stored = store.cases.find(applicationId); // the feed may have moved it meanwhile
    if (stored !== null) saveCase(desk, stored);
  });
  desk.deps.push({ topic: 'cases', ids: [applicationId] });
}

/** Pictures and measures of a case that is opened before they came ahead of need. Never throws. */
export async function prepareNow(desk: OpenDesk, applicationId: string): Promise<void> {
  const { signal } = new AbortController();
  try {
    await fetchPictures(desk, [applicationId], signal, 'now');
    await measurePictures(desk, [applicationId], signal, 'now');
  } catch (error) {
    desk.deps.log('pictures-not-ready', { kind: error instanceof Error ? error.name : '?' });
  }
}
