// Accessibility: axe finds no serious or critical violation on any screen, light, dark and high contrast.
import AxeBuilder from '@axe-core/playwright';
import { logIn, logOut, pulled } from '../support/electron-app.ts';
import { expect, officerOf, standOfThisFile, test } from './house.ts';
import { theme, walk } from './walk.ts';

const theStand = standOfThisFile();
const THEMES = ['light', 'dark', 'contrast'] as const;
const SCREENS = 21;

for (const [n, name] of THEMES.entries())
  test(`no serious finding on any screen, ${name}`, async ({ open }) => {
    test.setTimeout(240_000);
    const stand = theStand();
    const { page } = await open(stand);
    if (n > 0) {
      await logIn(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
      await pulled(page);
      await theme(page, n as 0 | 1 | 2);
      await logOut(page);
    }
    const found: string[] = [];
    const looked: string[] = [];
    await walk(page, stand, async (screen) => {
      await expect(page.locator('html')).toHaveAttribute('data-theme', name);
      await page.mouse.move(683, 4);
      const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      expect(passes.length, `axe looked at ${screen}`).toBeGreaterThan(5);
      looked.push(screen);
      for (const { id, impact, nodes } of violations)
        if (impact === 'serious' || impact === 'critical')
          found.push(
            ...nodes.map(({ target, failureSummary }) => {
              const why = failureSummary?.replace(/\s+/g, ' ') ?? '';
              return `${screen}: ${id} ${String(target)} ${why}`;
            }),
          );
    });
    expect(looked.length).toBeGreaterThanOrEqual(SCREENS);
    expect(found).toEqual([]);
  });

test('the positive control: a picture without words is found', async ({ open }) => {
  const { page } = await open(theStand());
  await page.evaluate(() => document.querySelector('h1')?.append(document.createElement('img')));
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id }) => id)).toContain('image-alt');
});
