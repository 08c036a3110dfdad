// Pictures of the states in both languages and both themes, when a folder for them is named (KUALIK_SHOTS).
import fs from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { speak } from './walk.ts';

const SETTLED_MS = 150;

/** One picture of the window as it is. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['KUALIK_SHOTS'];
  if (folder === undefined) return;
  fs.mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

/** Leaves the screen in Russian. Nothing is written without the folder. */
export async function shot(page: Page, name: string): Promise<void> {
  if (process.env['KUALIK_SHOTS'] === undefined) return;
  for (const language of ['kk', 'ru'] as const) {
    await speak(page, language);
    for (const theme of ['dark', 'light']) {
      await page.waitForTimeout(SETTLED_MS); // the answer to the switch sets the theme again
      await page.evaluate((value) => (document.documentElement.dataset['theme'] = value), theme);
      await picture(page, `${name}-${language}-${theme}`);
    }
  }
}
