// Two workstations on one case and on one card: one wins, the other sees who holds it.
import path from 'node:path';
import { writeStationConfig } from '../../stand/station-config.ts';
import { logIn, openCase, pulled } from '../support/electron-app.ts';
import { answerAll, counterReady, held, openByTicket, scanByHand, sign } from './hand.ts';
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

/** A second station's file beside the first one's. */
function secondStation(): string {
  const stand = theStand();
  const file = path.join(path.dirname(stand.configPath), 'station-2.json');
  writeStationConfig(file, { ...stand.config, stationId: 'station-2' });
  return file;
}

test('one case at two desks: exactly one wins, the other sees the holder', async ({ open }) => {
  const stand = theStand();
  const { dossier } = await one(stand, { region: ALMATY, stage: 'pending' }, clean);
  const desks = [
    { window: await open(stand), officer: officerOf(stand, 'reviewer-almaty') },
    {
      window: await open(stand, { config: secondStation() }),
      officer: officerOf(stand, 'head-almaty'),
    },
  ];
  for (const { window, officer } of desks) {
    await logIn(window.page, officer, stand.pin);
    await pulled(window.page);
    await window.page.getByTestId('queue-search').fill(dossier.ticket);
    await expect(window.page.locator('[data-testid^="queue-row-"]')).toHaveCount(1);
  }
  await Promise.all(
    desks.map(({ window }) => window.page.getByTestId(`queue-row-${dossier.ticket}`).click()),
  );
  const wins = await Promise.all(
    desks.map(async ({ window: { page } }) => {
      const won = openCase(page).and(page.locator('[data-stage="in-review"]'));
      await won.or(page.getByTestId('case-holder')).first().waitFor();
      return (await won.count()) === 1 && (await page.getByTestId('case-holder').count()) === 0;
    }),
  );
  expect(wins.filter(Boolean), 'exactly one has the case').toHaveLength(1);
  const winner = desks[wins.indexOf(true)]!;
  const loser = desks[wins.indexOf(false)]!;
  const { page } = loser.window;
  await expect(page.getByTestId('case-holder')).toContainText(winner.officer.fullName);
  await expect(page.getByTestId('action-approve')).toHaveAttribute('aria-disabled', 'true');

  await winner.window.page.getByTestId('action-release').click();
  await page.getByTestId('claim-again').click();
  await held(page);
  await expect(page.getByTestId('case-holder')).toHaveCount(0);
});

test('one card at two counters: handed over once', async ({ open }) => {
  const stand = theStand();
  const { dossier } = await one(stand, { point: POINT, stage: 'at-point' });
  const officer = officerOf(stand, 'issuer-almaty');
  const first = (await open(stand)).page;
  const second = (await open(stand, { config: secondStation() })).page;
  for (const page of [first, second]) {
    await logIn(page, officer, stand.pin);
    await counterReady(page);
  }
  await scanByHand(first, dossier.ticket);
  await first.getByTestId('issuance-person').waitFor();
  await scanByHand(second, dossier.ticket);
  await second.getByTestId('ticket-claimed-by-other').waitFor();

  await answerAll(first);
  await first.getByTestId('action-hand-over').click();
  await sign(first, stand.pin);
  await expect(first.getByTestId('handover-done')).toHaveAttribute('data-state', 'accepted', {
    timeout: 20_000,
  });
  await second.getByTestId('next-ticket').click();
  await expect(async () => {
    await scanByHand(second, dossier.ticket);
    await expect(second.getByTestId('ticket-already-issued')).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
  expect(await actsOf(stand, dossier.applicationId)).toHaveLength(1);
});

test('the case that another desk decides is seen decided here', async ({ open }) => {
  const stand = theStand();
  const { dossier } = await one(stand, { region: ALMATY, stage: 'pending' }, clean);
  const { page } = await open(stand);
  await logIn(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
  await pulled(page);
  await stand.control.claimAs({
    applicationId: dossier.applicationId,
    stationId: 'station-9',
    officerName: 'БАСҚА ОФИЦЕР',
  });
  await openByTicket(page, dossier.ticket);
  await expect(page.getByTestId('case-holder')).toContainText('БАСҚА ОФИЦЕР');
  await stand.control.expireLease({ applicationId: dossier.applicationId });
  await page.getByTestId('sync-now').click();
  await page.getByTestId('claim-again').click();
  await held(page);
});
