// The node's shelf of updates: a folder of the maker, handed out as it is; stations judge it, not the node.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  signedUpdate,
  updateManifest,
  UPDATE_FILE,
  type SignedUpdate,
} from '../../src/shared/central/update.ts';
import type { Blob } from './blobs.ts';
import { refuse } from './refusal.ts';

export interface UpdatesShelf {
  manifest(): Promise<SignedUpdate>;
  /** A file the manifest names. */
  file(sha256: string): Promise<Blob>;
}

/** The folder is read anew each time: the maker changes it while the node runs. */
export function openShelf(folder: string): UpdatesShelf {
  const manifest = async (): Promise<SignedUpdate> => {
    const text = await readFile(join(folder, UPDATE_FILE), 'utf8').catch(() => null);
    return text === null ? refuse('not-found') : signedUpdate.parse(JSON.parse(text));
  };
  return {
    manifest,
    async file(sha256) {
      const text = Buffer.from((await manifest()).manifest, 'base64').toString();
      const { files } = updateManifest.parse(JSON.parse(text));
      const entry = files.find((one) => one.sha256 === sha256);
      if (entry === undefined || /[/\\]/.test(entry.name)) return refuse('not-found');
      const bytes = await readFile(join(folder, entry.name)).catch(() => null);
      return bytes === null
        ? refuse('not-found')
        : { mime: 'application/octet-stream', bytes: Uint8Array.from(bytes) };
    },
  };
}
