// Where new versions of the program come from, and where they are put for the administrator.
import type { SignedUpdate, UpdateEntry, UpdateMinimum } from '../../shared/central/update.ts';

export interface UpdateSource {
  /** As published; judged by the caller. `none`: nothing is published. */
  manifest(): Promise<SignedUpdate | 'none' | 'malformed' | 'unreachable'>;
  /** The file's bytes from `from` on; throws when they stop coming. */
  file(entry: UpdateEntry, from: number, signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/** What must outlive a restart: no manifest older than this is ever followed. */
export interface KeptUpdate {
  readonly sequence: number;
  readonly sha256: string;
  readonly minimum: UpdateMinimum | null;
}

/** `cut-off`: what came is kept and goes on next time. `wrong-file`: not what was signed, thrown away. */
export type TakenFile =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly why: 'cut-off' | 'wrong-file' };

/** The installation that was begun last, to tell at the next start what became of it. */
export interface StartedUpdate {
  readonly from: string;
  readonly to: string;
  readonly at: string;
}

/** A copy made for one installation. */
export interface StagedFile {
  readonly file: string;
  readonly sha256: string;
}

export interface UpdateFolder {
  readKept(): KeptUpdate | null;
  keep(kept: KeptUpdate): void;
  /** The whole file, size and SHA-256 as signed, in a folder that only this user writes. */
  take(entry: UpdateEntry, read: (from: number) => AsyncIterable<Uint8Array>): Promise<TakenFile>;
  /** A fresh copy hashed as it is written; `open-folder`: others may write a folder on its way. */
  stage(
    entry: UpdateEntry,
    from: string,
  ): Promise<{ ok: true; file: string } | { ok: false; why: 'wrong-file' | 'open-folder' }>;
  dropStaged(): void;
  readStarted(): StartedUpdate | null;
  keepStarted(started: StartedUpdate | null): void;
}

export interface UpdateInstaller {
  /** The program closes, then the policy's command runs; false when it will not, and nothing closes. */
  run(staged: StagedFile): Promise<boolean>;
}
