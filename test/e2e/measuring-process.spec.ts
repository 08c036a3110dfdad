// The measuring process of the real program: it measures ahead, dies without taking the core along, and comes back.
import type { ElectronApplication, Page } from '@playwright/test';
import type { CaseDto } from '../../src/shared/contract/case.ts';
import type { Bridge } from '../../src/shared/contract/channels.ts';
import { pictureAddress } from '../../src/shared/contract/picture-address.ts';
import { caseShown, logIn, pulled } from '../support/electron-app.ts';
import { expect, officerOf, standOfThisFile, test } from './house.ts';

const theStand = standOfThisFile();

/** Process id of the running measuring process; null while there is none. */
const imagingPid = (app: ElectronApplication): Promise<number | null> =>
  app.evaluate(
    ({ app: own }) =>
      own
        .getAppMetrics()
        .find(({ name, serviceName }) => [name, serviceName].includes('kualik-imaging'))?.pid ??
      null,
  );

const readCase = (page: Page, applicationId: string): Promise<CaseDto> =>
  page.evaluate(async (id) => {
    const { kualik } = globalThis as unknown as { kualik: Bridge };
    const answer = await kualik.call('case.open', { applicationId: id });
    if (!answer.ok) throw new Error(answer.refusal.code);
    return answer.value;
  }, applicationId);

/** Width of what an address shows in the window; 0 when it shows nothing. */
const shownWidth = (page: Page, address: string): Promise<number> =>
  page.evaluate(
    (src) =>
      new Promise<number>((resolve) => {
        const image = new Image();
        image.onload = () => resolve(image.naturalWidth);
        image.onerror = () => resolve(0);
        image.src = src;
      }),
    address,
  );

test('measures the case, renders its pictures, and survives its own death', async ({ open }) => {
  const stand = theStand();
  const { app, page, stderr } = await open(stand);
  await logIn(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
  await pulled(page);
  await page.getByTestId('queue-next').click();
  const id = await caseShown(page);
  await expect
    .poll(async () => (await readCase(page, id)).measured.photo?.geometry ?? null, {
      timeout: 60_000,
    })
    .not.toBeNull();
  const { photo, signature } = await readCase(page, id);
  const frame = { x: 0.1, y: 0.05, w: 0.7, h: 0.9 };
  const card = pictureAddress({ what: 'card', sha256: photo.sha256, frame });
  expect(await shownWidth(page, card)).toBeGreaterThan(0);
  for (const what of ['signature-clean', 'signature-ink', 'signature-paper'] as const)
    expect(await shownWidth(page, pictureAddress({ what, sha256: signature.sha256 }))).toBe(
      signature.width,
    );

  const first = await imagingPid(app);
  if (first === null) throw new Error('no measuring process');
  process.kill(first, 'SIGKILL');
  await expect.poll(() => imagingPid(app), { timeout: 20_000 }).not.toBe(first);
  const moved = pictureAddress({ what: 'card', sha256: photo.sha256, frame: { ...frame, x: 0.2 } });
  await expect.poll(() => shownWidth(page, moved), { timeout: 30_000 }).toBeGreaterThan(0);
  expect((await readCase(page, id)).stage).toBe('in-review'); // the core never noticed
  expect(stderr()).toContain('imaging-process-restarted');
  expect(stderr()).not.toContain('core-process-died');
});
