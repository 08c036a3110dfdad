// Steps that need nobody logged in: the morning card has them too, and the self-test in a terminal is made of them.
import type { StationStep } from '../../shared/contract/settings.ts';
import type { Desk } from './desk.ts';
import { clockStep } from './node-time.ts';
import { finding, inOrder, type Finding } from './step.ts';

/** Below the first an officer is told, below the second a decision may not be kept. */
const LOOK_BYTES = 2 * 1024 ** 3;
const BAD_BYTES = 200 * 1024 ** 2;
/** A module that starts is waited for this long. */
const STARTING_MS = 10_000;
const ASK_MS = 200;

export async function modules({ deps }: Desk): Promise<Finding> {
  const listing = await deps.token.listTokens();
  if (!listing.ok) return finding('bad', listing.refusal.code);
  const bad = listing.modules.find((module) => module.state !== 'ready');
  return bad === undefined
    ? finding('ok', 'ready', { count: listing.modules.length })
    : finding('bad', `module-${bad.state}`, { title: bad.title });
}

/** The worst PIN flag of all tokens on the table; no PIN is asked for. */
async function tokens({ deps }: Desk): Promise<Finding> {
  const listing = await deps.token.listTokens();
  if (!listing.ok) return finding('bad', listing.refusal.code);
  const count = listing.tokens.length;
  const any = (flag: 'locked' | 'finalTry' | 'countLow'): boolean =>
    listing.tokens.some(({ pin }) => pin[flag]);
  if (count === 0) return finding('look', 'token-absent');
  if (any('locked')) return finding('look', 'pin-locked', { count });
  if (any('finalTry')) return finding('look', 'pin-final-try', { count });
  return any('countLow')
    ? finding('look', 'pin-count-low', { count })
    : finding('ok', 'tokens', { count });
}

export async function trust({ deps }: Desk): Promise<Finding> {
  await deps.trust.refresh(0);
  const { source, stale, refused } = deps.trust.state();
  const { list } = deps.trust.current();
  if (refused !== null) return finding('bad', `list-${refused}`);
  if (source === 'none') return finding('bad', 'list-missing');
  if (list === null) return finding('look', 'station-file');
  const days = Math.floor((list.nextUpdate.getTime() - deps.clock.now().getTime()) / 86_400_000);
  return stale
    ? finding('look', 'list-stale', { version: list.version })
    : finding('ok', 'list-version', { version: list.version, days });
}

/** Asks the node now: TLS under the policy's authority and one answer in the right shape. */
async function line({ deps }: Desk): Promise<Finding> {
  const answer = await deps.node.challenge();
  if (answer.ok) return finding('ok', 'online');
  const { failure } = answer;
  if (failure.kind === 'no-answer') return finding('bad', failure.because);
  return finding('bad', failure.kind === 'refused' ? failure.code : 'node-malformed');
}

export function disk({ deps }: Desk): Finding {
  const free = deps.files.freeBytes();
  const params = { megabytes: Math.floor(free / 1024 ** 2) };
  return finding(free < BAD_BYTES ? 'bad' : free < LOOK_BYTES ? 'look' : 'ok', 'free', params);
}

function caches({ deps }: Desk): Finding {
  const all = deps.files.caches();
  const faulty = all.find(({ fault }) => fault !== null);
  return faulty === undefined
    ? finding('ok', 'caches', { count: all.length })
    : finding('bad', `cache-${faulty.fault}`, { file: faulty.file });
}

export async function printer({ deps }: Desk): Promise<Finding> {
  const printers = await deps.printer.printers();
  return printers.length === 0
    ? finding('look', 'no-printer')
    : finding('ok', 'printers', { count: printers.length });
}

export function runtime({ deps }: Desk): Finding {
  const { runtime: kind, electron, app } = deps.versions;
  return finding(kind === 'dev-only' ? 'look' : 'ok', kind, { electron, app });
}

const STEPS: Readonly<Record<StationStep['name'], (desk: Desk) => Finding | Promise<Finding>>> = {
  'token-module': modules,
  tokens,
  trust,
  line,
  clock: clockStep,
  disk,
  caches,
  printer,
  runtime,
};

/** The self-test without log-in; token modules get a moment to start, for the program has just begun. */
export async function testStation(desk: Desk): Promise<StationStep[]> {
  const { clock, token } = desk.deps;
  const never = new AbortController().signal;
  for (let waited = 0; waited < STARTING_MS; waited += ASK_MS) {
    const listing = await token.listTokens();
    if (listing.ok && listing.modules.every(({ state }) => state !== 'starting')) break;
    await clock.sleep(ASK_MS, never);
  }
  return inOrder(STEPS, desk);
}
