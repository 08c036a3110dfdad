// Installs the Debian packages that Electron, the native add-ons, the token and the tests need.
import fs from 'node:fs';
import { spawnSync } from 'node:child_process';
import { nodeHeaders } from './paths.mjs';
import { Trouble, say } from './say.mjs';

const packages = {
  window: [
    'libgtk-3-0',
    'libnss3',
    'libasound2',
    'libgbm1',
    'libxss1',
    'libxtst6',
    'libatk-bridge2.0-0',
    'libdrm2',
    'libnotify4',
  ],
  display: ['xvfb', 'xauth'],
  build: ['python3', 'make', 'g++'],
  token: ['softhsm2', 'opensc'],
  // Debian's postgresql starts a cluster of its own on installing; we never use it:
  // the tests start a temporary one on a free port (scripts/test/postgres.mjs).
  // Poppler reads printed papers back.
  tests: ['postgresql', 'openssl', 'gnutls-bin', 'libengine-gost-openssl', 'poppler-utils'],
  // A virtual smart card behind a real PC/SC daemon; the tests start one of their own (test/support/virtual-card).
  cards: ['pcscd', 'vsmartcard-vpcd', 'opensc-pkcs11', 'python3-cryptography'],
};

/**
 * Installs what is missing of the wanted groups.
 * `purpose` is 'start' or 'test'; a machine with a screen needs no virtual display to start.
 * Returns words for the step line; throws Trouble with the one command when it may not install.
 */
export function prepareSystem(purpose, announce) {
  if (process.platform !== 'linux') return `nothing to do on ${process.platform}`;
  return installDebianPackages(wantedPackages(purpose), announce);
}

/** Installs those of the named packages that are missing; answers and throws as `prepareSystem` does. */
export function installDebianPackages(wanted, announce) {
  const installed = installedPackages();
  if (!installed) {
    return `not a Debian-like system; see to it that these are installed: ${wanted.join(' ')}`;
  }
  const missing = wanted.filter((name) => !isInstalled(installed, name));
  if (missing.length === 0) return 'ready';

  const prefix = rightToInstall();
  if (!prefix) {
    throw new Trouble(
      `Some system packages are missing and this user may not install them. Run this once, then again what you ran:\n\n` +
        `    sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing.join(' ')}\n`,
    );
  }
  announce(`installing ${missing.join(' ')}`);
  aptGet(prefix, ['update']);
  const names = missing.map(nameOnThisRelease);
  aptGet(prefix, ['install', '-y', '--no-install-recommends', ...names]);
  return `installed ${missing.length}`;
}

function wantedPackages(purpose) {
  const hasScreen = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  const groups = ['window', 'build', 'token'];
  if (purpose === 'test' || !hasScreen) groups.push('display');
  if (purpose === 'test') groups.push('tests', 'cards');
  const wanted = groups.flatMap((group) => packages[group]);
  // A compiler for Java is too large to ask for; where one is, BouncyCastle checks our signatures too.
  if (purpose === 'test' && hasProgram('javac')) wanted.push('libbcpkix-java');
  // Debian's own nodejs keeps the headers in a package apart; other builds bring them along.
  if (!nodeHeaders() && fs.existsSync('/usr/share/doc/nodejs/copyright'))
    wanted.push('libnode-dev');
  return wanted;
}

function hasProgram(name) {
  return spawnSync('which', [name], { stdio: 'ignore' }).status === 0;
}

/** A set of installed package names, or undefined where there is no dpkg. */
function installedPackages() {
  const query = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status} ${Package}\n'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (query.status !== 0) return undefined;
  const lines = query.stdout.split('\n').filter((line) => line.startsWith('installed '));
  return new Set(lines.map((line) => line.slice('installed '.length)));
}

/** Debian 13 and Ubuntu 24.04 renamed some libraries with the suffix t64. */
function isInstalled(installed, name) {
  return installed.has(name) || installed.has(`${name}t64`);
}

function nameOnThisRelease(name) {
  const policy = spawnSync('apt-cache', ['policy', `${name}t64`], { encoding: 'utf8' });
  return /Candidate: (?!\(none\))/.test(policy.stdout ?? '') ? `${name}t64` : name;
}

/** The words to put before apt-get, or undefined when this user may not install. */
function rightToInstall() {
  if (process.getuid() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
    ? ['sudo', '-n']
    : undefined;
}

function aptGet(prefix, args) {
  const command = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', ...args];
  const ran = spawnSync(command[0], command.slice(1), {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (ran.status === 0) return;
  say(ran.stdout ?? '');
  throw new Trouble(
    `"apt-get ${args[0]}" failed: ${lastLine(ran.stderr)}\n` +
      `Check that Debian's packages can be reached and that no other apt-get is running, then try again.`,
  );
}

function lastLine(text) {
  return (text ?? '').trim().split('\n').at(-1) || 'no message';
}
