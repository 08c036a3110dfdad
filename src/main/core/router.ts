// The one way in from the screens: parse, guard, run, and catch what nobody expected exactly once.
import { channels, type ChannelName } from '../../shared/contract/channels.ts';
import { framesOf } from '../../shared/contract/technical-log.ts';
import { no, type Result } from '../../shared/kernel/result.ts';
import { journal, type Desk, type OpenDesk } from '../app/desk.ts';
import { forOfficer, openToAll } from './handlers.ts';
import type { SyncLoop } from './sync-loop.ts';

type AnyCall = (desk: Desk, request: unknown, loop: SyncLoop) => unknown;

const isChannel = (name: unknown): name is ChannelName =>
  typeof name === 'string' && Object.hasOwn(channels, name);

/**
 * Answers a call of the screens. Never throws: a malformed request is refused as such, a bug is an
 * incident with a number that stands in the journal.
 */
export async function route(
  desk: Desk,
  loop: SyncLoop,
  name: unknown,
  payload: unknown,
): Promise<Result<unknown, string>> {
  if (!isChannel(name)) return no('not-allowed');
  try {
    const parsed = channels[name].request.safeParse(payload);
    if (!parsed.success) return notUnderstood(desk, name, parsed.error.issues.length);
    if (Object.hasOwn(openToAll, name)) {
      const handler = openToAll[name as keyof typeof openToAll] as AnyCall;
      return (await handler(desk, parsed.data, loop)) as Result<unknown, string>;
    }
    if (desk.session === null) return no(desk.asleep === null ? 'signed-out' : 'locked');
    if (desk.session.locked !== null) return no('locked');
    const handler = forOfficer[name as keyof typeof forOfficer] as AnyCall;
    return await asCall(
      desk,
      async () => (await handler(desk, parsed.data, loop)) as Result<unknown, string>,
    );
  } catch (error) {
    return incident(desk, name, error instanceof Error ? error.name : 'unknown', error);
  }
}

/** Counted while it works: behind a lock that came meanwhile the cache is closed only after the last one. */
async function asCall<T>(desk: Desk, work: () => Promise<T>): Promise<T> {
  desk.calls += 1;
  try {
    return await work();
  } finally {
    desk.calls -= 1;
    if (desk.calls === 0 && (desk.session?.locked ?? null) !== null) desk.wake();
  }
}

/** Of each session (or of the desk without one): the channels whose malformed requests were told already. */
const toldMalformed = new WeakMap<object, Set<ChannelName>>();

/**
 * A request that is none is a window that is broken or no longer ours: told once a channel, so that such a
 * window cannot fill the journal and the log.
 */
function notUnderstood(desk: Desk, name: ChannelName, issues: number) {
  const whose = desk.session ?? desk;
  const told = toldMalformed.get(whose) ?? new Set();
  toldMalformed.set(whose, told);
  if (!told.has(name)) {
    told.add(name);
    record(desk, name, 'malformed-request', { issues });
  }
  return no('not-understood');
}

/** The number is on the officer's screen and in the journal. */
function incident(desk: Desk, name: ChannelName, kind: string, error: unknown) {
  // Messages of parsers may hold data and stay out.
  const details = error instanceof Error ? { stack: framesOf(error.stack) } : {};
  return no('incident', { number: record(desk, name, kind, details) });
}

/** Into the technical log and, when somebody is logged in, into the journal; answers the number. */
function record(
  desk: Desk,
  name: ChannelName,
  kind: string,
  details: { readonly stack?: string; readonly issues?: number },
): string {
  const number = desk.deps.clock.uuid().slice(0, 8);
  desk.deps.log('incident', { number, channel: name, kind, ...details });
  if (desk.session !== null) {
    try {
      journal(desk as OpenDesk, 'incident', null, { number, channel: name, kind });
    } catch {
      desk.deps.log('incident-not-journaled', { number });
    }
  }
  return number;
}
