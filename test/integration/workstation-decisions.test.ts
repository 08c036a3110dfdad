// The officer's work on real parts: log-in, approval and annulment signed in the token, taken by the node.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fold } from '../../src/shared/kernel/fold.ts';
import { startStand, type Stand } from '../../stand/start.ts';
import {
  QUEUE,
  logInAs,
  reviewByEye,
  startWorkstation,
  until,
  type Workstation,
} from '../support/workstation.ts';

let stand: Stand;
let desk: Workstation;

beforeAll(async () => {
  stand = await startStand({ people: 60 });
  desk = await startWorkstation(stand);
});
afterAll(async () => {
  await desk?.stop();
  await stand?.stop();
});

/** The most urgent clean case, opened, claimed, pictures here, all groups confirmed. */
async function reviewed(workstation: Workstation): Promise<string> {
  const page = await workstation.get('queue.page', { ...QUEUE, findings: 'clean', held: 'free' });
  for (const { applicationId } of page.rows) {
    if (!(await workstation.call('case.claim', { applicationId })).ok) continue;
    await until(async () => {
      const shown = await workstation.get('case.open', { applicationId });
      return shown.photo.problem === null && shown.signature.problem === null;
    }, 'pictures of the case');
    if (await reviewByEye(workstation, applicationId)) return applicationId;
  }
  throw new Error('no clean case in the queue');
}

const accepted = (actId: string) =>
  until(
    async () => (await stand.control.acts()).find((act) => act.actId === actId),
    `act ${actId} at the node`,
  );

describe('log-in', () => {
  it('lists every certificate, the unusable ones with their reason', async () => {
    const { tokens } = await desk.get('session.tokens', {});
    const reasons = tokens.flatMap(({ certificates }) =>
      certificates.map(({ unusable }) => unusable),
    );
    expect(reasons).toContain('auth-key');
    expect(reasons).toContain('expired');
    expect(reasons.filter((reason) => reason === null)).toHaveLength(4);
  });

  it('refuses an unusable key before the PIN is ever tried', async () => {
    const { tokens } = await desk.get('session.tokens', {});
    const token = tokens.find((one) => one.certificates.some((c) => c.unusable === 'auth-key'))!;
    const { keyId, certSha256 } = token.certificates.find((c) => c.unusable === 'auth-key')!;
    const { moduleId, serial } = token;
    const answer = await desk.call('session.logIn', {
      moduleId,
      serial,
      keyId,
      certSha256,
      pin: stand.pin,
    });
    expect(answer).toEqual({
      ok: false,
      refusal: { code: 'key-unusable', params: { reason: 'auth-key' } },
    });
  });

  it('refuses a wrong PIN once, a missing token, and a PIN of impossible length', async () => {
    const wrong = await logInAs(desk, stand, 'reviewer-almaty', '000000');
    expect(wrong).toMatchObject({ ok: false, refusal: { code: 'pin-incorrect' } });
    const short = await logInAs(desk, stand, 'reviewer-almaty', '1');
    expect(short).toMatchObject({ ok: false, refusal: { code: 'pin-length' } });
    const absent = await desk.call('session.logIn', {
      moduleId: 'softhsm',
      serial: 'no-such-token',
      keyId: '01',
      certSha256: '0'.repeat(64),
      pin: stand.pin,
    });
    expect(absent).toMatchObject({ ok: false, refusal: { code: 'token-absent' } });
    expect(await desk.call('queue.counts', {})).toMatchObject({
      refusal: { code: 'signed-out' },
    });
  });

  it('opens the queue of the officer’s region only, and keeps the refused tries in the journal', async () => {
    expect(await logInAs(desk, stand, 'reviewer-almaty')).toMatchObject({ ok: true });
    await until(async () => (await desk.get('line.read', {})).lastSyncAt, 'first sync');
    const cached = await desk.get('queue.counts', {});
    const region = await stand.control.listApplications({ region: '750000000' });
    expect(cached.all).toBe(region.length);
    const journal = await desk.get('journal.page', {
      kinds: ['log-in-refused', 'log-in'],
      text: '',
      before: null,
      limit: 50,
    });
    expect(journal.rows.map(({ kind, details }) => [kind, details['code'] ?? null])).toEqual([
      ['log-in', null],
      ['log-in-refused', 'pin-incorrect'],
    ]);
  });
});

describe('search', () => {
  it('finds an application by ticket, IIN, phone, and name on any layout, and by nothing else', async () => {
    const { rows } = await desk.get('queue.page', { ...QUEUE, view: 'all' });
    const kazakh = rows.find(({ name }) => /^[ӘҒҚҢӨҰҮҺІ]/.test(name)) ?? rows[0]!;
    const stored = desk.core.desk.session!.store.cases.find(kazakh.applicationId)!;
    const { ticket, phone, declared } = stored.dossier;
    const surname = fold(declared.surname ?? '');
    const keys = "ё`йqцwуeкrеtнyгuшiщoзpх[ъ]фaыsвdаfпgрhоjлkдlж;э'яzчxсcмvиbтnьmб,ю.";
    // A hyphen of a double surname stands on the same key in both layouts.
    const latin = (letter: string): string =>
      keys.includes(letter) ? (keys[keys.indexOf(letter) + 1] ?? letter) : letter;
    const onLatin = [...surname].map(latin).join('');
    for (const typed of [ticket, declared.iin, declared.iin.slice(4), phone, surname, onLatin]) {
      const page = await desk.get('queue.page', { ...QUEUE, view: 'all', search: typed });
      expect(
        page.rows.map(({ applicationId }) => applicationId),
        typed,
      ).toContain(kazakh.applicationId);
      expect(page.total, typed).toBeLessThanOrEqual(rows.length);
    }
    const none = await desk.get('queue.page', { ...QUEUE, view: 'all', search: 'щщъщщ' });
    expect(none).toMatchObject({ rows: [], total: 0 });
  });
});

describe('decisions', () => {
  it('approves: the node holds the exact bytes, and openssl accepts the signature as CAdES', async () => {
    const applicationId = await reviewed(desk);
    const intent = await desk.get('act.prepareApproval', { applicationId });
    const refused = await desk.call('act.sign', { intentId: intent.intentId, pin: '000000' });
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'pin-incorrect' } });
    const signed = await desk.get('act.sign', { intentId: intent.intentId, pin: stand.pin });
    const act = await accepted(signed.actId);
    expect(act).toMatchObject({ kind: 'kualik/approval', applicationId });
    expect(JSON.parse(act.statement)).toEqual(intent.statement);

    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-cms-'));
    const file = (name: string, data: string | Buffer) => {
      fs.writeFileSync(path.join(dir, name), data);
      return path.join(dir, name);
    };
    const verify = (statement: string) =>
      execFileSync(
        'openssl',
        [
          ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-purpose', 'any'],
          ...['-in', file('act.p7s', Buffer.from(act.cmsBase64, 'base64'))],
          ...['-content', file('statement.json', statement)],
          ...['-CAfile', file('trust.pem', stand.pki.trustPem), '-out', '/dev/null'],
        ],
        { stdio: 'pipe' },
      );
    expect(() => verify(act.statement)).not.toThrow();
    expect(() => verify(act.statement.replace('approval', 'Approval'))).toThrow();

    await until(async () => {
      const shown = await desk.get('case.open', { applicationId });
      return shown.stage === 'in-production' && shown.act?.state === 'accepted';
    }, 'the case in production');
    expect(signed.nextApplicationId).not.toBe(applicationId);
  });

  it('annuls with coded reasons; the comment is asked for where it is obligatory', async () => {
    const next = await desk.get('queue.next', { after: null });
    await desk.get('case.open', next);
    const other = await desk.call('act.prepareAnnulment', {
      ...next,
      reasons: [{ code: 'OTHER', comment: null, boxes: [] }],
    });
    expect(other).toMatchObject({ refusal: { code: 'reason-comment-missing' } });
    const unknown = await desk.call('act.prepareAnnulment', {
      ...next,
      reasons: [{ code: 'NO_SUCH', comment: null, boxes: [] }],
    });
    expect(unknown).toMatchObject({ refusal: { code: 'reason-unknown' } });
    const intent = await desk.get('act.prepareAnnulment', {
      ...next,
      reasons: [{ code: 'PHOTO_BACKGROUND', comment: 'узор за спиной', boxes: [] }],
    });
    expect(intent.citizen?.kz).not.toBe(intent.citizen?.ru);
    const { actId } = await desk.get('act.sign', { intentId: intent.intentId, pin: stand.pin });
    const act = await accepted(actId);
    expect(JSON.parse(act.statement)).toMatchObject({
      type: 'kualik/annulment',
      reasons: [{ code: 'PHOTO_BACKGROUND', comment: 'узор за спиной', boxes: [] }],
    });
    const { head } = await stand.control.findApplication(next);
    expect(head.stage).toBe('annulled');
  });

  it('does not approve an unreviewed case, nor sign the same intent twice', async () => {
    const next = await desk.get('queue.next', { after: null });
    const early = await desk.call('act.prepareApproval', next);
    expect(early.ok).toBe(false);
    await desk.get('case.release', next);

    const applicationId = await reviewed(desk);
    const { intentId } = await desk.get('act.prepareApproval', { applicationId });
    const both = await Promise.all([
      desk.call('act.sign', { intentId, pin: stand.pin }),
      desk.call('act.sign', { intentId, pin: stand.pin }),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    await accepted(intentId);
    const stored = (await stand.control.acts()).filter((act) => act.actId === intentId);
    expect(stored).toHaveLength(1);
  });

  it('records an opening once, however often the case on the screen is read again', async () => {
    const openings = async () =>
      (
        await desk.get('journal.page', {
          kinds: ['case-opened'],
          text: '',
          before: null,
          limit: 500,
        })
      ).rows.length;
    const { rows } = await desk.get('queue.page', { ...QUEUE, held: 'free', limit: 2 });
    const [one, other] = rows.map(({ applicationId }) => ({ applicationId }));
    await desk.get('case.open', other!);
    const before = await openings();
    for (let n = 0; n < 3; n += 1) await desk.get('case.open', one!);
    expect(await openings()).toBe(before + 1);
    await desk.get('case.open', other!);
    expect(await openings()).toBe(before + 2);
  });

  it('leaves an intent unsigned when the panel is closed, and the case can be decided again', async () => {
    const next = await desk.get('queue.next', { after: null });
    const reasons = [{ code: 'PHOTO_POSE', comment: null, boxes: [] }];
    const { intentId } = await desk.get('act.prepareAnnulment', { ...next, reasons });
    await desk.get('act.cancel', { intentId });
    expect(await desk.call('act.sign', { intentId, pin: stand.pin })).toMatchObject({
      refusal: { code: 'intent-gone' },
    });
    expect((await desk.get('case.open', next)).stage).toBe('in-review');
    expect((await desk.call('act.prepareAnnulment', { ...next, reasons })).ok).toBe(true);
    await desk.get('case.release', next);
  });

  it('chains the journal: whole now, and no personal data in it', async () => {
    expect((await desk.get('journal.verify', {})).ok).toBe(true);
    const { rows } = await desk.get('journal.page', {
      kinds: [],
      text: '',
      before: null,
      limit: 500,
    });
    const text = JSON.stringify(rows.map(({ details }) => details));
    const { store } = desk.core.desk.session!;
    const all = await desk.get('queue.page', { ...QUEUE, view: 'all' });
    for (const { applicationId, name } of all.rows) {
      expect(text).not.toContain(store.cases.find(applicationId)!.dossier.declared.iin);
      expect(text).not.toContain(name.split(' ')[0]);
    }
    expect(new Set(rows.map(({ kind }) => kind))).toContain('act-accepted');
  });

  it('locks on the officer’s key, on removal of the own token, and opens only with the PIN', async () => {
    const locked = await desk.get('session.lock', {});
    expect(locked).toMatchObject({ state: 'locked', lockedBecause: 'key' });
    expect(await desk.call('queue.counts', {})).toMatchObject({ refusal: { code: 'locked' } });
    expect(await desk.call('session.unlock', { pin: '000000' })).toMatchObject({
      refusal: { code: 'pin-incorrect' },
    });
    expect(await desk.get('session.unlock', { pin: stand.pin })).toMatchObject({ state: 'open' });
    const { key } = await desk.get('session.read', {});
    const token = { moduleId: key!.moduleId, serial: key!.serial, label: key!.label };
    desk.presence({ type: 'removed', token: { ...token, serial: 'another' } });
    expect((await desk.get('session.read', {})).state).toBe('open');
    desk.presence({ type: 'removed', token });
    expect(await desk.get('session.read', {})).toMatchObject({
      state: 'locked',
      lockedBecause: 'token-removed',
    });
    const picture = await desk.core.picture({ what: 'picture', sha256: 'a'.repeat(64) });
    expect(picture).toBeNull();
    expect((await desk.call('session.unlock', { pin: stand.pin })).ok).toBe(true);
  });

  it('locks when nobody touches it for the node’s time, and not again by itself', async () => {
    let ahead = 0;
    const idle = await startWorkstation(stand, {
      stationId: 'station-idle',
      clock: { now: () => new Date(Date.now() + ahead) },
    });
    expect((await logInAs(idle, stand, 'head-almaty')).ok).toBe(true);
    const { lockAfterMinutes } = await idle.get('session.read', {});
    const lockedBecause = async () => (await idle.get('session.read', {})).lockedBecause;
    ahead = (lockAfterMinutes - 1) * 60_000;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await lockedBecause()).toBeNull();
    await idle.get('session.touch', {});
    ahead += (lockAfterMinutes + 1) * 60_000;
    await until(async () => (await lockedBecause()) === 'idle', 'the idle lock');
    ahead = 0; // the node would not take a log-in from a clock that is off
    expect((await idle.call('session.unlock', { pin: stand.pin })).ok).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await lockedBecause()).toBeNull(); // it does not lock again by itself
    await idle.stop();
  });

  it('leaves nothing readable on the disk', async () => {
    const { rows } = await desk.get('queue.page', { ...QUEUE, view: 'all', limit: 100 });
    const { iin } = await desk.get('case.open', { applicationId: rows[0]!.applicationId });
    const wanted = [stand.pin, iin, ...rows.flatMap(({ name }) => name.split(' ')[0] ?? [])];
    const files = fs
      .readdirSync(desk.userDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
    expect(files.some((file) => file.endsWith('.db'))).toBe(true);
    const found = (dir: readonly string[]) =>
      dir.flatMap((file) => {
        const bytes = fs.readFileSync(file);
        return wanted.filter(
          (word) =>
            word.length > 3 &&
            (bytes.includes(word) || bytes.includes(Buffer.from(word, 'utf16le'))),
        );
      });
    expect(found(files)).toEqual([]);
    const control = path.join(os.tmpdir(), `kualik-control-${process.pid}`);
    fs.writeFileSync(control, `x${rows[0]!.name}x`); // the search itself can find
    expect(found([control]).length).toBeGreaterThan(0);
    fs.rmSync(control);
  });
});
