// Every channel gets ten thousand random payloads on a signed-in desk: always a typed answer, nothing is harmed.
import fs from 'node:fs';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TokenPort } from '../../src/main/ports/token.ts';
import { openToAll } from '../../src/main/core/handlers.ts';
import { COMMON_REFUSALS } from '../../src/shared/contract/channel.ts';
import { channels, type ChannelName } from '../../src/shared/contract/channels.ts';
import {
  parsePictureAddress,
  type PictureRequest,
} from '../../src/shared/contract/picture-address.ts';
import type { Result } from '../../src/shared/kernel/result.ts';
import { startStand, type Stand } from '../../stand/start.ts';
import { payloadFor } from '../support/fuzz-schema.ts';
import { chanceOf, junk, ODD_TEXTS, type Chance } from '../support/fuzz-values.ts';
import { QUEUE, logInAs, reviewByEye, startWorkstation, until } from '../support/workstation.ts';
import type { Workstation } from '../support/workstation.ts';

/** The same row again: KUALIK_FUZZ_SEED=…; the seed stands in every failure. */
const SEED = Number(process.env['KUALIK_FUZZ_SEED'] ?? 389_253);
const EACH = Number(process.env['KUALIK_FUZZ_EACH'] ?? 10_000);
const EACH_CLOSED = Math.ceil(EACH / 50);

/** So many payloads a channel may be taken and done; all others are refused by its schema. */
const DONE = 20;
/** Channels that ask the token's slots, the node or the disk each time. */
const DONE_DEAR: Partial<Record<ChannelName, number>> = {
  'session.logIn': 10,
  'session.unlock': 6,
  'session.logOut': 2,
  'session.lock': 2,
  'session.tokens': 2,
  'line.syncNow': 2,
  'outbox.sendNow': 2,
  'batch.prepare': 12,
  'leases.take': 8,
  'leases.break': 8,
  'diagnostics.save': 2,
  'readiness.run': 2,
  'readiness.station': 2,
};

const NAMES = Object.keys(channels) as ChannelName[];
let stand: Stand;
let desk: Workstation;
let picture: PictureRequest;
const real: { ids: string[]; texts: string[]; named: Record<string, string[]> } = {
  ids: [],
  texts: [],
  named: {},
};
/** Calls with a wrong PIN that got as far as the token; it is not asked, or it would be locked soon. */
const reachedToken: Record<'sign' | 'provePin' | 'hold', number> = {
  sign: 0,
  provePin: 0,
  hold: 0,
};
const tries = (): number => reachedToken.sign + reachedToken.provePin + reachedToken.hold;
let guarded = false;

function guardToken(token: TokenPort): void {
  const { sign, provePin, hold } = token;
  const refused = async (call: keyof typeof reachedToken, pin: string) => {
    if (pin === stand.pin) throw new Error('the right PIN was guessed');
    reachedToken[call] += 1;
    return { ok: false, refusal: { code: 'pin-incorrect' } } as const;
  };
  token.sign = (request) => (guarded ? refused('sign', request.pin) : sign(request));
  token.provePin = (request) => (guarded ? refused('provePin', request.pin) : provePin(request));
  token.hold = (request) => (guarded ? refused('hold', request.pin) : hold(request));
}

/** What is asked past the guard, as the officer. */
async function asOfficer<T>(deed: () => Promise<T>): Promise<T> {
  guarded = false;
  try {
    return await deed();
  } finally {
    guarded = true;
  }
}

const enter = () => asOfficer(() => logInAs(desk, stand, 'issuer-almaty'));

/** An officer with every role, a reviewed case with a statement to sign, a claimed card: the deep ways stand open. */
beforeAll(async () => {
  const everything = {
    roles: ['reviewer', 'issuer', 'head'] as ('reviewer' | 'issuer' | 'head')[],
  };
  stand = await startStand({ people: 60, profiles: { 'issuer-almaty': everything } });
  desk = await startWorkstation(stand);
  guardToken(desk.core.desk.deps.token);
  expect(await enter()).toMatchObject({ ok: true });
  await until(async () => (await desk.get('line.read', {})).lastSyncAt, 'first sync');
  const queue = await desk.get('queue.page', { ...QUEUE, view: 'all', limit: 500 });
  const cards = await desk.get('issuance.page', {
    view: 'ready',
    search: '',
    after: null,
    limit: 100,
  });
  const parcels = await until(async () => {
    const { rows } = await desk.get('stock.dispatches', {});
    return rows.length > 0 && rows;
  }, 'the parcel');
  const rows = [...queue.rows.slice(0, 12), ...cards.rows.slice(0, 12)];
  real.ids.push(...rows.map(({ applicationId }) => applicationId));
  real.ids.push(...parcels.map(({ dispatchId }) => dispatchId));
  real.texts.push(...rows.flatMap(({ ticket, name }) => [ticket, name]));
  const { tokens } = await desk.get('session.tokens', {});
  const officer = stand.officers.find(({ id }) => id === 'issuer-almaty')!;
  Object.assign(real.named, {
    moduleId: tokens.map(({ moduleId }) => moduleId),
    serial: [officer.tokenSerial],
    keyId: [officer.keyId],
    certSha256: [officer.certSha256],
    pin: ['000000', '9'.repeat(128), '☎☎☎☎', '12345678'].filter((pin) => pin !== stand.pin),
    previousPin: ['000001'],
  });
  await prepared();
});
afterAll(async () => {
  await desk?.stop();
  fs.rmSync(desk.userDir, { recursive: true, force: true });
  await stand?.stop();
});

/** A statement that lacks nothing but the PIN. */
async function prepared(): Promise<void> {
  const { rows } = await desk.get('queue.page', { ...QUEUE, findings: 'clean', held: 'free' });
  for (const { applicationId } of rows) {
    if (!(await desk.call('case.claim', { applicationId })).ok) continue;
    await until(async () => {
      const shown = await desk.get('case.open', { applicationId });
      return shown.photo.problem === null && shown.signature.problem === null;
    }, 'pictures of the case');
    if (!(await reviewByEye(desk, applicationId))) continue;
    const { urls } = await desk.get('case.pictures', { applicationId });
    picture = parsePictureAddress(urls[0]!)!;
    const { intentId } = await desk.get('act.prepareApproval', { applicationId });
    real.named['intentId'] = [intentId];
    return;
  }
  throw new Error('no clean case in the queue');
}

interface Run {
  readonly name: ChannelName;
  readonly count: number;
  readonly done: number;
  /** The one thing a request may be told; any answer of the channel when absent. */
  readonly only?: 'locked' | 'signed-out';
}

/** @returns how many payloads the schema took. */
async function fuzz({ name, count, done, only }: Run): Promise<number> {
  const { request } = channels[name];
  const chance = chanceOf(SEED + NAMES.indexOf(name));
  let taken = 0;
  for (let i = 0; i < count; i += 1) {
    const way = chance.pick(['taken', 'near', 'near', 'near', 'junk', 'junk'] as const);
    let payload = payloadFor(request, chance, real, way);
    if (taken >= done) payload = withKeyTooMany(payload, chance);
    const triesBefore = tries();
    const answer = (await desk.core.call(name, payload)) as Result<unknown, string>;
    if (!answer.ok && answer.refusal.code === 'not-understood') continue;
    taken += 1;
    const wrong =
      wrongIn(answer, channels[name], only) ??
      (tries() - triesBefore > 1 ? 'one PIN was tried twice' : null);
    if (wrong !== null)
      throw new Error(
        `${wrong}: KUALIK_FUZZ_SEED=${SEED} ${name} #${i} ${inspect(payload, SHORT)} → ${inspect(answer, SHORT)}`,
      );
  }
  return taken;
}

/** What is not as it has to be; null = a typed answer of the channel, or the one word that is allowed. */
function wrongIn(
  answer: Result<unknown, string>,
  { reply, refusals }: (typeof channels)[ChannelName],
  only: Run['only'],
): string | null {
  if (answer.ok) {
    if (only !== undefined) return 'answered';
    const read = reply.safeParse(answer.value);
    return read.success ? null : `another reply than the contract's: ${read.error.message}`;
  }
  const { code } = answer.refusal;
  if (code === 'incident') return 'an incident';
  const closed: readonly string[] = only === undefined ? [...COMMON_REFUSALS, ...refusals] : [only];
  return closed.includes(code) ? null : 'a refusal that is not of this channel';
}

const SHORT = { depth: 6, maxStringLength: 80, maxArrayLength: 20 };

/** Every request is a strict object: this one is refused for certain. */
const withKeyTooMany = (payload: unknown, chance: Chance): unknown =>
  typeof payload === 'object' && payload !== null && !Array.isArray(payload)
    ? { ...payload, [`too-many-${chance.int(9)}`]: chance.pick(ODD_TEXTS) }
    : payload;

/** What a payload locked or logged out is opened again. */
async function openAgain(): Promise<void> {
  const { state } = await desk.get('session.read', {});
  if (state === 'signed-out') expect(await enter()).toMatchObject({ ok: true });
  if (state === 'locked') await asOfficer(() => desk.get('session.unlock', { pin: stand.pin }));
}

const lockOrLeave = (name: ChannelName): boolean =>
  name === 'session.lock' || name === 'session.logOut';

describe('on a signed-in desk', () => {
  it.each(NAMES)('%s', async (name) => {
    const done = DONE_DEAR[name] ?? DONE;
    // In parts, so that the rest runs on an open desk again.
    const parts = lockOrLeave(name) ? done : 1;
    let sum = 0;
    for (let part = 0; part < parts; part += 1) {
      sum += await fuzz({ name, count: Math.ceil(EACH / parts), done: done / parts });
      await openAgain();
    }
    expect(sum, 'some payloads are requests').toBeGreaterThan(0);
  });

  it('names that are no channels are refused', async () => {
    const chance = chanceOf(SEED);
    for (let i = 0; i < EACH; i += 1)
      expect(await desk.core.call(junk(chance), junk(chance))).toEqual({
        ok: false,
        refusal: { code: 'not-allowed' },
      });
  });
});

describe('nothing is harmed', () => {
  it('wrong PINs got as far as the token, which was not asked; the token has lost no try', async () => {
    expect(reachedToken.sign).toBeGreaterThan(0);
    const { tokens } = await desk.get('session.tokens', {});
    for (const { pin } of tokens) expect(pin.tries).toBe('full');
  });

  it('nothing is signed, here or at the node', async () => {
    expect(await stand.control.acts()).toEqual([]);
    const { store } = desk.core.desk.session!;
    expect(store.outbox.open().filter(({ cms }) => cms !== null)).toEqual([]);
    const { rows } = await desk.get('journal.page', {
      kinds: ['act-signed', 'register-exported'],
      text: '',
      before: null,
      limit: 100,
    });
    expect(rows).toEqual([]);
    const exported = fs.readdirSync(`${desk.userDir}/exported`);
    expect(exported.filter((name) => /register|act|p7s/.test(name))).toEqual([]);
  });

  it('the journal is whole, and a session told of each channel once', async () => {
    expect(await desk.get('journal.verify', {})).toMatchObject({ ok: true });
    const told = desk.logged.filter(({ event }) => event === 'incident');
    expect(new Set(told.map(({ details }) => details['kind']))).toEqual(
      new Set(['malformed-request']),
    );
    expect(told.length).toBeLessThan(NAMES.length * 2 + 20);
  });

  it('no prototype was touched', () => {
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(([] as unknown as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('behind the lock and before log-in', () => {
  const closedTo = (only: 'locked' | 'signed-out') => async (): Promise<void> => {
    for (const name of NAMES) {
      if (lockOrLeave(name)) continue;
      const open = Object.hasOwn(openToAll, name);
      const done = open ? (DONE_DEAR[name] ?? 5) : EACH_CLOSED;
      await fuzz({ name, count: EACH_CLOSED, done, ...(open ? {} : { only }) });
    }
  };

  it('every channel of an officer says locked', async () => {
    expect(await desk.core.picture(picture), 'the positive control').not.toBeNull();
    const locking = desk.call('session.lock', {});
    expect(desk.core.desk.session?.locked, 'the cache is open yet').toBe('key');
    const chance = chanceOf(SEED);
    const atOnce = NAMES.filter((name) => !Object.hasOwn(openToAll, name)).map((name) =>
      desk.core.call(name, payloadFor(channels[name].request, chance, real, 'taken')),
    );
    expect(await desk.core.picture(picture)).toBeNull();
    expect(await locking).toMatchObject({ ok: true });
    for (const answer of await Promise.all(atOnce))
      expect(['locked', 'not-understood']).toContain(answer.ok ? 'answered' : answer.refusal.code);
    await closedTo('locked')();
    expect(await desk.get('session.read', {})).toMatchObject({ state: 'locked' });
    await openAgain();
    expect(await desk.call('queue.counts', {})).toMatchObject({ ok: true });
  });

  it('every channel of an officer says signed-out', async () => {
    await desk.get('session.logOut', {});
    await closedTo('signed-out')();
    expect(await desk.get('session.read', {})).toMatchObject({ state: 'signed-out' });
    await openAgain();
    expect(await desk.get('journal.verify', {})).toMatchObject({ ok: true });
  });
});
