// Updates from a folder of a file share, filled by the maker's command.
import fs from 'node:fs';
import path from 'node:path';
import { signedUpdate, UPDATE_FILE } from '../../../shared/central/update.ts';
import type { UpdateSource } from '../../ports/updates.ts';

const MOST_BYTES = 256 * 1024;

export function shareUpdates(folder: string): UpdateSource {
  return {
    async manifest() {
      const file = path.join(folder, UPDATE_FILE);
      try {
        if ((await fs.promises.stat(file)).size > MOST_BYTES) return 'malformed';
        const parsed = signedUpdate.safeParse(JSON.parse(await fs.promises.readFile(file, 'utf8')));
        return parsed.success ? parsed.data : 'malformed';
      } catch (error) {
        if (error instanceof SyntaxError) return 'malformed';
        // A share that is away looks like an empty folder: only a folder that is there says "none".
        return fs.existsSync(folder) ? 'none' : 'unreachable';
      }
    },
    // The name was judged with the manifest: no path, one plain file.
    file: ({ name }, from, signal) =>
      fs.createReadStream(path.join(folder, name), { start: from, signal }),
  };
}
