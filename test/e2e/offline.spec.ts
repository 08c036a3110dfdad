// The line is dead: decisions are promised, never lost, may be taken back, and are accepted when it is back.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { caseShown, lastSignedIs, logIn, openCase, pulled } from '../support/electron-app.ts';
import type { Stand } from '../../stand/start.ts';
import { composeAnnulment, held, sign } from './hand.ts';
import { actsOf, expect, officerOf, standOfThisFile, test } from './house.ts';

const theStand = standOfThisFile();
const LONG_MS = 600_000;

test('decided without a line: promised, taken back, promised again, accepted', async ({ open }) => {
  const stand = theStand();
  const { page } = await open(stand);
  await logIn(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
  await pulled(page);
  await page.getByTestId('queue-next').click();
  const id = await caseShown(page);
  await held(page);
  const { ticket } = (await stand.control.findApplication({ applicationId: id })).dossier;

  await cut(page, stand);
  await composeAnnulment(page, 'SIGNATURE_ILLEGIBLE');
  await sign(page, stand.pin);
  await lastSignedIs(page, 'queued');
  await expect(page.getByTestId('last-signed').locator('[data-look]')).toHaveAttribute(
    'data-look',
    'promised',
  );

  await openRow(page, ticket);
  await expect(openCase(page)).toHaveAttribute('data-stage', 'annulment-promised');
  await page.keyboard.press('u');
  await held(page);
  expect(await actsOf(stand, id), 'nothing has reached the node').toEqual([]);

  await composeAnnulment(page, 'SIGNATURE_CROPPED');
  await sign(page, stand.pin);
  await lastSignedIs(page, 'queued');
  await page.getByTestId('rail-outbox').click();
  const row = page.getByTestId(`outbox-row-${ticket}`);
  await expect(row.locator('[data-look="promised"]')).toBeVisible();

  await stand.control.resume();
  await page.getByTestId('sync-now').click();
  await expect(row).toHaveAttribute('data-state', 'accepted', { timeout: 30_000 });
  await expect(row.locator('[data-look="accepted"]')).toBeVisible();
  const acts = await actsOf(stand, id);
  expect(acts.map(({ statement }) => JSON.parse(statement).reasons[0].code)).toEqual([
    'SIGNATURE_CROPPED',
  ]);
});

test('an answer that is lost on the way makes no second act', async ({ open }) => {
  const stand = theStand();
  const { page } = await open(stand);
  await logIn(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
  await pulled(page);
  await page.getByTestId('queue-next').click();
  const id = await caseShown(page);
  await held(page);
  await stand.control.addFault({ kind: 'drop', when: 'after', operation: 'submitAct', times: 1 });
  await composeAnnulment(page);
  await sign(page, stand.pin);
  await expect.poll(async () => (await actsOf(stand, id)).length, { timeout: 20_000 }).toBe(1);
  await page.getByTestId('rail-outbox').click();
  await lastAccepted(page);
  expect(await actsOf(stand, id)).toHaveLength(1);
});

test('log-in without a line: who has been here before works from the cache', async ({ open }) => {
  const stand = theStand();
  const userDir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-kept-'));
  const officer = officerOf(stand, 'reviewer-almaty');
  try {
    const before = await open(stand, { userDir });
    await logIn(before.page, officer, stand.pin);
    await pulled(before.page);
    await before.page.getByTestId('queue-next').click();
    const id = await caseShown(before.page);
    await held(before.page);
    const { ticket } = (await stand.control.findApplication({ applicationId: id })).dossier;
    await before.close();

    await stand.control.stop({ ms: LONG_MS, how: 'drop' });
    const { page } = await open(stand, { userDir });
    await page
      .getByTestId(`cert-${officerOf(stand, 'head-almaty').certSha256.slice(0, 8)}`)
      .click({ timeout: 30_000 });
    await sign1(page, stand.pin);
    await expect(page.getByRole('alert').first(), 'a stranger needs the line').toBeVisible();
    await logIn(page, officer, stand.pin);
    await expect(page.getByTestId('line-state')).toHaveAttribute('data-state', 'offline');
    await openRow(page, ticket);
    await held(page);
    await expect(page.getByTestId('photo-stage').locator('img').first()).toBeVisible();
    await composeAnnulment(page);
    await sign(page, stand.pin);
    await lastSignedIs(page, 'queued');

    await stand.control.resume();
    await page.getByTestId('log-out').click();
    await logIn(page, officer, stand.pin);
    await expect.poll(async () => (await actsOf(stand, id)).length, { timeout: 30_000 }).toBe(1);
  } finally {
    await stand.control.resume();
    fs.rmSync(userDir, { recursive: true, force: true });
  }
});

async function cut(page: Page, stand: Stand): Promise<void> {
  await stand.control.stop({ ms: LONG_MS, how: 'drop' });
  await page.getByTestId('sync-now').click();
  await expect(page.getByTestId('line-state')).toHaveAttribute('data-state', 'offline', {
    timeout: 30_000,
  });
}

async function openRow(page: Page, ticket: string): Promise<void> {
  await page.getByTestId('rail-queue').click();
  await page.getByTestId('queue-view-all').click();
  await page.getByTestId('queue-search').fill(ticket);
  await expect(page.locator('[data-testid^="queue-row-"]')).toHaveCount(1);
  await page.getByTestId(`queue-row-${ticket}`).click();
  await caseShown(page);
}

async function sign1(page: Page, pin: string): Promise<void> {
  await page.getByTestId('pin-field').fill(pin);
  await page.getByTestId('login-submit').click();
}

const lastAccepted = (page: Page) =>
  expect(page.getByTestId('outbox-accepted').locator('li').first()).toHaveAttribute(
    'data-state',
    'accepted',
    { timeout: 30_000 },
  );
