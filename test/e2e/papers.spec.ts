// Papers on the real program: receipt, slips and day register as PDF, read back by strangers' readers; the signed export.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { logIn } from '../support/electron-app.ts';
import { pdfCode, pdfPages, pdfPictures, pdfText } from '../support/read-paper.ts';
import { POINT, actsOf, applications, expect, officerOf, standOfThisFile, test } from './house.ts';
import { answerAll, counterReady, scanByHand, sign } from './hand.ts';

const theStand = standOfThisFile();
const documents = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-documents-'));
test.afterAll(() => fs.rmSync(documents, { recursive: true, force: true }));

/** Saves the paper shown in the dialog; answers where it lies. */
async function saved(page: Page, format: 'a4' | 'roll'): Promise<string> {
  await page.getByTestId('paper-preview').waitFor();
  await page.getByTestId('paper-format').locator(`input[value="${format}"]`).check({ force: true });
  await page.getByTestId('paper-save').click();
  const said = page.getByTestId('paper-done');
  await expect(said).toBeVisible({ timeout: 30_000 });
  const file = /(\/.*\.pdf)/.exec((await said.textContent()) ?? '')?.[1];
  if (file === undefined) throw new Error('no path is told');
  return file;
}

const shot = async (page: Page, name: string): Promise<void> => {
  const dir = process.env['KUALIK_SHOTS'];
  if (dir === undefined) return;
  fs.mkdirSync(dir, { recursive: true });
  await page.screenshot({ path: path.join(dir, `${name}.png`) });
};

test('@issuance receipt, slip and day register are printed, and say what was signed', async ({
  open,
}) => {
  const stand = theStand();
  const officer = officerOf(stand, 'issuer-almaty');
  const cards = await applications(stand, { point: POINT, stage: 'at-point' });
  const [handed, refused, forgotten] = cards;
  if (!handed || !refused || !forgotten) throw new Error('the stand has too few cards');
  const { page } = await open(stand, { env: { XDG_DOCUMENTS_DIR: documents, HOME: documents } });
  await logIn(page, officer, stand.pin);
  await counterReady(page);

  const { dossier } = handed;
  await scanByHand(page, dossier.ticket);
  await page.getByTestId('issuance-person').waitFor();
  await answerAll(page);
  await page.getByTestId('action-hand-over').click();
  await sign(page, stand.pin);
  await expect(page.getByTestId('handover-done')).toHaveAttribute('data-state', 'accepted', {
    timeout: 30_000,
  });
  await page.getByTestId('paper-receipt').click();
  await shot(page, 'receipt-a4');
  const [act] = await actsOf(stand, dossier.applicationId);
  const person = dossier.authoritative ?? dossier.declared;
  for (const [format, width] of [
    ['a4', 210],
    ['roll', 80],
  ] as const) {
    const file = await saved(page, format);
    if (format === 'roll') await shot(page, 'receipt-roll');
    const text = pdfText(file);
    expect(pdfPages(file)).toMatchObject({ width, pages: 1 });
    expect(pdfPictures(file), 'no picture on any paper').toBe(0);
    expect(text).toContain(dossier.ticket);
    expect(text).toContain('Квитанция о выдаче');
    expect(text).toContain('берілгені');
    expect(text).not.toContain(person.iin);
    const code: unknown = JSON.parse(pdfCode(file) ?? 'null');
    expect(code).toMatchObject({ kualik: 'receipt', ticket: dossier.ticket });
    const { sha256 } = code as { sha256: string };
    expect(text.replace(/\s/g, '')).toContain(sha256);
    const signed = createHash('sha256')
      .update(act?.statement ?? '')
      .digest('hex');
    expect(signed, 'the hash of the bytes the node holds').toBe(sha256);
  }
  await page.getByTestId('paper-close').click();
  await page.getByTestId('next-ticket').click();

  for (const [one, reason] of [
    [refused, 'proxy'],
    [forgotten, 'no-ticket'],
  ] as const) {
    await scanByHand(page, one.dossier.ticket);
    await page.getByTestId('issuance-person').waitFor();
    if (reason === 'no-ticket') await page.locator('summary').click();
    await page.getByTestId(`refuse-${reason}`).click();
    await page.getByTestId(`refused-${reason}`).waitFor();
    await page.getByTestId('paper-refusal').click();
    const file = await saved(page, 'roll');
    await shot(page, `slip-${reason}`);
    const text = pdfText(file);
    const surname = (one.dossier.authoritative ?? one.dossier.declared).surname ?? '–';
    expect(text).not.toContain(surname);
    const code: unknown = JSON.parse(pdfCode(file) ?? 'null');
    expect(code).toMatchObject({ kualik: 'refusal' });
    if (reason === 'proxy') {
      expect(text).toMatch(/4\.3/);
      expect(text).toContain('сенімхат'.slice(1));
      expect(code).toMatchObject({ ticket: one.dossier.ticket });
    } else expect(text).not.toContain(one.dossier.ticket);
    await page.getByTestId('paper-close').click();
    await page.getByTestId('next-ticket').click();
  }

  await page.getByTestId('rail-register').click();
  await expect(page.getByTestId(`register-row-${dossier.ticket}`)).toHaveAttribute(
    'data-standing',
    'accepted',
  );
  await expect(page.locator('[data-testid="register-totals"] [data-outcome="proxy"]')).toHaveText(
    /1/,
  );
  await shot(page, 'register');
  await page.getByTestId('paper-day-register').click();
  const register = await saved(page, 'a4');
  await shot(page, 'day-register');
  for (const one of [handed, refused, forgotten])
    expect(pdfText(register)).toContain(one.dossier.ticket);
  await page.getByTestId('paper-close').click();

  await page.getByTestId('register-export').click();
  await page.getByTestId('register-format').locator('input[value="csv"]').check({ force: true });
  await page.getByTestId('pin-field').fill(stand.pin);
  await shot(page, 'register-export');
  await page.getByTestId('register-sign').click();
  await page.getByTestId('register-exported').waitFor({ timeout: 30_000 });
  const file = (await page.getByTestId('register-file').textContent()) ?? '';
  const signature = (await page.getByTestId('register-signature').textContent()) ?? '';
  const csv = fs.readFileSync(file, 'utf8');
  expect(csv).toContain(dossier.ticket);
  expect(csv, 'the counter sees masked IINs').not.toContain(person.iin);
  const roots = path.join(documents, 'roots.pem');
  fs.writeFileSync(roots, stand.pki.trustPem);
  const verify = ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-purpose', 'any'];
  const files = ['-in', signature, '-content', file, '-CAfile', roots, '-out', '/dev/null'];
  expect(() => execFileSync('openssl', [...verify, ...files], { stdio: 'pipe' })).not.toThrow();
  fs.appendFileSync(file, ' ');
  expect(() => execFileSync('openssl', [...verify, ...files], { stdio: 'pipe' })).toThrow();
});

test('@issuance the page that prints has no way out and no bridge', async ({ open }) => {
  const stand = theStand();
  const { app, page } = await open(stand);
  await logIn(page, officerOf(stand, 'issuer-almaty'), stand.pin);
  await counterReady(page);
  // What the hidden window is, is noted inside the program when its page has come, and read afterwards.
  await app.evaluate(({ app: electron }) => {
    electron.once('web-contents-created', (_event, contents) => {
      contents.once('did-finish-load', () => {
        const preferences = (
          contents as unknown as { getLastWebPreferences(): Record<string, unknown> }
        ).getLastWebPreferences();
        const { sandbox, contextIsolation, nodeIntegration, preload = null } = preferences;
        const seen = {
          sandbox,
          contextIsolation,
          nodeIntegration,
          preload,
          url: contents.getURL(),
        };
        void contents
          .executeJavaScript('typeof window.kualik + typeof window.require')
          .then((bridge: string) => Object.assign(globalThis, { printPage: { ...seen, bridge } }));
      });
    });
  });
  await page.getByTestId('rail-register').click();
  await page.getByTestId('register-span').locator('input[value="all"]').check({ force: true });
  await page.getByTestId('paper-day-register').click();
  await page.getByTestId('paper-preview').waitFor();
  await page.getByTestId('paper-save').click();
  await expect(page.getByTestId('paper-done')).toBeVisible({ timeout: 30_000 });
  const seen = await app.evaluate(
    () => (globalThis as typeof globalThis & { printPage?: unknown }).printPage,
  );
  expect(seen).toEqual({
    bridge: 'undefinedundefined',
    url: 'app://ui/paper.html',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    preload: null,
  });
  const windows = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect(await windows(), 'the printing window is gone').toBe(1);
});
