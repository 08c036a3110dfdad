// A PC/SC daemon of the test's own: own socket, own configuration, two virtual readers; the system's is left alone.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Not in the PATH of ordinary users. */
const PCSCD = '/usr/sbin/pcscd';
const DRIVER = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';

/** OpenSC's module wherever Debian puts it for this processor. */
export const openscModule = (): string | undefined =>
  readdirSync('/usr/lib')
    .map((name) => `/usr/lib/${name}/opensc-pkcs11.so`)
    .find((path) => existsSync(path));

const finds = (program: string, ...args: string[]): boolean =>
  spawnSync(program, args, { stdio: 'ignore' }).status === 0;

/** What this machine lacks for virtual cards, in words; null when all is here. */
function lacking(): string | null {
  if (process.platform !== 'linux') return `no pcscd on ${process.platform}`;
  if (!existsSync(PCSCD)) return 'pcscd is not installed';
  if (!existsSync(DRIVER)) return 'vsmartcard-vpcd is not installed';
  if (openscModule() === undefined) return 'opensc-pkcs11.so is not installed';
  if (!finds('python3', '-c', 'import cryptography'))
    return 'python3-cryptography is not installed';
  return null;
}

export interface Pcsc {
  readonly module: string;
  /** For every process that is to see these readers: PKCS#11 module, opensc-tool, pkcs15-tool. */
  readonly env: Readonly<Record<string, string>>;
  /** Ports of the two readers, in their order. */
  readonly ports: readonly [number, number];
  stop(): Promise<void>;
}

/** Two neighbouring ports nobody listens on: vpcd takes the second for its second slot. */
async function twoFreePorts(): Promise<[number, number]> {
  const listen = (port: number): Promise<Server | null> =>
    new Promise((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(null));
      server.listen(port, () => resolve(server));
    });
  for (;;) {
    const first = await listen(0);
    const address = first?.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const second = port > 0 && port < 65_535 ? await listen(port + 1) : null;
    for (const server of [first, second])
      if (server) await new Promise((done) => server.close(done));
    if (second) return [port, port + 1];
  }
}

/** Starts the daemon; `{ skipped }` says why it cannot run here. */
export async function startPcsc(): Promise<Pcsc | { readonly skipped: string }> {
  const missing = lacking();
  if (missing !== null) return { skipped: missing };
  const dir = mkdtempSync(join(tmpdir(), 'kualik-pcsc-'));
  const ports = await twoFreePorts();
  mkdirSync(join(dir, 'readers'));
  const reader = ['FRIENDLYNAME "Kualik test"', `DEVICENAME /dev/null:0x${ports[0].toString(16)}`];
  const driver = [`LIBPATH ${DRIVER}`, `CHANNELID 0x${ports[0].toString(16)}`];
  writeFileSync(join(dir, 'readers', 'vpcd'), `${[...reader, ...driver].join('\n')}\n`);
  const opensc = join(dir, 'opensc.conf');
  writeFileSync(
    opensc,
    'app default {\n  framework pkcs15 {\n    use_file_caching = no;\n  }\n}\n',
  );
  const socket = join(dir, 'pcscd.comm');
  const env = { PCSCLITE_CSOCK_NAME: socket, OPENSC_CONF: opensc };
  const daemon = listenFor(socket, join(dir, 'readers'));
  const said: Buffer[] = [];
  daemon.process.stdout?.on('data', (part: Buffer) => said.push(part));
  daemon.process.stderr?.on('data', (part: Buffer) => said.push(part));
  const ended = new Promise<void>((resolve) => daemon.process.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    daemon.process.kill('SIGTERM');
    await ended;
    rmSync(dir, { recursive: true, force: true });
  };
  const ready = await waitForReaders(env, daemon.process);
  if (!ready) {
    const words = Buffer.concat(said).toString('utf8').trim().split('\n').at(-1);
    await stop();
    return { skipped: `pcscd cannot be started: ${words || 'it shows no reader'}` };
  }
  return { module: openscModule()!, env, ports, stop };
}

/** The socket is handed over as systemd does it: the only way to give pcscd a socket of our own. */
function listenFor(socket: string, readers: string): { process: ChildProcess } {
  const script = [
    'import os, socket, sys',
    's = socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen(16)',
    'os.dup2(s.fileno(), 3); os.set_inheritable(3, True)',
    "os.environ.update(LISTEN_FDS='1', LISTEN_PID=str(os.getpid()))",
    `os.execv('${PCSCD}', ['pcscd', '--foreground', '--config', sys.argv[2]])`,
  ].join('\n');
  return {
    process: spawn('python3', ['-c', script, socket, readers], {
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  };
}

async function waitForReaders(env: Pcsc['env'], daemon: ChildProcess): Promise<boolean> {
  for (let i = 0; i < 50 && daemon.exitCode === null; i += 1) {
    const list = spawnSync('opensc-tool', ['--list-readers'], {
      env: { ...process.env, ...env },
      encoding: 'utf8',
    });
    if (list.stdout?.includes('Kualik test 00 01')) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
