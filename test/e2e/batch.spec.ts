// Batch: three reviewed cases signed with one PIN by keys alone; a wrong PIN signs nothing; cancel leaves the rest unsigned.
import type { Page } from '@playwright/test';
import { caseShown, logIn, pulled } from '../support/electron-app.ts';
import { confirmAll, held, openByTicket } from './hand.ts';
import {
  ALMATY,
  actsOf,
  applications,
  clean,
  expect,
  officerOf,
  standOfThisFile,
  test,
} from './house.ts';
import type { Stand } from '../../stand/start.ts';

const theStand = standOfThisFile({ people: 100 });

/** Opens, takes and confirms clean cases, and goes on without deciding. */
async function review(page: Page, stand: Stand, count: number): Promise<string[]> {
  const found = await applications(stand, { region: ALMATY, stage: 'pending' }, clean);
  const done: string[] = [];
  for (const { dossier } of found) {
    if (done.length === count) break;
    await openByTicket(page, dossier.ticket);
    const id = await caseShown(page);
    await held(page);
    await confirmAll(page);
    const approve = page.getByTestId('action-approve');
    if ((await approve.getAttribute('aria-disabled')) === 'true') continue;
    done.push(id);
  }
  if (done.length < count) throw new Error(`only ${done.length} clean cases`);
  await page.getByTestId('rail-queue').click();
  await page.getByTestId('queue-search').fill('');
  return done;
}

const rows = (page: Page, state: string) =>
  page.locator(`[data-testid^="batch-item-"][data-state="${state}"]`);

/** From the queue to the PIN, all ticked, without the mouse. */
async function toPin(page: Page, count: number): Promise<void> {
  await expect(page.getByTestId('queue-batch')).toContainText(String(count));
  await page.getByTestId('queue-list').waitFor();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('Shift+A');
  await expect(page.locator('[data-testid^="batch-ready-"]')).toHaveCount(count);
  for (let n = 0; n < count; n++) {
    await page.keyboard.press('j');
    await page.keyboard.press('Space');
  }
  await expect(page.locator('[data-testid^="batch-ready-"] input:checked')).toHaveCount(count);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('pin-field')).toBeFocused();
  await expect(rows(page, 'waiting')).toHaveCount(count);
}

test('three cases with one PIN, after a wrong one that signed nothing', async ({ open }) => {
  test.setTimeout(240_000);
  const stand = theStand();
  const { page } = await open(stand);
  await logIn(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
  await pulled(page);
  const ids = await review(page, stand, 3);
  await toPin(page, 3);

  const text = page.locator('[data-testid^="batch-text-"]').first();
  await text.click();
  const sha = await page.getByTestId('statement-sha').innerText();
  expect(sha).toBe(await text.getAttribute('title'));

  await page.getByTestId('pin-field').fill('000000');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('refusal-pin-incorrect')).toBeVisible();
  await expect(rows(page, 'waiting')).toHaveCount(3);
  await expect(page.locator('[data-tries]').first()).toHaveAttribute('data-tries', 'low');

  await page.getByTestId('pin-field').fill(stand.pin);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('batch-ended')).toBeVisible({ timeout: 30_000 });
  await expect(rows(page, 'signed')).toHaveCount(3);
  for (const id of ids)
    await expect.poll(async () => (await actsOf(stand, id)).length, { timeout: 30_000 }).toBe(1);
  const kept = await Promise.all(ids.map((id) => actsOf(stand, id)));
  expect(kept.flat().map(({ kind }) => kind)).toEqual(ids.map(() => 'kualik/approval'));
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('batch-page')).toBeVisible();
});

test('cancelled between two items: the rest is not signed, and nothing of it is sent', async ({
  open,
}) => {
  test.setTimeout(240_000);
  const stand = theStand();
  const { page } = await open(stand);
  await logIn(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
  await pulled(page);
  const ids = await review(page, stand, 4);
  await toPin(page, 4);
  await page.getByTestId('pin-field').fill(stand.pin);
  // A soft token is quick: both keys come in one breath, the cancel while the PIN is being looked at.
  await page.evaluate(() => {
    const press = (code: string, ctrlKey: boolean): boolean =>
      document.activeElement!.dispatchEvent(
        new KeyboardEvent('keydown', { code, ctrlKey, bubbles: true, cancelable: true }),
      );
    press('Enter', true);
    press('Escape', false);
  });
  await expect(page.getByTestId('batch-ended')).toBeVisible({ timeout: 30_000 });
  const signed = await rows(page, 'signed').count();
  expect(signed).toBeLessThan(4);
  await expect(rows(page, 'waiting')).toHaveCount(4 - signed);
  await page.keyboard.press('Escape');
  // What was not signed can still be chosen; what was signed reaches the node, once.
  await expect(page.locator('[data-testid^="batch-ready-"]')).toHaveCount(4 - signed);
  await expect
    .poll(async () => (await Promise.all(ids.map((id) => actsOf(stand, id)))).flat().length, {
      timeout: 30_000,
    })
    .toBe(signed);
});
