// Ticket scanned to photo painted, in the real window, with 50,000 cards in the cache of the counter.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { startStand, type Stand } from '../../stand/start.ts';
import { launch, logIn } from '../support/electron-app.ts';
import { logInAs, startWorkstation, until } from '../support/workstation.ts';
import { spread, type Figure } from './measure.ts';
import { fillCache } from './queue.ts';

const SCANS = 60;
const script = fs
  .readFileSync(path.join(import.meta.dirname, 'photo-painted.js'), 'utf8')
  .trim()
  .replace(/;$/, '');

interface Card {
  readonly applicationId: string;
  readonly ticket: string;
}

/** Cards of the point with their pictures, all under an issue lease, among copies up to 50,000. */
async function prepare(stand: Stand, userDir: string): Promise<{ size: number; cards: Card[] }> {
  const desk = await startWorkstation(stand, { userDir });
  try {
    if (!(await logInAs(desk, stand, 'issuer-almaty')).ok) throw new Error('log-in refused');
    await until(async () => (await desk.get('line.read', {})).lastSyncAt, 'first sync', 60_000);
    await desk.get('leases.take', {});
    const page = { view: 'ready' as const, search: '', after: null, limit: 100 };
    const { rows } = await desk.get('issuance.page', page);
    const { store } = desk.core.desk.session!;
    const cards = rows.filter(({ applicationId }) => store.leases.find(applicationId) !== null);
    await desk.get('line.syncNow', {}); // photos of what is ready come with the rounds
    const size = await fillCache(
      desk,
      cards.map(({ applicationId }) => applicationId),
    );
    return { size, cards };
  } finally {
    await desk.stop();
  }
}

/** A scanner's burst: real key events, Enter last. */
const scan = (app: ElectronApplication, text: string): Promise<void> =>
  app.evaluate(({ BrowserWindow }, keys) => {
    const [window] = BrowserWindow.getAllWindows();
    for (const keyCode of [...keys, 'Enter']) {
      const shift = /^[A-Z]$/.test(keyCode) ? { modifiers: ['shift' as const] } : {};
      window?.webContents.sendInputEvent({ type: 'keyDown', keyCode, ...shift });
      if (keyCode !== 'Enter')
        window?.webContents.sendInputEvent({ type: 'char', keyCode, ...shift });
      window?.webContents.sendInputEvent({ type: 'keyUp', keyCode, ...shift });
    }
  }, text);

export async function benchCounter(): Promise<Figure[]> {
  const userDir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-bench-counter-'));
  const stand = await startStand({ people: 60 });
  try {
    const { size, cards } = await prepare(stand, userDir);
    if (cards.length < 3) throw new Error('too few cards at the point');
    const window = await launch({ config: stand.configPath, userDir });
    try {
      const { app, page } = window;
      await page.getByTestId('login-card').waitFor();
      // Before the scanner's own listener, which keeps the Enter of a burst to itself.
      await page.evaluate(
        "addEventListener('keydown', (e) => { if (e.key === 'Enter') window.enterAt = performance.now(); }, true)",
      );
      await logIn(
        page,
        stand.officers.find(({ id }) => id === 'issuer-almaty')!,
        stand.pin,
      );
      await page.locator('[data-testid^="issuance-row-"]').first().waitFor({ timeout: 60_000 });
      await page.waitForTimeout(3_000);
      const times: number[] = [];
      for (let i = 0; i < SCANS; i += 1) {
        const card = cards[i % cards.length]!;
        await page.evaluate('window.enterAt = null');
        const painted = page.evaluate<number>(`(${script})(${JSON.stringify(card.applicationId)})`);
        await scan(app, card.ticket);
        times.push(await painted);
        await page.waitForTimeout(400); // the officer looks at the person
      }
      return [
        {
          what: `ticket scanned to photo painted at ${size.toLocaleString('en')} cached cards`,
          ours: spread(times),
          beside: '—',
          note: `${SCANS} scans of ${cards.length} tickets in turn, under an issue lease: from the scanner's Enter to the second frame after the photo is decoded`,
        },
      ];
    } finally {
      await window.close();
    }
  } finally {
    await stand.stop();
    fs.rmSync(userDir, { recursive: true, force: true });
  }
}
