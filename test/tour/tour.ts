// The tour: the main job done by itself in the real window, each step checked on the node's side.
import { performance } from 'node:perf_hooks';
import { launch, logIn, logOut } from '../support/electron-app.ts';
import { lookAround } from './around.ts';
import { atTheCounter } from './counter.ts';
import { decideOffline } from './dead-line.ts';
import { pictures, startGuide, type Guide } from './guide.ts';
import { annulOne, approveMostUrgent, logInAsReviewer } from './reviewer.ts';
import { readStand, type TourStand } from './tour-stand.ts';

async function main(): Promise<void> {
  const begun = performance.now();
  const stand = readStand(process.env['KUALIK_STAND']);
  const window = await launch({ config: stand.config });
  const guide = startGuide(window.page);
  try {
    await logInAsReviewer(guide, stand);
    await approveMostUrgent(guide, stand);
    await annulOne(guide, stand);
    await decideOffline(guide, stand);
    await lookAround(guide, stand);
    await atTheCounter(guide, stand);
    await headsView(guide, stand);
    await guide.step('look for errors of the page', async () => {
      if (window.pageErrors.length > 0) throw new Error(window.pageErrors.join('\n'));
      return 'no error in the window';
    });
  } catch (error) {
    process.stdout.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.stdout.write(`${window.stderr().split('\n').filter(ours).slice(-15).join('\n')}\n`);
    process.stdout.write(`What the window showed: ${await guide.failed()}\n`);
    process.exitCode = 1;
  } finally {
    await stand.control.resume().catch(() => undefined);
    await window.close();
  }
  const took = `${((performance.now() - begun) / 1000).toFixed(0)} s`;
  process.stdout.write(
    process.exitCode === 1
      ? `\nThe tour failed after ${guide.steps()} steps, ${took}.\n`
      : `\nThe tour is done: ${guide.steps()} steps, ${took}. Pictures: ${pictures}/ru and /kk\n`,
  );
}

/** The head of the unit: the same queue to look at, and the figures. */
async function headsView({ page, step, shot }: Guide, stand: TourStand): Promise<void> {
  const officer = stand.officer('head-almaty');
  await step('log in as the head', async () => {
    await logOut(page);
    await logIn(page, officer, stand.pin);
    await page.getByTestId('rail-monitoring').click();
    await page.getByTestId('monitoring-page').locator('dd').first().waitFor({ timeout: 30_000 });
    return `head's monitoring open: ${officer.fullName}`;
  });
  await page.waitForTimeout(1_500);
  await shot('monitoring');
}

/** Chromium's own grumbling on a virtual display says nothing about the program. */
const ours = (line: string): boolean => line.startsWith('{');

await main();
