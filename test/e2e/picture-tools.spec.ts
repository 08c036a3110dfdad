// Judging by eye: measures at once, tools by keys and mouse, a bad photo annulled with a drawn place.
import type { Page } from '@playwright/test';
import {
  caseMeasured,
  dragOver,
  lastSignedIs,
  logIn,
  pulled,
  type Window,
} from '../support/electron-app.ts';
import { held, openByTicket, sign } from './hand.ts';
import {
  ALMATY,
  actsOf,
  applications,
  clean,
  expect,
  officerOf,
  one,
  standOfThisFile,
  test,
} from './house.ts';

const theStand = standOfThisFile();

async function atCleanCase(window: Window): Promise<Page> {
  const stand = theStand();
  const { page } = window;
  await logIn(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
  await pulled(page);
  const free = await applications(
    stand,
    { region: ALMATY, stage: 'pending' },
    (each) => each.head.holder === null && clean(each),
  );
  for (const { dossier } of free) {
    await openByTicket(page, dossier.ticket);
    await held(page);
    if ((await caseMeasured(page)) === 0) return page;
  }
  throw new Error('no clean case is free');
}

const zoomWords = (page: Page) => page.getByText(/^\d+\s?%$/).first();

test('what was found is on the picture, and the head height follows the line that is moved', async ({
  open,
}) => {
  const page = await atCleanCase(await open(theStand()));
  await expect(page.getByTestId('photo-seen')).toBeVisible();
  const row = page.getByTestId('check-head-height');
  await page.getByTestId('group-fine-photo').click();
  const before = await row.innerText();
  const crown = page.getByTestId('line-crown');
  await crown.focus();
  for (let n = 0; n < 3; n += 1) await page.keyboard.press('Shift+ArrowUp');
  await crown.blur();
  await expect(page.getByTestId('photo-seen')).toHaveAttribute('data-moved', 'true');
  await expect.poll(() => row.innerText(), 'the row tells another height').not.toBe(before);
  await crown.focus();
  await page.keyboard.press('Delete');
  await expect(page.getByTestId('photo-seen')).toHaveAttribute('data-moved', 'false');
  await expect.poll(() => row.innerText()).toBe(before);
});

test('blink, slider, zoom, views, card and facts by keys and by mouse', async ({ open }) => {
  const page = await atCleanCase(await open(theStand()));
  const stage = page.getByTestId('photo-stage');
  await expect(stage).toHaveAttribute('data-aligned', 'true');
  await expect(page.getByTestId('face-advice')).not.toContainText(/0[.,]\d/);

  const whole = await page.getByTestId('photo-new').screenshot();
  await page.keyboard.down('Space');
  await expect
    .poll(async () => whole.equals(await page.getByTestId('photo-new').screenshot()))
    .toBe(false);
  await page.keyboard.up('Space');

  await page.keyboard.press(']');
  await expect(stage).toHaveAttribute('data-mode', 'slider');
  await page.getByTestId('photo-modes').locator('input').nth(0).check();
  await expect(stage).toHaveAttribute('data-mode', 'side');

  await page.keyboard.press('+');
  await expect(zoomWords(page)).toHaveText(/125/);
  await page.getByTestId('photo-new').hover();
  await page.mouse.wheel(0, -100);
  await expect(zoomWords(page)).toHaveText(/156/);
  await page.keyboard.press('0');
  await expect(zoomWords(page)).toHaveText(/100/);

  await page.keyboard.press('v');
  await expect(page.getByTestId('view-sign').first()).toBeVisible();
  for (let n = 0; n < 4; n += 1) await page.keyboard.press('v');
  await expect(page.getByTestId('view-sign')).toHaveCount(0);

  await page.keyboard.press('c');
  const card = page.getByTestId('card-true-size');
  const size = await card.boundingBox();
  expect(size?.width).toBeCloseTo((35 / 25.4) * 96, 0);
  expect(size?.height).toBeCloseTo((45 / 25.4) * 96, 0);
  const exact = card.locator('img[src^="case-image://card/"]');
  await expect
    .poll(() => exact.evaluate((image) => (image as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(100);
  await page.keyboard.press('c');

  await page.keyboard.press('i');
  await expect(page.getByTestId('photo-facts')).toContainText('JPEG');
  await page.keyboard.press('i');
});

test('the signature’s views come from the core; the comparison stays with the eye', async ({
  open,
}) => {
  const page = await atCleanCase(await open(theStand()));
  const strip = page.getByTestId('signature-strip');
  await expect(strip).toContainText('только зрительное');
  for (const view of ['clean', 'ink', 'paper']) {
    await page.keyboard.press('b');
    const image = strip.locator(`img[src^="case-image://signature-${view}/"]`).first();
    await expect
      .poll(() => image.evaluate((one) => (one as HTMLImageElement).naturalWidth), view)
      .toBeGreaterThan(100);
  }
});

test('a bad photo: the finding proposes its reason, the place is drawn and signed', async ({
  open,
}) => {
  const stand = theStand();
  const { dossier } = await one(
    stand,
    { region: ALMATY, stage: 'pending' },
    ({ head, dossier: each }) =>
      head.holder === null &&
      each.checks.some(
        ({ code, outcome }) => code === 'photo-requirements' && outcome === 'failed',
      ),
  );
  const { page } = await open(stand);
  await logIn(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
  await pulled(page);
  await openByTicket(page, dossier.ticket);
  await held(page);
  expect(await caseMeasured(page), 'something stands open').toBeGreaterThan(0);
  await expect(page.getByTestId('action-approve')).toHaveAttribute('aria-disabled', 'true');

  await page.keyboard.press('x');
  await page.getByTestId('refusal-composer').waitFor();
  await page.getByTestId('reason-PHOTO_LIGHT').check();
  await page.getByTestId('mark-PHOTO_LIGHT').click();
  await dragOver(page, 'draw-photo', [0.25, 0.2], [0.6, 0.5]);
  await expect(page.getByTestId('drawn-box')).toHaveCount(1);
  await page.getByTestId('composer-to-sign').click();
  await page.getByTestId('statement-sha').waitFor();
  await expect(page.getByTestId('statement-measures')).toBeVisible();
  await sign(page, stand.pin);
  await lastSignedIs(page, 'accepted');

  const [act] = await actsOf(stand, dossier.applicationId);
  const said = JSON.parse(act?.statement ?? '{}') as {
    reasons: { code: string; boxes: { picture: string; x: number; w: number }[] }[];
    measures: { code: string; value: number | null; state: string }[];
    measuring: { limits: string; engine: string | null };
  };
  const light = said.reasons.find(({ code }) => code === 'PHOTO_LIGHT');
  expect(light?.boxes).toHaveLength(1);
  expect(light?.boxes[0]?.picture).toBe('photo');
  expect(light?.boxes[0]?.w).toBeGreaterThan(0.1);
  expect(said.measures.find(({ code }) => code === 'faces')?.value).toBe(1);
  expect(said.measures.some(({ state }) => state !== 'agrees')).toBe(true);
  expect(said.measuring.engine).not.toBeNull();
});
