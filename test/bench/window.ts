// Window to first useful frame and memory against an empty window, interleaved; key press to next case painted.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, type Page } from '@playwright/test';
import { launchArguments } from '../../scripts/electron-runtime.mjs';
import type { Stand } from '../../stand/start.ts';
import { electronBin, launch, logIn, pulled } from '../support/electron-app.ts';
import { ms, percentile, spread, type Figure } from './measure.ts';

const RUNS = 5;
const KEYS = 30;
const SETTLE_MS = 1500;

interface Start {
  readonly paint: number;
  readonly useful: number;
  readonly pss: number;
}

function children(pid: number): number[] {
  const own = fs
    .readdirSync(`/proc/${pid}/task`)
    .flatMap((task) =>
      fs.readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' '),
    )
    .filter(Boolean)
    .map(Number);
  return own.flatMap((child) => [child, ...children(child)]);
}

/** Proportional set size of the whole process tree, MB. */
function pssOf(pid: number): number {
  const kilobytes = [pid, ...children(pid)].map((one) => {
    const text = fs.readFileSync(`/proc/${one}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0);
  });
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1024;
}

async function start(folder: string, env: Record<string, string>): Promise<Start> {
  const userDir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-bench-'));
  const began = Date.now();
  const app = await _electron.launch({
    executablePath: await electronBin(),
    args: [folder, ...launchArguments(), `--user-data-dir=${userDir}`],
    cwd: folder,
    env: { ...(process.env as Record<string, string>), ...env },
  });
  const page = await app.firstWindow();
  await page.getByTestId('login-card').waitFor();
  const useful = Date.now() - began;
  const paint = await page.evaluate<number>(
    "performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime",
  );
  await page.waitForTimeout(SETTLE_MS);
  const pss = pssOf(app.process().pid!);
  await app.close();
  fs.rmSync(userDir, { recursive: true, force: true });
  return { paint: paint - began, useful, pss };
}

async function starts(stand: Stand): Promise<Figure[]> {
  const root = path.resolve(import.meta.dirname, '../..');
  const ours: Start[] = [];
  const empty: Start[] = [];
  for (let i = 0; i < RUNS; i++) {
    empty.push(await start(path.join(import.meta.dirname, 'empty-app'), {}));
    ours.push(await start(root, { KUALIK_CONFIG: stand.configPath }));
  }
  const median = (all: Start[], key: keyof Start) =>
    percentile(
      all.map((one) => one[key]),
      0.5,
    );
  const beside = (key: keyof Start) => median(ours, key) / median(empty, key);
  return [
    {
      what: 'window to first contentful paint',
      ours: ms(median(ours, 'paint')),
      beside: `${ms(median(empty, 'paint'))} empty window`,
      note: `medians of ${RUNS}, interleaved, ×${beside('paint').toFixed(2)}`,
    },
    {
      what: 'window to first useful frame (log-in card)',
      ours: ms(median(ours, 'useful')),
      beside: `${ms(median(empty, 'useful'))} empty window`,
      note: `seen through Playwright on both sides, ×${beside('useful').toFixed(2)}`,
    },
    {
      what: 'memory, whole process tree (PSS)',
      ours: `${median(ours, 'pss').toFixed(0)} MB`,
      beside: `${median(empty, 'pss').toFixed(0)} MB empty window`,
      note: `1.5 s after the first frame, core and token processes included, ×${beside('pss').toFixed(2)}`,
    },
  ];
}

const nextCaseScript = fs.readFileSync(path.join(import.meta.dirname, 'next-case.js'), 'utf8');
const nextCase = (page: Page): Promise<number> => page.evaluate<number>(nextCaseScript);

async function keys(stand: Stand): Promise<Figure[]> {
  const window = await launch({ config: stand.configPath });
  try {
    const officer = stand.officers.find(({ id }) => id === 'reviewer-almaty')!;
    await logIn(window.page, officer, stand.pin);
    await pulled(window.page);
    await window.page.waitForTimeout(3_000); // pictures of the next cases come ahead
    await window.page.keyboard.press('j');
    await window.page.keyboard.press('Enter');
    await window.page.getByTestId('case-screen').waitFor();
    const times: number[] = [];
    for (let i = 0; i < KEYS; i++) {
      await window.page.waitForTimeout(400); // an officer looks before going on
      times.push(await nextCase(window.page).catch(() => NaN));
    }
    const seen = times.filter((one) => !Number.isNaN(one));
    if (seen.length < KEYS / 3) throw new Error('the next case did not come by key');
    return [
      {
        what: 'key press to next case painted',
        ours: spread(seen),
        beside: '100 ms goal',
        note: `${seen.length} presses of J, from key down to the second frame after the new case stands`,
      },
    ];
  } finally {
    await window.close();
  }
}

export async function benchWindow(stand: Stand): Promise<Figure[]> {
  return [...(await starts(stand)), ...(await keys(stand))];
}
