// Launches the real program in its window and does what an officer's hand does most often.
import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test';
import { launchArguments, resolveElectron } from '../../scripts/electron-runtime.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/** What is needed of an officer of the stand to log in as him. */
export interface Person {
  readonly id: string;
  readonly fullName: string;
  readonly tokenSerial: string;
  readonly certSha256: string;
}

export interface Window {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly userDir: string;
  /** The program's own log lines. */
  readonly stderr: () => string;
  /** Exceptions and errors the page itself told of; must stay empty. */
  readonly pageErrors: string[];
  close(): Promise<void>;
}

export interface LaunchOptions {
  /** The station's file, as the stand wrote it. */
  readonly config: string;
  /** Kept folder of this user; a temporary one, removed at the end, when absent. */
  readonly userDir?: string;
  /** The program finds the folder by itself: a package takes no other. */
  readonly userDirFound?: boolean;
  /** Switches in place of those this machine needs (root has no sandbox). */
  readonly args?: readonly string[];
  readonly executablePath?: string;
  readonly env?: Readonly<Record<string, string>>;
}

let runtime: Promise<{ bin: string }> | null = null;
/** The Electron that `npm run test:e2e` chose, or the one the resolver finds. */
export const electronBin = async (): Promise<string> =>
  (await (runtime ??= resolveElectron() as Promise<{ bin: string }>)).bin;

/** Opens the window and waits for the first screen. @throws when no window comes. */
export async function launch(options: LaunchOptions): Promise<Window> {
  const userDir = options.userDir ?? fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-user-'));
  const app = await _electron.launch({
    executablePath: options.executablePath ?? (await electronBin()),
    args: [
      root,
      ...(options.args ?? launchArguments()),
      ...(options.userDirFound === true ? [] : [`--user-data-dir=${userDir}`]),
    ],
    cwd: root,
    env: { ...ownEnv(), KUALIK_CONFIG: options.config, ...options.env },
    timeout: 60_000,
  });
  let log = '';
  const child = app.process();
  child.stderr?.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString('utf8')).slice(-200_000);
  });
  let closed = false;
  const pageErrors: string[] = [];
  const page = await app.firstWindow({ timeout: 60_000 });
  page.on('pageerror', (error) => pageErrors.push(error.message));
  page.on('console', (message) => {
    // A picture that is not here yet is said in words on the screen; the browser grumbles as well.
    const picture = message.location().url.startsWith('case-image:');
    if (message.type() === 'error' && !picture) pageErrors.push(message.text());
  });
  const forget = (): void => {
    if (options.userDir === undefined) fs.rmSync(userDir, { recursive: true, force: true });
  };
  try {
    await page.getByTestId('login-card').waitFor({ timeout: 60_000 });
  } catch (error) {
    await closeApp(app, child); // nobody gets a window that could be closed later
    forget();
    throw error;
  }
  return {
    app,
    page,
    userDir,
    stderr: () => log,
    pageErrors,
    async close() {
      if (closed) return;
      closed = true;
      await closeApp(app, child);
      forget();
    },
  };
}

/** Ends the program kindly; by force when it does not go. */
async function closeApp(app: ElectronApplication, child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return; // it closed itself, and its driver answers no more
  const force = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await app.close().catch(() => undefined);
  clearTimeout(force);
}

/** Our environment without what would change the program's behaviour, or end the start of a package. */
export function ownEnv(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name, value]) => value !== undefined && !/^(NODE_|ELECTRON_|SOFTHSM2_CONF$)/.test(name),
  );
  return Object.fromEntries(kept) as Record<string, string>;
}

/** Chooses the officer's certificate, types the PIN and waits for the frame. */
export async function logIn(page: Page, officer: Person, pin: string): Promise<void> {
  await page.getByTestId(`cert-${officer.certSha256.slice(0, 8)}`).click({ timeout: 30_000 });
  await page.getByTestId('pin-field').fill(pin);
  await page.getByTestId('login-submit').click();
  await page.getByTestId('token-state').waitFor({ timeout: 60_000 });
}

export async function logOut(page: Page): Promise<void> {
  await page.getByTestId('log-out').click();
  await page.getByTestId('login-card').waitFor();
}

/** Waits until the first pull is done and the queue has rows. */
export async function pulled(page: Page): Promise<void> {
  await expect(page.getByTestId('line-state')).toHaveAttribute('data-state', 'online');
  await expect(page.locator('[data-testid^="queue-row-"]').first()).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByTestId('line-state').locator('progress')).toHaveCount(0, {
    timeout: 60_000,
  });
}

export const openCase = (page: Page) => page.getByTestId('case-screen');

/** The case on the screen, with its pictures drawn. Resolves its application id. */
/** Its pictures are measured; answers how many rows stand open. */
export async function caseMeasured(page: Page): Promise<number> {
  await expect(openCase(page)).toHaveAttribute('data-measuring', 'false', { timeout: 60_000 });
  return Number(await openCase(page).getAttribute('data-open-findings'));
}

/** Drags over an element from one place to another, both in fractions of it. */
export async function dragOver(
  page: Page,
  testId: string,
  from: readonly [number, number],
  to: readonly [number, number],
): Promise<void> {
  const box = await page.getByTestId(testId).boundingBox();
  if (box === null) throw new Error(`${testId} is not on the screen`);
  const at = ([x, y]: readonly [number, number]) =>
    [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 6 });
  await page.mouse.up();
}

/** Walks on from urgent to urgent until nothing stands open on the case shown. */
export async function cleanCaseShown(page: Page, first: string): Promise<string> {
  let id = first;
  for (let tries = 0; tries < 20; tries += 1) {
    await expect(openCase(page)).toHaveAttribute('data-stage', 'in-review', { timeout: 15_000 });
    if ((await caseMeasured(page)) === 0) return id;
    await page.keyboard.press('n');
    id = await caseShown(page, id);
  }
  throw new Error('no clean case among the next twenty');
}

export async function caseShown(page: Page, besides?: string): Promise<string> {
  const screen = openCase(page);
  await screen.waitFor({ timeout: 20_000 });
  if (besides !== undefined)
    await expect(screen).not.toHaveAttribute('data-application-id', besides, { timeout: 20_000 });
  const id = await screen.getAttribute('data-application-id');
  if (id === null) throw new Error('the case screen has no application');
  return id;
}

/** Waits until the act of this case is shown as accepted by the node. */
export async function lastSignedIs(page: Page, state: string): Promise<void> {
  await expect(page.getByTestId('last-signed')).toHaveAttribute('data-state', state, {
    timeout: 30_000,
  });
}
