// The same job without a mouse: log-in to approval, refusal, the counter with a keyboard-wedge scanner.
import type { ElectronApplication, Page } from '@playwright/test';
import {
  caseShown,
  cleanCaseShown,
  lastSignedIs,
  openCase,
  pulled,
  type Person,
} from '../support/electron-app.ts';
import { counterReady, held } from './hand.ts';
import { POINT, actsOf, expect, officerOf, one, standOfThisFile, test } from './house.ts';

const theStand = standOfThisFile();
/** At the counter a hand's pace matters: faster keys are a scanner's. */
const HAND_MS = 80;

test('log in, take the most urgent, approve: six keys on the case', async ({ open }) => {
  const stand = theStand();
  const { page } = await open(stand);
  await logInByKeys(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
  await pulled(page);

  await page.keyboard.press('n');
  const id = await cleanCaseShown(page, await caseShown(page));
  await held(page);
  for (const key of ['1', '2', '3', '4', 'a']) await page.keyboard.press(key);
  await page.getByTestId('pin-field').and(page.locator(':focus')).waitFor();
  await page.keyboard.type(stand.pin);
  await page.keyboard.press('Control+Enter');
  await lastSignedIs(page, 'accepted');
  expect((await actsOf(stand, id)).map(({ kind }) => kind)).toEqual(['kualik/approval']);
  expect(await caseShown(page, id), 'the next case is open').not.toBe(id);
});

test('walk the list, annul by keys, on the Russian layout too', async ({ open }) => {
  const stand = theStand();
  const { page } = await open(stand);
  await logInByKeys(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
  await pulled(page);

  const pointed = () =>
    page.locator('[role="row"][aria-selected="true"]').getAttribute('data-testid');
  const first = await pointed();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect.poll(pointed).not.toBe(first);
  await page.keyboard.press('Enter');
  const id = await caseShown(page);
  await held(page);

  await pressOnRussianLayout(page, 'KeyX', 'ч');
  await page.getByTestId('refusal-composer').waitFor();
  await page.keyboard.press('Escape');
  await page.getByTestId('refusal-composer').waitFor({ state: 'detached' });
  await page.keyboard.press('x');
  await page.getByTestId('refusal-composer').waitFor();
  await page.keyboard.press('1');
  await page.keyboard.press('Control+Enter');
  await page.getByTestId('pin-field').and(page.locator(':focus')).waitFor();
  await page.keyboard.type(stand.pin);
  await page.keyboard.press('Control+Enter');
  await lastSignedIs(page, 'accepted');
  expect((await actsOf(stand, id)).map(({ kind }) => kind)).toEqual(['kualik/annulment']);

  await page.keyboard.press('Alt+1');
  await page.getByTestId('queue-list').waitFor();
  await page.keyboard.press('/');
  await expect(page.getByTestId('queue-search')).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+Slash');
  await page.getByTestId('key-sheet').waitFor();
  await page.keyboard.press('Escape');
  await page.getByTestId('key-sheet').waitFor({ state: 'detached' });
  await expect(openCase(page)).toHaveCount(0);
});

test('the counter: a scanned ticket, answers, hand-over, all by keys', async ({ open }) => {
  const stand = theStand();
  const { dossier } = await one(stand, { point: POINT, stage: 'at-point' });
  const { page, app } = await open(stand);
  await logInByKeys(page, officerOf(stand, 'issuer-almaty'), stand.pin);
  await counterReady(page);

  await scan(app, dossier.ticket);
  await page.getByTestId('issuance-person').waitFor();
  const key = async (name: string): Promise<void> => {
    await page.keyboard.press(name);
    await page.waitForTimeout(HAND_MS);
  };
  await key('h'); // says that the person was not confirmed and goes to it
  await expect(page.getByTestId('present')).toBeFocused();
  await key('y');
  await expect(page.getByTestId('present')).toBeChecked();
  await key('h'); // the card in the hand was not checked: its field takes the number
  await expect(page.getByTestId('card-text')).toBeFocused();
  for (const digit of await page.getByTestId('card-number').innerText()) await key(digit);
  await key('Enter');
  await page.locator('[data-testid="card-in-hand"][data-state="agrees"]').waitFor();
  await key('h'); // says that the old card is missing and goes to it
  await expect(page.getByTestId('old-card-surrendered')).toBeFocused();
  await key('o');
  await expect(page.getByTestId('old-card-surrendered')).toBeChecked();
  await key('a');
  await page.getByTestId('pin-field').and(page.locator(':focus')).waitFor();
  await page.keyboard.type(stand.pin);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('handover-done')).toHaveAttribute('data-state', 'accepted', {
    timeout: 20_000,
  });
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('issuance-ticket')).toBeFocused();

  await scan(app, dossier.ticket);
  await page.getByTestId('ticket-already-issued').waitFor();
  expect((await actsOf(stand, dossier.applicationId)).map(({ kind }) => kind)).toEqual([
    'kualik/hand-over',
  ]);
});

/** Tab to the certificate, Space, PIN, Enter. */
async function logInByKeys(page: Page, officer: Person, pin: string): Promise<void> {
  const radio = page.getByTestId(`cert-${officer.certSha256.slice(0, 8)}`).locator('input');
  await radio.waitFor({ timeout: 30_000 });
  for (let tabs = 0; tabs < 12; tabs += 1) {
    await page.keyboard.press('Tab');
    if (await radio.evaluate((input) => input === document.activeElement)) break;
  }
  await expect(radio).toBeFocused();
  await page.keyboard.press('Space');
  await page.getByTestId('pin-field').and(page.locator(':focus')).waitFor();
  await page.keyboard.type(pin);
  await page.keyboard.press('Enter');
  await page.getByTestId('token-state').waitFor({ timeout: 60_000 });
}

async function pressOnRussianLayout(page: Page, code: string, key: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const press = { code, key, windowsVirtualKeyCode: code.charCodeAt(3) };
  await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...press });
  await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...press });
  await devtools.detach();
}

/** A scanner types the whole ticket in one burst with Enter behind it. */
const scan = (app: ElectronApplication, ticket: string): Promise<void> =>
  app.evaluate(({ BrowserWindow }, text) => {
    const [window] = BrowserWindow.getAllWindows();
    for (const keyCode of [...text, 'Enter']) {
      window?.webContents.sendInputEvent({ type: 'keyDown', keyCode });
      window?.webContents.sendInputEvent({ type: 'char', keyCode });
      window?.webContents.sendInputEvent({ type: 'keyUp', keyCode });
    }
  }, ticket);
