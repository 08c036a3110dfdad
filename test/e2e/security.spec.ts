// The window's hardening as it is at run time: preferences, bridge, policy, navigation, permissions, protocols, messages.
import { spawn } from 'node:child_process';
import dgram from 'node:dgram';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { launchArguments } from '../../scripts/electron-runtime.mjs';
import { caseShown, electronBin, logIn, pulled, type Window } from '../support/electron-app.ts';
import { held } from './hand.ts';
import { expect, officerOf, standOfThisFile, test } from './house.ts';

const theStand = standOfThisFile();
let server: http.Server;
let evil = '';
/** A relay of calls (STUN) of the attacker. */
let relay: dgram.Socket;
const hits: string[] = [];

test.beforeAll(async () => {
  server = http.createServer((request, answer) => {
    hits.push(request.url ?? '');
    answer.end('<h1>evil</h1>');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  server.on('connection', () => hits.push('connection'));
  evil = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  relay = dgram.createSocket('udp4').on('message', () => hits.push('datagram'));
  await new Promise<void>((ready) => relay.bind(0, '127.0.0.1', ready));
});
test.afterAll(() => {
  server?.close();
  relay?.close();
});
test.beforeEach(() => void hits.splice(0));

test('the positive control: the server of the attacker hears a request', async () => {
  await fetch(`${evil}/control`);
  const caller = dgram.createSocket('udp4');
  caller.send('control', relay.address().port, '127.0.0.1');
  await expect.poll(() => hits).toEqual(['connection', '/control', 'datagram']);
  caller.close();
});

test('every web contents has the safe preferences', async ({ open }) => {
  const { app } = await open(theStand());
  const all = await app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      const read = contents as unknown as { getLastWebPreferences(): Record<string, unknown> };
      const onDisk = contents.session.isPersistent() || contents.session.storagePath !== null;
      const preferences = JSON.stringify({ ...read.getLastWebPreferences(), onDisk });
      return JSON.parse(preferences) as Record<string, unknown>;
    }),
  );
  expect(all.length).toBeGreaterThan(0);
  for (const preferences of all) {
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      onDisk: false, // nothing personal is written today; tomorrow's page may
    });
    for (const name of [
      'allowRunningInsecureContent',
      'webviewTag',
      'experimentalFeatures',
      'nodeIntegrationInWorker',
      'nodeIntegrationInSubFrames',
      'webgl',
      'plugins',
      'spellcheck',
      'navigateOnDragDrop',
    ])
      expect(preferences[name] ?? false, name).toBe(false);
    expect(preferences['enableBlinkFeatures'] ?? '').toBe('');
  }
});

test('the page sees no Node and a bridge of exactly two functions', async ({ open }) => {
  const { page } = await open(theStand());
  const seen = await page.evaluate(() => {
    const world = globalThis as unknown as Record<string, unknown>;
    const bridge = world['kualik'] as object;
    return {
      node: ['require', 'process', 'Buffer', 'module', 'global'].map((name) => typeof world[name]),
      bridge: Object.keys(bridge).sort(),
      frozen: Object.isFrozen(bridge),
    };
  });
  expect(seen).toEqual({
    node: ['undefined', 'undefined', 'undefined', 'undefined', 'undefined'],
    bridge: ['call', 'on'],
    frozen: true,
  });
  const strange = await page.evaluate(() => {
    const bridge = (globalThis as unknown as { kualik: { call(n: string, r: unknown): unknown } })
      .kualik;
    return Promise.all(
      ['__proto__', 'constructor', 'node.read', ''].map((name) =>
        Promise.resolve()
          .then(() => bridge.call(name, {}))
          .then(
            () => 'answered',
            () => 'rejected',
          ),
      ),
    );
  });
  expect(strange).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
});

test('inline script, eval and every way out are blocked by the policy', async ({ open }) => {
  const { page } = await open(theStand(), { errorsAllowed: true });
  const inline = await page.evaluate(
    () =>
      new Promise<string>((tell) => {
        document.addEventListener(
          'securitypolicyviolation',
          (event) => tell(`blocked ${event.effectiveDirective}`),
          { once: true },
        );
        const script = document.createElement('script');
        script.textContent = 'window.ran = 1';
        document.body.append(script);
        setTimeout(() => tell('RAN'), 1000);
      }),
  );
  expect(inline).toBe('blocked script-src-elem');
  const evaluated = await page.evaluate(
    () =>
      new Promise<boolean>((tell) => {
        // A string for setTimeout runs outside of this evaluation, where the policy holds.
        (setTimeout as unknown as (code: string) => void)('window.ran = 1');
        setTimeout(() => tell('ran' in window), 300);
      }),
  );
  expect(evaluated).toBe(false);
  const { port } = relay.address();
  const ways = { url: evil, stun: `stun:127.0.0.1:${port}` };
  await page.evaluate(async ({ url, stun }) => {
    const quiet = (deed: () => unknown) =>
      Promise.resolve()
        .then(deed)
        .catch(() => undefined);
    const add = (tag: string, attributes: Record<string, string>) => {
      const element = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      document.body.append(element);
    };
    await quiet(() => fetch(`${url}/fetch`, { mode: 'no-cors' }));
    await quiet(() => navigator.sendBeacon(`${url}/beacon`, 'x'));
    await quiet(() => new WebSocket(`${url.replace('http', 'ws')}/socket`));
    await quiet(() => new EventSource(`${url}/events`));
    add('img', { src: `${url}/image.png` });
    add('iframe', { src: `${url}/frame` });
    add('script', { src: `${url}/script.js` });
    add('link', { rel: 'stylesheet', href: `${url}/style.css` });
    add('link', { rel: 'prefetch', href: `${url}/prefetch` });
    add('link', { rel: 'preconnect', href: url });
    add('link', { rel: 'dns-prefetch', href: url });
    add('object', { data: `${url}/object` });
    add('video', { src: `${url}/video` });
    add('form', { action: `${url}/form`, method: 'post', id: 'leak' });
    (document.getElementById('leak') as HTMLFormElement).submit();
    const turn = url.replace('http://', 'turn:').concat('?transport=tcp');
    const call = new RTCPeerConnection({
      iceServers: [{ urls: stun }, { urls: turn, username: 'x', credential: 'x' }],
    });
    call.createDataChannel('leak');
    await quiet(async () => call.setLocalDescription(await call.createOffer()));
    await new Promise((wait) => setTimeout(wait, 800));
  }, ways);
  expect(hits, 'nothing left the program').toEqual([]);
});

test('the engine has no network of its own, in any session', async ({ open }) => {
  const { app } = await open(theStand());
  const seen = await app.evaluate(async ({ session, BrowserWindow }, url) => {
    const officer = BrowserWindow.getAllWindows()[0]!.webContents.session;
    const ends = (deed: Promise<unknown>) => deed.then(() => 'done').catch(() => 'failed');
    return {
      fetched: await ends(session.defaultSession.fetch(`${url}/default`)),
      named: await ends(officer.resolveHost('localhost')),
      proxies: await Promise.all(
        [session.defaultSession, officer].map((each) => each.resolveProxy(url)),
      ),
      spelling: [session.defaultSession, officer].map((each) => each.isSpellCheckerEnabled()),
      onDisk: officer.isPersistent(),
      folder: officer.getStoragePath(),
    };
  }, evil);
  expect(seen).toEqual({
    fetched: 'failed',
    named: 'failed',
    proxies: Array(2).fill('PROXY 127.0.0.1:1'),
    spelling: [false, false],
    onDisk: false,
    folder: null,
  });
  expect(hits).toEqual([]);
});

test('navigation away and new windows are refused', async ({ open }) => {
  const { page, app } = await open(theStand(), { errorsAllowed: true });
  await page.evaluate((url) => {
    location.href = `${url}/nav`;
  }, evil);
  await page.waitForTimeout(400);
  expect(page.url()).toBe('app://ui/index.html');
  for (const url of ['file:///etc/passwd', 'data:text/html,<h1>x</h1>', 'app://ui/other.html']) {
    await page.evaluate((to) => {
      location.href = to;
    }, url);
    await page.waitForTimeout(200);
    expect(page.url(), url).toBe('app://ui/index.html');
  }
  expect(await page.evaluate((url) => window.open(`${url}/popup`), evil)).toBeNull();
  expect(app.windows()).toHaveLength(1);
  expect(hits).toEqual([]);
});

test('permissions are denied', async ({ open }) => {
  // With a camera there: what is denied is denied by the program, not for want of a device.
  const args = [...launchArguments(), '--use-fake-device-for-media-stream'];
  const { page } = await open(theStand(), { errorsAllowed: true, args });
  const states = await page.evaluate(async () => [
    (await navigator.permissions.query({ name: 'geolocation' })).state,
    (await navigator.permissions.query({ name: 'notifications' })).state,
    await Notification.requestPermission(),
    (await navigator.permissions.query({ name: 'camera' as PermissionName })).state,
    (await navigator.permissions.query({ name: 'microphone' as PermissionName })).state,
  ]);
  for (const state of states) expect(state).toBe('denied');
  const reads = await page.evaluate(async () => {
    const refused = (deed: () => Promise<unknown>) =>
      Promise.resolve()
        .then(deed)
        .then(
          () => 'granted',
          (error: DOMException) => error.name,
        );
    return [
      await refused(() => navigator.clipboard.readText()),
      await refused(() => navigator.mediaDevices.getDisplayMedia({ video: true })),
      await refused(() => navigator.requestMIDIAccess({ sysex: true })),
    ];
  });
  expect(reads, 'clipboard, screen, instruments').not.toContain('granted');
  const films = await page.evaluate(() =>
    Promise.all(
      [{ video: true }, { audio: true }, { video: true, audio: true }].map((wanted) =>
        navigator.mediaDevices.getUserMedia(wanted).then(
          () => 'granted',
          (error: DOMException) => error.name,
        ),
      ),
    ),
  );
  expect(films, 'the counter is not open').toEqual(Array(3).fill('NotAllowedError'));
});

test('app:// and case-image:// do not leave their place', async ({ open }) => {
  const stand = theStand();
  const window = await open(stand, { errorsAllowed: true });
  const ask = asker(window);
  expect(await ask('app://ui/index.html'), 'the positive control').toMatch(/^200 <!doctype/i);
  // Past the page and its policy: the session itself reaches nothing.
  expect(await ask(`${evil}/session`)).toMatch(/^error/);
  expect(hits, 'nothing left the session').toEqual([]);
  for (const url of [
    'app://ui/..%2f..%2fpackage.json',
    'app://ui/%252e%252e/package.json',
    'app://ui/..%5c..%5cpackage.json',
    'app://ui/../../package.json',
    'app://other/index.html',
    'app://ui/x%00y',
    'app://ui//etc/passwd',
    'app://ui/index.html/../../main/index.js',
  ])
    expect(await ask(url), url).toMatch(/^(404 |400 |error)/);

  await logIn(window.page, officerOf(stand, 'reviewer-almaty'), stand.pin);
  await pulled(window.page);
  await window.page.getByTestId('queue-next').click();
  const id = await caseShown(window.page);
  await held(window.page);
  const { dossier } = await stand.control.findApplication({ applicationId: id });
  const { sha256 } = dossier.photo;
  await expect
    .poll(() => ask(`case-image://picture/${sha256}`), 'the positive control')
    .toMatch(/^200 /);
  for (const url of [
    `case-image://other/${sha256}`,
    `case-image://picture/${'0'.repeat(64)}`,
    `case-image://picture/${sha256}/..%2f..%2fetc%2fpasswd`,
    'case-image://picture/../../etc/passwd',
    'case-image://picture/%2e%2e%2fcache',
  ])
    expect(await ask(url), url).toMatch(/^(404 |400 |error)/);
});

test('a message from a frame that is not ours is refused', async ({ open }) => {
  const { app } = await open(theStand());
  const answers = await app.evaluate(async ({ BrowserWindow, ipcMain }) => {
    type Handler = (event: unknown, name: string, payload: unknown) => Promise<{ ok: boolean }>;
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })
      ._invokeHandlers;
    const call = handlers.get('kualik:call')!;
    const sender = BrowserWindow.getAllWindows()[0]!.webContents;
    const ask = async (event: unknown) => (await call(event, 'session.read', {})).ok;
    return {
      names: [...handlers.keys()],
      ours: await ask({ sender, senderFrame: { url: 'app://ui/index.html' } }),
      evilFrame: await ask({ sender, senderFrame: { url: 'https://evil.example/' } }),
      lookalike: await ask({ sender, senderFrame: { url: 'app://ui/index.html.evil' } }),
      gone: await ask({ sender, senderFrame: null }),
      frameInOurs: await ask({
        sender,
        senderFrame: { url: 'app://ui/index.html', parent: { url: 'app://ui/index.html' } },
      }),
      otherContents: await ask({ sender: {}, senderFrame: { url: 'app://ui/index.html' } }),
    };
  });
  expect(answers).toEqual({
    names: ['kualik:call'],
    ours: true,
    evilFrame: false,
    lookalike: false,
    gone: false,
    frameInOurs: false,
    otherContents: false,
  });
});

test('a malformed or early message ends in a refusal, never in an answer', async ({ open }) => {
  const { page } = await open(theStand());
  const codes = await page.evaluate(() => {
    type Answer = { ok: boolean; refusal?: { code: string } };
    const bridge = (
      globalThis as unknown as { kualik: { call(n: string, r: unknown): Promise<Answer> } }
    ).kualik;
    const asked: [string, unknown][] = [
      ['queue.page', {}],
      ['session.logIn', { pin: 1 }],
      ['settings.write', { language: 'xx' }],
      ['case.open', { applicationId: '00000000-0000-4000-8000-000000000000' }],
      ['journal.verify', {}],
    ];
    return Promise.all(
      asked.map(async ([name, request]) => (await bridge.call(name, request)).refusal?.code),
    );
  });
  expect(codes).toEqual([...Array<string>(3).fill('not-understood'), 'signed-out', 'signed-out']);
});

test('no dangerous switch reaches the process; certificates are not waved through', async ({
  open,
}) => {
  const { app } = await open(theStand());
  const line = await app.evaluate(({ app: running }) => ({
    argv: process.argv.join(' '),
    switches: [
      'disable-web-security',
      'ignore-certificate-errors',
      'disable-site-isolation-trials',
    ].filter((name) => running.commandLine.hasSwitch(name)),
    env: process.env['NODE_TLS_REJECT_UNAUTHORIZED'] ?? '',
  }));
  expect(line.argv).not.toMatch(/--disable-web-security|--ignore-certificate-errors/);
  expect(line.switches).toEqual([]);
  expect(line.env).toBe('');
});

test('a second start of the same user ends at once and shows the first window', async ({
  open,
}) => {
  const stand = theStand();
  const first = await open(stand);
  await first.app.evaluate(({ app, BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const shown = window!.focus.bind(window);
    const seen = { focused: 0, heard: '' };
    window!.focus = () => {
      seen.focused += 1;
      shown();
    };
    app.on('second-instance', (_event, argv) => (seen.heard = argv.join(' ')));
    Object.assign(globalThis, { seen });
  });
  const hostile = ['app://ui/paper.html', '--load-extension=/tmp/x', '--inspect=0', 'javascript:1'];
  const root = path.resolve(import.meta.dirname, '../..');
  const second = spawn(
    await electronBin(),
    [root, ...launchArguments(), `--user-data-dir=${first.userDir}`, ...hostile],
    { cwd: root, env: { ...process.env, KUALIK_CONFIG: stand.configPath }, stdio: 'ignore' },
  );
  const code = await new Promise((tell) => {
    const late = setTimeout(() => second.kill('SIGKILL'), 20_000);
    second.on('exit', (exit, signal) => {
      clearTimeout(late);
      tell(signal ?? exit);
    });
  });
  expect(code).toBe(0);
  expect(first.app.windows()).toHaveLength(1);
  expect(first.page.url(), 'what the second was told changes nothing').toBe('app://ui/index.html');
  const seen = await first.app.evaluate(
    () => (globalThis as unknown as { seen: { focused: number; heard: string } }).seen,
  );
  expect(seen.heard, 'the positive control').toContain('app://ui/paper.html');
  expect(seen.focused).toBe(1);
  expect(await first.app.evaluate(() => process.argv.join(' '))).not.toContain('load-extension');
  await expect(first.page.getByTestId('login-card')).toBeVisible();
});

test('our processes inherit no lever, and a crash leaves no memory behind', async ({ open }) => {
  const env = { NODE_DEBUG: 'tls', SSLKEYLOGFILE: '/tmp/keys', PKCS11SPY: '/tmp/spy.so' };
  const { app, userDir } = await open(theStand(), { env, errorsAllowed: true });
  const { pids, main, renderer } = await app.evaluate(({ app: running, BrowserWindow }) => ({
    pids: running
      .getAppMetrics()
      .filter(({ serviceName }) => serviceName?.startsWith('node.mojom'))
      .map(({ pid }) => pid),
    main: process.pid,
    renderer: BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId(),
  }));
  expect(pids.length, 'core, token, imaging').toBeGreaterThanOrEqual(3);
  if (process.platform === 'linux') {
    for (const pid of [main, renderer, ...pids])
      expect(fs.readFileSync(`/proc/${pid}/limits`, 'utf8')).toMatch(/^Max core file size +1 +1 /m);
  }
  const forked = await app.evaluate(async ({ app: running, utilityProcess }) => {
    const fork = utilityProcess.fork.bind(utilityProcess);
    const next = new Promise<string[]>((tell) => {
      utilityProcess.fork = (...args) => {
        tell(Object.keys(args[2]?.env ?? {}));
        return fork(...args);
      };
    });
    const imaging = running.getAppMetrics().find(({ name }) => name === 'kualik-imaging');
    process.kill(imaging!.pid, 'SIGKILL'); // the shell starts another
    return { names: await next, main: Object.keys(process.env) };
  });
  expect(forked.main, 'the positive control').toEqual(expect.arrayContaining(Object.keys(env)));
  expect(forked.names).toContain('PATH');
  for (const name of Object.keys(env)) expect(forked.names).not.toContain(name);
  const dumps = await app.evaluate(async ({ app: running, BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    const gone = new Promise((tell) => webContents.once('render-process-gone', tell));
    webContents.forcefullyCrashRenderer();
    await gone;
    return running.getPath('crashDumps');
  });
  for (const folder of [userDir, dumps]) {
    const files = fs.existsSync(folder) ? fs.readdirSync(folder, { recursive: true }) : [];
    expect(files.filter((name) => String(name).endsWith('.dmp'))).toEqual([]);
  }
});

/** Asks from the main process: from the page CORS and URL normalisation would hide a broken handler. */
function asker({ app }: Window): (url: string) => Promise<string> {
  return (url) =>
    app.evaluate(async ({ BrowserWindow }, asked) => {
      const { session } = BrowserWindow.getAllWindows()[0]!.webContents;
      try {
        const answer = await session.fetch(asked);
        return `${answer.status} ${(await answer.text()).slice(0, 40)}`;
      } catch (error) {
        return `error ${(error as Error).message}`;
      }
    }, url);
}
