// A Windows of its own for a test: Wine with a fresh folder as its disk, without a screen.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export interface Wine {
  /** Folder of drive C. */
  readonly c: string;
  /** Runs a program to its end; its exit code as Windows has it, cut to a byte. */
  run(...args: string[]): number;
  stop(): void;
}

const LIMIT_MS = 180_000;

export function startWine(prefix: string): Wine {
  const env = {
    ...process.env,
    ...{ WINEPREFIX: prefix, WINEDEBUG: '-all', DISPLAY: '' },
    WINEDLLOVERRIDES: 'mscoree,mshtml=',
    NODE_SKIP_PLATFORM_CHECK: '1', // Wine says it is an older Windows than Node wants
  };
  const call = (command: string, args: readonly string[]): number => {
    const { status, error } = spawnSync(command, args, { env, timeout: LIMIT_MS, stdio: 'ignore' });
    if (error) throw error;
    return status ?? -1;
  };
  fs.mkdirSync(prefix, { recursive: true });
  call('wine', ['wineboot', '-i']);
  call('wineserver', ['-w']);
  const c = path.join(prefix, 'drive_c');
  const lacking = path.join(c, 'windows', 'system32', 'bcryptprimitives.dll');
  const source = path.join(import.meta.dirname, 'bcryptprimitives.c');
  if (!fs.existsSync(lacking))
    execFileSync('x86_64-w64-mingw32-gcc-posix', ['-shared', '-o', lacking, source, '-ladvapi32']);
  return {
    c,
    run(...args) {
      const code = call('wine', args);
      call('wineserver', ['-w']); // an uninstaller goes on in a copy of itself
      return code;
    },
    stop: () => void call('wineserver', ['-k']),
  };
}
