// The shell: window, protocols, sender check, process supervision. It forwards and decides nothing.
import fs from 'node:fs';
import path from 'node:path';
import type { BrowserWindow } from 'electron';
import { app, dialog, ipcMain, Menu, protocol, session } from 'electron';
import { no } from '../../shared/kernel/result.ts';
import { guardContents, guardSession, isOurPage } from './guard.ts';
import { paperPrinting } from './print.ts';
import { startProcesses, type Processes } from './processes.ts';
import { PRIVILEGED, servePictures, serveScreens } from './protocols.ts';
import { readStation, stationFilePath } from './station-config.ts';
import { openWindow } from './window.ts';

protocol.registerSchemesAsPrivileged(PRIVILEGED);
app.on('web-contents-created', (_event, contents) => guardContents(contents));
Menu.setApplicationMenu(null);

const log = (event: string, details: Readonly<Record<string, string | number | boolean>>): void => {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...details })}\n`);
};

/** The runtime of a development checkout carries a marker; the shipped one never does. */
const runtimeKind = (): string =>
  fs.existsSync(path.join(path.dirname(process.execPath), 'DEV-ONLY')) ? 'dev-only' : 'release';

/** Our own build of the native SQLite module, where the set-up made one for this runtime. */
function sqliteBinding(): string | null {
  const file =
    (app.isPackaged ? undefined : process.env['KUALIK_SQLITE_BINDING']) ??
    path.join(app.getAppPath(), 'node_modules/.kualik/better_sqlite3.node');
  return fs.existsSync(file) ? file : null;
}

let processes: Processes | null = null;
let window: BrowserWindow | null = null;

async function start(): Promise<void> {
  const station = readStation(stationFilePath());
  if (typeof station === 'string') {
    log('station-file-refused', { file: stationFilePath() });
    dialog.showErrorBox('Kuälik', station);
    return app.exit(2);
  }
  await app.whenReady();
  // No `persist:` prefix: nothing the window sees is ever written to disk.
  const memory = session.fromPartition('officer', { cache: false });
  guardSession(memory);
  serveScreens(memory, path.join(import.meta.dirname, '../renderer'));
  servePictures(memory, (wanted) => processes?.picture(wanted) ?? Promise.resolve(null));
  processes = startProcesses({
    station,
    userDir: app.getPath('userData'),
    exportDir: path.join(app.getPath('documents'), 'Kualik'),
    modelsDir: path.join(app.getAppPath(), 'resources/models'),
    sqliteBinding: sqliteBinding(),
    versions: {
      app: app.getVersion(),
      electron: process.versions['electron'] ?? '',
      runtime: runtimeKind(),
    },
    paper: paperPrinting(path.join(import.meta.dirname, '../renderer'), log),
    onPush: (push) => window?.webContents.send('kualik:push', push),
    onCoreRestarted: () => window?.webContents.reload(),
    log,
  });
  ipcMain.handle('kualik:call', (event, name: unknown, payload: unknown) => {
    const ours = event.sender === window?.webContents && isOurPage(event.senderFrame?.url);
    if (!ours || processes === null) return no('not-allowed');
    return processes.call(name, payload);
  });
  window = openWindow(memory);
  window.on('closed', () => (window = null));
}

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (processes === null) return;
    event.preventDefault();
    const ending = processes;
    processes = null;
    void ending.stop().finally(() => app.quit());
  });
  void start();
} else app.quit();
