// Nothing plain on the disk: after a session no file of the user's folder has a name, an IIN or the PIN.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { caseShown, lastSignedIs, logIn, pulled } from '../support/electron-app.ts';
import { composeAnnulment, held, sign } from './hand.ts';
import { ALMATY, applications, expect, officerOf, standOfThisFile, test } from './house.ts';

const theStand = standOfThisFile();
const SHORTEST_NAME = 5;

test('a whole session leaves no name, number or PIN in any file', async ({ open }) => {
  const stand = theStand();
  const userDir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-disk-'));
  try {
    const people = await applications(stand, { region: ALMATY, stage: 'pending' });
    const secrets = people.flatMap(({ dossier }) => [
      dossier.declared.iin,
      dossier.phone.replace(/\D/g, '').slice(-10),
      dossier.declared.surname ?? '',
      dossier.declared.name ?? '',
    ]);
    const wanted = [...new Set([...secrets, stand.pin])].filter(
      (text) => text.length >= SHORTEST_NAME,
    );
    expect(wanted.length).toBeGreaterThan(40);

    const window = await open(stand, { userDir });
    const { page } = window;
    await logIn(page, officerOf(stand, 'reviewer-almaty'), stand.pin);
    await pulled(page);
    const [first] = people;
    await page.getByTestId('queue-search').fill(first!.dossier.declared.surname ?? '');
    await page.getByTestId(`queue-row-${first!.dossier.ticket}`).waitFor();
    await page.getByTestId('queue-search').fill('');
    await page.getByTestId('queue-next').click();
    await caseShown(page);
    await held(page);
    await composeAnnulment(page);
    await sign(page, '000000');
    await page.getByTestId('refusal-pin-incorrect').waitFor();
    await sign(page, stand.pin);
    await lastSignedIs(page, 'accepted');
    await page.getByTestId('rail-journal').click();
    await page.getByTestId('journal-page').waitFor();

    expect(found(userDir, wanted), 'while the program runs').toEqual([]);
    await page.getByTestId('log-out').click();
    await page.getByTestId('login-card').waitFor();
    await window.close();
    expect(files(userDir).length).toBeGreaterThan(3);
    expect(found(userDir, wanted), 'after its end').toEqual([]);
    const log = Buffer.from(window.stderr());
    expect(
      wanted.filter((text) => log.includes(text)),
      'in the log',
    ).toEqual([]);

    const name = first!.dossier.declared.surname!;
    fs.writeFileSync(path.join(userDir, 'control-8'), `x${name}x`);
    fs.writeFileSync(path.join(userDir, 'control-16'), Buffer.from(`x${name}x`, 'utf16le'));
    expect(found(userDir, wanted), 'the positive control: the search finds').toHaveLength(2);
  } finally {
    fs.rmSync(userDir, { recursive: true, force: true });
  }
});

const files = (folder: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

/** «file: text» of every plain text found, in UTF-8 or UTF-16; a file's own name counts too. */
function found(folder: string, wanted: readonly string[]): string[] {
  const needles = wanted.map((text) => ({
    text,
    forms: [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')],
  }));
  return files(folder).flatMap((file) => {
    const bytes = read(file);
    return needles
      .filter(
        ({ text, forms }) => file.includes(text) || forms.some((form) => bytes.includes(form)),
      )
      .map(({ text }) => `${path.relative(folder, file)}: ${text}`);
  });
}

/** A file that the running program removed meanwhile has nothing in it. */
function read(file: string): Buffer {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
