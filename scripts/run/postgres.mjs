// A temporary PostgreSQL for the tests: own folder, free port, thrown away at the end.
// PostgreSQL refuses to run as root; root starts it as the user that Debian's package made.
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { Trouble } from '../setup/say.mjs';
import { end, follow } from './child.mjs';
import { ownFolder } from './leftovers.mjs';

/** Resolves {url, stop}; `url` is a superuser's, so that tests can make databases of their own. */
export async function startPostgres() {
  const bin = binFolder();
  const owner = unprivileged();
  const folder = ownFolder('pg');
  const data = path.join(folder, 'data');
  if (owner.uid !== undefined) fs.chownSync(folder, owner.uid, owner.gid);
  const as = { ...owner, cwd: folder, env: { HOME: folder, LC_ALL: 'C.UTF-8' } };
  execFileSync(
    path.join(bin, 'initdb'),
    ['-D', data, '-U', 'kualik', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { ...as, env: { ...process.env, ...as.env }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const port = await freePort();
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
  ];
  settings.push('fsync=off', 'full_page_writes=off', 'synchronous_commit=off');
  settings.push('max_connections=200'); // several test files at once, each with pools of ten
  const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
  const server = follow(path.join(bin, 'postgres'), args, {
    ...as,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await listening(server);
  return {
    url: `postgres://kualik@127.0.0.1:${port}/postgres`,
    stop: async () => {
      server.kill('SIGINT'); // fast shutdown: open connections are cut
      await end(server);
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

function binFolder() {
  const base = '/usr/lib/postgresql';
  const versions = fs.existsSync(base) ? fs.readdirSync(base) : [];
  const found = versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => path.join(base, version, 'bin'))
    .find((bin) => fs.existsSync(path.join(bin, 'initdb')));
  if (!found) throw new Trouble('PostgreSQL is not installed: sudo apt-get install -y postgresql');
  return found;
}

/** {uid, gid} of a user other than root, or {} when we are not root anyway. */
function unprivileged() {
  if (process.getuid() !== 0) return {};
  const id = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function listening(server) {
  return new Promise((resolve, reject) => {
    let text = '';
    server.stderr.on('data', (chunk) => {
      text = (text + chunk).slice(-8000);
      if (text.includes('ready to accept connections')) resolve();
    });
    server.on('error', reject);
    server.on('exit', () =>
      reject(new Trouble(`The temporary PostgreSQL did not start:\n${text}`)),
    );
  });
}
