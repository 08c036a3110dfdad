// On what the program runs: which kind of runtime, and where a package keeps nets and the SQLite add-on.
import fs from 'node:fs';
import path from 'node:path';
import { app } from 'electron';

/** The runtime of a development checkout carries a marker, wherever it goes; the official one never does. */
export const runtimeKind = (): 'dev-only' | 'release' =>
  fs.existsSync(path.join(path.dirname(process.execPath), 'DEV-ONLY')) ? 'dev-only' : 'release';

/** What the window is called; a package on the runtime for development says so at every moment. */
export const windowTitle = (): string =>
  runtimeKind() === 'dev-only' ? 'Kuälik – DEV RUNTIME' : 'Kuälik';

/** In a package natives and nets lie beside the archive, for the system's loader cannot read out of it. */
const beside = (...parts: string[]): string =>
  app.isPackaged
    ? path.join(process.resourcesPath, ...parts)
    : path.join(app.getAppPath(), 'resources', ...parts);

/** Folder of the face nets. */
export const modelsDir = (): string => beside('models');

/** Our own build of the native SQLite module, where the set-up or the packager put one; else null. */
export function sqliteBinding(): string | null {
  const file = app.isPackaged
    ? beside('native', 'better_sqlite3.node')
    : (process.env['KUALIK_SQLITE_BINDING'] ??
      path.join(app.getAppPath(), 'node_modules/.kualik/better_sqlite3.node'));
  return fs.existsSync(file) ? file : null;
}
