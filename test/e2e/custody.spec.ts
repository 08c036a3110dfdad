// The card's life at the point on the real program: a dispatch taken over, stock counted, a card sent back, a lease used.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { CardReturn, DispatchAcceptance } from '../../src/shared/central/custody.ts';
import { zonesOf } from '../../stand/people/card-zone.ts';
import { writeStationConfig } from '../../stand/station-config.ts';
import { logIn } from '../support/electron-app.ts';
import { pdfCode, pdfPages, pdfText } from '../support/read-paper.ts';
import { answerAll, counterReady, scanByHand, sign } from './hand.ts';
import { POINT, actsOf, expect, officerOf, one, standOfThisFile, test } from './house.ts';
import { scan } from './scanner.ts';
import { picture, shot } from './shots.ts';

const theStand = standOfThisFile();
/** Faster keys are a scanner's. */
const HAND_MS = 90;
const STRANGER = '099999991';
const LONG_MS = 600_000;

const documents = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-documents-'));
test.afterAll(() => fs.rmSync(documents, { recursive: true, force: true }));

const said = (page: Page, outcome: string) =>
  page.locator(`[data-testid="scan-said"][data-outcome="${outcome}"]`);
const sum = (page: Page, count: string, n: number) =>
  page.locator(
    `[data-testid="dispatch-screen"] [data-testid="dispatch-counts"] [data-count="${count}"][data-n="${n}"]`,
  );

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.waitForTimeout(HAND_MS);
    await page.keyboard.press(key);
  }
  await page.waitForTimeout(HAND_MS);
}

const showTab = async (page: Page, tab: string): Promise<void> => {
  await page.getByTestId('rail-stock').click();
  await page.getByTestId('stock-tabs').locator(`input[value="${tab}"]`).check({ force: true });
};

/** Saves the shown paper in both formats; answers what the words and the code of each say. */
async function savedPapers(page: Page): Promise<{ text: string; code: unknown }[]> {
  const found: { text: string; code: unknown }[] = [];
  await page.getByTestId('paper-preview').waitFor();
  for (const [format, width] of [
    ['a4', 210],
    ['roll', 80],
  ] as const) {
    await page
      .getByTestId('paper-format')
      .locator(`input[value="${format}"]`)
      .check({ force: true });
    await page.getByTestId('paper-save').click();
    await expect(page.getByTestId('paper-done')).toBeVisible({ timeout: 30_000 });
    const words = (await page.getByTestId('paper-done').textContent()) ?? '';
    const file = /(\/.*\.pdf)/.exec(words)?.[1] ?? '';
    expect(pdfPages(file).width).toBe(width);
    found.push({ text: pdfText(file), code: JSON.parse(pdfCode(file) ?? 'null') as unknown });
    const { kualik } = found.at(-1)?.code as { kualik: string };
    await picture(page, `paper-${kualik}-${format}`);
  }
  await page.getByTestId('paper-close').click();
  return found;
}

test('@issuance a dispatch with one missing, one damaged and one extra; count; return', async ({
  open,
}) => {
  test.setTimeout(240_000);
  const stand = theStand();
  const dispatch = (await stand.control.dispatches({ point: POINT })).find(
    ({ accepted }) => accepted === null,
  );
  if (dispatch === undefined) throw new Error('no dispatch on its way');
  const { cards } = dispatch;
  const [byTicket, byZone, damaged] = cards;
  const missing = cards.at(-1);
  if (!byTicket || !byZone || !damaged || !missing) throw new Error('the dispatch is too small');
  const { page, app } = await open(stand, {
    env: { XDG_DOCUMENTS_DIR: documents, HOME: documents },
  });
  await logIn(page, officerOf(stand, 'issuer-almaty'), stand.pin);
  await counterReady(page);

  await test.step('scanned in by ticket, zone and number; nothing is swallowed', async () => {
    await page.getByTestId('rail-stock').click();
    const row = page.getByTestId(`dispatch-${dispatch.number}`);
    await shot(page, 'dispatches');
    await row.getByTestId('dispatch-open').click();
    await sum(page, 'unscanned', cards.length).waitFor();
    await shot(page, 'dispatch-fresh');
    await press(page, 'b');
    await expect(page.getByTestId('stock-box')).toBeFocused();
    await page.getByTestId('stock-box').fill('A-14');
    await press(page, 'Enter');
    await scan(app, `https://example.kz/t?ticket=${byTicket.ticket}`);
    await said(page, 'counted').waitFor();
    await shot(page, 'scan-counted');
    const application = await one(stand, { point: POINT, stage: 'sent' }, ({ head }) => {
      return head.applicationId === byZone.applicationId;
    });
    await scan(app, zonesOf(application).card!);
    await sum(page, 'arrived', 2).waitFor();
    await scan(app, byTicket.ticket);
    await said(page, 'again').waitFor();
    await shot(page, 'scan-again');
    await scan(app, STRANGER);
    await said(page, 'extra').waitFor();
    await shot(page, 'scan-extra');
    await scan(app, '{"price": 12}');
    await said(page, 'unreadable').waitFor();
    await shot(page, 'scan-unreadable');
    for (const card of cards.slice(3, -1)) await scan(app, card.cardNumber);
    await sum(page, 'arrived', cards.length - 2).waitFor();
  });

  await test.step('damaged by key, its note obligatory', async () => {
    await scan(app, damaged.cardNumber);
    await sum(page, 'arrived', cards.length - 1).waitFor();
    await press(page, 'd');
    await page.getByTestId('card-note').and(page.locator(':focus')).waitFor();
    await press(page, 'Enter');
    await page.getByTestId('refusal-note-missing').waitFor();
    await shot(page, 'note-missing');
    await page.getByTestId('card-note').fill('трещина поперёк карты');
    await press(page, 'Enter');
    await sum(page, 'damaged', 1).waitFor();
    await sum(page, 'unscanned', 1).waitFor();
    await sum(page, 'extra', 1).waitFor();
    await shot(page, 'dispatch-scanned');
  });

  await test.step('accepted by one signature', async () => {
    await press(page, 'Control+Enter');
    await page.getByTestId('custody-sha').waitFor();
    await expect(page.getByTestId('says-missing')).toContainText(missing.cardNumber);
    await expect(page.getByTestId('says-damaged')).toContainText('трещина поперёк карты');
    await expect(page.getByTestId('says-extra')).toContainText(STRANGER);
    await shot(page, 'acceptance');
    await sign(page, stand.pin);
    await page.getByTestId('dispatch-accepted').waitFor({ timeout: 30_000 });
    await shot(page, 'dispatch-accepted');
  });

  const [act] = await stand.control.custodyActs();
  const statement = JSON.parse(act!.statement) as DispatchAcceptance;
  expect(statement.dispatchId).toBe(dispatch.dispatchId);
  expect(statement.cards.map(({ outcome }) => outcome)).toEqual(
    cards.map((card) => (card === missing ? 'missing' : card === damaged ? 'damaged' : 'arrived')),
  );
  expect(statement.cards[0]!.place).toBe('A-14');
  expect(statement.extra).toEqual([{ cardNumber: STRANGER, note: null }]);
  const headOf = async (applicationId: string) =>
    (await stand.control.findApplication({ applicationId })).head;
  expect(await headOf(byTicket.applicationId)).toMatchObject({
    stage: 'at-point',
    card: { place: 'A-14', condition: 'good' },
  });
  expect((await headOf(damaged.applicationId)).card?.condition).toBe('damaged');
  expect((await headOf(missing.applicationId)).stage).toBe('sent');

  await test.step('the dispatch act on both papers', async () => {
    await page.getByTestId('paper-dispatch-act').click();
    const sha256 = createHash('sha256').update(act!.statement).digest('hex');
    for (const { text, code } of await savedPapers(page)) {
      expect(code).toMatchObject({ kualik: 'dispatch-act', sha256 });
      for (const part of [dispatch.number, 'Акт приёма партии', 'қабылдау актісі', STRANGER])
        expect(text).toContain(part);
      for (const { cardNumber } of cards) expect(text).toContain(cardNumber);
    }
    await page.getByTestId('dispatch-back').click();
    await expect(
      page.getByTestId('dispatches-accepted').getByTestId(`dispatch-${dispatch.number}`),
    ).toBeVisible();
  });

  await test.step('the stock is counted, the difference is printed', async () => {
    await showTab(page, 'count');
    await page.getByTestId('count-begin').click();
    const sums = page.getByTestId('count-running').getByTestId('count-sums');
    await sums.waitFor(); // before it has begun there is nothing to count into
    for (const [i, card] of cards.slice(3, -1).entries()) {
      await scan(app, card.cardNumber);
      await expect(sums).toHaveAttribute('data-seen', String(i + 1));
    }
    await scan(app, STRANGER);
    await said(page, 'extra').waitFor();
    await shot(page, 'count-running');
    await press(page, 'Control+Enter');
    await page.getByTestId('count-close-ask').waitFor();
    await press(page, 'Control+Enter');
    await page.getByTestId('count-closed').waitFor();
    await shot(page, 'count-closed');
    const unseen = page.getByTestId('count-missing');
    await expect(unseen).toContainText(byTicket.cardNumber);
    await expect(unseen).not.toContainText(cards[3]!.cardNumber);
    await expect(page.getByTestId('count-extra')).toContainText(STRANGER);
    await page.getByTestId('paper-count-difference').click();
    for (const { text, code } of await savedPapers(page)) {
      expect(code).toMatchObject({ kualik: 'count-difference' });
      expect(text.replace(/\s/g, '')).toContain((code as { sha256: string }).sha256);
      for (const part of [byTicket.cardNumber, STRANGER, 'Расхождение', 'айырмасы'])
        expect(text).toContain(part);
    }
  });

  await test.step('another place by key; the damaged card goes back to be made anew', async () => {
    await showTab(page, 'cards');
    const row = page.getByTestId(`stock-card-${byTicket.ticket}`);
    await row.waitFor();
    await row.click({ position: { x: 400, y: 12 } });
    await press(page, 'b');
    await page.getByTestId('stock-place').fill('C-3');
    await press(page, 'Enter');
    await expect(row).toContainText('C-3');
    await expect
      .poll(async () => (await headOf(byTicket.applicationId)).card?.place, { timeout: 20_000 })
      .toBe('C-3');
    await scan(app, damaged.ticket);
    await said(page, 'chosen').waitFor();
    await shot(page, 'stock');
    await press(page, 'Control+Enter');
    await page.getByTestId('return-note').fill('трещина поперёк карты');
    await shot(page, 'return-reason');
    await press(page, 'Control+Enter');
    await expect(page.getByTestId('says-damaged')).toContainText(damaged.cardNumber);
    await shot(page, 'return');
    await sign(page, stand.pin);
    await expect(page.getByTestId('stock-return').locator('[data-state="accepted"]')).toBeVisible({
      timeout: 30_000,
    });
    await expect(page.getByTestId(`stock-card-${damaged.ticket}`)).toHaveCount(0);
    await shot(page, 'returned');
    const acts = await stand.control.custodyActs();
    const back = acts.find(({ kind }) => kind === 'kualik/card-return');
    expect((JSON.parse(back!.statement) as CardReturn).cards).toMatchObject([
      { cardNumber: damaged.cardNumber, reason: 'damaged', remake: true },
    ]);
    const events = (await headOf(damaged.applicationId)).timeline.map(({ event }) => event);
    expect(events).toEqual(
      expect.arrayContaining(['card-damaged', 'card-returned', 'remake-ordered']),
    );
    await page.getByTestId('paper-return-act').click();
    const sha256 = createHash('sha256').update(back!.statement).digest('hex');
    for (const { text, code } of await savedPapers(page)) {
      expect(code).toMatchObject({ kualik: 'return-act', sha256 });
      for (const part of [damaged.cardNumber, 'Акт возврата карт', 'қайтару актісі'])
        expect(text).toContain(part);
    }
  });
});

test('@issuance an issue lease: handed over with a dead line, by nobody else, once', async ({
  open,
}) => {
  test.setTimeout(180_000);
  const stand = theStand();
  const officer = officerOf(stand, 'issuer-almaty');
  const config = path.join(path.dirname(stand.configPath), 'station-2.json');
  writeStationConfig(config, { ...stand.config, stationId: 'station-2' });
  const first = (await open(stand)).page;
  const second = (await open(stand, { config })).page;
  for (const page of [first, second]) {
    await logIn(page, officer, stand.pin);
    await counterReady(page);
  }
  await showTab(first, 'lease');
  await shot(first, 'lease-none');
  await first.getByTestId('lease-take').click();
  await first.getByTestId('lease-own').waitFor({ timeout: 20_000 });
  await shot(first, 'lease-own');
  const cards = Number(await first.getByTestId('lease-cards').innerText());
  expect(cards).toBeGreaterThan(2);

  const { dossier } = await one(stand, { point: POINT, stage: 'at-point' }, ({ head }) => {
    return head.card?.condition === 'good';
  });
  await first.getByTestId('rail-issuance').click();
  await first.getByTestId('lease-line').waitFor();
  await scanByHand(first, dossier.ticket);
  await first.getByTestId('issuance-person').waitFor();
  await scanByHand(second, dossier.ticket);
  await second.getByTestId('ticket-claimed-by-other').waitFor();
  await shot(second, 'leased-elsewhere');
  await second.getByTestId('next-ticket').click();

  await stand.control.stop({ ms: LONG_MS, how: 'drop' });
  for (const page of [first, second]) {
    await page.getByTestId('sync-now').click();
    await expect(page.getByTestId('line-state')).toHaveAttribute('data-state', 'offline', {
      timeout: 40_000,
    });
  }
  await answerAll(first);
  await first.getByTestId('action-hand-over').click();
  await sign(first, stand.pin);
  await expect(first.getByTestId('handover-done')).toHaveAttribute('data-state', 'queued');
  await shot(first, 'handed-over-offline');
  await scanByHand(second, dossier.ticket);
  await second.getByTestId('ticket-line-dead').waitFor();
  await shot(second, 'second-offline');
  await showTab(first, 'lease');
  await expect(first.getByTestId('lease-promised')).toHaveText('1');
  await shot(first, 'lease-promised');

  await stand.control.resume();
  await first.getByTestId('sync-now').click();
  await expect
    .poll(async () => (await actsOf(stand, dossier.applicationId)).length, { timeout: 40_000 })
    .toBe(1);
  await second.getByTestId('next-ticket').click();
  await expect(async () => {
    await scanByHand(second, dossier.ticket);
    await expect(second.getByTestId('ticket-already-issued')).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 40_000 });
  await first.getByTestId('lease-give-back').click();
  await expect(first.getByTestId('lease-own')).toHaveCount(0, { timeout: 20_000 });
  expect(await actsOf(stand, dossier.applicationId)).toHaveLength(1);
});
