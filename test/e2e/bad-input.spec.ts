// Bad input: hostile pictures and malformed answers end in a clear message on the case; the rest works.
import type { Stand } from '../../stand/start.ts';
import { caseShown, lastSignedIs, logIn, pulled } from '../support/electron-app.ts';
import { composeAnnulment, confirmAll, held, openByTicket, sign } from './hand.ts';
import {
  bombPng,
  hugePng,
  page as htmlPage,
  plainPng,
  polyglot,
  truncated,
} from './hostile-pictures.ts';
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
import { photoOf, standWithOwnPeople, withPhoto, type OwnPerson } from './own-people.ts';

const KINDS = [
  {
    name: 'a page in place of a picture',
    problem: 'not-an-image',
    of: () => htmlPage(),
    mime: 'image/jpeg',
  },
  {
    name: 'a PNG announced as JPEG',
    problem: 'type-mismatch',
    of: () => plainPng(),
    mime: 'image/jpeg',
  },
  { name: 'cut in half', problem: 'truncated', of: truncated, mime: 'image/jpeg' },
  {
    name: '40 megapixels in the header',
    problem: 'too-large',
    of: () => hugePng(),
    mime: 'image/png',
  },
  {
    name: 'JPEG with an archive behind',
    problem: 'trailing-data',
    of: polyglot,
    mime: 'image/jpeg',
  },
  {
    name: 'a small file that swells',
    problem: 'unreadable',
    of: () => bombPng(),
    mime: 'image/png',
  },
] as const;

test.describe('hostile pictures', () => {
  let stand: Stand;
  const tickets: string[] = [];

  test.beforeAll(async () => {
    test.setTimeout(240_000);
    let spoiled = 0;
    stand = await standWithOwnPeople(24, (person, index): OwnPerson => {
      const kind = KINDS[spoiled];
      const pending = person.head.stage === 'pending';
      if (index === 0 || !pending || kind === undefined) return person;
      spoiled += 1;
      tickets.push(person.dossier.ticket);
      return withPhoto(person, kind.of(photoOf(person)), kind.mime);
    });
    expect(tickets).toHaveLength(KINDS.length);
  });
  test.afterAll(() => stand?.stop());

  test('each is named on its case, forbids approval, allows annulment', async ({ open }) => {
    const { page } = await open(stand);
    await logIn(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
    await pulled(page);
    for (const [index, { name, problem }] of KINDS.entries()) {
      await openByTicket(page, tickets[index]!);
      await held(page);
      const told = page.getByTestId(`picture-problem-${problem}`);
      await expect(told, name).toBeVisible({ timeout: 15_000 });
      await expect(told).toHaveText(/\S{3}/);
      await expect(page.getByTestId('photo-stage').locator('img')).toHaveCount(
        await page.getByTestId('photo-stage').locator('img:not([alt=""])').count(),
      );
      await page.getByTestId('action-approve').hover();
      await expect(page.getByRole('tooltip'), 'approve says why not').toContainText(/\S{3}/);
      await expect(page.getByTestId('action-approve')).toHaveAttribute('aria-disabled', 'true');
      await expect(page.getByTestId('action-annul')).toHaveAttribute('aria-disabled', 'false');
    }
    await composeAnnulment(page);
    await sign(page, stand.pin);
    await lastSignedIs(page, 'accepted');
    const victim = await stand.control.findApplication({ ticket: tickets.at(-1)! });
    expect(victim.head.stage).toBe('annulled');
  });

  test('the rest of the queue works', async ({ open }) => {
    const { dossier } = await one(
      stand,
      { region: ALMATY, stage: 'pending' },
      (each) => clean(each) && !tickets.includes(each.dossier.ticket),
    );
    const { page } = await open(stand);
    await logIn(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
    await pulled(page);
    await openByTicket(page, dossier.ticket);
    await held(page);
    await confirmAll(page);
    await page.getByTestId('action-approve').click();
    await sign(page, stand.pin);
    await lastSignedIs(page, 'accepted');
  });
});

test.describe('malformed answers', () => {
  const theStand = standOfThisFile();

  for (const how of ['unknown-enum', 'oversize-text', 'wrong-type'] as const)
    test(`one application with ${how}: kept aside with what was wrong`, async ({ open }) => {
      const stand = theStand();
      const all = await applications(stand, { region: ALMATY, stage: 'pending' });
      const { applicationId } = all.at(-1)!.dossier;
      await stand.control.addFault({ kind: 'malformed', how, applicationId, operation: 'changes' });
      const { page } = await open(stand);
      await logIn(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
      await pulled(page);
      await page.getByTestId('queue-view-attention').click();
      const row = page.locator(`[data-application-id="${applicationId}"]`);
      await row.click();
      const told = page.getByTestId('damage-panel');
      await expect(told).toBeVisible();
      await expect(told.locator('li').first()).toHaveText(/\S{3}/);
      await page.keyboard.press('Escape');
      await page.getByTestId('queue-view-pending').click();
      await page.getByTestId('queue-next').click();
      await caseShown(page);
      await held(page);
    });

  for (const how of ['broken-json', 'truncated', 'html', 'wrong-shape'] as const)
    test(`an answer that is ${how}: said as trouble of the line, nothing lost`, async ({
      open,
    }) => {
      const stand = theStand();
      const { page } = await open(stand);
      await logIn(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
      await pulled(page);
      await page.getByTestId('queue-next').click();
      const id = await caseShown(page);
      await held(page);
      const { faultId } = await stand.control.addFault({
        kind: 'malformed',
        how,
        operation: 'submitAct',
      });
      await composeAnnulment(page);
      await sign(page, stand.pin);
      await expect(page.getByTestId('last-signed')).toBeVisible();
      await page.getByTestId('rail-outbox').click();
      const waiting = page.getByTestId('outbox-on-its-way').locator('li').first();
      await expect(waiting).toBeVisible();
      await expect(waiting).toContainText(/\S{3}/);
      await stand.control.removeFault({ faultId });
      await page.getByTestId('send-all').click();
      await expect(page.getByTestId('outbox-on-its-way').locator('li')).toHaveCount(0, {
        timeout: 30_000,
      });
      expect(await actsOf(stand, id)).toHaveLength(1);
    });
});
