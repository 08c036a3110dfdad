// Tells each step of the tour in one line and keeps a picture of each screen in both languages.
import fs from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Page } from '@playwright/test';

export const pictures = path.resolve(import.meta.dirname, '../../out/tour');
const LANGUAGES = ['ru', 'kk'] as const;
type Language = (typeof LANGUAGES)[number];

export interface Guide {
  readonly page: Page;
  /** Does one step; the words it resolves are printed with the time it took. */
  step(name: string, deed: () => Promise<string>): Promise<void>;
  /**
   * A picture of the screen in Russian and in Kazakh, under the same file name. `open` and `close`
   * stand around each picture where the language cannot be switched on the screen itself.
   */
  shot(name: string, around?: { open(): Promise<void>; close(): Promise<void> }): Promise<void>;
}

interface GuideOfTour extends Guide {
  steps(): number;
  /** What the window showed when the tour failed; the picture's path. */
  failed(): Promise<string>;
}

export function startGuide(page: Page): GuideOfTour {
  let steps = 0;
  let shots = 0;
  for (const language of LANGUAGES) {
    const folder = path.join(pictures, language);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
  }
  const save = async (language: Language, name: string): Promise<void> => {
    await settled(page);
    if (await page.evaluate(scrolled)) throw new Error(`${name}: the whole window is scrolled`);
    await page.screenshot({ path: path.join(pictures, language, `${name}.png`) });
  };
  return {
    page,
    steps: () => steps,
    async failed() {
      const file = path.join(pictures, 'failed.png');
      await page.screenshot({ path: file, timeout: 5_000 }).catch(() => undefined);
      return file;
    },
    async step(name, deed) {
      const begun = performance.now();
      try {
        const told = await deed();
        steps += 1;
        process.stdout.write(`✓ ${told}  ${seconds(performance.now() - begun)}\n`);
      } catch (error) {
        process.stdout.write(`✗ ${name}  ${seconds(performance.now() - begun)}\n`);
        throw error;
      }
    },
    async shot(name, around) {
      shots += 1;
      const file = `${String(shots).padStart(2, '0')}-${name}`;
      for (const language of LANGUAGES) {
        await speak(page, language);
        if (around === undefined) await page.mouse.move(683, 4); // no hover left in the picture
        await around?.open();
        await save(language, file);
        await around?.close();
      }
      await speak(page, 'ru');
    },
  };
}

/** The window itself has nothing to scroll; only lists inside of it do. Runs in the page. */
const scrolled = (): boolean =>
  [document.documentElement, document.body, document.getElementById('root')].some(
    (element) => (element?.scrollTop ?? 0) > 0,
  );

/** Switches the language with the key on the screen, as an officer does. */
export async function speak(page: Page, language: Language): Promise<void> {
  const html = page.locator('html');
  if ((await html.getAttribute('lang')) === language) return;
  await page.getByTestId('language-switch').locator(`input[value="${language}"]`).check();
  await page.locator(`html[lang="${language}"]`).waitFor();
}

/** Fonts and pictures are there and nothing moves any more. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
    await Promise.all(
      document.getAnimations().map(({ finished }) => finished.catch(() => undefined)),
    );
  });
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
