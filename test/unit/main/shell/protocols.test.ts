// Ten thousand clever addresses for app:// and case-image://: only files of the folder, only whole addresses, no fault.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Session } from 'electron';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servePictures, serveScreens, UI_URLS } from '../../../../src/main/shell/protocols.ts';
import {
  parsePictureAddress,
  pictureAddress,
  type PictureRequest,
} from '../../../../src/shared/contract/picture-address.ts';
import { chanceOf, ODD_TEXTS, type Chance } from '../../../support/fuzz-values.ts';

type Answerer = (request: { url: string }) => Promise<Response>;

const SEED = Number(process.env['KUALIK_FUZZ_SEED'] ?? 389_253);
const ROUNDS = 10_000;

/** A session that keeps what is registered with it. */
function answererOf(register: (session: Session) => void): Answerer {
  let kept: Answerer | null = null;
  const protocol = { handle: (_scheme: string, answerer: Answerer) => (kept = answerer) };
  register({ protocol } as unknown as Session);
  return kept!;
}

const INSIDE = {
  'index.html': '<p>page __DATA__</p>',
  'assets/a.js': 'in = 1',
  'assets/x.css': '',
};
let root = '';
let screens: Answerer;

beforeAll(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-screens-'));
  const write = (name: string, text: string): void => {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), text);
  };
  for (const [name, text] of Object.entries(INSIDE)) write(`renderer/${name}`, text);
  // Of known types, so that nothing but the walls keeps them in.
  for (const name of ['secret.js', 'main/index.js', 'renderer2/index.html', 'renderer.js'])
    write(name, 'OUTSIDE');
  write('renderer/.hidden', 'UNKNOWN TYPE');
  write('renderer/data.json', 'UNKNOWN TYPE');
  screens = answererOf((session) =>
    serveScreens(session, path.join(root, 'renderer'), () => '</script>'),
  );
});
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

const OWN_HOSTS = UI_URLS.map((url) => new URL(url).host);
const STEPS = [
  ...[
    '..',
    '.',
    '',
    '%2e%2e',
    '%252e%252e',
    '..%2f',
    '..%5c',
    '..\\',
    '....',
    '%c0%ae',
    '%',
    '%00',
  ],
  ...['renderer2', 'renderer.js', 'secret.js', 'main', 'index.html', 'index.js', 'assets', 'a.js'],
  ...['.hidden', 'data.json', 'C:', '?', '#', '@', ':', ';', '~', 'INDEX.HTML', 'index.html.'],
];
const STARTS = [
  'app://ui/',
  'app://ui',
  'app://UI/',
  'app://u:p@ui/',
  'app://ui:1/',
  'app://ui.evil/',
  'app://ui-2/',
  'app://ui-22/',
];

/** An address; null for what no request can be made of. */
function address(
  chance: Chance,
  starts: readonly string[],
  steps: readonly string[],
): string | null {
  const parts = Array.from({ length: 1 + chance.int(6) }, () =>
    chance.once(12) ? chance.pick(ODD_TEXTS).slice(0, 300) : chance.pick(steps),
  );
  const url = chance.pick(starts) + parts.join(chance.pick(['/', '/', '//', '\\', '%2f', '']));
  return URL.canParse(url) ? url : null;
}

describe('app://', () => {
  it('serves what stands in the folder, the data of a page out of the reach of its script', async () => {
    const page = await screens({ url: 'app://ui/index.html' });
    expect(page.status).toBe(200);
    expect(await page.text()).toBe('<p>page "\\u003c/script>"</p>');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const script = await screens({ url: 'app://ui/assets/a.js' });
    expect(await script.text()).toBe('in = 1');
    expect(script.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('answers no address with anything else, and never with a fault', async () => {
    const chance = chanceOf(SEED);
    const whole = new Set<string>(['<p>page "\\u003c/script>"</p>', 'in = 1', '']);
    let asked = 0;
    let served = 0;
    while (asked < ROUNDS) {
      const url = address(chance, STARTS, STEPS);
      if (url === null) continue;
      asked += 1;
      const answer = await screens({ url });
      const told = `KUALIK_FUZZ_SEED=${SEED} ${url}`;
      expect([200, 404], told).toContain(answer.status);
      if (answer.status !== 200) continue;
      expect(OWN_HOSTS, told).toContain(new URL(url).host);
      served += 1;
      expect(whole.has(await answer.text()), told).toBe(true);
    }
    expect(served, 'some addresses are good').toBeGreaterThan(0);
  });
});

const SHA = 'ab'.repeat(32);

describe('case-image://', () => {
  it('asks the core for whole addresses alone, and never faults', async () => {
    const wanted: PictureRequest[] = [];
    const pictures = answererOf((session) =>
      servePictures(session, async (request) => {
        wanted.push(request);
        return request.sha256 === SHA ? { bytes: Uint8Array.of(1), mime: 'image/png' } : null;
      }),
    );
    const chance = chanceOf(SEED);
    const starts = ['case-image://picture/', 'case-image://card/', 'case-image://other/'];
    const steps = [
      SHA,
      SHA.toUpperCase(),
      SHA.slice(1),
      ...STEPS,
      'x=0&y=0&w=1&h=1',
      '?x=0&y=0&w=9&h=9',
    ];
    let asked = 0;
    while (asked < ROUNDS) {
      const url = chance.once(20)
        ? pictureAddress({ what: 'picture', sha256: SHA })
        : address(chance, starts, [...steps, SHA, SHA, SHA]);
      if (url === null) continue;
      asked += 1;
      const before = wanted.length;
      const { status } = await pictures({ url });
      const told = `KUALIK_FUZZ_SEED=${SEED} ${url}`;
      if (wanted.length === before) expect(status, told).toBe(404);
      else expect(parsePictureAddress(pictureAddress(wanted.at(-1)!)), told).toEqual(wanted.at(-1));
    }
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.every(({ sha256 }) => sha256 === SHA)).toBe(true);
  });
});
