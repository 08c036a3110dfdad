// Two languages: the live switch changes every word on every screen, nothing is missing, long names fit.
import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { kk } from '../../src/renderer/shared/i18n/texts/kk.ts';
import { ru } from '../../src/renderer/shared/i18n/texts/ru.ts';
import type { Stand } from '../../stand/start.ts';
import { caseShown, logIn, pulled } from '../support/electron-app.ts';
import { counterReady, held } from './hand.ts';
import { expect, officerOf, standOfThisFile, test } from './house.ts';
import { standWithOwnPeople } from './own-people.ts';
import { speak, walk } from './walk.ts';

type Language = 'ru' | 'kk';

test.describe('every screen', () => {
  const theStand = standOfThisFile();

  for (const language of ['kk', 'ru'] as const)
    test(`in ${language} there is no word of the other language and none is missing`, async ({
      open,
    }) => {
      const stand = theStand();
      const { page } = await open(stand);
      const other: Language = language === 'kk' ? 'ru' : 'kk';
      await page.locator('html[lang]').waitFor();
      await speak(page, language);
      const foreign = wordsOnlyIn(other);
      const own = wordsOnlyIn(language);
      const found: string[] = [];
      const seen = new Map<string, number>();
      await walk(page, stand, async (name) => {
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        const texts = await visibleTexts(page);
        seen.set(name, texts.filter(own).length);
        for (const text of texts) {
          if (/undefined|NaN|\[object|\{\w+\}|Invalid Date/.test(text))
            found.push(`${name}: ${text}`);
          if (foreign(text)) found.push(`${name}: «${text}» is ${other}`);
        }
      });
      expect(
        [...seen.values()].every((n) => n > 4),
        'every screen had words',
      ).toBe(true);
      expect(found).toEqual([]);
    });

  test('the switch is live: the open case changes its words at once', async ({ open }) => {
    const stand = theStand();
    const { page } = await open(stand);
    await logIn(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
    await pulled(page);
    await page.getByTestId('queue-next').click();
    const id = await caseShown(page);
    await held(page);
    await expect(page.getByTestId('action-annul')).toContainText(ru.casework.action.annul);
    await speak(page, 'kk');
    await expect(page.getByTestId('action-annul')).toContainText(kk.casework.action.annul);
    expect(await caseShown(page)).toBe(id);
    await speak(page, 'ru');
    await expect(page.getByTestId('action-annul')).toContainText(ru.casework.action.annul);
  });
});

test.describe('long Kazakh names', () => {
  let stand: Stand;
  test.beforeAll(async () => {
    test.setTimeout(240_000);
    stand = await standWithOwnPeople(16, (person) => {
      const long = {
        surname: 'ҚОЖАБЕРГЕНОВА-СҰЛТАНБЕКҚЫЗЫ',
        name: 'ӘЛИЯГҮЛБАҚЫТЖАН',
        patronymic: 'НҰРМҰХАМЕДҚАЛИЕВҚЫЗЫ',
      };
      const { declared, authoritative } = person.dossier;
      return {
        ...person,
        dossier: {
          ...person.dossier,
          declared: { ...declared, ...long },
          authoritative: authoritative && { ...authoritative, ...long },
        },
      };
    });
  });
  test.afterAll(() => stand?.stop());

  test('fit on the case and at the counter, also at 200 % zoom', async ({ open }) => {
    const { page } = await open(stand);
    await logIn(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
    await pulled(page);
    await speak(page, 'kk');
    for (const zoom of [100, 200]) {
      await zoomTo(page, zoom);
      await page.getByTestId('rail-queue').click();
      await fits(page, `queue at ${zoom} %`);
      await page.locator('[data-testid^="queue-row-"]').first().click();
      await caseShown(page);
      await fits(page, `case at ${zoom} %`);
    }
    await zoomTo(page, 100);
    await page.getByTestId('log-out').click();
    await logIn(page, officerOf(stand, 'issuer-almaty'), stand.pin);
    await counterReady(page);
    await page.locator('[data-testid^="issuance-row-"]').first().click();
    await page.getByTestId('issuance-person').waitFor();
    await fits(page, 'counter');
  });
});

async function zoomTo(page: Page, percent: number): Promise<void> {
  await page.getByTestId('rail-settings').click();
  const zoom = page.getByTestId('settings-zoom');
  for (let clicks = 0; clicks < 13; clicks += 1) {
    const now = Number.parseInt(await zoom.innerText(), 10);
    if (now === percent) return;
    await page
      .getByTestId('settings-page')
      .getByRole('button', { name: now < percent ? kk.settings.zoomIn : kk.settings.zoomOut })
      .click();
    await expect(zoom).not.toHaveText(`${now} %`);
  }
  throw new Error(`the zoom did not come to ${percent} %`);
}

/** Nothing stands outside the window and the page does not scroll sideways. */
async function fits(page: Page, name: string): Promise<void> {
  const wide = await page.evaluate(() => {
    const root = document.documentElement;
    const scrolls = (one: Element | null): boolean =>
      one !== null &&
      (/auto|scroll/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
    return {
      // The document element alone stays as wide as the window while the body below it overflows.
      page: Math.max(root.scrollWidth, document.body.scrollWidth) - root.clientWidth,
      keys: [...document.querySelectorAll('button, input')]
        .filter((one) => one.getBoundingClientRect().width > 0)
        .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1)
        .filter((one) => !scrolls(one))
        .map((one) => one.getAttribute('data-testid') ?? one.textContent),
    };
  });
  if (wide.page > 1 || wide.keys.length > 0)
    writeFileSync(`out/e2e-${name.replace(/\W+/g, '-')}.png`, await page.screenshot());
  expect(wide, name).toEqual({ page: 0, keys: [] });
}

/** Texts, labels and hints that a person (or a screen reader) meets. */
const visibleTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const texts: string[] = [];
    const foreign = (element: Element | null): boolean =>
      element?.closest('[lang]') !== document.documentElement;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? '';
      const parent = node.parentElement;
      if (text === '' || foreign(parent) || parent?.closest('script, style') !== null) continue;
      texts.push(text);
    }
    for (const element of document.body.querySelectorAll('[title], [aria-label], [placeholder]')) {
      if (foreign(element)) continue;
      for (const name of ['title', 'aria-label', 'placeholder']) {
        const text = element.getAttribute(name)?.trim() ?? '';
        if (text !== '') texts.push(text);
      }
    }
    return texts;
  });

/** Says whether a text is one of this language's that the other language does not have. */
function wordsOnlyIn(language: Language): (text: string) => boolean {
  const own = leaves(language === 'ru' ? ru : kk);
  const others = new Set(leaves(language === 'ru' ? kk : ru));
  const plain = new Set<string>();
  const shaped: RegExp[] = [];
  for (const text of own) {
    if (others.has(text) || !/[а-яёәғқңөұүһі]{3}/i.test(text)) continue;
    if (!text.includes('{')) plain.add(text);
    else if (text.replace(/\{\w+\}/g, '').trim().length > 5)
      shaped.push(
        new RegExp(
          `^${text
            .split(/\{\w+\}/)
            .map(escape)
            .join('.+')}$`,
        ),
      );
  }
  const othersShaped = [...others]
    .filter((text) => text.includes('{'))
    .map(
      (text) =>
        new RegExp(
          `^${text
            .split(/\{\w+\}/)
            .map(escape)
            .join('.+')}$`,
        ),
    );
  return (text) =>
    plain.has(text) ||
    (shaped.some((shape) => shape.test(text)) && !othersShaped.some((shape) => shape.test(text)));
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const leaves = (tree: object): string[] =>
  Object.values(tree).flatMap((value: unknown) =>
    typeof value === 'string' ? [value] : leaves(value as object),
  );
