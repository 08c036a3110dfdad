// The shell: window, protocols, sender check, process supervision. It forwards and decides nothing.
import inspector from 'node:inspector';
import originalFs from 'original-fs';
import path from 'node:path';
import type { BrowserWindow } from 'electron';
import { app, dialog, ipcMain, Menu, protocol, session } from 'electron';
import type { LogTechnical } from '../../shared/contract/technical-log.ts';
import { no } from '../../shared/kernel/result.ts';
import { forbidCoreDumpOf, forbidCoreDumps, tameEngine } from './engine.ts';
import { freshRenderer, workWatch } from './fresh-renderer.ts';
import { logLives } from './log-lives.ts';
import { guardContents, guardSession, isOurPage } from './guard.ts';
import { mayInstall, runInstaller, type InstallOrder } from './install-update.ts';
import { endPapers, paperPrinting } from './print.ts';
import { startProcesses, type ProcessOptions, type Processes } from './processes.ts';
import { PRIVILEGED, servePictures, serveScreens } from './protocols.ts';
import { modelsDir, runtimeKind, sqliteBinding, windowTitle } from './runtime.ts';
import { damagedFiles } from './self-test.ts';
import { checkPolicy } from './policy/run-check.ts';
import { EXIT_POLICY } from './policy/check-policy.ts';
import { EXIT_NOT_READY } from './policy/test-report.ts';
import { languageOf, mistakeLine, words } from './policy/words.ts';
import { saveDiagnostics } from './run-diagnostics.ts';
import { selfTest } from './run-self-test.ts';
import { readPolicy, stationOf, type Station } from './station-config.ts';
import { refusedStart, refusedWords } from './start-gate.ts';
import { stationFacts } from './station-facts.ts';
import { withoutScreen } from './terminal.ts';
import { technicalLog } from './technical-log.ts';
import { openWindow, paintGround } from './window.ts';

const EXIT_REFUSED_START = 4;

tameEngine();
protocol.registerSchemesAsPrivileged(PRIVILEGED);
app.on('web-contents-created', (_event, contents) => {
  guardContents(contents);
  contents.on('did-navigate', () => {
    if (!forbidCoreDumpOf(contents)) log('core-dumps-not-forbidden', {});
  });
});
Menu.setApplicationMenu(null);

const write = technicalLog(app.getPath('userData'));
/** Into the file, and to whoever started the program from a terminal. */
const logOf: ProcessOptions['logOf'] = (from, event, details) => {
  process.stderr.write(`${write(from, event, details)}\n`);
};
const log: LogTechnical = (event, details) => logOf('shell', event, details);

const workOver = workWatch();

/** Lock or log-out: what showed a case ends, the window stays. */
function endWork(): void {
  endPapers();
  if (window !== null) freshRenderer(window, log);
}

let processes: Processes | null = null;
let window: BrowserWindow | null = null;
/** Set when the officer said yes; run last of all. */
let install: InstallOrder | null = null;
const guarded = app.isPackaged && process.platform === 'linux';
/** The answer reaches the screen before the window goes. */
const CLOSING_MS = 600;

async function takeInstall(station: Station, file: string, sha256: string): Promise<boolean> {
  const command = station.start.updates?.command;
  if (command === undefined || install !== null) return false;
  const order = { command, file, sha256 };
  if (!(await mayInstall(order, guarded))) {
    log('update-not-run', {});
    return false;
  }
  install = order;
  setTimeout(() => app.quit(), CLOSING_MS);
  return true;
}

/** A package that is not whole is not worked with: what it signs could not be answered for. */
async function testPackage(): Promise<void> {
  const damaged = await damagedFiles(path.dirname(process.execPath), originalFs);
  if (damaged.length === 0) return log('package-whole', {});
  log('package-damaged', { count: damaged.length });
  process.stderr.write(`${damaged.join('\n')}\n`);
  dialog.showErrorBox(
    'Kuälik',
    `Бағдарлама файлдары бүлінген, оны қайта орнатыңыз.\nФайлы программы повреждены, переустановите её.\n\n${damaged.join('\n')}`,
  );
  app.exit(3);
}

/** The processes of this station; what they tell goes to the window, when one is there. */
const processesOf = (
  station: Station,
  onCamera: (allowed: boolean) => void,
  exportDir: string | null = null,
): Processes =>
  startProcesses({
    station,
    userDir: app.getPath('userData'),
    exportDir: exportDir ?? path.join(app.getPath('documents'), 'Kualik'),
    modelsDir: modelsDir(),
    sqliteBinding: sqliteBinding(),
    versions: {
      app: app.getVersion(),
      electron: process.versions['electron'] ?? '',
      runtime: runtimeKind(),
    },
    paper: paperPrinting(path.join(import.meta.dirname, '../renderer'), log),
    onPush: (push) => {
      window?.webContents.send('kualik:push', push);
      if (push.topic === 'session' && workOver(push.session.state)) endWork();
    },
    onCamera,
    onInstall: (file, sha256) => takeInstall(station, file, sha256),
    onCoreRestarted: () => {
      // With work on the screen the session ended under it: that process ends too.
      if (workOver('signed-out')) endWork();
      else window?.webContents.reload();
    },
    facts: () => stationFacts(station),
    log,
    logOf,
  });

async function start(): Promise<void> {
  logLives(log, 'window');
  const effective = readPolicy();
  if (!effective.ok) {
    log('station-file-refused', { mistakes: effective.mistakes.length });
    const language = languageOf(undefined, process.env);
    const lines = effective.mistakes.map((mistake) => mistakeLine(mistake, language));
    dialog.showErrorBox('Kuälik', [words(language).stands, '', ...lines].join('\n'));
    return app.exit(EXIT_POLICY);
  }
  const station = stationOf(effective);
  await app.whenReady();
  if (!forbidCoreDumps()) log('core-dumps-not-forbidden', {});
  guardSession(session.defaultSession);
  // No `persist:` prefix: nothing the window sees is ever written to disk.
  const memory = session.fromPartition('officer', { cache: false });
  let mayFilm = false;
  guardSession(memory, () => mayFilm);
  serveScreens(memory, path.join(import.meta.dirname, '../renderer'));
  servePictures(memory, (wanted) => processes?.picture(wanted) ?? Promise.resolve(null));
  processes = processesOf(station, (allowed) => (mayFilm = allowed));
  ipcMain.handle('kualik:call', async (event, name: unknown, payload: unknown) => {
    const frame = event.senderFrame;
    const ours =
      event.sender === window?.webContents && isOurPage(frame?.url) && frame?.parent == null;
    if (!ours || processes === null) return no('not-allowed');
    const answer = await processes.call(name, payload);
    paintGround(window, name, answer);
    return answer;
  });
  window = openWindow(memory, {
    title: windowTitle(),
    captureBlocked: station.captureBlocked,
  });
  if (app.isPackaged) window.once('show', () => void testPackage());
  window.on('closed', () => (window = null));
}

/** Runs what was asked in the terminal and ends with its exit code. */
function answer(mode: 'self-test' | 'diagnostics', ask: () => Promise<number>): void {
  const code = withoutScreen();
  if (code !== null) return app.exit(code);
  logLives(log, mode);
  void ask().then(
    (ended) => app.exit(ended),
    (error: unknown) => {
      log('self-test-failed', { kind: error instanceof Error ? error.name : '?' });
      app.exit(EXIT_NOT_READY);
    },
  );
}

const quick = ['check-policy', 'self-test', 'diagnostics'].some((name) =>
  app.commandLine.hasSwitch(name),
);
const refused = !app.isPackaged
  ? null
  : refusedStart({
      argv: process.argv.slice(1),
      env: process.env,
      platform: process.platform,
      driven: inspector.url() !== undefined,
      has: (name) => app.commandLine.hasSwitch(name),
    });
// Answered before the lock: an administrator asks while an officer works.
if (refused !== null) {
  log('start-refused', { by: refused.by });
  if (quick) process.stderr.write(`${refusedWords(refused)}\n`);
  else dialog.showErrorBox('Kuälik', refusedWords(refused));
  app.exit(EXIT_REFUSED_START);
} else if (app.commandLine.hasSwitch('check-policy')) app.exit(checkPolicy());
else if (app.commandLine.hasSwitch('self-test'))
  answer('self-test', () => selfTest((station) => processesOf(station, () => undefined)));
else if (app.commandLine.hasSwitch('diagnostics'))
  answer('diagnostics', () =>
    saveDiagnostics((station, folder) => processesOf(station, () => undefined, folder)),
  );
else if (app.requestSingleInstanceLock()) {
  // What the other one was told is not looked at: it may be a stranger's program that speaks.
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
  // Files of the program are replaced when none of its processes runs any more.
  app.on('will-quit', (event) => {
    if (install === null) return;
    event.preventDefault();
    const order = install;
    install = null;
    void runInstaller(order, guarded)
      .then((runs) => log(runs ? 'update-run' : 'update-not-run', {}))
      .finally(() => app.exit(0));
  });
  void start();
} else app.quit();
