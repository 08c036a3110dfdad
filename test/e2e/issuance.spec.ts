// The counter with scanners: three keys at most after the scan, wrong cards stopped, proxies refused, never twice.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { zonesOf } from '../../stand/people/card-zone.ts';
import type { Stand } from '../../stand/start.ts';
import { writeStationConfig } from '../../stand/station-config.ts';
import { logIn, type Window } from '../support/electron-app.ts';
import { cameraSwitches, filmOf } from '../support/fake-camera.ts';
import { testImaging } from '../support/imaging.ts';
import { answerAll, counterReady, scanByHand, sign } from './hand.ts';
import {
  POINT,
  actsOf,
  applications,
  expect,
  officerOf,
  standOfThisFile,
  test,
  type Application,
  type OpenOptions,
} from './house.ts';
import { scan } from './scanner.ts';
import { speak } from './walk.ts';

type Open = (stand: Stand, options?: OpenOptions) => Promise<Window>;

const theStand = standOfThisFile();
/** At the counter a hand's pace matters: faster keys are a scanner's. */
const HAND_MS = 90;

const inHand = (page: Page, state: 'open' | 'agrees' | 'differs') =>
  page.locator(`[data-testid="card-in-hand"][data-state="${state}"]`);

/** Cards of the point that nobody has touched, newest first: those that wait for months stay for their test. */
async function cards(wanted: number): Promise<Application[]> {
  const found = await applications(theStand(), { point: POINT, stage: 'at-point' }, (one) =>
    one.head.timeline.every(({ event }) => event !== 'hand-over-refused'),
  );
  expect(found.length, 'cards at the point').toBeGreaterThanOrEqual(wanted);
  const arrived = ({ head }: Application): string => head.card?.arrivedAt ?? '';
  return found.sort((one, other) => arrived(other).localeCompare(arrived(one)));
}

/** Pictures of the states in both languages, when a folder for them is named. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['KUALIK_SHOTS'];
  if (folder === undefined) return;
  fs.mkdirSync(folder, { recursive: true });
  for (const language of ['kk', 'ru'] as const) {
    await speak(page, language);
    await page.screenshot({ path: path.join(folder, `${name}-${language}.png`) });
  }
}

test('@issuance hand-over by keyboard: at most three keys between the scans and the PIN', async ({
  open,
}) => {
  const stand = theStand();
  const [one] = await cards(1);
  const { page, app } = await open(stand);
  await logIn(page, officerOf(stand, 'issuer-almaty'), stand.pin);
  await counterReady(page);
  await shot(page, 'list');

  const zones = zonesOf(one!);
  await scan(app, zones.card!);
  await page.getByTestId('unfit-zone-without-person').waitFor();
  await scan(app, 'https://example.kz/about');
  await page.getByTestId('unfit-strange').waitFor();
  await scan(app, `https://example.kz/t?ticket=${one!.dossier.ticket}`);
  await page.getByTestId('issuance-person').waitFor();
  await shot(page, 'person');
  await scan(app, zones.card!);
  await inHand(page, 'agrees').waitFor();

  const pressed: string[] = [];
  for (const key of ['y', 'o', 'h']) {
    await page.keyboard.press(key);
    pressed.push(key);
    await page.waitForTimeout(HAND_MS);
  }
  expect(pressed.length).toBeLessThanOrEqual(3);
  await page.getByTestId('pin-field').and(page.locator(':focus')).waitFor();
  await expect(page.getByTestId('statement-card')).toContainText(one!.head.card!.number);
  await shot(page, 'panel');
  await page.getByTestId('pin-field').focus();
  await page.keyboard.type(stand.pin);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('handover-done')).toHaveAttribute('data-state', 'accepted', {
    timeout: 20_000,
  });
  await shot(page, 'done');
  const acts = await actsOf(stand, one!.dossier.applicationId);
  expect(acts).toHaveLength(1);
  expect(JSON.parse(acts[0]!.statement)).toMatchObject({
    inPerson: true,
    cardCheck: { way: 'mrz', number: one!.head.card!.number },
    oldCard: { outcome: 'surrendered', way: 'by-eye', number: one!.dossier.document.number },
  });
});

test('@issuance a wrong card is stopped by its zone; two scans and two keys go on', async ({
  open,
}) => {
  const stand = theStand();
  const [one, other] = await cards(2);
  const { page, app } = await open(stand);
  await logIn(page, officerOf(stand, 'issuer-almaty'), stand.pin);
  await counterReady(page);
  await scan(app, one!.dossier.ticket);
  await page.getByTestId('issuance-person').waitFor();

  await scan(app, zonesOf(other!).card!);
  await inHand(page, 'differs').waitFor();
  for (const field of ['number', 'iin', 'names'])
    await expect(page.getByTestId(`card-field-${field}`)).toHaveAttribute('data-state', 'differs');
  // A number by eye would hide it now: this card's zone, or one of the reasons.
  await page.getByTestId('zone-wanted').waitFor();
  await page.getByTestId('card-text').fill(one!.head.card!.number);
  await page.getByTestId('card-text').press('Enter');
  await page.getByTestId('refusal-zone-wanted').waitFor();
  await shot(page, 'wrong-card');
  await page.getByTestId('card-text').fill('');
  await page.getByTestId('card-text').press('Escape');
  for (const key of ['y', 'o', 'h']) {
    await page.keyboard.press(key);
    await page.waitForTimeout(HAND_MS);
  }
  await expect(page.getByTestId('decision-panel')).toHaveCount(0);
  await expect(page.getByTestId('card-text')).toBeFocused();

  await page.keyboard.press('Escape');
  await scan(app, zonesOf(one!).oldCard);
  await expect(page.getByTestId('old-card-surrendered')).toBeChecked();
  await inHand(page, 'differs').waitFor(); // the old card does not mend the new one
  await scan(app, zonesOf(one!).card!);
  await inHand(page, 'agrees').waitFor();
  await expect(page.getByTestId('zone-wanted')).toHaveCount(0);
  await page.keyboard.press('h');
  await page.getByTestId('pin-field').and(page.locator(':focus')).waitFor();
  await page.keyboard.type(stand.pin);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('handover-done')).toHaveAttribute('data-state', 'accepted', {
    timeout: 20_000,
  });
  const [act] = await actsOf(stand, one!.dossier.applicationId);
  expect(JSON.parse(act!.statement)).toMatchObject({
    cardCheck: { way: 'mrz' },
    oldCard: { way: 'mrz' },
  });
});

test('@issuance a proxy is refused by one key; "not the person" is looked into first', async ({
  open,
}) => {
  const stand = theStand();
  const [first, second] = (await cards(2)).reverse();
  const { page, app } = await open(stand);
  await logIn(page, officerOf(stand, 'issuer-almaty'), stand.pin);
  await counterReady(page);
  await scan(app, first!.dossier.ticket);
  await page.getByTestId('issuance-person').waitFor();
  await page.keyboard.press('p');
  await page.getByTestId('refused-proxy').waitFor();
  await shot(page, 'proxy');
  await expect(async () => {
    const reports = await stand.control.reports();
    expect(reports).toContainEqual(
      expect.objectContaining({
        applicationId: first!.dossier.applicationId,
        reason: 'proxy',
        clause: '4.3',
      }),
    );
  }).toPass({ timeout: 20_000 });
  const { head } = await stand.control.findApplication({
    applicationId: first!.dossier.applicationId,
  });
  expect(head.stage).toBe('at-point');

  await scan(app, second!.dossier.ticket);
  await page.getByTestId('issuance-person').waitFor();
  await page.waitForTimeout(HAND_MS);
  await page.keyboard.press('k');
  await page.getByTestId('camera-no-camera').waitFor(); // this machine has none: the desk works on
  await shot(page, 'no-camera');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('live-camera')).toHaveCount(0);
  await page.waitForTimeout(HAND_MS);
  await page.keyboard.press('x');
  await page.getByTestId('refused-not-the-person').waitFor();
  await scan(app, second!.dossier.ticket);
  await page.getByTestId('investigate').waitFor();
  await expect(page.getByTestId('action-hand-over')).toHaveAttribute('aria-disabled', 'true');
  await shot(page, 'investigate');
  await page.getByTestId('investigate-note').fill('приходил сосед с чужим талоном');
  await page.getByTestId('investigate-seen').click();
  await expect(page.getByTestId('investigate')).toHaveCount(0);
  await expect(page.getByTestId('looked-into')).toContainText('приходил сосед с чужим талоном');
  await shot(page, 'looked-into');
  await expect(page.getByTestId('action-hand-over')).not.toHaveAttribute('aria-disabled', 'true');
});

test('@issuance a card is issued once: on the same station and on another', async ({ open }) => {
  const stand = theStand();
  const [one] = await cards(1);
  const file = path.join(path.dirname(stand.configPath), 'station-issuance-2.json');
  writeStationConfig(file, { ...stand.config, stationId: 'station-2' });
  const here = (await open(stand)).page;
  const there = (await open(stand, { config: file })).page;
  for (const page of [here, there]) {
    await logIn(page, officerOf(stand, 'issuer-almaty'), stand.pin);
    await counterReady(page);
  }
  await scanByHand(here, one!.dossier.ticket);
  await here.getByTestId('issuance-person').waitFor();
  await answerAll(here);
  await here.getByTestId('action-hand-over').click();
  await sign(here, stand.pin);
  await expect(here.getByTestId('handover-done')).toHaveAttribute('data-state', 'accepted', {
    timeout: 20_000,
  });
  for (const page of [here, there]) {
    await expect(async () => {
      await scanByHand(page, one!.dossier.ticket);
      await page.getByTestId('ticket-already-issued').waitFor({ timeout: 2_000 });
    }).toPass({ timeout: 20_000 });
  }
  expect(await actsOf(stand, one!.dossier.applicationId)).toHaveLength(1);
});

test('@issuance the uncollected by age, oldest first', async ({ open }) => {
  const stand = theStand();
  const { page } = await open(stand);
  await logIn(page, officerOf(stand, 'issuer-almaty'), stand.pin);
  await counterReady(page);
  const rows = page.locator('[data-testid^="issuance-row-"]');
  await rows.first().waitFor();
  const all = await rows.count();
  await page.getByTestId('waiting-90').click();
  await expect(async () => {
    const old = await rows.count();
    expect(old, 'a card that waits three months').toBeGreaterThan(0);
    expect(old).toBeLessThan(all);
  }).toPass({ timeout: 10_000 });
  await shot(page, 'uncollected');
  await page.getByTestId('waiting-90').click();
  await expect(rows).toHaveCount(all);
});

/** Photos of cards at the point as the program shows them, by application. */
async function photosOf(userDir: string, wanted: readonly Application[], open: Open) {
  const stand = theStand();
  const window = await open(stand, { userDir });
  await logIn(window.page, officerOf(stand, 'issuer-almaty'), stand.pin);
  await counterReady(window.page);
  const photos: Uint8Array[] = [];
  for (const { dossier } of wanted) {
    await scanByHand(window.page, dossier.ticket);
    await expect(window.page.getByTestId('issuance-person')).toHaveAttribute(
      'data-application-id',
      dossier.applicationId,
    );
    const base64 = await window.app.evaluate(async ({ BrowserWindow }, url) => {
      const { session } = BrowserWindow.getAllWindows()[0]!.webContents;
      return Buffer.from(await (await session.fetch(url)).arrayBuffer()).toString('base64');
    }, `case-image://picture/${dossier.photo.sha256}`);
    photos.push(Buffer.from(base64, 'base64'));
  }
  await window.close();
  return photos;
}

/** The two whose faces are farthest apart: painted people resemble one another. */
async function unlikePair(photos: readonly Uint8Array[]): Promise<readonly [number, number]> {
  const imaging = testImaging();
  let best = { distance: 0, pair: [0, 0] as readonly [number, number] };
  for (const [i, one] of photos.entries())
    for (const [j, other] of photos.slice(0, i).entries()) {
      const faces = await imaging.compareFaces(one, other, 'now');
      const distance = faces.ok ? (faces.value.distance ?? 0) : 0;
      if (distance > best.distance) best = { distance, pair: [i, j] };
    }
  imaging.stop();
  return best.pair;
}

/** What the window answers who asks for a camera, a microphone or a place. */
const asked = (page: Page, what: 'camera' | 'microphone' | 'both' | 'place') =>
  page.evaluate(async (wanted) => {
    if (wanted === 'place')
      return (await navigator.permissions.query({ name: 'geolocation' })).state;
    const asks = { video: wanted !== 'microphone', audio: wanted !== 'camera' };
    return navigator.mediaDevices.getUserMedia(asks).then(
      (stream) => {
        stream.getTracks().forEach((track) => track.stop());
        return 'granted';
      },
      (error: DOMException) => error.name,
    );
  }, what);

/** Files with a JPEG in them, plain or as base64. */
const jpegsIn = (folder: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = fs.readFileSync(file);
      return ['JFIF', '/9j/4AAQ', 'data:image'].some((sign) => bytes.includes(sign));
    });

test('@issuance a live picture: the same person, another one, nothing kept, no film elsewhere', async ({
  open,
}) => {
  const stand = theStand();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-camera-'));
  try {
    const userDir = path.join(folder, 'user');
    // Cards that other tests refused will do: nothing is handed over here.
    const some = (await applications(stand, { point: POINT, stage: 'at-point' })).slice(0, 5);
    const photos = await photosOf(userDir, some, open);
    const [first, second] = await unlikePair(photos);
    const [own, other] = [some[first]!, some[second]!];
    const film = path.join(folder, 'own.y4m');
    await filmOf(photos[first]!, film);
    const window = await open(stand, { userDir, args: cameraSwitches(film) });
    const { page, app } = window;
    await logIn(page, officerOf(stand, 'issuer-almaty'), stand.pin);
    await counterReady(page);
    expect(await asked(page, 'camera'), 'nobody at the counter').toBe('NotAllowedError');

    const advice = page.getByTestId('live-advice');
    const person = async ({ dossier }: Application): Promise<void> => {
      await scan(app, dossier.ticket);
      await page
        .locator(`[data-testid="issuance-person"][data-application-id="${dossier.applicationId}"]`)
        .waitFor();
      await page.waitForTimeout(HAND_MS);
    };
    await person(own);
    expect(await asked(page, 'camera'), 'the panel is closed').toBe('NotAllowedError');
    await shot(page, 'camera-button');
    await page.keyboard.press('k');
    await page.getByTestId('live-film').locator('video').waitFor();
    expect(await asked(page, 'camera'), 'the positive control').toBe('granted');
    for (const more of ['microphone', 'both'] as const)
      expect(await asked(page, more), more).toBe('NotAllowedError');
    expect(await asked(page, 'place')).toBe('denied');
    await shot(page, 'camera-film');
    await page.keyboard.press('k');
    await expect(advice).toHaveAttribute('data-zone', 'agrees', { timeout: 20_000 });
    const [approved, still] = [
      await page.locator('[data-testid="issuance-person"] img').first().boundingBox(),
      await page.getByTestId('live-still').boundingBox(),
    ];
    expect([still!.width, still!.height, still!.y]).toEqual([
      approved!.width,
      approved!.height,
      approved!.y,
    ]);
    await shot(page, 'camera-same');
    expect(await asked(page, 'camera'), 'the still is taken').toBe('NotAllowedError');

    await person(other);
    await expect(page.getByTestId('live-camera'), 'gone with the ticket').toHaveCount(0);
    await page.keyboard.press('k');
    await page.getByTestId('live-film').locator('video').waitFor();
    await page.keyboard.press('k');
    await expect(advice).toHaveAttribute('data-zone', /^(look|disagrees)$/, { timeout: 20_000 });
    await shot(page, 'camera-other');
    expect(jpegsIn(userDir), 'while the program runs').toEqual([]);
    const answered = page.locator('[data-testid^="answer-"][data-testid$="-right"]').first();
    await page.keyboard.press('y'); // here in person, all answered right
    await expect(page.getByTestId('present')).toBeChecked();
    await page.keyboard.press('l');
    await page.getByTestId('lock-screen').waitFor();
    expect(await asked(page, 'camera'), 'behind the lock').toBe('NotAllowedError');
    await page.getByTestId('pin-field').fill(stand.pin);
    await page.getByTestId('unlock-submit').click();
    // Back at the same card with what was answered; who stands here is looked at anew.
    await expect(answered).toHaveAttribute('aria-pressed', 'true');
    await expect(page.getByTestId('present')).not.toBeChecked();
    await expect(page.getByTestId('live-still')).toHaveCount(0);
    const blank = await page.evaluate(() =>
      document.createElement('canvas').toDataURL('image/jpeg'),
    );
    await window.close();
    expect(jpegsIn(userDir), 'after its end').toEqual([]);
    const [, base64] = blank.split(',');
    fs.writeFileSync(path.join(userDir, 'control-text'), base64!);
    fs.writeFileSync(path.join(userDir, 'control-bytes'), Buffer.from(base64!, 'base64'));
    expect(jpegsIn(userDir), 'the positive control: the search finds').toHaveLength(2);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
