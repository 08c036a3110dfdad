// What every end-to-end test has: a stand of its own file, windows that close themselves, quiet pages.
import { test as base, expect } from '@playwright/test';
import type { Dossier, Head } from '../../src/shared/central/application.ts';
import { startStand, type Stand, type StandOptions } from '../../stand/start.ts';
import { actsRefused } from './acts-verified.ts';
import { launch, type LaunchOptions, type Person, type Window } from '../support/electron-app.ts';

export interface OpenOptions extends Omit<LaunchOptions, 'config'> {
  readonly config?: string;
  /** Errors in the page's console are what the test is about. */
  readonly errorsAllowed?: boolean;
}

interface Fixtures {
  /** Opens a window on the stand; it is closed when the test ends, and its page must have been quiet. */
  open: (stand: Stand, options?: OpenOptions) => Promise<Window>;
}

export const test = base.extend<Fixtures>({
  open: async ({}, use, info) => {
    const windows: { window: Window; errorsAllowed: boolean }[] = [];
    await use(async (stand, options = {}) => {
      const { errorsAllowed = false, config = stand.configPath, ...rest } = options;
      const window = await launch({ config, ...rest });
      windows.push({ window, errorsAllowed });
      return window;
    });
    for (const { window } of windows) {
      if (info.status !== info.expectedStatus) {
        const picture = await window.page.screenshot({ timeout: 5_000 }).catch(() => null);
        if (picture !== null)
          await info.attach('window.png', { body: picture, contentType: 'image/png' });
        await info.attach('program.log', { body: window.stderr(), contentType: 'text/plain' });
      }
      await window.close();
    }
    for (const { window, errorsAllowed } of windows)
      if (!errorsAllowed) expect(window.pageErrors, 'errors told by the page').toEqual([]);
  },
});
export { expect };

const FIRST_STAND_MS = 300_000;

/** One stand for the tests of a file; people are painted once a day and shared by all files. */
export function standOfThisFile(options: StandOptions = {}): () => Stand {
  let stand: Stand | null = null;
  test.beforeAll(async () => {
    test.setTimeout(FIRST_STAND_MS);
    stand = await startStand({ people: 60, ...options });
  });
  test.afterEach(async () => {
    await stand?.control.clearFaults();
  });
  test.afterAll(async () => {
    test.setTimeout(FIRST_STAND_MS);
    try {
      if (stand !== null) expect(await actsRefused(stand), 'acts refused by others').toEqual([]);
    } finally {
      await stand?.stop();
    }
  });
  return () => {
    if (stand === null) throw new Error('the stand is not started');
    return stand;
  };
}

export function officerOf(stand: Stand, id: Stand['officers'][number]['id']): Person {
  const found = stand.officers.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no officer ${id}`);
  return found;
}

export const ALMATY = '750000000';
export const POINT = '750000000-01';
export interface Application {
  readonly head: Head;
  readonly dossier: Dossier;
}

/** Applications of a stage, in the order they came, that pass `wanted`. */
export async function applications(
  stand: Stand,
  filter: { region?: string; point?: string; stage: Head['stage'] },
  wanted: (one: Application) => boolean = () => true,
): Promise<Application[]> {
  const listed = await stand.control.listApplications(filter);
  const all = await Promise.all(
    listed.map(({ applicationId }) => stand.control.findApplication({ applicationId })),
  );
  return all.filter(wanted);
}

/** The first of them; a test that needs one must not pass without. */
export async function one(...asked: Parameters<typeof applications>): Promise<Application> {
  const [first] = await applications(...asked);
  if (first === undefined) throw new Error(`the stand has no such application: ${asked[1].stage}`);
  return first;
}

/** Every register check passed: may be approved as far as the registers go. */
export const clean = ({ head, dossier }: Application): boolean =>
  head.holder === null && dossier.checks.every(({ outcome }) => outcome === 'passed');

export const actsOf = async (stand: Stand, applicationId: string) =>
  (await stand.control.acts()).filter((act) => act.applicationId === applicationId);
