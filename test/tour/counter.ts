// The point officer's part: a card is handed over by its ticket, a proxy is refused (cl. 4.3).
import { expect } from '@playwright/test';
import { logIn, logOut } from '../support/electron-app.ts';
import { answerAll } from '../e2e/hand.ts';
import type { Guide } from './guide.ts';
import { actStored, pick, type TourStand } from './tour-stand.ts';

const POINT = '750000000-01';

export async function atTheCounter(guide: Guide, stand: TourStand): Promise<void> {
  const { page, step, shot } = guide;
  const officer = stand.officer('issuer-almaty');
  await step('log in at the counter', async () => {
    await logOut(page);
    await logIn(page, officer, stand.pin);
    await page.locator('[data-testid^="issuance-row-"]').first().waitFor({ timeout: 60_000 });
    return `logged in at the registration point: ${officer.fullName}`;
  });
  await shot('issuance');
  const first = await pick(stand, { point: POINT, stage: 'at-point' });
  await find(guide, first.dossier.ticket);
  await shot('issuance-person');
  await answerAll(page);
  await page.getByTestId('action-hand-over').click();
  await page.getByTestId('statement-sha').waitFor();
  await shot('issuance-panel');
  await step('hand the card over', async () => {
    await page.getByTestId('pin-field').fill(stand.pin);
    await page.getByTestId('sign-submit').click();
    await expect(page.getByTestId('handover-done')).toHaveAttribute('data-state', 'accepted', {
      timeout: 30_000,
    });
    const head = await actStored(stand, first.dossier.applicationId, 'hand-over');
    if (head.stage !== 'issued') throw new Error(`the node says ${head.stage}`);
    return `card of ${first.dossier.ticket} handed over, the node says ${head.stage}`;
  });
  await shot('issuance-done');
  await page.getByTestId('next-ticket').click();
  await step('try the same card again', async () => {
    await page.getByTestId('issuance-ticket').fill(first.dossier.ticket);
    await page.getByTestId('issuance-find').click();
    await page.getByTestId('ticket-already-issued').waitFor();
    return `second issue of ${first.dossier.ticket} refused`;
  });
  await shot('issuance-already-issued');
  await page.getByTestId('next-ticket').click();
  await refuseProxy(guide, stand);
  await lookAtStock(guide);
}

async function find({ page }: Guide, ticket: string): Promise<void> {
  await page.getByTestId('issuance-ticket').fill(ticket);
  await page.keyboard.press('Enter');
  await page.getByTestId('issuance-person').waitFor({ timeout: 20_000 });
}

async function refuseProxy(guide: Guide, stand: TourStand): Promise<void> {
  const { page, step, shot } = guide;
  const { dossier } = await pick(stand, { point: POINT, stage: 'at-point' });
  await find(guide, dossier.ticket);
  await step('refuse a proxy', async () => {
    await page.getByTestId('refuse-proxy').click();
    await page.getByTestId('refused-proxy').waitFor();
    await expect(async () => {
      const reports = await stand.control.reports();
      const told = reports.some(
        (report) => report.applicationId === dossier.applicationId && report.reason === 'proxy',
      );
      expect(told, 'the node has the report').toBe(true);
    }).toPass({ timeout: 20_000 });
    return `proxy for ${dossier.ticket} refused by clause 4.3, reported to the node`;
  });
  await shot('issuance-proxy-refused');
  await page.getByTestId('next-ticket').click();
}

/** The dispatch that is on its way to the point, its first card scanned; stock, count and lease. */
async function lookAtStock(guide: Guide): Promise<void> {
  const { page, step, shot } = guide;
  await page.getByTestId('rail-stock').click();
  await page.getByTestId('dispatch-open').first().waitFor({ timeout: 30_000 });
  await shot('stock-dispatches');
  await step('scan a card of the dispatch', async () => {
    await page.getByTestId('dispatch-open').first().click();
    const list = await page.getByTestId('dispatch-cards').innerText();
    const [number] = /\d{9}/.exec(list) ?? [];
    if (number === undefined) throw new Error('the dispatch lists no card');
    await page.getByTestId('stock-scan').fill(number);
    await page.keyboard.press('Enter');
    await page.locator('[data-testid="scan-said"][data-outcome="counted"]').waitFor();
    return `card ${number} of the dispatch scanned in`;
  });
  await shot('stock-dispatch');
  for (const tab of ['cards', 'count', 'lease'] as const) {
    await page.getByTestId('stock-tabs').locator(`input[value="${tab}"]`).check({ force: true });
    if (tab === 'cards') await page.locator('[data-testid^="stock-card-"]').first().waitFor();
    await shot(`stock-${tab}`);
  }
}
