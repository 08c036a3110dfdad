// The work that runs by itself: pull, send, renew, prefetch, wait for news; the idle lock and the cache closed behind it.
import type { Desk, OpenDesk } from '../app/desk.ts';
import { noteLine, nowText } from '../app/desk.ts';
import { renewLeases } from '../app/claim-case.ts';
import { askApplicants } from '../app/applicant-revocation.ts';
import { fallAsleep, stillNeeded } from '../app/fall-asleep.ts';
import { dropOldPictures } from '../app/drop-old-pictures.ts';
import { evidenceDue, fetchEvidence } from '../app/fetch-evidence.ts';
import { casesAhead, fetchPictures, reviewsAhead } from '../app/fetch-pictures.ts';
import { FRESH_MS } from '../app/key-standing.ts';
import { keepClaims, seeClock } from '../app/keep-asleep.ts';
import { noteClock } from '../app/lease-clock.ts';
import { lock } from '../app/lock-session.ts';
import { measurePictures } from '../app/measure-pictures.ts';
import { pullCases } from '../app/pull-cases.ts';
import { pullDispatches } from '../app/pull-dispatches.ts';
import { refreshConfig } from '../app/refresh-config.ts';
import { sendOutbox } from '../app/send-outbox.ts';
import { signaturesEnded } from '../app/sign-act.ts';
import { settleLeases } from '../app/settle-leases.ts';
import { limitsOf } from '../app/station-limits.ts';
import { verifiedCase } from '../app/verify-applicant.ts';

export interface SyncLoop {
  /** Something is to be sent or asked for: the wait for news ends at once. */
  wake(): void;
  /** Runs a whole round now and answers when it ended. */
  roundNow(): Promise<void>;
  /** Any key or mouse action of the officer. */
  touch(): void;
  /** Ends the running round and lets no other begin, before the cache closes. */
  quiet(): Promise<void>;
  /** Rounds may run again. */
  resume(): void;
  stop(): void;
}

export interface LoopTimes {
  readonly newsWaitMs: number;
  readonly retryMs: number;
  readonly tickMs: number;
  /** How long a signed act rests before it is sent. */
  readonly takeBackMs: number;
}

export const LOOP_TIMES: LoopTimes = {
  newsWaitMs: 25_000,
  retryMs: 3_000,
  tickMs: 1_000,
  takeBackMs: 5_000,
};

/** Limits and rules a quarter of an hour old are asked for again. */
const CONFIG_AGE_MS = 15 * 60_000;

export function startSyncLoop(desk: Desk, times: LoopTimes = LOOP_TIMES): SyncLoop {
  const { clock, node } = desk.deps;
  let stopped = false;
  let waiting = new AbortController();
  let running: Promise<void> | null = null;
  let stopRound = new AbortController();
  let touchedAt = clock.now().getTime();
  let again = false;
  let leaving = false;
  let measuring: Promise<void> | null = null;
  let stopMeasuring = new AbortController();
  let measureMore = false;
  /** The round that runs began before the lock: it does what an open desk wants, and is cut short. */
  let openRound = false;
  let toldOpen: string | null = null;

  const wake = (): void => {
    again = true;
    waiting.abort();
    if (openRound && (desk.session?.locked ?? null) !== null) stopRound.abort();
    desk.tellLine();
  };

  const round = (): Promise<void> => {
    running ??= oneRound().finally(() => (running = null));
    return running;
  };

  async function oneRound(): Promise<void> {
    if (desk.session === null || leaving) return;
    const open = desk as OpenDesk;
    stopRound = new AbortController();
    const { signal } = stopRound;
    const { session } = desk;
    const alive = (): boolean => desk.session === session && !signal.aborted;
    openRound = session.locked === null;
    if (!openRound) return behindLock(open, signal, alive);
    toldOpen = null;
    if (node.hasSession()) {
      // On a doubtful line a harmless question goes first: an act that was never sent can be taken back.
      let moved = false;
      if (desk.line.state !== 'online') moved = (await pullCases(open, signal)).changed > 0;
      if (alive() && desk.line.state === 'online') await sendOutbox(open, signal);
      if (alive() && desk.line.state === 'online')
        moved = (await pullCases(open, signal)).changed > 0 || moved;
      if (alive() && desk.line.state === 'online') await pullDispatches(open, moved);
      if (alive() && desk.line.state === 'online') await settleLeases(open);
      if (alive()) await renewLeases(open);
      if (alive() && desk.line.state === 'online') await refreshConfig(open, CONFIG_AGE_MS);
      if (alive()) await fetchPictures(open, casesAhead(open), signal);
    }
    if (alive()) noteClock(open);
    if (alive()) verifyAhead(open);
    if (alive() && node.hasSession() && desk.line.state === 'online') await keepTrust(open, signal);
    if (alive()) measureAhead(open);
    if (alive()) await dropOldPictures(open, signal);
    desk.tellLine();
  }

  /** Promises made before the lock are kept; nothing else is asked or read (ADR 0030). */
  async function behindLock(open: OpenDesk, signal: AbortSignal, alive: () => boolean) {
    if (stillNeeded(open) === null || !node.hasSession()) return;
    // As before the lock: a harmless question goes first on a doubtful line.
    if (desk.line.state !== 'online') await pullCases(open, signal);
    if (alive() && desk.line.state === 'online') await sendOutbox(open, signal);
    if (alive() && desk.line.state === 'online' && stillNeeded(open) === 'claims-return')
      await settleLeases(open);
    if (alive()) await renewLeases(open);
    desk.tellLine();
  }

  /** Between two rounds: closes the cache of a locked session when nothing works on it or needs it. */
  async function closeBehindLock(): Promise<void> {
    const { session } = desk;
    const stillLocked = (): boolean =>
      session !== null && desk.session === session && session.locked !== null;
    if (!stillLocked() || leaving) return;
    stopMeasuring.abort();
    if (measuring !== null) await measuring;
    await signaturesEnded(desk);
    // The last call of the screens wakes the loop when it ends.
    if (!stillLocked() || leaving || desk.calls > 0) return;
    const because = stillNeeded(desk as OpenDesk);
    if (because === null) return fallAsleep(desk as OpenDesk);
    if (toldOpen !== because) desk.deps.log('cache-stays-open', { because });
    toldOpen = because;
  }

  /** Beside the rounds, never inside one: sending a decision must not wait for a picture. */
  function measureAhead(open: OpenDesk): void {
    measureMore = measuring !== null; // the list it works on is from before this round
    if (measureMore || open.session.locked !== null) return;
    stopMeasuring = new AbortController();
    const { signal } = stopMeasuring;
    measuring = measurePictures(open, reviewsAhead(open), signal)
      .catch((error: unknown) =>
        desk.deps.log('measuring-failed', { kind: error instanceof Error ? error.name : '?' }),
      )
      .finally(() => {
        measuring = null;
        if (measureMore && !signal.aborted && desk.session !== null && !leaving)
          measureAhead(desk as OpenDesk);
      });
  }

  async function waitForNews(): Promise<void> {
    waiting = new AbortController();
    const { signal } = waiting;
    if (again) return;
    const { session } = desk;
    if (desk.asleep !== null) {
      seeClock(desk);
      await keepClaims(desk);
      return clock.sleep(times.newsWaitMs, signal);
    }
    if (session !== null && session.locked !== null && node.hasSession())
      return clock.sleep(times.retryMs, signal);
    if (session === null || !node.hasSession() || desk.line.state !== 'online') {
      const alone = session !== null && !node.hasSession();
      if (alone) await probeLine(desk);
      return clock.sleep(alone ? times.retryMs * 5 : times.retryMs, signal);
    }
    const cursor = session.store.meta.find('cursor') ?? 0;
    const answer = await node.news(cursor, times.newsWaitMs, signal);
    if (!signal.aborted && desk.session === session) {
      noteLine(desk, answer.ok ? null : answer.failure);
      // An answer that failed must not turn into a storm of questions.
      if (!answer.ok) await clock.sleep(times.retryMs, signal);
    }
  }

  const loop = async (): Promise<void> => {
    while (!stopped) {
      again = false;
      try {
        await round();
        await closeBehindLock();
        await waitForNews();
      } catch (error) {
        desk.deps.log('sync-round-failed', { kind: error instanceof Error ? error.name : '?' });
        await clock.sleep(times.retryMs, new AbortController().signal);
      }
    }
  };

  const tick = setInterval(() => {
    const { session } = desk;
    if (session === null || session.locked !== null) return;
    const now = clock.now().getTime();
    const limits = limitsOf(desk as OpenDesk);
    if (now - touchedAt > limits.lockAfterMinutes * 60_000) lock(desk, 'idle');
    if (now - session.openedAt.getTime() > limits.logOutAfterHours * 3_600_000)
      lock(desk, 'session-too-long');
    if (session.store.outbox.due(nowText(desk)).length > 0) wake();
    else if (desk.line.state === 'online' && evidenceDue(desk as OpenDesk)) wake();
  }, times.tickMs);
  void loop();

  return {
    wake,
    async roundNow() {
      if (running !== null) await running;
      await round();
    },
    touch: () => (touchedAt = clock.now().getTime()),
    resume: () => (leaving = false),
    async quiet() {
      leaving = true;
      stopRound.abort();
      stopMeasuring.abort();
      waiting.abort();
      if (running !== null) await running;
      if (measuring !== null) await measuring;
    },
    stop() {
      stopped = true;
      stopRound.abort();
      stopMeasuring.abort();
      waiting.abort();
      clearInterval(tick);
    },
  };
}

/** Logged in without the node: asks whether the line is back, so that the officer can be told. */
async function probeLine(desk: Desk): Promise<void> {
  const answer = await desk.deps.node.challenge();
  if (!answer.ok) return noteLine(desk, answer.failure);
  if (desk.line.because === 'session-needed') return;
  desk.line.state = 'offline';
  desk.line.because = 'session-needed'; // a new session needs the officer's PIN
  desk.line.since = nowText(desk);
  desk.tellLine();
}

const LIST_AGE_MS = 60 * 60_000;

/** Newest trust list, the own key's state, evidence of accepted acts, applicants' certificates. */
async function keepTrust(desk: OpenDesk, signal: AbortSignal): Promise<void> {
  const { trust, revocation } = desk.deps;
  await trust.refresh(LIST_AGE_MS);
  if (signal.aborted) return;
  await revocation.ask(desk.session.key.certificate, 'officer', FRESH_MS);
  if (!signal.aborted) await fetchEvidence(desk, signal);
  const ahead = casesAhead(desk).slice(0, VERIFIED_AHEAD);
  if (!signal.aborted) await askApplicants(desk, ahead, signal);
}

const VERIFIED_AHEAD = 24;

/** The applicants' signatures of the next cases, so that opening one waits for nothing. */
function verifyAhead(desk: OpenDesk): void {
  for (const id of casesAhead(desk).slice(0, VERIFIED_AHEAD)) {
    const stored = desk.session.store.cases.find(id);
    if (stored !== null) verifiedCase(desk, stored);
  }
}
