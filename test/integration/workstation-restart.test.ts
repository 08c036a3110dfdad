// Killed at any moment: the pull goes on where it was, an intent is not a signature, a try is asked for again.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqliteOpener } from '../../src/main/adapters/sqlite/open-store.ts';
import { argonKeyVault } from '../../src/main/adapters/system/key-vault.ts';
import { replay } from '../../src/main/domain/case-machine.ts';
import { canonicalText } from '../../src/shared/central/statement.ts';
import { startStand, type Stand } from '../../stand/start.ts';
import { childScript } from '../support/child-script.ts';
import { QUEUE, SQLITE_BINDING, logInAs, startWorkstation, until } from '../support/workstation.ts';

const PEOPLE = 1500;
let stand: Stand;
const userDir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-restart-'));

beforeAll(async () => {
  stand = await startStand({ people: PEOPLE, bench: true });
}, 300_000);
afterAll(async () => {
  await stand?.stop();
});

/** Pulls in a child process and kills it without warning once `after` applications are in. */
function killAfter(after: number): Promise<number> {
  const officer = stand.officers.find(({ id }) => id === 'reviewer-almaty')!;
  const options = {
    config: stand.config,
    configPath: stand.configPath,
    userDir,
    binding: SQLITE_BINDING,
    logIn: {
      moduleId: 'softhsm',
      serial: officer.tokenSerial,
      keyId: officer.keyId,
      certSha256: officer.certSha256,
      pin: stand.pin,
    },
  };
  const { file, execArgv } = childScript('pull-child');
  const child = spawn(process.execPath, [...execArgv, file, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...stand.config.env },
  });
  let seen = 0;
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (data: Buffer) => {
      seen = Math.max(seen, ...String(data).split('\n').filter(Boolean).map(Number));
      if (seen >= after) child.kill('SIGKILL');
    });
    child.on('exit', (code, signal) =>
      signal === 'SIGKILL' ? resolve(seen) : reject(new Error(`child ended by itself: ${code}`)),
    );
  });
}

const keyOfOfficer = async () => {
  const officer = stand.officers.find(({ id }) => id === 'reviewer-almaty')!;
  const vault = argonKeyVault(userDir, null);
  const unsealed = await vault.unseal({ iin: officer.iin, bin: officer.department.bin }, stand.pin);
  if (!unsealed.ok) throw new Error('no cache key');
  return { key: unsealed.key, file: path.join(userDir, 'cache', unsealed.profile.cacheFile) };
};

describe('restart', () => {
  it('resumes a pull killed twice, and ends with each application exactly once', async () => {
    const region = await stand.control.listApplications({ region: '750000000', limit: 100_000 });
    expect(region.length).toBeGreaterThan(1000);
    await killAfter(100);
    await stand.control.resetRequests();
    await killAfter(200);
    const desk = await startWorkstation(stand, { userDir });
    expect((await logInAs(desk, stand, 'reviewer-almaty')).ok).toBe(true);
    const cursor = desk.core.desk.session!.store.meta.find('cursor');
    expect(cursor).toBeGreaterThan(0); // it did not begin again
    await until(async () => (await desk.get('line.read', {})).lastSyncAt, 'whole pull', 60_000);
    expect((await desk.get('queue.counts', {})).all).toBe(region.length);
    const { store } = desk.core.desk.session!;
    for (const { applicationId } of region.slice(0, 200)) {
      const facts = store.cases.facts(applicationId).map(({ fact }) => fact);
      expect(facts.filter(({ type }) => type === 'node-reported')).toHaveLength(1);
      // Tables are projections: the facts alone give the same state again.
      expect(replay(facts)).toEqual(store.cases.find(applicationId)?.state);
    }
    expect((await desk.get('journal.verify', {})).ok).toBe(true);
    await desk.stop();
  }, 180_000);

  it('shows an intent that a crash left behind as not signed, and asks again for a try on its way', async () => {
    const desk = await startWorkstation(stand, { userDir });
    await logInAs(desk, stand, 'reviewer-almaty');
    const next = await desk.get('queue.next', { after: null });
    await stand.control.stop({ ms: 600_000, how: 'drop' });
    const reasons = [{ code: 'PHOTO_POSE', comment: null, boxes: [] }];
    const signed = await desk.get('act.prepareAnnulment', { ...next, reasons });
    await desk.get('act.sign', { intentId: signed.intentId, pin: stand.pin });
    const { store } = desk.core.desk.session!;
    // As a crash in the middle of sending leaves it.
    store.outbox.update(signed.intentId, { state: 'sending', attempts: 1 });
    await desk.core.stop();
    await stand.control.resume();

    const held = await startWorkstation(stand, { userDir });
    expect((await logInAs(held, stand, 'reviewer-almaty')).ok).toBe(true);
    await until(
      async () => (await stand.control.acts()).some(({ actId }) => actId === signed.intentId),
      'the act after the restart',
    );
    const more = await held.get('queue.next', { after: null });
    await held.get('act.prepareAnnulment', { ...more, reasons });
    await held.core.stop(); // the intent stays behind, unsigned

    const after = await startWorkstation(stand, { userDir });
    await logInAs(after, stand, 'reviewer-almaty');
    const shown = await after.get('case.open', more);
    expect(shown).toMatchObject({ stage: 'in-review', act: null });
    expect(shown.flags).toContain('not-signed');
    expect(
      (await stand.control.acts()).some((act) => act.applicationId === more.applicationId),
    ).toBe(false);
    await after.stop();
  });

  it('opens the own cache without the node, and refuses a first log-in without it', async () => {
    await stand.control.stop({ ms: 600_000, how: 'drop' });
    const desk = await startWorkstation(stand, { userDir });
    expect(await logInAs(desk, stand, 'reviewer-almaty', '000000')).toMatchObject({
      refusal: { code: 'pin-incorrect' },
    });
    expect((await desk.get('session.read', {})).state).toBe('signed-out');
    expect(await logInAs(desk, stand, 'reviewer-almaty')).toMatchObject({
      value: { offline: true },
    });
    expect((await desk.get('queue.page', QUEUE)).rows.length).toBeGreaterThan(10);
    await desk.stop();
    const fresh = await startWorkstation(stand, { stationId: 'station-7' });
    expect(await logInAs(fresh, stand, 'reviewer-almaty')).toMatchObject({
      refusal: { code: 'line-dead-first-log-in' },
    });
    await fresh.stop();
    await stand.control.resume();
  });

  it('tells the officer whose PIN was changed, opens with the previous one, and only once', async () => {
    const { key } = await keyOfOfficer();
    const officer = stand.officers.find(({ id }) => id === 'reviewer-almaty')!;
    const owner = { iin: officer.iin, bin: officer.department.bin };
    const vault = argonKeyVault(userDir, null);
    expect(await vault.reseal(owner, stand.pin, '135791')).toBe(true); // as sealed under another PIN
    const desk = await startWorkstation(stand, { userDir });
    expect(await logInAs(desk, stand, 'reviewer-almaty')).toMatchObject({
      refusal: { code: 'cache-pin-changed' },
    });
    const request = {
      moduleId: 'softhsm',
      serial: officer.tokenSerial,
      keyId: officer.keyId,
      certSha256: officer.certSha256,
      pin: stand.pin,
    };
    expect(await desk.call('session.logIn', { ...request, previousPin: '000000' })).toMatchObject({
      refusal: { code: 'cache-pin-changed' },
    });
    expect((await desk.call('session.logIn', { ...request, previousPin: '135791' })).ok).toBe(true);
    await desk.stop();
    expect((await keyOfOfficer()).key).toEqual(key);
  });

  it('finds a journal row that was changed, removed or put in', async () => {
    const { key, file } = await keyOfOfficer();
    const verify = () => {
      const opened = sqliteOpener({ nativeBinding: SQLITE_BINDING }).open(file, key);
      if (!opened.ok) throw new Error(opened.failure);
      const result = opened.store.journal.verify();
      opened.store.close();
      return result;
    };
    const whole = verify();
    expect(whole).toMatchObject({ ok: true, brokenAt: null });
    expect(whole.rows).toBeGreaterThan(10);
    const tampered = (sql: string | ((db: Database.Database) => void)) => {
      const copy = fs.readFileSync(file);
      const db = new Database(file, { nativeBinding: SQLITE_BINDING });
      db.pragma("cipher = 'chacha20'");
      db.key(Buffer.from(`raw:${Buffer.from(key).toString('hex')}`));
      db.pragma('journal_mode = DELETE');
      if (typeof sql === 'string') db.exec(sql);
      else sql(db);
      db.close();
      const result = verify();
      for (const tail of ['-wal', '-shm']) fs.rmSync(file + tail, { force: true });
      fs.writeFileSync(file, copy);
      return result;
    };
    expect(tampered("UPDATE journal SET details = '{}' WHERE n = 5")).toMatchObject({
      ok: false,
      brokenAt: 5,
    });
    expect(
      tampered("UPDATE journal SET at = '2020-01-01T00:00:00.000Z' WHERE n = 3").brokenAt,
    ).toBe(3);
    expect(tampered('DELETE FROM journal WHERE n = 4').ok).toBe(false);
    // Whoever makes the hash of a changed row anew is found by the row after it.
    const forged = tampered((db) => {
      type Row = Record<'at' | 'officer' | 'kind' | 'details' | 'hash', string>;
      const row = (n: number) => db.prepare('SELECT * FROM journal WHERE n = ?').get(n) as Row;
      const { at, kind } = row(5);
      const text = canonicalText({ n: 5, at, officer: 'X', kind, ticket: null, details: {} });
      const hash = createHash('sha256').update(row(4).hash).update(text).digest('hex');
      db.prepare(
        "UPDATE journal SET officer = 'X', ticket = NULL, details = '{}', hash = ? WHERE n = 5",
      ).run(hash);
    });
    expect(forged).toMatchObject({ ok: false, brokenAt: 6 });
    expect(
      tampered(
        'INSERT INTO journal SELECT max(n) + 1, at, officer, kind, ticket, details, hash FROM journal',
      ).brokenAt,
    ).toBe(whole.rows + 1);
    expect(verify().ok).toBe(true);
  });

  it('refuses a cache with another key, of a newer program, or without its native module', async () => {
    const { key, file } = await keyOfOfficer();
    const opener = sqliteOpener({ nativeBinding: SQLITE_BINDING });
    expect(opener.open(file, new Uint8Array(32))).toEqual({ ok: false, failure: 'wrong-key' });
    if (Number(process.versions['napi']) < 10)
      expect(sqliteOpener({ nativeBinding: '/no/such.node' }).open(file, key)).toEqual({
        ok: false,
        failure: 'binding-missing',
      });
    const newer = path.join(userDir, 'newer.db');
    const db = new Database(newer, { nativeBinding: SQLITE_BINDING });
    db.pragma("cipher = 'chacha20'");
    db.key(Buffer.from(`raw:${Buffer.from(key).toString('hex')}`));
    db.pragma('user_version = 9999');
    db.close();
    expect(opener.open(newer, key)).toEqual({ ok: false, failure: 'newer-version' });
  });
});
