// The administrator at the real program: a policy checked and refused, the self-test in a terminal, fixed values on the screen.
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { launchArguments } from '../../scripts/electron-runtime.mjs';
import {
  entryOf,
  makeManifest,
  publicKeyOf,
  signManifest,
} from '../../scripts/update/make-manifest.ts';
import { electronBin, logIn } from '../support/electron-app.ts';
import { scan } from './scanner.ts';
import { picture } from './shots.ts';
import { expect, officerOf, standOfThisFile, test } from './house.ts';

const theStand = standOfThisFile();
const root = path.resolve(import.meta.dirname, '../..');
let place = '';
test.beforeAll(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-policy-'));
});
test.afterAll(() => fs.rmSync(place, { recursive: true, force: true }));

/** Runs the program for its answer in the terminal, without any screen. */
async function terminal(
  config: string,
  command: string,
  env: Record<string, string> = {},
): Promise<{ code: number | null; text: string }> {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...rest } = process.env;
  const child = spawn(
    await electronBin(),
    [root, ...launchArguments(), `--user-data-dir=${path.join(place, 'user')}`, command],
    { cwd: root, env: { ...rest, LC_ALL: 'C', KUALIK_CONFIG: config, ...env } },
  );
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  const late = setTimeout(() => child.kill('SIGKILL'), 90_000);
  const code = await new Promise<number | null>((tell) => child.on('close', tell));
  clearTimeout(late);
  return { code, text };
}

function policy(name: string, changes: Record<string, unknown>): string {
  const file = path.join(place, name);
  fs.writeFileSync(file, JSON.stringify({ ...theStand().config, ...changes }, null, 1));
  return file;
}

test('--check-policy prints what holds, and every mistake with its line', async () => {
  const good = await terminal(policy('good.json', { lockAfterMinutes: 5 }), '--check-policy');
  expect(good.text).toMatch(/^lockAfterMinutes +5 +файл .*good\.json:\d+$/m);
  expect(good.text).toMatch(/^language +– +по умолчанию$/m);
  expect(good.code).toBe(0);
  const bad = policy('bad.json', { lockAfterMinutes: 500, lenguage: 'ru', trustFile: 'no.pem' });
  const lines = fs.readFileSync(bad, 'utf8').split('\n');
  const lineOf = (name: string): number =>
    lines.findIndex((line) => line.includes(`"${name}"`)) + 1;
  const told = await terminal(bad, '--check-policy', { LC_ALL: 'kk_KZ.UTF-8' });
  expect(told.code).toBe(2);
  for (const name of ['lockAfterMinutes', 'lenguage'])
    expect(told.text).toContain(`${bad}:${lineOf(name)}: ${name}: `);
  expect(told.text).toContain('Қателер: 2');
  const torn = policy('torn.json', { trustFile: 'no.pem' });
  const refused = await terminal(torn, '--check-policy');
  expect(refused.code).toBe(2);
  expect(refused.text).toContain('trustFile: файл сертификатов не читается');
  // The program itself does not start on it either.
  expect((await terminal(torn, '--no-such-switch')).code).toBe(2);
});

test('--self-test goes through the real token, node and disk, and fails when one of them does', async () => {
  test.setTimeout(240_000);
  const { config, configPath } = theStand();
  const whole = await terminal(configPath, '--self-test');
  const state = (text: string, title: string): string =>
    text.split('\n').find((line) => line.includes(title)) ?? `no ${title} in:\n${text}`;
  expect(state(whole.text, 'Модули токенов')).toMatch(/^в порядке .* ready count=1/);
  expect(state(whole.text, 'Токены')).toMatch(/^в порядке .* tokens count=\d+/);
  expect(state(whole.text, 'Связь с узлом')).toMatch(/^в порядке .* online/);
  expect(state(whole.text, 'Часы')).toMatch(/^в порядке .* drift seconds=/);
  expect(state(whole.text, 'Место на диске')).toMatch(/ free megabytes=\d+/);
  expect(state(whole.text, 'Файлы данных')).toMatch(/^в порядке .* caches count=0/);
  expect(state(whole.text, 'Список доверия')).toMatch(/^в порядке .* list-version/);
  expect(whole.code).toBe(0);

  fs.mkdirSync(path.join(place, 'user', 'cache'), { recursive: true });
  fs.writeFileSync(path.join(place, 'user', 'cache', 'torn.db'), Buffer.alloc(5000, 7));
  const broken = policy('broken.json', {
    nodeUrl: 'https://127.0.0.1:48999',
    language: 'kk',
    modules: [{ ...config.modules[0], path: '/no/such/module.so' }],
  });
  const told = await terminal(broken, '--self-test');
  expect(told.code).toBe(1);
  expect(state(told.text, 'Токен модульдері')).toMatch(/^дайын емес .* module-missing/);
  expect(state(told.text, 'Тораппен байланыс')).toMatch(/^дайын емес .* unreachable/);
  expect(state(told.text, 'Деректер файлдары')).toMatch(/^дайын емес .* cache-torn file=torn\.db/);
  expect(told.text).not.toMatch(/Связь|проверьте/);
  // The bundle is to be had without a log-in, of a station on which nothing works, and where it was asked for.
  const folder = path.join(place, 'bundle');
  const saved = await terminal(broken, `--diagnostics=${folder}`);
  expect(saved.code, saved.text).toBe(0);
  const [zip = ''] = fs.readdirSync(folder);
  expect(saved.text).toContain(`Диагностика сақталды: ${path.join(folder, zip)}`);
  const inside = unzipSync(fs.readFileSync(path.join(folder, zip)));
  const texts = new Map(
    Object.entries(inside).map(([name, bytes]) => [path.basename(name), strFromU8(bytes)]),
  );
  expect(texts.get('readiness.json')).toContain('"cache-torn"');
  expect(texts.get('policy.json')).toContain(`${broken}:2`);
  expect(texts.get('program.json')).toContain('not-packaged');
  expect(texts.get('technical-log.jsonl')).toMatch(/"event":"program-started".*"self-test"/);
  expect(texts.get('technical-log.jsonl')).toMatch(/"event":"program-started".*"diagnostics"/);
  fs.rmSync(path.join(place, 'user'), { recursive: true });
  expect((await terminal(path.join(place, 'absent.json'), '--self-test')).code).toBe(2);
});

test('the officer installs a ready version: the program closes, its command runs; a failed one is told', async ({
  open,
}) => {
  test.setTimeout(240_000);
  const pem = String(
    generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }),
  );
  const [shelf, got] = [path.join(place, 'release'), path.join(place, 'got')];
  fs.mkdirSync(shelf);
  const pack = path.join(shelf, 'kualik_9.0.0_amd64.deb');
  fs.writeFileSync(pack, 'the package');
  const now = Date.now();
  const manifest = makeManifest({
    sequence: 1,
    version: '9.0.0',
    issuedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + 86_400_000).toISOString(),
    rings: ['all'],
    minFrom: null,
    minimum: null,
    files: [entryOf(pack)],
  });
  fs.writeFileSync(
    path.join(shelf, 'kualik-update.json'),
    JSON.stringify(signManifest(manifest, pem)),
  );
  const program = path.join(place, 'installer');
  fs.writeFileSync(
    program,
    `#!/bin/sh\n{ cat "$1"; echo; echo "$2"; } > '${got}.part'\nmv '${got}.part' '${got}'\n`,
    { mode: 0o755 },
  );
  const updates = {
    source: { folder: shelf },
    ring: 'all',
    target: 'linux-x64-deb',
    keys: [publicKeyOf(pem)],
    install: 'command',
    command: { program, args: ['{file}', '{sha256}'] },
  };
  // A program that is not there is found before anybody logs in.
  const absent = { ...updates, command: { ...updates.command, program: `${program}-absent` } };
  const told = await terminal(policy('absent-program.json', { updates: absent }), '--check-policy');
  expect(told.code).toBe(2);
  expect(told.text).toMatch(/absent-program\.json:\d+: updates\.command\.program: /);

  const stand = theStand();
  const config = policy('updates.json', { updates });
  const userDir = path.join(place, 'installing');
  const { app, page } = await open(stand, { config, userDir });
  await expect(page.getByTestId('update-offer')).toBeVisible();
  await logIn(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
  await expect(page.getByTestId('update-offer')).toContainText('9.0.0');
  const closed = new Promise((ended) => app.process().once('exit', ended));
  await page.getByTestId('update-install').click();
  expect(await closed).toBe(0);
  await expect.poll(() => fs.existsSync(got)).toBe(true);
  expect(fs.readFileSync(got, 'utf8')).toBe(`the package\n${entryOf(pack).sha256}\n`);

  const again = (await open(stand, { config, userDir })).page;
  await logIn(again, officerOf(stand, 'reviewer-almaty'), stand.pin);
  await again.getByTestId('rail-readiness').click();
  await expect(again.getByTestId('ready-update')).toContainText('9.0.0 не установилась');
  await again.getByTestId('rail-settings').click();
  await expect(again.getByTestId('update-outcome')).toHaveAttribute('data-state', 'failed');
  await expect(again.getByTestId('policy-updates')).toContainText(`all, ${shelf}, ${program}`);
});

test('what the policy fixes is shown with its place and cannot be changed', async ({ open }) => {
  const changes = { language: 'kk', lockAfterMinutes: 3, screenCapture: false };
  const config = policy('fixed.json', changes);
  const stand = theStand();
  const documents = path.join(place, 'documents');
  fs.mkdirSync(documents);
  const env = { XDG_DOCUMENTS_DIR: documents, HOME: documents };
  const { app, page } = await open(stand, { config, env });
  await page.getByTestId('diagnostics-save').click();
  await expect(page.getByTestId('diagnostics-saved')).toContainText(documents, { timeout: 30_000 });
  await picture(page, 'diagnostics-log-in');
  const asked = await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const told: boolean[] = [];
    window!.setContentProtection = (on) => told.push(on);
    window!.hide();
    window!.show();
    return told;
  });
  expect(asked, 'black in pictures of the screen, at each showing').toEqual([true]);
  await expect(page.getByTestId('language-switch').getByRole('radio').first()).toBeDisabled();
  await logIn(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
  await page.getByTestId('rail-settings').click();
  await expect(page.getByTestId('settings-language-fixed')).toBeVisible();
  for (const radio of await page.getByTestId('settings-language').getByRole('radio').all())
    await expect(radio).toBeDisabled();
  await expect(page.getByTestId('policy-lockAfterMinutes')).toHaveText('3');
  await expect(page.getByTestId('settings-fixed')).toContainText(/fixed\.json:\d+/);
  await expect(page.getByTestId('settings-page').getByText('3 мин')).toBeVisible();

  await page.getByTestId('rail-readiness').click();
  await page.getByTestId('readiness-sum').waitFor({ timeout: 30_000 });
  await expect(page.getByTestId('ready-clock')).toHaveAttribute('data-state', 'ok');
  await page.getByTestId('scanner-field').focus();
  const code = 'KZ0123456789';
  await scan(app, code);
  const verdict = page.getByTestId('scan-verdict');
  await expect(verdict).toContainText('12');
  await expect(verdict).toContainText('Enter');
  await expect(page.getByTestId('ready-scanner')).toContainText('12');
  expect(await page.content()).not.toContain(code);
  await expect(page.getByTestId('scanner-field')).toHaveValue('');
  await page.getByTestId('diagnostics').getByTestId('diagnostics-save').click();
  await expect(page.getByTestId('diagnostics-saved')).toContainText(documents, { timeout: 30_000 });
  await page.getByTestId('diagnostics-saved').scrollIntoViewIfNeeded();
  await picture(page, 'readiness-kk');
  const written = fs.readdirSync(documents, { recursive: true }).map(String);
  expect(written.filter((name) => name.endsWith('.zip'))).toHaveLength(2);
});
