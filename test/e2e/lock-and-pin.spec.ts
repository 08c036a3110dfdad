// The lock and the PIN: neither case nor its process stands behind the lock, a wrong PIN shows the tries and costs no work.
import type { ElectronApplication } from '@playwright/test';
import {
  caseShown,
  lastSignedIs,
  logIn,
  logOut,
  openCase,
  pulled,
} from '../support/electron-app.ts';
import { composeAnnulment, held, openByTicket, sign } from './hand.ts';
import { actsOf, expect, officerOf, standOfThisFile, test } from './house.ts';

const theStand = standOfThisFile();
const WRONG = '000000';

test('a wrong PIN at the log-in says so and shows that fewer tries are left', async ({ open }) => {
  const stand = theStand();
  const officer = officerOf(stand, 'reviewer-astana');
  const { app, page } = await open(stand);
  await page.getByTestId(`cert-${officer.certSha256.slice(0, 8)}`).click({ timeout: 30_000 });
  await page.getByTestId('pin-field').fill(WRONG);
  await page.getByTestId('login-submit').click();
  await expect(page.getByTestId('refusal-pin-incorrect')).toBeVisible();
  await expect(page.locator('[data-tries]').first()).toHaveAttribute('data-tries', 'low');
  await expect(page.getByTestId('pin-field')).toHaveValue('');
  await logIn(page, officer, stand.pin);

  // The process of the page dies: the window does not stay empty, and the session is where it was.
  const seen = await app.evaluate(async ({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    const back = new Promise((done) => webContents.once('did-finish-load', () => done(null)));
    webContents.forcefullyCrashRenderer();
    await back;
    const ask = `new Promise((done) => {
      const look = setInterval(() => {
        if (document.querySelector('[data-testid=rail-queue]') === null) return;
        clearInterval(look);
        done('work');
      }, 50);
    })`;
    return (await webContents.executeJavaScript(ask)) as unknown;
  });
  expect(seen).toBe('work');
});

/** The process that draws the window. */
const rendererOf = (app: ElectronApplication): Promise<number> =>
  app.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? -1,
  );

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('lock: the process that showed the case is gone; the PIN brings back case, draft and place', async ({
  open,
}) => {
  const stand = theStand();
  const officer = officerOf(stand, 'reviewer-almaty');
  const { app, page } = await open(stand, { errorsAllowed: true }); // the refused picture
  await logIn(page, officer, stand.pin);
  await pulled(page);
  await page.getByTestId('queue-next').click();
  const id = await caseShown(page);
  await held(page);
  const { dossier } = await stand.control.findApplication({ applicationId: id });
  await openByTicket(page, dossier.ticket);
  await held(page);
  const picture = await page.getByTestId('photo-stage').locator('img').first().getAttribute('src');

  await page.getByTestId('action-annul').click();
  await page.getByTestId('reason-PHOTO_BACKGROUND').check();
  await page.locator('#comment-PHOTO_BACKGROUND').fill('за спиной дверь');

  const before = await rendererOf(app);
  await page.getByTestId('lock').click();
  await page.getByTestId('lock-screen').waitFor();
  expect(await rendererOf(app)).not.toBe(before);
  await expect.poll(() => isAlive(before), 'the process that showed the case').toBe(false);
  const behind = await page.content();
  expect(behind).not.toContain(dossier.declared.surname ?? dossier.ticket);
  expect(behind).not.toContain(dossier.ticket);
  expect(
    await page.evaluate((url) => {
      const image = new Image();
      image.src = url;
      return image.decode().then(
        () => 'shown',
        () => 'refused',
      );
    }, picture!),
    'the picture is not served behind the lock',
  ).toBe('refused');

  await page.getByTestId('pin-field').fill(WRONG);
  await page.getByTestId('unlock-submit').click();
  await expect(page.getByTestId('refusal-pin-incorrect')).toBeVisible();
  await expect(page.getByTestId('lock-screen')).toBeVisible();
  await page.getByTestId('pin-field').fill(stand.pin);
  await page.getByTestId('unlock-submit').click();
  expect(await caseShown(page)).toBe(id);
  await expect(openCase(page)).toContainText(dossier.ticket);
  await expect(page.getByTestId('reason-PHOTO_BACKGROUND')).toBeChecked();
  await expect(page.locator('#comment-PHOTO_BACKGROUND')).toHaveValue('за спиной дверь');
  await page.keyboard.press('Escape');
  await page.getByTestId('rail-queue').click();
  await expect(page.getByTestId('queue-search')).toHaveValue(dossier.ticket);
  const again = await rendererOf(app);
  await logOut(page);
  await expect.poll(() => isAlive(again), 'the process of a session that is over').toBe(false);
});

test('a wrong PIN at the signature keeps the statement; the right one signs it', async ({
  open,
}) => {
  const stand = theStand();
  const { page } = await open(stand);
  await logIn(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
  await pulled(page);
  await page.getByTestId('queue-next').click();
  const id = await caseShown(page);
  await held(page);
  await composeAnnulment(page);
  const sha = await page.getByTestId('statement-sha').innerText();
  await sign(page, WRONG);
  await expect(page.getByTestId('refusal-pin-incorrect')).toBeVisible();
  expect(await page.getByTestId('statement-sha').innerText()).toBe(sha);
  expect(await actsOf(stand, id)).toEqual([]);
  await sign(page, stand.pin);
  await lastSignedIs(page, 'accepted');
  expect(await actsOf(stand, id)).toHaveLength(1);
});
