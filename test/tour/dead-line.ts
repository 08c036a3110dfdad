// The line goes dead: an act is signed and promised, then the line is back and it is accepted.
import { expect } from '@playwright/test';
import { caseShown, openCase } from '../support/electron-app.ts';
import type { Guide } from './guide.ts';
import { actStored, application, type TourStand } from './tour-stand.ts';

const LONGER_THAN_THE_TOUR_MS = 600_000;

export async function decideOffline(guide: Guide, stand: TourStand): Promise<void> {
  const { page, step, shot } = guide;
  await page.getByTestId('rail-queue').click();
  await page.getByTestId('queue-search').fill('');
  await page.getByTestId('queue-next').click();
  const id = await caseShown(page);
  await expect(openCase(page)).toHaveAttribute('data-stage', 'in-review');
  const { ticket } = (await application(stand, id)).dossier;
  const line = page.getByTestId('line-state');
  await step('cut the line', async () => {
    await stand.control.stop({ ms: LONGER_THAN_THE_TOUR_MS, how: 'drop' });
    await page.getByTestId('sync-now').click();
    await expect(line).toHaveAttribute('data-state', 'offline', { timeout: 30_000 });
    return 'the line to the node was cut; the window says so';
  });
  await step('sign without a line', async () => {
    await page.keyboard.press('x');
    await page.getByTestId('reason-SIGNATURE_ILLEGIBLE').check();
    await page.getByTestId('composer-to-sign').click();
    await page.getByTestId('pin-field').fill(stand.pin);
    await page.keyboard.press('Control+Enter');
    await page.getByTestId('last-signed').and(page.locator('[data-state="queued"]')).waitFor();
    const known = (await stand.control.acts()).some((act) => act.applicationId === id);
    if (known) throw new Error('the node has the act though its line is dead');
    return `annulled ${ticket} without a line: promised, not accepted`;
  });
  await page.getByTestId('rail-outbox').click();
  await expect(page.getByTestId(`outbox-row-${ticket}`)).not.toHaveAttribute(
    'data-state',
    'accepted',
  );
  await shot('outbox-offline');
  await page.getByTestId('rail-queue').click();
  await page.getByTestId('queue-offline').waitFor();
  await shot('queue-offline');
  await step('bring the line back', async () => {
    await stand.control.resume();
    await page.getByTestId('rail-outbox').click();
    await page.getByTestId('sync-now').click();
    await expect(page.getByTestId(`outbox-row-${ticket}`)).toHaveAttribute(
      'data-state',
      'accepted',
      { timeout: 30_000 },
    );
    await actStored(stand, id, 'annulment');
    return `the line is back: ${ticket} accepted by the node`;
  });
  await shot('outbox');
}
