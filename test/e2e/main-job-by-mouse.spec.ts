// The whole main job with the mouse: from the node's queue to the card in the applicant's hand.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { caseShown, lastSignedIs, logIn, pulled } from '../support/electron-app.ts';
import {
  answerAll,
  composeAnnulment,
  confirmAll,
  counterReady,
  held,
  openByTicket,
  scanByHand,
  sign,
} from './hand.ts';
import {
  ALMATY,
  POINT,
  actsOf,
  clean,
  expect,
  officerOf,
  one,
  standOfThisFile,
  test,
} from './house.ts';

const theStand = standOfThisFile();

test('approve, produce, hand over: one application all the way', async ({ open }) => {
  const stand = theStand();
  const { dossier } = await one(stand, { region: ALMATY, point: POINT, stage: 'pending' }, clean);
  const { applicationId, ticket } = dossier;
  const { page } = await open(stand);
  await logIn(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
  await pulled(page);

  await openByTicket(page, ticket);
  await held(page);
  await expect(page.getByTestId('photo-stage').locator('img').first()).toBeVisible();
  await expect(page.getByTestId('action-approve')).toHaveAttribute('aria-disabled', 'true');
  await confirmAll(page);
  await page.getByTestId('action-approve').click();
  const sha = await page.getByTestId('statement-sha').innerText();
  await sign(page, stand.pin);
  await lastSignedIs(page, 'accepted');
  expect(await caseShown(page, applicationId), 'the next case is open').not.toBe(applicationId);

  const [approval, ...more] = await actsOf(stand, applicationId);
  expect(more).toEqual([]);
  expect(approval).toMatchObject({ kind: 'kualik/approval', stationId: 'station-1' });
  const bytes = new TextEncoder().encode(approval!.statement);
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
  expect(sha.replace(/\s/g, ''), 'the hash on the screen is of the bytes the node has').toBe(
    digest,
  );

  await stand.control.advance({ applicationId, to: 'at-point' });
  await page.getByTestId('log-out').click();
  await logIn(page, officerOf(stand, 'issuer-almaty'), stand.pin);
  await counterReady(page);
  await scanByHand(page, ticket);
  await page.getByTestId('issuance-person').waitFor();
  await page.getByTestId('action-hand-over').click();
  await expect(page.getByTestId('decision-panel'), 'the old card comes first').toHaveCount(0);
  await answerAll(page);
  await page.getByTestId('action-hand-over').click();
  await sign(page, stand.pin);
  await expect(page.getByTestId('handover-done')).toHaveAttribute('data-state', 'accepted', {
    timeout: 20_000,
  });
  const issued = await stand.control.findApplication({ applicationId });
  expect(issued.head.stage).toBe('issued');
  expect((await actsOf(stand, applicationId)).map(({ kind }) => kind)).toEqual([
    'kualik/approval',
    'kualik/hand-over',
  ]);
});

test('annul with a reason; the citizen gets the text, an auditor the act', async ({ open }) => {
  const stand = theStand();
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-home-')); // packs go to its Documents
  const { dossier } = await one(
    stand,
    { region: ALMATY, stage: 'pending' },
    ({ head, dossier }) =>
      head.holder === null && dossier.checks.some(({ outcome }) => outcome === 'failed'),
  );
  const { page } = await open(stand, { env: { HOME: home } });
  await logIn(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
  await pulled(page);
  await openByTicket(page, dossier.ticket);
  await held(page);
  await page.getByTestId('action-approve').hover();
  await expect(page.getByRole('tooltip'), 'a grey key answers').toBeVisible();
  await composeAnnulment(page);
  const letters = page.getByTestId('decision-panel').locator('blockquote');
  await expect(letters).toHaveCount(2);
  await expect(letters.nth(0)).toHaveAttribute('lang', 'kk');
  await expect(letters.nth(1)).toHaveAttribute('lang', 'ru');
  await sign(page, stand.pin);
  await lastSignedIs(page, 'accepted');
  const [act] = await actsOf(stand, dossier.applicationId);
  expect(act?.kind).toBe('kualik/annulment');
  expect(JSON.parse(act!.statement)).toMatchObject({ reasons: [{ code: 'PHOTO_BACKGROUND' }] });
  expect((await stand.control.findApplication({ ticket: dossier.ticket })).head.stage).toBe(
    'annulled',
  );

  await page.getByTestId('rail-outbox').click();
  await expect(page.getByTestId(`outbox-row-${dossier.ticket}`)).toHaveAttribute(
    'data-state',
    'accepted',
  );

  await page.getByTestId('rail-journal').click();
  await page.getByTestId(`export-act-${act!.actId}`).first().click();
  await expect(page.getByRole('status').filter({ hasText: '.zip' })).toBeVisible();
  const packs = fs
    .readdirSync(home, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.zip'));
  expect(packs).toHaveLength(1);
  fs.rmSync(home, { recursive: true, force: true });
});

test('a proxy is refused by one key and the node is told (cl. 4.3)', async ({ open }) => {
  const stand = theStand();
  const { dossier } = await one(stand, { point: POINT, stage: 'at-point' });
  const { page } = await open(stand);
  await logIn(page, officerOf(stand, 'issuer-almaty'), stand.pin);
  await counterReady(page);
  await scanByHand(page, dossier.ticket);
  await page.getByTestId('refuse-proxy').click();
  await page.getByTestId('refused-proxy').waitFor();
  await expect
    .poll(async () => (await stand.control.reports()).map((report) => report.applicationId))
    .toContain(dossier.applicationId);
  const after = await stand.control.findApplication({ ticket: dossier.ticket });
  expect(after.head.stage, 'the card stays at the point').toBe('at-point');
});
