// A real PostgreSQL for tests: the server of DATABASE_URL, else a throw-away cluster of Debian's packages.
import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TestServer {
  readonly url: string;
  stop(): void;
}

const LIB = '/usr/lib/postgresql';

/** Why no server can be had here, or null when one can. */
export function postgresMissing(): string | null {
  if (process.env['DATABASE_URL']) return null;
  if (binaries() === null) return `DATABASE_URL is not set and ${LIB}/*/bin/initdb is missing`;
  if (isRoot() && !existsSync('/usr/sbin/runuser'))
    return 'initdb refuses root, runuser is missing';
  return null;
}

const isRoot = (): boolean => process.getuid?.() === 0;

function binaries(): string | null {
  const versions = existsSync(LIB) ? readdirSync(LIB).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((one) => join(LIB, one, 'bin'));
  return found.find((bin) => existsSync(join(bin, 'initdb'))) ?? null;
}

/** Starts (or names) the server; a cluster of its own lives in a temporary folder and syncs nothing. */
export async function startPostgres(): Promise<TestServer> {
  const given = process.env['DATABASE_URL'];
  if (given) return { url: given, stop: () => undefined };
  const bin = binaries();
  if (bin === null) throw new Error(postgresMissing() ?? '');
  const dir = mkdtempSync(join(tmpdir(), 'kualik-pg-'));
  const run = (program: string, args: string[]): void => {
    const command = join(bin, program);
    // initdb refuses root (the server would too): Debian's own user for it, or nobody.
    const [file, all] = isRoot()
      ? ['/usr/sbin/runuser', ['-u', owner.name, '--', command, ...args]]
      : [command, args];
    execFileSync(file, all, { stdio: ['ignore', 'ignore', 'inherit'], cwd: dir });
  };
  const owner = isRoot() ? userFor() : { name: '', uid: 0, gid: 0 };
  if (isRoot()) chownSync(dir, owner.uid, owner.gid);
  const data = join(dir, 'data');
  run('initdb', [
    '-D',
    data,
    '-A',
    'trust',
    '-U',
    'postgres',
    '--no-sync',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
  ]);
  const port = await freePort();
  const settings = `-p ${port} -k ${dir} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=60`;
  run('pg_ctl', ['-D', data, '-o', settings, '-l', join(dir, 'log'), '-w', 'start']);
  let stopped = false;
  const stop = () => {
    if (stopped) return;
    stopped = true;
    run('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop']);
    rmSync(dir, { recursive: true, force: true });
  };
  process.once('exit', stop);
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop };
}

function userFor(): { name: string; uid: number; gid: number } {
  const id = (flag: string, name: string) =>
    Number(execFileSync('id', [flag, name], { stdio: 'pipe' }));
  for (const name of ['postgres', 'nobody']) {
    try {
      return { name, uid: id('-u', name), gid: id('-g', name) };
    } catch {
      continue;
    }
  }
  throw new Error('no user to run PostgreSQL as');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
