// Small deeds of an officer's hand that several tests share.
import { expect, type Page } from '@playwright/test';
import { caseMeasured, caseShown, openCase } from '../support/electron-app.ts';

export const GROUPS = ['register', 'rules', 'photo', 'signature'] as const;

/** Finds the case by its ticket and opens it with the mouse. */
export async function openByTicket(page: Page, ticket: string): Promise<void> {
  await page.getByTestId('rail-queue').click();
  await page.getByTestId('queue-search').fill(ticket);
  // The old rows stand until the found one comes; a click between the two would miss the moving row.
  await expect(page.locator('[data-testid^="queue-row-"]')).toHaveCount(1);
  await page.getByTestId(`queue-row-${ticket}`).click();
  await caseShown(page);
}

export const held = (page: Page) =>
  expect(openCase(page)).toHaveAttribute('data-stage', 'in-review', { timeout: 15_000 });

/** The eye finds nothing wrong: F walks to each open finding, Y answers it, a reason where one is wanted. */
async function answerFindings(page: Page): Promise<void> {
  let open = await caseMeasured(page);
  while (open > 0) {
    await page.keyboard.press('f');
    await page.keyboard.press('y');
    const reason = page.locator('textarea:focus');
    if ((await reason.count()) > 0) {
      await reason.fill('осмотрено глазами, годится');
      await page.keyboard.press('Control+Enter');
    }
    await expect(openCase(page)).not.toHaveAttribute('data-open-findings', String(open));
    open = await caseMeasured(page);
  }
}

export async function confirmAll(page: Page): Promise<void> {
  await answerFindings(page);
  for (const group of GROUPS) {
    await page.getByTestId(`group-key-${group}`).click();
    await expect(page.getByTestId(`group-key-${group}`)).toHaveAttribute('aria-pressed', 'true');
  }
}

/** Composes a refusal with one photo reason and comes to the signing panel. */
export async function composeAnnulment(page: Page, reason = 'PHOTO_BACKGROUND'): Promise<void> {
  await page.getByTestId('action-annul').click();
  await page.getByTestId(`reason-${reason}`).check();
  await page.getByTestId('composer-to-sign').click();
  await page.getByTestId('statement-sha').waitFor();
}

export async function sign(page: Page, pin: string): Promise<void> {
  await page.getByTestId('pin-field').fill(pin);
  await page.getByTestId('sign-submit').click();
}

/** Here in person, questions answered, the card in the hand checked by its number, old card given back. */
export async function answerAll(page: Page): Promise<void> {
  await page.getByTestId('present').check();
  for (const right of await page.locator('[data-testid^="answer-"][data-testid$="-right"]').all())
    await right.click();
  const number = await page.getByTestId('card-number').innerText();
  await page.getByTestId('card-text').fill(number);
  await page.getByTestId('card-text').press('Enter');
  await page.locator('[data-testid="card-in-hand"][data-state="agrees"]').waitFor();
  await page.getByTestId('old-card-surrendered').check();
}

export async function scanByHand(page: Page, ticket: string): Promise<void> {
  await page.getByTestId('issuance-ticket').fill(ticket);
  await page.getByTestId('issuance-find').click();
}

export async function counterReady(page: Page): Promise<void> {
  await page.locator('[data-testid^="issuance-row-"]').first().waitFor({ timeout: 60_000 });
}
