// Tells the technical log when the program begins and ends, and which of Chromium's processes died and how.
import { app } from 'electron';
import type { LogTechnical } from '../../shared/contract/technical-log.ts';
import { runtimeKind } from './runtime.ts';

export function logLives(log: LogTechnical, mode: 'window' | 'self-test' | 'diagnostics'): void {
  log('program-started', {
    app: app.getVersion(),
    electron: process.versions['electron'] ?? '',
    runtime: runtimeKind(),
    mode,
  });
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) =>
    log('window-lost', { reason, code: exitCode }),
  );
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    // Our own processes are ended on purpose and told of by whoever ends them.
    if (type !== 'Utility') log('child-process-gone', { what: type, reason, code: exitCode });
  });
  app.on('will-quit', () => log('program-stopped', {}));
}
