// Keeps watch over new versions: judges what is published, fetches it, makes the copy to install. It runs nothing.
import type { LogTechnical } from '../../shared/contract/technical-log.ts';
import type { SignedUpdate } from '../../shared/central/update.ts';
import type { UpdateDto } from '../../shared/contract/updates.ts';
import {
  belowMinimum,
  verifyManifest,
  type UpdateContext,
  type VerifiedUpdate,
} from '../../shared/updates/verify-manifest.ts';
import type { Clock } from '../ports/clock.ts';
import type { StationConfig } from '../ports/station.ts';
import type { StagedFile, UpdateFolder, UpdateSource } from '../ports/updates.ts';
import { outcomeOf } from './update-told.ts';

export interface UpdateKeeper {
  state(): UpdateDto;
  /** Asks, judges, fetches; false when it is worth asking again soon. One at a time. Never throws. */
  check(signal: AbortSignal): Promise<boolean>;
  /** The version below which nobody logs in now, when ours is; else null. */
  required(): string | null;
  /** Manifest and file judged once more, as they are now; the copy made of it is what may be installed. */
  stage(): Promise<Staged>;
  /** The installation is begun (or is not after all: null); told at the next start. */
  begun(version: string | null): void;
}

type Staged =
  | { readonly ok: true; readonly staged: StagedFile; readonly version: string }
  | { readonly ok: false; readonly code: 'update-not-ready' | 'update-folder-open' };

export interface UpdateKeeperParts {
  readonly settings: NonNullable<StationConfig['updates']>;
  readonly installed: string;
  readonly source: UpdateSource;
  readonly folder: UpdateFolder;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: LogTechnical;
  /** What is shown of updates is another. */
  changed(): void;
}

type Found = Pick<UpdateDto, 'state' | 'version' | 'file' | 'refused'>;
const NOT_READY: Staged = { ok: false, code: 'update-not-ready' };
const NOTHING: Found = { state: 'none', version: null, file: null, refused: null };

/** Of a station whose policy names no source. */
export const noUpdates: UpdateKeeper = {
  state: () => ({
    ...NOTHING,
    state: 'off',
    minimum: null,
    checkedAt: null,
    install: 'administrator',
    outcome: null,
  }),
  check: () => Promise.resolve(true),
  required: () => null,
  stage: () => Promise.resolve(NOT_READY),
  begun: () => undefined,
};

export function updateKeeper(parts: UpdateKeeperParts): UpdateKeeper {
  const { settings, installed, source, folder, clock } = parts;
  let kept = folder.readKept();
  let found = NOTHING;
  let answered: SignedUpdate | null = null;
  let checkedAt: string | null = null;
  const started = folder.readStarted();
  if (started?.to === installed) folder.dropStaged();
  let checking: Promise<boolean> | null = null;

  const show = (next: Found): void => {
    const same = JSON.stringify(next) === JSON.stringify(found);
    found = next;
    if (same) return;
    parts.log('update', {
      state: next.state,
      version: next.version ?? '',
      code: next.refused ?? '',
    });
    parts.changed();
  };
  const refuse = (refused: NonNullable<Found['refused']>): boolean => {
    show({ ...NOTHING, state: 'refused', refused });
    return true;
  };

  async function ask(signal: AbortSignal): Promise<boolean> {
    const answer = await source.manifest();
    if (signal.aborted) return true;
    if (answer === 'unreachable') {
      // What was found stays true; the first time there is nothing to show yet.
      if (checkedAt === null) show({ ...NOTHING, state: 'unreachable' });
      return false;
    }
    checkedAt = clock.now().toISOString();
    if (answer === 'none') show(NOTHING);
    if (answer === 'malformed') refuse('malformed');
    if (typeof answer === 'string') return true;
    answered = answer;
    const verdict = judge(answer);
    if (verdict.seen !== null) {
      const known = kept?.sequence === verdict.seen.sequence;
      kept = verdict.seen;
      if (!known) folder.keep(kept);
    }
    return follow(verdict, signal);
  }

  const judge = ({ manifest, signature }: SignedUpdate): VerifiedUpdate =>
    verifyManifest(Buffer.from(manifest, 'base64'), Buffer.from(signature, 'base64'), contextNow());

  const contextNow = (): UpdateContext => ({
    keys: settings.keys,
    ring: settings.ring,
    target: settings.target,
    installed,
    now: clock.now(),
    newest: kept,
  });

  async function follow(verdict: VerifiedUpdate, signal: AbortSignal): Promise<boolean> {
    if (!verdict.ok) {
      // Another group's version is no news for this station, and no fault.
      if (verdict.code !== 'not-for-ring') return refuse(verdict.code);
      show(NOTHING);
      return true;
    }
    const { file, manifest } = verdict;
    if (file === null) {
      show(NOTHING);
      return true;
    }
    const told = { ...NOTHING, version: manifest.version };
    if (found.version !== manifest.version || found.state !== 'ready')
      show({ ...told, state: 'fetching' });
    const taken = await folder.take(file, (from) => source.file(file, from, signal));
    if (taken.ok) {
      const { sha256, size } = file;
      show({ ...told, state: 'ready', file: { path: taken.path, sha256, size } });
      return true;
    }
    if (taken.why === 'wrong-file') return refuse('wrong-file');
    show({ ...told, state: 'fetching' });
    return false;
  }

  return {
    state: () => ({
      ...found,
      minimum: pending(),
      checkedAt,
      install: settings.install ?? 'administrator',
      outcome: outcomeOf(started, installed, clock.now()),
    }),
    stage,
    begun: (version) =>
      folder.keepStarted(
        version === null ? null : { from: installed, to: version, at: clock.now().toISOString() },
      ),
    async check(signal) {
      checking ??= ask(signal)
        .catch((error: unknown) => {
          parts.log('update-failed', { kind: error instanceof Error ? error.name : '?' });
          return false;
        })
        .finally(() => (checking = null));
      return checking;
    },
    required: () => {
      const { minimum = null } = kept ?? {};
      return belowMinimum(minimum, installed, clock.now()) ? (minimum?.version ?? null) : null;
    },
  };

  async function stage(): Promise<Staged> {
    const { file: ready } = found;
    if (ready === null || answered === null) return NOT_READY;
    const verdict = judge(answered);
    if (!verdict.ok) refuse(verdict.code);
    if (!verdict.ok || verdict.file?.sha256 !== ready.sha256) return NOT_READY;
    const copy = await folder.stage(verdict.file, ready.path);
    const { version } = verdict.manifest;
    if (copy.ok) return { ok: true, staged: { file: copy.file, sha256: ready.sha256 }, version };
    parts.log('update-not-staged', { why: copy.why });
    if (copy.why === 'open-folder') return { ok: false, code: 'update-folder-open' };
    refuse('wrong-file');
    return NOT_READY;
  }

  /** The minimum that this version does not reach, whether its date has come or not. */
  function pending(): UpdateDto['minimum'] {
    const { minimum = null } = kept ?? {};
    return belowMinimum(minimum, installed, new Date(8.64e15)) ? minimum : null;
  }
}
