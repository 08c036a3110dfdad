// The diagnostics bundle: what helps to find a fault, made of versions, settings, codes and counts; no row, no person.
import type { ReplyOf, RefusalOf } from '../../shared/contract/channels.ts';
import { no, ok, type Result } from '../../shared/kernel/result.ts';
import { cacheFaults } from './cache-check.ts';
import { journal, nowText, type Desk, type OpenDesk } from './desk.ts';
import { oldestWaiting, runReadiness } from './readiness.ts';
import { testStation } from './station-steps.ts';

/** Of the bundle's own form. */
const FORM = 1;

type Parts = Readonly<Record<string, () => unknown>>;

const isOpen = (desk: Desk): desk is OpenDesk => desk.session !== null;

/** Known without the key of a cache. */
const stationParts = (desk: Desk): Parts => {
  const { deps } = desk;
  const log = deps.technicalLog.read();
  const facts = deps.facts.read();
  return {
    'about.json': () => ({
      form: FORM,
      madeAt: nowText(desk),
      state: isOpen(desk) ? 'signed-in' : 'signed-out',
      line: desk.line.state,
      logLines: log.lines.length,
      logLinesLeftOut: log.leftOut,
    }),
    'versions.json': async () => ({
      ...deps.versions,
      ...(await facts)?.system,
    }),
    'policy.json': async () => (await facts)?.policy ?? null,
    'program.json': async () => (await facts)?.program ?? null,
    'readiness.json': async () =>
      isOpen(desk) ? await runReadiness(desk) : await testStation(desk),
    'caches.json': () => deps.files.caches(),
    'trust.json': () => deps.trust.state(),
    'updates.json': () => {
      const { state, version, refused, minimum, checkedAt } = deps.updates.state();
      return { state, version, refused, minimum, checkedAt };
    },
    'technical-log.jsonl': () => log.lines,
  };
};

/** Of the cache that is open: its file, and how many rows of what. */
const cacheParts = (desk: OpenDesk): Parts => {
  const { health } = desk.session.store;
  return {
    'database.json': async () => ({ ...health.facts(), faults: await cacheFaults(desk) }),
    'counts.json': () => ({ ...health.counts(), oldestWaitingHours: oldestWaiting(desk) }),
  };
};

const bytes = (name: string, value: unknown): Uint8Array =>
  new TextEncoder().encode(
    name.endsWith('.jsonl')
      ? (value as readonly string[]).map((line) => `${line}\n`).join('')
      : `${JSON.stringify(value, null, 1)}\n`,
  );

/** One part that fails is said to have failed; the others are what it is wanted for. */
async function filesOf(parts: Parts): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const [name, make] of Object.entries(parts)) {
    try {
      files.set(name, bytes(name, await make()));
    } catch (error) {
      const failed = error instanceof Error ? error.constructor.name : '?';
      files.set(`${name}.failed`, bytes('', { failed }));
    }
  }
  return files;
}

/** Counted as a call: behind a lock that comes meanwhile the cache stays open until it was looked at. */
async function collected(desk: Desk): Promise<Map<string, Uint8Array>> {
  desk.calls += 1;
  try {
    return await filesOf({ ...stationParts(desk), ...(isOpen(desk) && cacheParts(desk)) });
  } finally {
    desk.calls -= 1;
    desk.wake();
  }
}

/** Writes the bundle into the export folder. With nobody logged in it has what can be had without a key. */
export async function saveDiagnostics(
  desk: Desk,
): Promise<Result<ReplyOf<'diagnostics.save'>, RefusalOf<'diagnostics.save'>>> {
  const { session } = desk;
  const files = await collected(desk);
  const stamp = nowText(desk).replace(/[-:]|\..*$/g, '');
  const path = await desk.deps.packs.write(`kualik-diagnostics-${stamp}`, files);
  if (path === null) {
    desk.deps.log('diagnostics-not-saved', {});
    return no('not-written');
  }
  desk.deps.log('diagnostics-saved', { files: files.size });
  // He may have logged out meanwhile.
  if (isOpen(desk) && desk.session === session)
    session.store.transaction(() =>
      journal(desk, 'diagnostics-saved', null, { files: files.size }),
    );
  return ok({ path });
}
