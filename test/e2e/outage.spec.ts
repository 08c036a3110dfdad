// An outage of cl. 12 on the real program: told at the counter in both languages, on paper, to the head, and ended.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { kk } from '../../src/renderer/shared/i18n/texts/kk.ts';
import { ru } from '../../src/renderer/shared/i18n/texts/ru.ts';
import { logIn, logOut } from '../support/electron-app.ts';
import { pdfCode, pdfPages, pdfText } from '../support/read-paper.ts';
import { expect, officerOf, standOfThisFile, test } from './house.ts';
import { speak } from './walk.ts';

/** Ten minutes in six seconds: the threshold is data of the node. */
const theStand = standOfThisFile({ outages: { thresholdMinutes: 0.1, probeSeconds: 0.25 } });

let documents = '';
test.beforeAll(() => {
  documents = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-outage-papers-'));
});
// After the windows of the tests are closed: their programs have it as their home.
test.afterAll(() => fs.rmSync(documents, { recursive: true, force: true }));

const shot = async (page: Page, name: string): Promise<void> => {
  const dir = process.env['KUALIK_SHOTS'];
  if (dir === undefined) return;
  fs.mkdirSync(dir, { recursive: true });
  await page.screenshot({ path: path.join(dir, `${name}.png`) });
};

/** Axe finds nothing serious on what stands on the screen. */
async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id} ${String(nodes[0]?.target)}`)).toEqual([]);
}

/** Saves the paper shown in the dialog; answers where it lies. */
async function saved(page: Page, format: 'a4' | 'roll'): Promise<string> {
  await page.getByTestId('paper-format').locator(`input[value="${format}"]`).check({ force: true });
  await page.getByTestId('paper-save').click();
  const said = page.getByTestId('paper-done');
  await expect(said).toBeVisible({ timeout: 30_000 });
  const file = /(\/.*\.pdf)/.exec((await said.textContent()) ?? '')?.[1];
  if (file === undefined) throw new Error('no path is told');
  return file;
}

test('@issuance an outage is told aloud in both languages, printed, proved, seen by the head, and ends', async ({
  open,
}) => {
  const stand = theStand();
  const service = 'egov-portal';
  const { page } = await open(stand, { env: { XDG_DOCUMENTS_DIR: documents, HOME: documents } });
  await logIn(page, officerOf(stand, 'issuer-almaty'), stand.pin);
  const status = page.getByTestId('services-state');
  await expect(status).toHaveAttribute('data-state', 'up', { timeout: 20_000 });
  await expect(page.getByTestId('outage-banner')).toHaveCount(0);

  await stand.control.setOutside({ service, state: 'off' });
  await expect(status).toHaveAttribute('data-state', 'failing', { timeout: 20_000 });
  await expect(status).toHaveAttribute('data-state', 'outage', { timeout: 20_000 });
  const banner = page.getByTestId('outage-banner');
  for (const language of ['kk', 'ru'] as const) {
    await speak(page, language);
    const own = language === 'kk' ? kk : ru;
    await expect(banner).toContainText(own.services.names[service]);
    await expect(page.getByTestId('outage-say-kk')).toContainText('ХҚКО');
    await expect(page.getByTestId('outage-say-ru')).toContainText('ЦОН');
    await shot(page, `outage-counter-${language}`);
  }

  await accessible(page);

  // It stands above the work: the ticket's field is free of it and takes what is typed.
  const field = page.getByTestId('issuance-ticket');
  const [over, under] = [await banner.boundingBox(), await field.boundingBox()];
  expect((over?.y ?? 0) + (over?.height ?? 0)).toBeLessThanOrEqual(under?.y ?? 0);
  await field.fill('750-0');
  await expect(field).toHaveValue('750-0');
  await page.getByTestId('outage-fold').click();
  await expect(page.getByTestId('outage-say-ru')).toHaveCount(0);
  await page.getByTestId('outage-fold').click();

  await banner.getByTestId('paper-outage').click();
  await page.getByTestId('paper-preview').waitFor();
  await shot(page, 'outage-slip');
  const hashes = new Set<string>();
  for (const [format, width] of [
    ['a4', 210],
    ['roll', 80],
  ] as const) {
    const file = await saved(page, format);
    expect(pdfPages(file)).toMatchObject({ width, pages: 1 });
    const text = pdfText(file);
    for (const tree of [kk, ru])
      expect(text).toContain(tree.papers.sheet.outage.title.split(' ')[0]);
    expect(text).toContain('ХҚКО');
    expect(text).toContain('ЦОН');
    const code = JSON.parse(pdfCode(file) ?? 'null') as { kualik: string; sha256: string };
    expect(code).toEqual({ kualik: 'outage', sha256: code.sha256 });
    expect(text.replace(/\s/g, '')).toContain(code.sha256);
    hashes.add(code.sha256);
  }
  await page.getByTestId('paper-close').click();

  // The proof on the screen is the very text whose hash stands on paper.
  await status.click();
  const sheet = page.getByTestId('services-sheet');
  await sheet.getByTestId('outage-proof').locator('summary').click();
  const proof = sheet.getByTestId('outage-proof').locator('pre');
  await expect(proof).toContainText(service);
  await shot(page, 'outage-sheet');
  await accessible(page);
  const shown = createHash('sha256')
    .update((await proof.textContent()) ?? '')
    .digest('hex');
  expect([...hashes]).toEqual([shown]);
  await page.getByTestId('services-close').click();

  // The head has seen nothing himself yet: the node's probes tell at once.
  await logOut(page);
  await logIn(page, officerOf(stand, 'head-almaty'), stand.pin);
  await page.getByTestId('rail-monitoring').click();
  const row = page.getByTestId(`service-${service}`);
  await expect(row).toHaveAttribute('data-state', 'outage', { timeout: 20_000 });
  await row.scrollIntoViewIfNeeded();
  for (const language of ['kk', 'ru'] as const) {
    await speak(page, language);
    await shot(page, `outage-monitoring-${language}`);
  }
  await stand.control.setOutside({ service, state: 'on' });
  await expect(row).toHaveAttribute('data-state', 'up', { timeout: 20_000 });
  await expect(page.getByTestId(`outage-${service}`)).toContainText(
    ru.services.ended.answered.slice(0, 14),
    { timeout: 20_000 },
  );
  await page.getByTestId('rail-queue').click();
  await expect(page.getByTestId('outage-banner')).toHaveCount(0);
  await page.getByTestId('rail-journal').click();
  for (const kind of ['outage', 'outage-ended'] as const)
    await expect(page.getByText(ru.journal.kinds[kind], { exact: true })).toHaveCount(1);
  await shot(page, 'outage-journal');
});
