// Chromium without the habits of a browser: it names no host, reaches none, keeps no dump and fetches no dictionary.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { app, type Session, type WebContents } from 'electron';

/** Set before the app is ready. The node is asked by the core alone, so the engine needs no network at all. */
export function tameEngine(): void {
  const { commandLine } = app;
  // Also for a window that somebody forgets to say it of; where root develops no sandbox can be.
  if (!commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  // Prefetching a name asks the world for it where neither the page's policy nor our request filter looks.
  commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
    'disable-breakpad',
    'no-pings',
  ])
    commandLine.appendSwitch(name);
}

/** Whatever the engine still sends goes to a port where nobody listens; loopback is no exception. */
export function cutOff(session: Session): void {
  void session.setProxy({
    mode: 'fixed_servers',
    proxyRules: 'http://127.0.0.1:1',
    proxyBypassRules: '<-loopback>',
  });
  session.setSpellCheckerEnabled(false);
}

/** One byte: for none at all the kernel would still feed a dump to a collector (systemd-coredump), for this not. */
const CORE_BYTES = 1;

/**
 * Linux: no process of ours leaves its memory on the disk when it crashes, for a PIN or a person may be in it.
 * Node has no call for it, `prlimit` of util-linux has. What is started afterwards inherits it; the zygotes, which
 * Chromium made before us, are told too. Answers whether it holds.
 */
export function forbidCoreDumps(): boolean {
  if (process.platform !== 'linux') return true;
  return [process.pid, ...below(process.pid)].every(withoutDump);
}

/** The zygote of the sandbox may have come up after the others were told, so each page's process is told itself. */
export function forbidCoreDumpOf(contents: WebContents): boolean {
  return process.platform !== 'linux' || withoutDump(contents.getOSProcessId());
}

const withoutDump = (pid: number): boolean =>
  spawnSync('/usr/bin/prlimit', [`--core=${CORE_BYTES}:${CORE_BYTES}`, '--pid', String(pid)])
    .status === 0;

/** All processes below this one. */
function below(pid: number): number[] {
  try {
    const tasks = fs.readdirSync(`/proc/${pid}/task`);
    const children = tasks.flatMap((task) =>
      fs.readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
    );
    return children.map(Number).flatMap((child) => [child, ...below(child)]);
  } catch {
    return []; // it ended meanwhile
  }
}
