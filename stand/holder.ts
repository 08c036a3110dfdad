// Who holds a folder: a process named in a file, alive or gone.
import { readFileSync } from 'node:fs';

/** The file's text; null when it cannot be read. */
export const readText = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

/** Whether a process of this number runs; false when it may not be asked. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
