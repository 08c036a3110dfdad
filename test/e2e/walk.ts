// Walks over every screen of the program, for tests that look at all of them.
import type { Page } from '@playwright/test';
import type { Stand } from '../../stand/start.ts';
import { caseShown, logIn, logOut, pulled } from '../support/electron-app.ts';
import { answerAll, confirmAll, counterReady, held, openByTicket, scanByHand } from './hand.ts';
import { ALMATY, POINT, clean, officerOf, one } from './house.ts';

/**
 * Shows each screen and calls `look` with its name. Nothing is signed, so it may be walked again.
 * Officers log in one after the other; `look` must leave the screen as it is.
 */
export async function walk(
  page: Page,
  stand: Stand,
  look: (name: string) => Promise<void>,
): Promise<void> {
  const reviewer = officerOf(stand, 'reviewer-almaty');
  await page.getByTestId(`cert-${reviewer.certSha256.slice(0, 8)}`).click({ timeout: 30_000 });
  await look('log-in');
  await logIn(page, reviewer, stand.pin);
  await pulled(page);
  await look('queue');
  await decisions(page, stand, look);
  for (const screen of ['outbox', 'journal', 'readiness', 'settings'] as const) {
    await page.getByTestId(`rail-${screen}`).click();
    await page.getByTestId(`${screen}-page`).waitFor();
    if (screen === 'readiness') await page.getByTestId('readiness-sum').waitFor();
    await look(screen);
  }
  await page.keyboard.press('Shift+Slash');
  await page.getByTestId('key-sheet').waitFor();
  await look('keys');
  await page.keyboard.press('Escape');
  await page.getByTestId('lock').click();
  await page.getByTestId('lock-screen').waitFor();
  await look('lock');
  await page.getByTestId('lock-log-out').click();
  await counter(page, stand, look);
  await logOut(page);
  await logIn(page, officerOf(stand, 'head-almaty'), stand.pin);
  await page.getByTestId('rail-monitoring').click();
  await page.getByTestId('monitoring-page').locator('dd').first().waitFor({ timeout: 30_000 });
  await look('monitoring');
  await logOut(page);
}

async function decisions(page: Page, stand: Stand, look: (name: string) => Promise<void>) {
  const { dossier } = await one(stand, { region: ALMATY, stage: 'pending' }, (each) =>
    clean({ ...each, head: { ...each.head, holder: null } }),
  );
  await openByTicket(page, dossier.ticket);
  await caseShown(page);
  await held(page);
  await look('case');
  for (const tab of ['data', 'history', 'checks']) {
    await page.locator(`#case-tab-${tab}`).click();
    if (tab !== 'checks') await look(`case-${tab}`);
  }
  if ((await page.getByTestId('action-approve').getAttribute('aria-disabled')) === 'true')
    await confirmAll(page);
  await page.getByTestId('action-approve').click();
  await page.getByTestId('statement-sha').waitFor();
  await look('decision');
  await page.keyboard.press('Escape');
  await page.getByTestId('action-annul').click();
  const reason = page.getByTestId('reason-PHOTO_BACKGROUND');
  await reason.check();
  await look('composer');
  await reason.uncheck();
  await page.keyboard.press('Escape');
}

async function counter(page: Page, stand: Stand, look: (name: string) => Promise<void>) {
  await logIn(page, officerOf(stand, 'issuer-almaty'), stand.pin);
  await counterReady(page);
  await look('issuance');
  const { dossier } = await one(stand, { point: POINT, stage: 'at-point' });
  await scanByHand(page, dossier.ticket);
  await page.getByTestId('issuance-person').waitFor();
  await answerAll(page);
  await look('person');
  await page.getByTestId('action-hand-over').click();
  await page.getByTestId('statement-sha').waitFor();
  await look('hand-over');
  await page.keyboard.press('Escape');
  await stock(page, look);
}

async function stock(page: Page, look: (name: string) => Promise<void>) {
  await page.getByTestId('rail-stock').click();
  await page.getByTestId('dispatch-open').first().waitFor({ timeout: 30_000 });
  await look('dispatches');
  await page.getByTestId('dispatch-open').first().click();
  const [number = ''] = /\d{9}/.exec(await page.getByTestId('dispatch-cards').innerText()) ?? [];
  await page.getByTestId('stock-scan').fill(number);
  await page.keyboard.press('Enter');
  await page.getByTestId('scan-said').and(page.locator('[data-outcome]')).waitFor();
  await look('dispatch');
  await page.getByTestId('dispatch-accept').click();
  await page.getByTestId('custody-sha').waitFor();
  await look('acceptance');
  await page.keyboard.press('Escape');
  for (const tab of ['cards', 'count', 'lease'] as const) {
    await page.getByTestId('stock-tabs').locator(`input[value="${tab}"]`).check({ force: true });
    if (tab === 'cards') await page.locator('[data-testid^="stock-card-"]').first().waitFor();
    if (tab === 'count') await page.getByTestId('count-begin').waitFor();
    if (tab === 'lease') await page.getByTestId('lease-panel').waitFor();
    await look(`stock-${tab}`);
  }
}

/** Switches the language with the key on the screen. */
export async function speak(page: Page, language: 'ru' | 'kk'): Promise<void> {
  await page.getByTestId('language-switch').locator(`input[value="${language}"]`).check();
  await page.locator(`html[lang="${language}"]`).waitFor();
}

export async function theme(page: Page, n: 0 | 1 | 2): Promise<void> {
  await page.getByTestId('rail-settings').click();
  await page.getByTestId('settings-theme').locator('input').nth(n).check();
}
