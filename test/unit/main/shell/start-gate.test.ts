// What a package starts with and what it refuses, by any spelling; what its processes inherit.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { childEnv } from '../../../../src/main/shell/child-env.ts';
import {
  refusedStart,
  refusedWords,
  type Beginning,
} from '../../../../src/main/shell/start-gate.ts';

const start = (change: Partial<Beginning>) =>
  refusedStart({
    argv: [],
    env: { PATH: '/usr/bin', HOME: '/home/officer', LANG: 'kk_KZ.UTF-8' },
    platform: 'linux',
    driven: false,
    has: () => false,
    ...change,
  });

describe('switches', () => {
  it.each([
    ['nothing', []],
    ['the check of the policy', ['--check-policy']],
    ['the self-test as it starts itself', ['--self-test', '--ozone-platform=headless']],
    ['a keyring of the system', ['--password-store=gnome-libsecret']],
    ['a large screen', ['--force-device-scale-factor=1.25']],
    ['a file dropped on the icon: nobody reads it', ['/home/officer/letter.pdf']],
  ])('may be: %s', (_what, argv) => {
    expect(start({ argv })).toBeNull();
  });

  it.each([
    '--remote-debugging-port=9222',
    '--remote-debugging-pipe',
    '--inspect',
    '--inspect-brk=0',
    '--js-flags=--allow-natives-syntax',
    '--no-sandbox',
    '--disable-web-security',
    '--ignore-certificate-errors',
    '--proxy-server=http://evil.example:8080',
    '--host-rules=MAP * 127.0.0.1',
    '--host-resolver-rules=MAP * 127.0.0.1',
    '--load-extension=/tmp/x',
    '--user-data-dir=/tmp/x',
    '--use-fake-device-for-media-stream',
    '--use-file-for-fake-video-capture=/tmp/x.y4m',
    '--use-fake-ui-for-media-stream',
    '--auto-accept-camera-and-microphone-capture',
    '--enable-features=Anything',
    '--enable-logging',
    '--log-net-log=/tmp/x',
    '--password-store=basic',
    '--ozone-platform=x11;rm',
    '--app=/tmp/x.asar',
    '-r',
    '-remote-debugging-port=9222',
    '--',
    '--REMOTE-DEBUGGING-PORT=1',
    '--constructor',
    '--switch-of-next-year',
  ])('may not be: %s', (given) => {
    const [name] = given.replace(/^--?/, '').split('=');
    expect(start({ argv: ['--check-policy', given] })).toEqual({ by: 'switch', name: `--${name}` });
  });

  it('a Windows slash is a dash', () => {
    const argv = ['/remote-debugging-port=9222'];
    expect(start({ argv, platform: 'win32' })).toMatchObject({ name: '--remote-debugging-port' });
    expect(start({ argv })).toBeNull();
  });

  it('what no argument said, but Chromium has all the same', () => {
    for (const name of ['no-sandbox', 'use-fake-device-for-media-stream', 'remote-debugging-pipe'])
      expect(start({ has: (each) => each === name })).toEqual({ by: 'switch', name: `--${name}` });
  });

  it('a variable that takes a wall away is told rather than the wall', () => {
    const env = { ELECTRON_DISABLE_SANDBOX: '1' };
    expect(start({ env, has: (name) => name === 'no-sandbox' })).toMatchObject({
      by: 'environment',
    });
  });

  it('a package made for tests may be driven, and nothing more', () => {
    const driven = { driven: true, has: (name: string) => name === 'remote-debugging-port' };
    expect(start({ ...driven, argv: ['--inspect=0', '--remote-debugging-port=0'] })).toBeNull();
    expect(start({ ...driven, argv: ['--no-sandbox'] })).not.toBeNull();
  });

  it('every command of our own is allowed', () => {
    const folder = path.resolve('src/main/shell');
    const code = fs
      .readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => fs.readFileSync(path.join(folder, name), 'utf8'));
    const own = [...code.join('\n').matchAll(/hasSwitch\('([a-z-]+)'\)/g)].map(([, name]) => name);
    expect(own).toEqual(expect.arrayContaining(['check-policy', 'self-test']));
    for (const name of own.filter((each) => each !== 'no-sandbox'))
      expect(start({ argv: [`--${name}`] }), name).toBeNull();
  });
});

describe('variables', () => {
  it.each([
    'NODE_OPTIONS',
    'NODE_EXTRA_CA_CERTS',
    'NODE_TLS_REJECT_UNAUTHORIZED',
    'NODE_DEBUG',
    'NODE_V8_COVERAGE',
    'ELECTRON_RUN_AS_NODE',
    'ELECTRON_DISABLE_SANDBOX',
    'ELECTRON_ENABLE_LOGGING',
    'ELECTRON_LOG_FILE',
    'CHROME_DEVEL_SANDBOX',
    'BREAKPAD_DUMP_LOCATION',
    'SSLKEYLOGFILE',
    'sslkeylogfile',
    'LD_PRELOAD',
  ])('may not be: %s', (name) => {
    const refused = start({ env: { PATH: '/usr/bin', [name]: 'secret-value' } });
    expect(refused).toEqual({ by: 'environment', name });
    expect(refusedWords(refused!)).toContain(name);
    expect(refusedWords(refused!)).not.toContain('secret-value');
  });

  it('what desktops set may stand', () => {
    const env = {
      ELECTRON_OZONE_PLATFORM_HINT: 'auto',
      ELECTRON_TRASH: 'gio',
      CHROME_DESKTOP: 'x',
    };
    expect(start({ env })).toBeNull();
  });
});

describe('the environment of our processes', () => {
  const LINUX = { PATH: '/usr/bin', HOME: '/home/o', LC_ALL: 'C', XDG_RUNTIME_DIR: '/run/user/1' };
  const WINDOWS = { Path: 'C:\\', SystemRoot: 'C:\\Windows', 'ProgramFiles(x86)': 'C:\\P' };
  const REST = {
    NODE_OPTIONS: '-r x',
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
    SSLKEYLOGFILE: '/tmp/k',
    PKCS11SPY: '/usr/lib/real.so',
    OPENSC_DEBUG: '9',
    OPENSC_CONF: '/tmp/opensc.conf',
    PCSCLITE_CSOCK_NAME: '/tmp/false-pcscd',
    SOFTHSM2_CONF: '/tmp/mine',
    LD_LIBRARY_PATH: '/tmp',
    HTTPS_PROXY: 'http://evil.example',
    PATHX: 'x',
  };

  it.each([
    ['linux', LINUX],
    ['win32', WINDOWS],
  ] as const)('%s: places and language, nothing else', (platform, needed) => {
    expect(childEnv({ ...needed, ...REST }, platform)).toEqual(needed);
  });

  it('the policy may add what its module needs', () => {
    const more = { SOFTHSM2_CONF: '/etc/softhsm2.conf' };
    expect(childEnv({ ...LINUX, ...REST }, 'linux', more)).toEqual({ ...LINUX, ...more });
  });
});
