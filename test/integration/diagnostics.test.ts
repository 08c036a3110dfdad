// A whole day with wrong PINs, faults and strangers' words; then every byte of log and bundles is searched for people.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqliteOpener } from '../../src/main/adapters/sqlite/open-store.ts';
import { effectivePolicy } from '../../src/main/shell/policy/effective.ts';
import { readPolicyFile } from '../../src/main/shell/policy/policy-file.ts';
import { policyRows } from '../../src/main/shell/policy/policy-rows.ts';
import { technicalLog } from '../../src/main/shell/technical-log.ts';
import type { StationFacts } from '../../src/shared/contract/diagnostics.ts';
import { startStand, type Stand } from '../../stand/start.ts';
import { findPlanted, formsOf } from '../support/find-planted.ts';
import {
  QUEUE,
  SQLITE_BINDING,
  logInAs,
  reviewByEye,
  startWorkstation,
  until,
  type Workstation,
} from '../support/workstation.ts';

const WRONG_PIN = '907316';
const SAID = {
  name: 'Жұмағалиева Перизат',
  latin: 'Zhumagalieva',
  iin: '870612400123',
  phone: '+77015550199',
  mail: 'perizat.zh@post.example',
  comment: 'узор за спиной похож на ковёр её бабушки',
} as const;
const EVERYTHING = Object.values(SAID).join(', ');

let stand: Stand;
let desk: Workstation;
const bundles: { path: string; files: Map<string, Buffer> }[] = [];

async function facts(): Promise<StationFacts> {
  const file = stand.configPath;
  const effective = effectivePolicy({
    file,
    fromFile: readPolicyFile(file, false),
    fromRegistry: { values: {}, faults: [] },
  });
  if (!effective.ok) throw new Error('the policy of the stand is wrong');
  return {
    policy: policyRows(effective, undefined),
    program: { verdict: 'not-packaged', damaged: [] },
    system: { platform: process.platform, node: process.versions.node },
  };
}

beforeAll(async () => {
  stand = await startStand({ people: 60 });
  desk = await startWorkstation(stand, { facts: { read: facts } });
});
afterAll(async () => {
  await desk?.stop();
  await stand?.stop();
  if (desk !== undefined) fs.rmSync(desk.userDir, { recursive: true, force: true });
});

async function save(): Promise<Map<string, Buffer>> {
  const { path: zip } = await desk.get('diagnostics.save', {});
  const inside = unzipSync(fs.readFileSync(zip));
  const files = new Map(
    Object.entries(inside).map(([name, bytes]) => [path.basename(name), Buffer.from(bytes)]),
  );
  bundles.push({ path: zip, files });
  return files;
}
const json = (files: Map<string, Buffer>, name: string): unknown =>
  JSON.parse(files.get(name)?.toString('utf8') ?? `"no ${name}"`);
const events = (files: Map<string, Buffer>): string[] =>
  files
    .get('technical-log.jsonl')!
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { event: string }).event);

/** One clean case taken and looked through. */
async function reviewed(): Promise<string> {
  const page = await desk.get('queue.page', { ...QUEUE, findings: 'clean', held: 'free' });
  for (const { applicationId } of page.rows) {
    if (!(await desk.call('case.claim', { applicationId })).ok) continue;
    await until(async () => {
      const shown = await desk.get('case.open', { applicationId });
      return shown.photo.problem === null && shown.signature.problem === null;
    }, 'pictures of the case');
    if (await reviewByEye(desk, applicationId)) return applicationId;
  }
  throw new Error('no clean case in the queue');
}

/** Everything of people that this stand holds: applicants, officers, their PINs, and what was typed in the day. */
async function people(): Promise<string[]> {
  const words = new Set<string>([stand.pin, WRONG_PIN, SAID.iin, SAID.phone, SAID.mail]);
  const names = new Set<string | null>([...SAID.name.split(' '), SAID.latin]);
  for (const word of SAID.comment.split(' ')) names.add(word);
  for (const { fullName, iin } of stand.officers) {
    words.add(iin);
    for (const name of fullName.split(' ')) names.add(name);
  }
  const all = await stand.control.listApplications({});
  for (const { applicationId, ticket } of all) {
    words.add(ticket).add(applicationId);
  }
  for (const { applicationId } of all.slice(0, 40)) {
    const { dossier, head } = await stand.control.findApplication({ applicationId });
    words.add(dossier.phone).add(dossier.declared.iin);
    if (head.card !== null) words.add(head.card.number);
    for (const who of [dossier.declared, dossier.authoritative])
      for (const name of [who?.surname, who?.name, who?.patronymic, who?.latinSurname])
        names.add(name ?? null);
  }
  for (const name of names) if (name !== null && name.length >= 5) words.add(name);
  return [...words];
}

describe('the diagnostics bundle', () => {
  it('is written with nobody logged in, after a wrong PIN, with what needs no key', async () => {
    const wrong = await logInAs(desk, stand, 'reviewer-almaty', WRONG_PIN);
    expect(wrong).toMatchObject({ refusal: { code: 'pin-incorrect' } });
    const files = await save();
    expect([...files.keys()].sort()).toEqual([
      'about.json',
      'caches.json',
      'policy.json',
      'program.json',
      'readiness.json',
      'technical-log.jsonl',
      'trust.json',
      'updates.json',
      'versions.json',
    ]);
    expect(json(files, 'about.json')).toMatchObject({ form: 1, state: 'signed-out' });
    expect(json(files, 'policy.json')).toContainEqual({
      name: 'nodeUrl',
      value: stand.url,
      source: 'file',
      where: `${stand.configPath}:2`,
    });
    expect(files.get('policy.json')!.toString()).not.toContain(stand.config.env['SOFTHSM2_CONF']!);
    const steps = json(files, 'readiness.json') as { name: string; code: string }[];
    expect(steps).toContainEqual(expect.objectContaining({ name: 'clock', code: 'drift' }));
    expect(events(files)).toContain('token-refused');
    expect(fs.statSync(bundles[0]!.path).mode & 0o777).toBe(0o600);
  });

  it('has the clock held against the time that the node signed, and says when it did not sign', async () => {
    const late = await startWorkstation(stand, {
      clock: { now: () => new Date(Date.now() - 300_000) },
    });
    const clock = async () => {
      const { steps } = await late.get('readiness.station', {});
      const { state, code, params } = steps.find(({ name }) => name === 'clock')!;
      return { state, code, seconds: Number(params['seconds'] ?? -1) };
    };
    try {
      const signed = await clock();
      expect(signed).toMatchObject({ state: 'bad', code: 'drift' });
      expect(Math.abs(signed.seconds - 300)).toBeLessThan(30);
      await stand.control.addFault({
        kind: 'refuse',
        code: 'unavailable',
        operation: 'nodeTime',
        times: 1,
      });
      // The header is held against the machine's own clock, which is right.
      expect(await clock()).toMatchObject({ state: 'look', code: 'drift-unsigned' });
    } finally {
      await late.stop();
      fs.rmSync(late.userDir, { recursive: true });
    }
  });

  it('has counts of the cache after a day of work, and the morning card', async () => {
    expect((await logInAs(desk, stand, 'reviewer-almaty')).ok).toBe(true);
    await until(async () => (await desk.get('line.read', {})).lastSyncAt, 'first sync');
    const approved = await reviewed();
    const { intentId } = await desk.get('act.prepareApproval', { applicationId: approved });
    await desk.get('act.sign', { intentId, pin: stand.pin });
    const next = await desk.get('queue.next', { after: null });
    await desk.get('case.open', next);
    const reasons = [{ code: 'OTHER', comment: EVERYTHING, boxes: [] }];
    const annulment = await desk.get('act.prepareAnnulment', { ...next, reasons });
    const refused = await desk.call('act.sign', {
      intentId: annulment.intentId,
      pin: WRONG_PIN,
    });
    expect(refused).toMatchObject({ refusal: { code: 'pin-incorrect' } });
    await desk.get('act.sign', { intentId: annulment.intentId, pin: stand.pin });
    await until(async () => (await stand.control.acts()).length >= 2, 'both acts at the node');
    // A broken window, a bug that speaks of a person, a process that says more than its line has room for.
    const search = { ...QUEUE, search: SAID.iin, limit: SAID.name };
    expect(await desk.core.call('queue.page', search)).toMatchObject({
      refusal: { code: 'not-understood' },
    });
    const { cases } = desk.core.desk.session!.store;
    const find = cases.find;
    cases.find = () => {
      throw new TypeError(EVERYTHING);
    };
    expect(await desk.call('case.open', next)).toMatchObject({ refusal: { code: 'incident' } });
    cases.find = find;
    const write = technicalLog(desk.userDir);
    write('token', SAID.name, { detail: EVERYTHING });
    write('imaging', 'imaging-call-failed', { call: SAID.latin, kind: SAID.iin });

    const files = await save();
    expect(events(files)).toEqual(
      expect.arrayContaining(['incident', 'unlisted-event', 'imaging-call-failed']),
    );
    const { journal, outbox } = json(files, 'counts.json') as Record<string, object>;
    expect(journal).toMatchObject({ 'log-in': 1, 'act-signed': 2, 'act-not-signed': 1 });
    expect(outbox).toMatchObject({ 'approval accepted': 1, 'annulment accepted': 1 });
    expect(json(files, 'database.json')).toMatchObject({
      cipher: 'chacha20',
      journalMode: 'wal',
      synchronous: 2,
      faults: 0,
      rows: { outbox: 2 },
    });
    const steps = json(files, 'readiness.json') as { name: string; state: string; code: string }[];
    expect(steps.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['token', 'certificate', 'cache', 'journal', 'outbox', 'scanner']),
    );
    expect(steps.find(({ name }) => name === 'clock')).toMatchObject({
      state: 'ok',
      code: 'drift',
    });
    expect(steps.filter(({ code }) => code === 'step-failed')).toEqual([]);
    const rows = await desk.get('journal.page', {
      kinds: ['diagnostics-saved'],
      text: '',
      before: null,
      limit: 10,
    });
    expect(rows.rows).toHaveLength(1);
  });

  it('has the counter’s day with a dead line too', async () => {
    await desk.get('session.logOut', {});
    expect((await logInAs(desk, stand, 'issuer-almaty')).ok).toBe(true);
    await until(async () => (await desk.get('line.read', {})).lastSyncAt, 'first sync');
    const { rows } = await desk.get('issuance.page', {
      view: 'ready',
      search: '',
      after: null,
      limit: 50,
    });
    const [row] = rows.filter(({ stage }) => stage === 'at-point');
    const card = await desk.get('issuance.openByTicket', { ticket: row!.ticket });
    const { intentId } = await desk.get('issuance.prepareHandOver', {
      applicationId: card.applicationId,
      present: true,
      questions: [{ code: 'birth-date', outcome: 'right' }],
      card: card.card.number,
      oldCard: { outcome: 'not-presented', reason: SAID.comment, text: EVERYTHING },
    });
    await stand.control.addFault({ kind: 'drop', when: 'before', operation: 'submitAct' });
    await desk.get('act.sign', { intentId, pin: stand.pin });
    const step = await desk.get('readiness.scanned', {
      length: row!.ticket.length,
      terminator: 'enter',
      layout: 'cyrillic',
    });
    expect(step).toMatchObject({ name: 'scanner', state: 'look', code: 'scanner-layout' });
    const { outbox } = json(await save(), 'counts.json') as { outbox: Record<string, number> };
    expect(Object.keys(outbox).join()).toMatch(/^hand-over (queued|sending)$/);
    const folder = path.join(desk.userDir, 'exported');
    fs.renameSync(folder, `${folder}.kept`);
    fs.writeFileSync(folder, 'a file where the folder should be');
    expect(await desk.call('diagnostics.save', {})).toMatchObject({
      refusal: { code: 'not-written' },
    });
    fs.rmSync(folder);
    fs.renameSync(`${folder}.kept`, folder);
    await desk.get('session.lock', {});
    expect(await desk.call('diagnostics.save', {})).toMatchObject({ refusal: { code: 'locked' } });
  });

  it('holds nothing of anybody, nor does the log; the same search finds what is there', async () => {
    const words = await people();
    expect(words.length).toBeGreaterThan(300);
    const logs = fs.readdirSync(desk.userDir).filter((name) => /^technical.*log$/.test(name));
    const bytes = Buffer.concat([
      ...bundles.flatMap(({ path: zip, files }) => [
        Buffer.from(zip),
        ...[...files].flatMap(([name, inside]) => [Buffer.from(name), inside]),
      ]),
      ...logs.map((name) => fs.readFileSync(path.join(desk.userDir, name))),
    ]);
    expect(findPlanted(bytes, words)).toEqual([]);
    expect(findPlanted(bytes, ['token-refused', 'SoftHSM (training)'])).toHaveLength(2);
    for (const form of formsOf(SAID.iin))
      expect(findPlanted(Buffer.concat([bytes, form]), [SAID.iin])).toEqual([SAID.iin]);
    for (const [word, hidden] of [
      [SAID.name, Buffer.from(`{"a":"${SAID.name}"}`).toString('base64')],
      [SAID.mail, Buffer.from(SAID.mail, 'utf16le').toString('latin1')],
      [SAID.iin, '870612******'],
      [stand.pin, `x${stand.pin}x`],
    ] as const)
      expect(findPlanted(Buffer.from(hidden, 'latin1'), [word])).toEqual([word]);
  });
});

describe('the look through a cache', () => {
  it('finds a page that was damaged on the disk', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-health-'));
    const file = path.join(folder, 'one.db');
    const key = new Uint8Array(32).fill(7);
    const opened = () => {
      const answer = sqliteOpener({ nativeBinding: SQLITE_BINDING }).open(file, key);
      if (!answer.ok) throw new Error(answer.failure);
      return answer.store;
    };
    const faults = (): number => {
      const store = opened();
      try {
        return [...store.health.check()].reduce((sum, one) => sum + one, 0);
      } finally {
        store.close();
      }
    };
    const store = opened();
    const entry = { at: new Date(0).toISOString(), officer: '', ticket: null };
    const details = { note: 'x'.repeat(500) };
    for (let n = 0; n < 400; n += 1) store.journal.append({ ...entry, kind: 'sync', details });
    store.close();
    expect(faults()).toBe(0);
    const size = fs.statSync(file).size;
    const torn = fs.openSync(file, 'r+');
    fs.writeSync(torn, Buffer.alloc(64, 9), 0, 64, size - 10 * 4096 + 100); // the journal is last
    fs.closeSync(torn);
    expect(faults()).toBeGreaterThan(0);
    fs.rmSync(folder, { recursive: true });
  });
});
