// A card as hardware behaves: real pcscd, OpenSC and a PIV applet; tries, lock-out, PUK, PIN-always, removal at any moment.
import { execFileSync } from 'node:child_process';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TokenKeyRef, TokenPresenceEvent, TokenView } from '../../src/main/ports/token.ts';
import { readPemCertificates } from '../../src/shared/cades/trust.ts';
import { importAuthority } from '../../stand/pki/issue.ts';
import { startStand, type Stand } from '../../stand/start.ts';
import { issueOfficer, readOwn } from '../support/soft-token.ts';
import { startTokenStation, type TokenStation } from '../support/token-station.ts';
import {
  CARD_PIN,
  CARD_PUK,
  makeCard,
  type CardPlan,
  type VirtualCard,
} from '../support/virtual-card/card.ts';
import { startPcsc, type Pcsc } from '../support/virtual-card/pcsc.ts';
import {
  QUEUE,
  reviewByEye,
  startWorkstation,
  until,
  type Workstation,
} from '../support/workstation.ts';

const started = await startPcsc();
const skipped = 'skipped' in started ? started.skipped : null;
if (skipped !== null) console.warn(`virtual card: skipped, ${skipped}`);

const tbs = Buffer.from('signed attributes');
let pcsc: Pcsc;
let stand: Stand;
let station: TokenStation;
let rsa: VirtualCard;
let ec: VirtualCard;
const cards: VirtualCard[] = [];

/** A card for the stand's reviewer of Almaty, certificates issued by the stand's own CA. */
async function personalised(plan: Pick<CardPlan, 'port' | 'kind' | 'guid'>): Promise<VirtualCard> {
  const { dir } = stand.pki.paths;
  const [issuing] = readPemCertificates(readFileSync(join(dir, 'ca/issuing.pem'), 'utf8'));
  const key = readFileSync(join(dir, 'ca/issuing.key'), 'utf8');
  const authority = await importAuthority(issuing!.der, key);
  const officer = stand.officers.find(({ id }) => id === 'reviewer-almaty')!;
  const unit = { name: officer.department.nameRu, bin: officer.department.bin };
  const card = await makeCard({
    ...plan,
    issue: (slot, spkiDer) =>
      issueOfficer(authority, spkiDer, new Date(), {
        iin: officer.iin,
        unit,
        usage: slot === '9a' ? 'auth' : 'sign',
      }),
  });
  cards.push(card);
  return card;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function listed(): Promise<readonly TokenView[]> {
  const listing = await station.tokens.listTokens();
  if (!listing.ok) throw new Error(listing.refusal.code);
  return listing.tokens;
}
const viewOf = async (card: VirtualCard): Promise<TokenView | undefined> =>
  (await listed()).find(({ certificates }) =>
    certificates.some(({ certSha256 }) => certSha256 === sha256(card.certDer)),
  );
const pinOf = async (card: VirtualCard) => (await viewOf(card))?.pin;

/** The signing key of an inserted card. */
const refOf = (card: VirtualCard): Promise<TokenKeyRef> =>
  until(async () => {
    const token = await viewOf(card);
    const certSha256 = sha256(card.certDer);
    const found = token?.certificates.find((one) => one.certSha256 === certSha256);
    return token && found
      ? { moduleId: token.moduleId, serial: token.serial, keyId: found.keyId, certSha256 }
      : null;
  }, 'the card in its reader');

const next = (type: TokenPresenceEvent['type']): Promise<TokenPresenceEvent> =>
  new Promise((resolve) => {
    const off = station.tokens.onPresence((event) => {
      if (event.type !== type) return;
      off();
      resolve(event);
    });
  });

const signWith = async (ref: TokenKeyRef, pin = CARD_PIN) =>
  station.tokens.sign({ ...ref, pin, tbs });

/** As whoever looks after tokens does it: OpenSC's own tool and the PUK. */
const unblock = (newPin: string): void => {
  const args = ['--reader', '0', '--unblock-pin', '--puk', CARD_PUK, '--new-pin', newPin];
  execFileSync('pkcs15-tool', args, { env: { ...process.env, ...pcsc.env }, stdio: 'pipe' });
};

beforeAll(async () => {
  if ('skipped' in started) return;
  pcsc = started;
  stand = await startStand({ people: 110, bench: true }); // few faces, all in Almaty
  const modules = [{ id: 'opensc', title: 'OpenSC', path: pcsc.module }];
  // A card answers in milliseconds here; what takes longer hangs.
  const limits = { listMs: 3_000, pinMs: 5_000, signMs: 5_000 };
  station = startTokenStation({ modules, env: pcsc.env, limits });
  rsa = await personalised({ port: pcsc.ports[0], kind: 'rsa' });
  ec = await personalised({ port: pcsc.ports[1], kind: 'ec-p256' });
  await rsa.insert();
  await ec.insert();
}, 400_000);
afterAll(async () => {
  station?.stop();
  for (const card of cards) await card.stop();
  await stand?.stop();
  await pcsc?.stop();
});

describe.skipIf(skipped !== null)('two cards in two readers', () => {
  it('are listed with their certificates, each under its own serial, PIN counters full', async () => {
    const serials = new Set([(await refOf(rsa)).serial, (await refOf(ec)).serial]);
    expect(serials.size).toBe(2);
    expect(await pinOf(rsa)).toMatchObject({
      initialized: true,
      countLow: false,
      finalTry: false,
      locked: false,
      minLength: 4,
      maxLength: 8,
    });
    expect((await viewOf(ec))?.certificates.map(({ kind }) => kind)).toEqual([
      'ec-p256',
      'ec-p256',
    ]);
  });

  it('sign with their PIN-always keys again and again, the PIN given for each signature', async () => {
    for (const card of [rsa, ec]) {
      const ref = await refOf(card);
      const before = await card.counters();
      for (let i = 0; i < 2; i += 1) {
        const signed = await signWith(ref);
        if (!signed.ok) throw new Error(JSON.stringify(signed.refusal));
        expect(signed).toMatchObject({ pinAlways: true, factoryPin: false });
        const spki = Buffer.from(readOwn(card.certDer).spkiDer);
        const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
        const how = card === rsa ? key : { key, dsaEncoding: 'ieee-p1363' as const };
        expect(verify('sha256', tbs, how, signed.signature)).toBe(true);
      }
      const after = await card.counters();
      expect(after.signed - before.signed).toBe(2);
      expect(after.verify - before.verify).toBe(4); // log-in and context log-in of each
      expect(after.refused).toBe(0);
    }
  });

  it('a PIN of impossible length never reaches the card', async () => {
    const before = await rsa.counters();
    for (const pin of ['', '123', '123456789'])
      expect(await signWith(await refOf(rsa), pin)).toMatchObject({
        refusal: { code: 'pin-length', pin: { minLength: 4, maxLength: 8 } },
      });
    expect(await rsa.counters()).toEqual(before);
  });

  it('the right PIN of the one does not open the other after a wrong one', async () => {
    expect(await signWith(await refOf(ec), '111222')).toMatchObject({
      refusal: { code: 'pin-incorrect', pin: { countLow: true } },
    });
    expect(await pinOf(rsa)).toMatchObject({ countLow: false });
    expect(await signWith(await refOf(ec))).toMatchObject({ ok: true, pin: { countLow: false } });
  });
});

describe.skipIf(skipped !== null)('three wrong PINs', () => {
  it('say low, final, locked: after each try and before the next; one try each', async () => {
    const ref = await refOf(rsa);
    const states = [
      { countLow: true, finalTry: false, locked: false },
      { countLow: true, finalTry: true, locked: false },
      { locked: true },
    ];
    for (const [i, flags] of states.entries()) {
      const before = await rsa.counters();
      const answer = await station.tokens.provePin({ ...ref, pin: `00000${i}` });
      expect(answer, `try ${i + 1}`).toMatchObject({
        ok: false,
        refusal: { code: i < 2 ? 'pin-incorrect' : 'pin-locked', pin: flags },
      });
      expect(await pinOf(rsa), `before try ${i + 2}`).toMatchObject(flags);
      expect((await rsa.counters()).verify - before.verify).toBe(1);
    }
  });

  it('a locked card is asked nothing more, and a fresh process knows it too', async () => {
    const ref = await refOf(rsa);
    const before = await rsa.counters();
    expect(before).toMatchObject({ pinTries: 0 });
    expect(await signWith(ref)).toMatchObject({ refusal: { code: 'pin-locked' } });
    const old = station.pid('opensc');
    const ready = next('process-ready');
    station.tokens.renew();
    await ready;
    expect(station.pid('opensc')).not.toBe(old);
    expect(await pinOf(rsa)).toMatchObject({ locked: true });
    expect(await signWith(ref)).toMatchObject({ refusal: { code: 'pin-locked' } });
    expect((await rsa.counters()).verify).toBe(before.verify);
  });

  it('the administrator unblocks it with the PUK, and it signs with the new PIN', async () => {
    unblock(CARD_PIN);
    expect(await rsa.counters()).toMatchObject({ pinTries: 3 });
    expect(await pinOf(rsa)).toMatchObject({ countLow: false, finalTry: false, locked: false });
    expect(await signWith(await refOf(rsa))).toMatchObject({ ok: true });
  });
});

describe.skipIf(skipped !== null)('a factory PIN', () => {
  it('is taken, said to be one, and not told', async () => {
    unblock('123456');
    const proved = await station.tokens.provePin({ ...(await refOf(rsa)), pin: '123456' });
    expect(proved).toMatchObject({ ok: true, factoryPin: true });
    expect(JSON.stringify(proved)).not.toContain('123456');
    unblock(CARD_PIN);
    expect(await signWith(await refOf(rsa))).toMatchObject({ ok: true, factoryPin: false });
  });
});

describe.skipIf(skipped !== null)('a card pulled out', () => {
  it('while idle is told, and so is its return', async () => {
    const ref = await refOf(rsa);
    const removed = next('removed');
    await rsa.remove();
    expect(await removed).toMatchObject({ token: { serial: ref.serial } });
    expect(await signWith(ref)).toMatchObject({ refusal: { code: 'token-absent' } });
    const inserted = next('inserted');
    await rsa.insert();
    expect(await inserted).toMatchObject({ token: { serial: ref.serial } });
    expect(await signWith(ref)).toMatchObject({ ok: true });
  });

  it.each(['verify:1', 'verify:2', 'sign'] as const)('at %s: nothing is signed', async (moment) => {
    const ref = await refOf(rsa);
    const before = await rsa.counters();
    await rsa.removeAt(moment);
    const answer = await signWith(ref);
    // OpenSC 0.23 locks itself up when the card goes within a command: given up after the limit.
    expect(['token-removed', 'timeout']).toContain(answer.ok ? 'signed' : answer.refusal.code);
    expect((await rsa.counters()).signed).toBe(before.signed);
    await rsa.insert();
    expect(await signWith(await refOf(rsa))).toMatchObject({ ok: true });
  });

  it('another card in its place is not taken for it, not even one with its serial', async () => {
    const ref = await refOf(rsa);
    await rsa.remove();
    const other = await personalised({ port: pcsc.ports[0], kind: 'rsa' });
    await other.insert();
    await refOf(other);
    expect(await signWith(ref)).toMatchObject({ refusal: { code: 'token-absent' } });
    await other.remove();
    const twin = await personalised({ port: pcsc.ports[0], kind: 'rsa', guid: rsa.guid });
    await twin.insert();
    expect((await refOf(twin)).serial).toBe(ref.serial);
    expect(await signWith(ref)).toMatchObject({ refusal: { code: 'certificate-changed' } });
    for (const card of [other, twin])
      expect(await card.counters()).toMatchObject({ verify: 0, signed: 0 });
    await twin.remove();
    await rsa.insert();
    expect(await signWith(await refOf(rsa))).toMatchObject({ ok: true });
  });
});

describe.skipIf(skipped !== null)('the whole workstation on a card', () => {
  let desk: Workstation;
  beforeAll(async () => {
    if (skipped !== null) return;
    const modules = [{ id: 'opensc', title: 'OpenSC', path: pcsc.module }];
    const config = { ...stand.config, modules };
    const parts = { configPath: stand.configPath, pin: CARD_PIN, officers: stand.officers };
    desk = await startWorkstation({ ...parts, config }, { token: station.tokens });
  });
  afterAll(async () => desk?.stop());

  /** The most urgent clean case but these, ready to be signed. */
  async function prepared(
    but: readonly string[] = [],
  ): Promise<{ applicationId: string; intentId: string }> {
    const clean = { ...QUEUE, findings: 'clean', held: 'free' } as const;
    const page = await desk.get('queue.page', clean);
    for (const { applicationId } of page.rows) {
      if (but.includes(applicationId)) continue;
      if (!(await desk.call('case.claim', { applicationId })).ok) continue;
      await until(async () => {
        const shown = await desk.get('case.open', { applicationId });
        return shown.photo.problem === null && shown.signature.problem === null;
      }, 'pictures of the case');
      if (!(await reviewByEye(desk, applicationId))) continue;
      const intent = await desk.call('act.prepareApproval', { applicationId });
      if (intent.ok) return { applicationId, intentId: intent.value.intentId };
    }
    throw new Error('no case can be prepared');
  }

  it('logs in, shows the AUTH key as unusable, and says that the token asks for each signature', async () => {
    const ref = await refOf(rsa);
    const { tokens } = await desk.get('session.tokens', {});
    const own = tokens.find(({ serial }) => serial === ref.serial)!;
    expect(own.certificates.map(({ unusable }) => unusable).sort()).toEqual(['auth-key', null]);
    const wrong = await desk.call('session.logIn', { ...ref, pin: '777888' });
    expect(wrong).toMatchObject({ refusal: { code: 'pin-incorrect', params: { tries: 'low' } } });
    const session = await desk.get('session.logIn', { ...ref, pin: CARD_PIN });
    expect(session).toMatchObject({ state: 'open', key: { pinAlways: true, factoryPin: false } });
  });

  it('pulled out in the middle: not signed, the case undecided, locked; then signed once', async () => {
    await until(async () => (await desk.get('line.read', {})).lastSyncAt, 'first sync');
    const { applicationId, intentId } = await prepared();
    await rsa.removeAt('sign');
    const answer = await desk.call('act.sign', { intentId, pin: CARD_PIN });
    expect(['token-removed', 'timeout']).toContain(answer.ok ? 'signed' : answer.refusal.code);
    await until(
      async () => (await desk.get('session.read', {})).lockedBecause === 'token-removed',
      'the lock',
    );
    await until(async () => {
      const answer = await desk.call('session.unlock', { pin: CARD_PIN });
      if (answer.ok) throw new Error('unlocked without the card');
      return answer.refusal.code === 'token-absent'; // "not-running" while the process starts again
    }, 'the refusal without the card');
    await rsa.insert();
    await refOf(rsa);
    expect(await desk.get('session.unlock', { pin: CARD_PIN })).toMatchObject({ state: 'open' });
    expect((await desk.get('case.open', { applicationId })).stage).toBe('in-review');
    expect((await stand.control.acts()).some((act) => act.applicationId === applicationId)).toBe(
      false,
    );
    // The lock took the statement away with its window: it is shown anew, then signed.
    expect(await desk.call('act.sign', { intentId, pin: CARD_PIN })).toMatchObject({ ok: false });
    const again = await desk.get('act.prepareApproval', { applicationId });
    const signed = await desk.get('act.sign', { intentId: again.intentId, pin: CARD_PIN });
    await until(
      async () => (await stand.control.acts()).find((act) => act.actId === signed.actId),
      'the act at the node',
    );
  });

  it('a batch asks the PIN for each item; a wrong one in the middle signs nothing and spends one try', async () => {
    await until(async () => (await desk.get('line.read', {})).lastSyncAt, 'first sync');
    const ids: string[] = [];
    while (ids.length < 3) {
      const { applicationId, intentId } = await prepared(ids);
      await desk.get('act.cancel', { intentId });
      ids.push(applicationId);
    }
    const { items, pinAlways } = await desk.get('batch.prepare', { applicationIds: ids });
    expect(pinAlways).toBe(true);
    const intentIds = items.flatMap(({ intentId }) => intentId ?? []);
    expect(intentIds).toHaveLength(3);
    const states = async () => (await desk.get('batch.read', {})).items.map(({ state }) => state);
    const count = await rsa.counters();

    await desk.get('batch.sign', { intentIds, pin: CARD_PIN });
    expect(await states()).toEqual(['signed', 'waiting', 'waiting']);
    expect(await rsa.counters()).toMatchObject({
      signed: count.signed + 1,
      verify: count.verify + 2, // log-in and context log-in of the one signature
    });

    const rest = intentIds.slice(1);
    expect(await desk.call('batch.sign', { intentIds: rest, pin: '777888' })).toMatchObject({
      refusal: { code: 'pin-incorrect', params: { tries: 'low' } },
    });
    expect(await states()).toEqual(['signed', 'waiting', 'waiting']);
    expect(await rsa.counters()).toMatchObject({
      signed: count.signed + 1,
      verify: count.verify + 3,
      refused: count.refused + 1,
    });
    const { outbox } = desk.core.desk.session!.store;
    for (const intentId of rest)
      expect(outbox.find(intentId)).toMatchObject({ state: 'intended', cms: null });
    const shown = await desk.get('case.open', { applicationId: ids[1]! });
    expect(shown).toMatchObject({ stage: 'in-review', act: null });

    await desk.get('batch.sign', { intentIds: rest, pin: CARD_PIN });
    expect(await states()).toEqual(['signed', 'signed', 'waiting']);
    await desk.get('batch.sign', { intentIds: rest.slice(1), pin: CARD_PIN });
    expect(await states()).toEqual(['signed', 'signed', 'signed']);
    expect(await rsa.counters()).toMatchObject({ signed: count.signed + 3, pinTries: 3 });
    await until(async () => {
      const acts = (await stand.control.acts()).filter((act) => ids.includes(act.applicationId));
      return acts.length === 3 && acts;
    }, 'the three acts at the node, each once');
    await desk.get('batch.drop', {});
  });

  it('pulled out while idle: locked; another card does not open it, its own with the PIN does', async () => {
    await rsa.remove();
    await until(
      async () => (await desk.get('session.read', {})).lockedBecause === 'token-removed',
      'the lock',
    );
    const other = await personalised({ port: pcsc.ports[0], kind: 'rsa', guid: rsa.guid });
    await other.insert();
    await refOf(other);
    expect(await desk.call('session.unlock', { pin: CARD_PIN })).toMatchObject({
      refusal: { code: 'certificate-changed' },
    });
    expect(await other.counters()).toMatchObject({ verify: 0 });
    await other.remove();
    await rsa.insert();
    await refOf(rsa);
    expect((await desk.get('session.read', {})).state).toBe('locked');
    expect(await desk.get('session.unlock', { pin: CARD_PIN })).toMatchObject({ state: 'open' });
  });

  it('nothing the token processes printed, and they were replaced after PINs', () => {
    expect(station.printed()).not.toContain(CARD_PIN);
    expect(station.replaced).toContain('opensc spent');
    expect(station.replaced).not.toContain('opensc crashed');
  });
});
