// The screens around the work: journal, readiness, settings, themes, keys, lock, empty lists.
import { expect } from '@playwright/test';
import type { Guide } from './guide.ts';
import type { TourStand } from './tour-stand.ts';

export async function lookAround(guide: Guide, stand: TourStand): Promise<void> {
  const { page, step, shot } = guide;
  await step('verify the journal', async () => {
    await page.getByTestId('rail-journal').click();
    await page.getByTestId('journal-verify').click();
    await expect(page.getByTestId('journal-chain')).toHaveAttribute('data-state', 'ok');
    const rows = await page.getByTestId('journal-chain').innerText();
    return `journal: ${rows.trim().replace(/\s+/g, ' ')}`;
  });
  await shot('journal');
  await step('check the readiness', async () => {
    await page.getByTestId('rail-readiness').click();
    const bad = page.locator('[data-testid^="ready-"][data-state="bad"]');
    await page.getByTestId('readiness-sum').waitFor({ timeout: 30_000 });
    await expect(bad).toHaveCount(0);
    const all = await page.locator('[data-testid^="ready-"][data-state]').count();
    return `readiness: ${all} steps, none bad`;
  });
  await shot('readiness');
  await page.getByTestId('rail-settings').click();
  await page.getByTestId('settings-page').waitFor();
  await shot('settings');
  await emptyLists(guide);
  await looks(guide);
  await page.getByTestId('rail-queue').click();
  await shot('keys', {
    open: async () => {
      await page.keyboard.press('Shift+Slash');
      await page.getByTestId('key-sheet').waitFor();
    },
    close: async () => {
      await page.keyboard.press('Escape');
      await page.getByTestId('key-sheet').waitFor({ state: 'detached' });
    },
  });
  await step('lock and unlock', async () => {
    await page.getByTestId('rail-queue').focus();
    await page.keyboard.press('l');
    await page.getByTestId('lock-screen').waitFor();
    await unlock();
    return 'locked by its key, unlocked with the PIN';
  });
  await shot('locked', {
    open: async () => {
      await page.getByTestId('lock').click();
      await page.getByTestId('lock-screen').waitFor();
    },
    close: () => unlock(),
  });

  async function unlock(): Promise<void> {
    await page.getByTestId('pin-field').fill(stand.pin);
    await page.getByTestId('unlock-submit').click();
    await page.getByTestId('token-state').waitFor();
  }
}

async function emptyLists({ page, shot }: Guide): Promise<void> {
  await page.getByTestId('rail-queue').click();
  await page.getByTestId('queue-search').fill('999-нет-такого');
  await expect(page.locator('[data-testid^="queue-row-"]')).toHaveCount(0);
  await shot('queue-nothing-found');
  await page.getByTestId('queue-search').fill('');
  await page.getByTestId('queue-view-attention').click();
  await page.mouse.move(683, 4);
  await page.waitForTimeout(400);
  await shot('queue-attention');
  await page.getByTestId('queue-view-pending').click();
}

async function looks({ page, shot }: Guide): Promise<void> {
  const theme = async (n: number): Promise<void> => {
    await page.getByTestId('rail-settings').click();
    await page.getByTestId('settings-theme').locator('input').nth(n).check();
  };
  await theme(1);
  await page.getByTestId('rail-case').click();
  await shot('case-dark');
  await page.getByTestId('rail-queue').click();
  await shot('queue-dark');
  await theme(2);
  await page.getByTestId('rail-case').click();
  await shot('case-high-contrast');
  await theme(0);
}
