// The reviewing officer's part: from the log-in over an approval and an annulment to the journal.
import { expect, type Page } from '@playwright/test';
import {
  caseMeasured,
  caseShown,
  cleanCaseShown,
  dragOver,
  lastSignedIs,
  logIn,
  openCase,
  pulled,
} from '../support/electron-app.ts';
import type { Guide } from './guide.ts';
import { actStored, application, pick, type TourStand } from './tour-stand.ts';

const REGION = '750000000';
const MOST_TRIES = 12;

export async function logInAsReviewer(guide: Guide, stand: TourStand): Promise<void> {
  const { page, step, shot } = guide;
  const officer = stand.officer('reviewer-almaty');
  await page.getByTestId(`cert-${officer.certSha256.slice(0, 8)}`).waitFor({ timeout: 30_000 });
  await shot('log-in');
  await page.getByTestId(`cert-${officer.certSha256.slice(0, 8)}`).click();
  await page.getByTestId('pin-field').fill('000000');
  await page.getByTestId('login-submit').click();
  await page.getByRole('alert').first().waitFor();
  await shot('wrong-pin');
  await step('log in', async () => {
    await logIn(page, officer, stand.pin);
    return `logged in: ${officer.fullName}`;
  });
  await step('pull', async () => {
    await pulled(page);
    const total = await page.getByTestId('queue-total').innerText();
    return `pulled the region's applications; on the screen: ${total.trim()}`;
  });
  await shot('queue');
}

export async function approveMostUrgent(guide: Guide, stand: TourStand): Promise<void> {
  const { page, step, shot } = guide;
  let id = '';
  await step('open the most urgent case', async () => {
    await page.keyboard.press('n');
    id = await cleanCaseShown(page, await caseShown(page));
    await expect(page.getByTestId('photo-stage').locator('img').first()).toBeVisible();
    return `opened the most urgent case ${(await application(stand, id)).dossier.ticket}`;
  });
  await shot('case');
  await tabs(guide);
  await modes(guide);
  await step('confirm the checks', async () => {
    id = await confirmedCase(page, id);
    return `four groups of checks confirmed on ${(await application(stand, id)).dossier.ticket}`;
  });
  await shot('case-confirmed');
  await page.keyboard.press('a');
  await page.getByTestId('statement-sha').waitFor();
  await shot('decision-panel');
  await step('approve with a signature', async () => {
    await page.getByTestId('pin-field').fill(stand.pin);
    await page.keyboard.press('Control+Enter');
    await lastSignedIs(page, 'accepted');
    const head = await actStored(stand, id, 'approval');
    const { ticket } = (await application(stand, id)).dossier;
    return `approved ${ticket}, accepted by the node, now ${head.stage}`;
  });
}

async function tabs({ page, shot }: Guide): Promise<void> {
  await page.locator('#case-tab-data').click();
  await shot('case-data');
  await page.locator('#case-tab-history').click();
  await shot('case-history');
  await page.locator('#case-tab-checks').click();
  await page.locator('[data-testid^="group-fine-"]').first().click();
  await page.locator('[data-testid^="check-"] > button').first().click();
  await shot('case-check-open');
}

async function modes({ page, shot }: Guide): Promise<void> {
  const choices = page.getByTestId('photo-modes').locator('input');
  await choices.nth(2).check();
  await page.keyboard.press('+');
  await shot('case-slider');
  await page.keyboard.press('0');
  await choices.nth(0).check();
  await page.keyboard.press('c');
  await page.getByTestId('card-view').waitFor();
  await shot('case-card');
  await page.keyboard.press('c');
  await page.keyboard.press('i');
  await page.getByTestId('photo-facts').waitFor();
  await shot('case-file-facts');
  await page.keyboard.press('i');
  for (const view of ['grey', 'contrast', 'inverse', 'levels']) {
    await page.keyboard.press('v');
    await page.getByTestId('view-sign').first().waitFor();
    if (view !== 'grey') await shot(`case-view-${view}`);
  }
  await page.keyboard.press('v');
  for (const view of ['clean', 'ink', 'paper']) {
    await page.keyboard.press('b');
    await shot(`case-signature-${view}`);
  }
  await page.keyboard.press('b');
}

/** Confirms all groups of the case on the screen, or of the next one where approval is forbidden. */
async function confirmedCase(page: Page, first: string): Promise<string> {
  let id = first;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    for (const group of ['register', 'rules', 'photo', 'signature']) {
      await page.getByTestId(`group-key-${group}`).click();
      await expect(page.getByTestId(`group-key-${group}`)).toHaveAttribute('aria-pressed', 'true');
    }
    const approve = page.getByTestId('action-approve');
    if ((await approve.getAttribute('aria-disabled')) !== 'true') return id;
    await page.keyboard.press('n');
    id = await caseShown(page, id);
  }
  throw new Error('no case of the queue may be approved');
}

export async function annulOne(guide: Guide, stand: TourStand): Promise<void> {
  const { page, step, shot } = guide;
  const free = (until: string | undefined): boolean => until === undefined;
  const one = await pick(
    stand,
    { region: REGION, stage: 'pending' },
    ({ head, dossier }) =>
      free(head.holder?.until) &&
      dossier.checks.some(
        (check) => check.code === 'photo-requirements' && check.outcome === 'failed',
      ),
  ).catch(() => pick(stand, { region: REGION, stage: 'pending' }));
  const { applicationId, ticket } = one.dossier;
  await page.getByTestId('rail-queue').click();
  await page.getByTestId('queue-search').fill(ticket);
  await expect(page.locator('[data-testid^="queue-row-"]')).toHaveCount(1);
  await shot('queue-search');
  await page.getByTestId(`queue-row-${ticket}`).click();
  await caseShown(page);
  await expect(openCase(page)).toHaveAttribute('data-stage', 'in-review');
  await page.getByTestId('action-approve').hover();
  await page.getByRole('tooltip').waitFor();
  await shot('case-why-grey', {
    open: () => page.getByTestId('action-approve').hover(),
    close: () => page.mouse.move(683, 4),
  });
  if ((await caseMeasured(page)) > 0) {
    await page.keyboard.press('f');
    await shot('case-finding');
    await page.keyboard.press('Escape');
  }
  await page.keyboard.press('x');
  await page.getByTestId('refusal-composer').waitFor();
  await page.getByTestId('reason-PHOTO_BACKGROUND').check();
  await page.locator('#comment-PHOTO_BACKGROUND').fill('Нужен однотонный светлый фон.');
  await page.getByTestId('mark-PHOTO_BACKGROUND').click();
  await dragOver(page, 'draw-photo', [0.08, 0.1], [0.35, 0.55]);
  await page.getByTestId('drawn-box').first().waitFor();
  await shot('refusal-composer');
  await page.getByTestId('composer-to-sign').click();
  await page.getByTestId('statement-sha').waitFor();
  await shot('annulment-panel');
  await step('annul with a signature', async () => {
    await page.getByTestId('pin-field').fill(stand.pin);
    await page.getByTestId('sign-submit').click();
    await lastSignedIs(page, 'accepted');
    const head = await actStored(stand, applicationId, 'annulment');
    return `annulled ${ticket} for its photo, accepted by the node, now ${head.stage}`;
  });
}
