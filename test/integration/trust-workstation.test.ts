// Trust on the whole core: the signed list, revocation before log-in and signature, evidence beside acts.
import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  entryOf,
  makeManifest,
  publicKeyOf,
  signManifest,
} from '../../scripts/update/make-manifest.ts';
import { addTimeStamp, signatureValue } from '../../src/shared/cades/cades-t.ts';
import type { StagedFile } from '../../src/main/ports/updates.ts';
import type { ReadinessStep } from '../../src/shared/contract/settings.ts';
import { startStand, type Stand } from '../../stand/start.ts';
import { readOwn } from '../support/soft-token.ts';
import {
  logInAs,
  startWorkstation,
  until,
  type Workstation,
  type WorkstationOptions,
} from '../support/workstation.ts';

let stand: Stand;
let desk: Workstation;
const open: Workstation[] = [];
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-trust-'));

const start = async (options: WorkstationOptions = {}): Promise<Workstation> => {
  const one = await startWorkstation(stand, {
    stationId: `station-${open.length + 1}`,
    ...options,
  });
  open.push(one);
  return one;
};
const serialOf = (id: string): string =>
  readOwn(stand.officers.find((officer) => officer.id === id)!.certDer).serialHex;
const put = (id: string, state: 'good' | 'revoked' | 'unknown') =>
  stand.control.setCertificate({ serial: serialOf(id), state, reason: 'key-compromise' });
const refused = (reason: string) => ({
  ok: false,
  refusal: { code: 'key-unusable', params: { reason } },
});
const step = async (workstation: Workstation, name: ReadinessStep['name']) => {
  const { steps } = await workstation.get('readiness.run', {});
  const { state, code } = steps.find((one) => one.name === name)!;
  return [state, code];
};

beforeAll(async () => {
  stand = await startStand({ people: 60 });
  desk = await start();
});
afterAll(async () => {
  for (const one of open) await one.stop();
  await stand?.stop();
  fs.rmSync(dir, { recursive: true, force: true });
});
beforeEach(() =>
  stand.control.setServices({
    ocsp: 'on',
    ocspSeconds: 600,
    crl: 'on',
    tsa: 'on',
    trustList: 'good',
  }),
);

/** A case claimed, with what an annulment asks for: no picture has to be looked at. */
async function claimed(workstation: Workstation) {
  await until(async () => (await workstation.get('line.read', {})).lastSyncAt, 'first sync');
  const { applicationId } = await workstation.get('queue.next', { after: null });
  await workstation.get('case.open', { applicationId });
  return { applicationId, reasons: [{ code: 'PHOTO_POSE', comment: null, boxes: [] }] };
}
async function signed(workstation: Workstation): Promise<string> {
  const { intentId } = await workstation.get('act.prepareAnnulment', await claimed(workstation));
  const { actId } = await workstation.get('act.sign', { intentId, pin: stand.pin });
  await until(
    async () => (await stand.control.acts()).some((act) => act.actId === actId),
    'the act at the node',
  );
  return actId;
}
const outboxRow = async (workstation: Workstation, id: string) =>
  (await workstation.get('outbox.read', {})).acceptedToday.find((row) => row.id === id) ?? null;

describe('trust list', () => {
  it('is fetched before log-in, kept, and said on the readiness page', async () => {
    expect(await logInAs(desk, stand, 'reviewer-almaty')).toMatchObject({ ok: true });
    expect(fs.existsSync(path.join(desk.userDir, 'trust-list.json'))).toBe(true);
    expect(await step(desk, 'trust')).toEqual(['ok', 'list-version']);
    expect(await step(desk, 'revocation')).toEqual(['ok', 'known-good']);
    expect(await step(desk, 'certificate')).toEqual(['ok', 'days-left']);
  });

  it('of a wrong kind lets nobody in at a first start, and no PIN try is spent', async () => {
    const cases = [
      ['broken-signature', 'signature-invalid'],
      ['unknown-signer', 'signer-unknown'],
      ['expired', 'expired'],
    ] as const;
    for (const [trustList, reason] of cases) {
      await stand.control.setServices({ trustList });
      const fresh = await start();
      expect(await logInAs(fresh, stand, 'head-almaty', '0000000')).toMatchObject({
        ok: false,
        refusal: { code: 'trust-missing', params: { reason } },
      });
      expect(fs.existsSync(path.join(fresh.userDir, 'trust-list.json'))).toBe(false);
    }
  });

  it('older than the one in force is refused and said; work goes on under the one in force', async () => {
    await stand.control.setServices({ trustList: 'older' });
    expect(await step(desk, 'trust')).toEqual(['bad', 'list-older']);
    expect(desk.core.desk.deps.trust.state().source).toBe('list');
    await stand.control.setServices({ trustList: 'expired' });
    expect(await step(desk, 'trust')).toEqual(['bad', 'list-expired']);
    await stand.control.setServices({ trustList: 'good' });
    expect(await step(desk, 'trust')).toEqual(['ok', 'list-version']);
    await signed(desk);
  });
});

describe('evidence', () => {
  it('follows the accepted act, is shown, and makes it a CAdES-T that OpenSSL accepts', async () => {
    const actId = await signed(desk);
    const row = await until(async () => {
      const one = await outboxRow(desk, actId);
      return one?.evidence != null && one;
    }, 'the evidence');
    expect(row.evidence).toMatchObject({ tsa: 'TRAINING TSA', revocation: 'ocsp' });
    const { evidence, outbox } = desk.core.desk.session!.store;
    const item = outbox.find(actId)!;
    const { timeStamp } = evidence.find(actId)!;
    const file = (name: string, bytes?: Uint8Array): string => {
      if (bytes !== undefined) fs.writeFileSync(path.join(dir, name), bytes);
      return path.join(dir, name);
    };
    const trust = stand.pki.paths.trustPem;
    file('act.p7s', addTimeStamp(item.cms!, timeStamp));
    file('statement.json', item.body);
    execFileSync(
      'openssl',
      [
        ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', file('act.p7s')],
        ...['-content', file('statement.json'), '-CAfile', trust, '-out', '/dev/null'],
      ],
      { stdio: 'pipe' },
    );
    file('value.bin', signatureValue(item.cms!));
    const stamp = spawnSync(
      'openssl',
      [
        ...['ts', '-verify', '-token_in', '-in', file('token.der', timeStamp)],
        ...['-data', file('value.bin'), '-CAfile', trust],
      ],
      { encoding: 'utf8' },
    );
    expect(stamp.stdout + stamp.stderr).toContain('Verification: OK');
  });

  it('waits while OCSP, lists and time-stamps are dead; the act does not', async () => {
    await stand.control.setServices({ ocsp: 'dead', crl: 'dead', tsa: 'dead' });
    const actId = await signed(desk);
    await until(() => outboxRow(desk, actId), 'the accepted row');
    expect((await outboxRow(desk, actId))?.evidence).toBeNull();
    await stand.control.setServices({ ocsp: 'on', crl: 'on', tsa: 'on' });
    const row = await until(
      async () => {
        const one = await outboxRow(desk, actId);
        return one?.evidence?.revocation != null && one;
      },
      'the late evidence',
      40_000,
    );
    // The last good answer had served at acceptance; what the CA says now stands beside the act.
    expect(row.evidence).toMatchObject({ tsa: 'TRAINING TSA', revocation: 'ocsp' });
  });

  it('of another act is refused', async () => {
    const one = await signed(desk);
    const two = await signed(desk);
    const reply = async (id: string) => {
      const answer = await until(async () => {
        const got = await desk.core.desk.deps.node.actEvidence(id);
        return got.ok && got.value.timeStamp !== null && got.value;
      }, 'the stamp');
      return answer;
    };
    const { verifyEvidence } = await import('../../src/main/app/fetch-evidence.ts');
    const openDesk = desk.core.desk as Parameters<typeof verifyEvidence>[0];
    const item = openDesk.session.store.outbox.find(two)!;
    expect(verifyEvidence(openDesk, item, await reply(one))).toBe('imprint-mismatch');
    expect(verifyEvidence(openDesk, item, await reply(two))).toMatchObject({ actId: two });
    const early = { ...item, createdAt: new Date(Date.now() + 3_600_000).toISOString() };
    expect(verifyEvidence(openDesk, early, await reply(two))).toBe('time-implausible');
  });
});

describe('an officer', () => {
  it('who was revoked is refused at log-in, before the PIN, and listed with the reason', async () => {
    await put('issuer-almaty', 'revoked');
    const fresh = await start();
    expect(await logInAs(fresh, stand, 'issuer-almaty', '0000000')).toMatchObject(
      refused('revoked'),
    );
    const { tokens } = await fresh.get('session.tokens', {});
    const reasons = tokens.flatMap(({ certificates }) =>
      certificates.map(({ unusable }) => unusable),
    );
    expect(reasons).toEqual(expect.arrayContaining(['revoked', 'auth-key', 'expired']));
    await put('issuer-almaty', 'unknown');
    expect(await logInAs(await start(), stand, 'issuer-almaty')).toMatchObject(
      refused('status-unknown'),
    );
    await put('issuer-almaty', 'good');
    expect(await logInAs(fresh, stand, 'issuer-almaty')).toMatchObject({ ok: true });
  });

  it('is known good by the lists where OCSP is foreign, without our nonce, or dead', async () => {
    for (const ocsp of ['foreign', 'no-nonce', 'dead'] as const) {
      await stand.control.setServices({ ocsp });
      const fresh = await start();
      expect(await logInAs(fresh, stand, 'head-almaty')).toMatchObject({ ok: true });
      const session = fresh.core.desk.session!;
      const known = fresh.core.desk.deps.revocation.known(session.key.certificate);
      expect([ocsp, known?.status, known?.source]).toEqual([ocsp, 'good', 'crl']);
    }
  });

  it('of whom nothing was ever heard may read, and is told why he cannot sign', async () => {
    await stand.control.setServices({ ocsp: 'foreign', crl: 'stale' });
    const fresh = await start();
    expect(await logInAs(fresh, stand, 'reviewer-astana')).toMatchObject({ ok: true });
    const choice = await claimed(fresh);
    expect(await fresh.call('act.prepareAnnulment', choice)).toMatchObject(
      refused('revocation-unavailable'),
    );
    expect(await step(fresh, 'revocation')).toEqual(['bad', 'revocation-unavailable']);
    await stand.control.setServices({ crl: 'on' });
    // Asked only while the line is there, which a busy machine may take for dead for one round.
    await until(async () => (await step(fresh, 'revocation'))[1] === 'known-good', 'the lists');
    await fresh.get('act.prepareAnnulment', choice);
  });

  it('who was revoked in the middle of the day is refused at signing, and no PIN try is spent', async () => {
    await stand.control.setServices({ ocspSeconds: 1 });
    const fresh = await start();
    expect(await logInAs(fresh, stand, 'reviewer-astana')).toMatchObject({ ok: true });
    const { intentId } = await fresh.get('act.prepareAnnulment', await claimed(fresh));
    await put('reviewer-astana', 'revoked');
    await new Promise((resolve) => setTimeout(resolve, 1_200)); // the kept answer runs out
    const wrongPin = { intentId, pin: '0000000' };
    expect(await fresh.call('act.sign', wrongPin)).toMatchObject(refused('revoked'));
    expect(await step(fresh, 'certificate')).toEqual(['bad', 'revoked']);
    await put('reviewer-astana', 'good');
  });

  it('works on without a line by what was kept; a list that has run out is said', async () => {
    const days = (n: number) => ({ now: () => new Date(Date.now() + n * 86_400_000) });
    const first = await start();
    expect(await logInAs(first, stand, 'head-almaty')).toMatchObject({ ok: true });
    const { userDir } = first;
    await first.stop();
    const deaf = 'https://127.0.0.1:9';
    const again = await start({ userDir, nodeUrl: deaf });
    expect(await logInAs(again, stand, 'head-almaty')).toMatchObject({ ok: true });
    expect(await step(again, 'trust')).toEqual(['ok', 'list-version']);
    expect(await step(again, 'revocation')).toEqual(['ok', 'known-good']);
    await again.stop();
    const later = await start({ userDir, nodeUrl: deaf, clock: days(31) });
    expect(await logInAs(later, stand, 'head-almaty')).toMatchObject({ ok: true });
    expect(await step(later, 'trust')).toEqual(['look', 'list-stale']);
    expect(await step(later, 'revocation')).toEqual(['bad', 'revocation-unavailable']);
  });
});

describe('the hard date of a version', () => {
  const pem = String(
    generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }),
  );
  const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

  it('lets nobody begin to work, and what was signed is sent all the same', async () => {
    const before = await start();
    expect(await logInAs(before, stand, 'reviewer-almaty')).toMatchObject({ ok: true });
    const { intentId } = await before.get('act.prepareAnnulment', await claimed(before));
    await stand.control.stop({ ms: 600_000, how: 'drop' });
    const { actId } = await before.get('act.sign', { intentId, pin: stand.pin });
    await before.stop();
    await stand.control.resume();

    const folder = path.join(dir, 'release');
    const manifest = makeManifest({
      sequence: 1,
      version: '2.0.0',
      issuedAt: at(-2),
      expiresAt: at(2),
      rings: ['all'],
      minFrom: null,
      minimum: { version: '2.0.0', from: at(-1) },
      files: [{ target: 'linux-x64-deb', name: 'a.deb', size: 1, sha256: '0'.repeat(64) }],
    });
    fs.mkdirSync(folder);
    fs.writeFileSync(
      path.join(folder, 'kualik-update.json'),
      JSON.stringify(signManifest(manifest, pem)),
    );
    const after = await start({
      userDir: before.userDir,
      stationId: before.core.desk.deps.station.stationId,
      updates: {
        source: { folder },
        ring: 'all',
        target: 'linux-x64-deb',
        keys: [publicKeyOf(pem)],
      },
    });
    const dead = { ok: false, refusal: { code: 'update-required', params: { version: '2.0.0' } } };
    await until(async () => (await after.get('updates.read', {})).minimum, 'the minimum');
    // Nothing of his waits: no PIN is asked of the token, not even a wrong one.
    expect(await logInAs(after, stand, 'head-almaty', '0000000')).toMatchObject(dead);
    expect(await logInAs(after, stand, 'reviewer-almaty')).toMatchObject({
      ok: true,
      value: { state: 'locked', lockedBecause: 'update-required' },
    });
    expect(await after.call('queue.next', { after: null })).toMatchObject({
      refusal: { code: 'locked' },
    });
    expect(await after.call('session.unlock', { pin: stand.pin })).toMatchObject(dead);
    await until(
      async () => (await stand.control.acts()).some((act) => act.actId === actId),
      'the act at the node',
    );
    // With nothing left to send the cache is closed behind the lock.
    const waits = () => after.core.desk.session?.store.outbox.counts().waiting ?? 0;
    await until(() => waits() === 0, 'the answer');
    await after.get('session.logOut', {});
    expect(await logInAs(after, stand, 'reviewer-almaty')).toMatchObject(dead);
  });
});

describe('the officer installs a new version', () => {
  const pem = String(
    generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }),
  );
  const folder = path.join(dir, 'offered');
  const pack = path.join(folder, 'kualik_2.0.0_amd64.deb');
  const settings = {
    source: { folder },
    ring: 'all',
    target: 'linux-x64-deb' as const,
    keys: [publicKeyOf(pem)],
  };
  const command = { program: '/bin/true', args: ['{file}'] };
  beforeAll(() => {
    fs.mkdirSync(folder);
    fs.writeFileSync(pack, 'the package');
    const manifest = makeManifest({
      sequence: 1,
      version: '2.0.0',
      issuedAt: new Date(Date.now() - 1000).toISOString(),
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
      rings: ['all'],
      minFrom: null,
      minimum: null,
      files: [entryOf(pack)],
    });
    const text = JSON.stringify(signManifest(manifest, pem));
    fs.writeFileSync(path.join(folder, 'kualik-update.json'), text);
  });
  const isReady = (one: Workstation) =>
    until(async () => (await one.get('updates.read', {})).state === 'ready', 'the package');

  it('not while an act is in work or on its way, nor behind a lock; then the verified copy goes', async () => {
    const ran: StagedFile[] = [];
    let takes = false;
    const one = await start({
      updates: { ...settings, install: 'command', command },
      installer: { run: (staged) => (ran.push(staged), Promise.resolve(takes)) },
    });
    await isReady(one);
    expect(await logInAs(one, stand, 'reviewer-almaty')).toMatchObject({ ok: true });
    const no = (code: string) => ({ ok: false, refusal: { code } });
    const install = () => one.call('updates.install', {});
    const { intentId } = await one.get('act.prepareAnnulment', await claimed(one));
    expect(await install()).toMatchObject(no('update-act'));
    await stand.control.stop({ ms: 600_000, how: 'drop' });
    const { actId } = await one.get('act.sign', { intentId, pin: stand.pin });
    expect(await install()).toMatchObject(no('update-act'));
    await stand.control.resume();
    await until(
      async () => (await one.get('outbox.read', {})).acceptedToday.some(({ id }) => id === actId),
      'the answer',
    );
    await one.get('session.lock', {});
    expect(await install()).toMatchObject(no('locked'));
    expect(await one.call('session.unlock', { pin: stand.pin })).toMatchObject({ ok: true });
    expect(ran).toEqual([]);

    const begun = path.join(one.userDir, 'updates', 'started.json');
    expect(await install()).toMatchObject(no('update-not-run'));
    expect(fs.existsSync(begun)).toBe(false);
    takes = true;
    expect(await install()).toEqual({ ok: true, value: {} });
    expect(JSON.parse(fs.readFileSync(begun, 'utf8'))).toMatchObject({
      from: '0.0.0',
      to: '2.0.0',
    });
    const { file, sha256 } = ran.at(-1)!;
    expect([fs.readFileSync(file, 'utf8'), sha256]).toEqual(['the package', entryOf(pack).sha256]);
    const [row] = (
      await one.get('journal.page', { kinds: ['update-begun'], text: '', before: null, limit: 1 })
    ).rows;
    expect(row?.details).toEqual({ version: '2.0.0' });

    await one.stop();
    const again = await start({
      userDir: one.userDir,
      updates: { ...settings, install: 'command', command },
    });
    await isReady(again);
    expect(await logInAs(again, stand, 'reviewer-almaty')).toMatchObject({ ok: true });
    expect(await step(again, 'update')).toEqual(['look', 'update-failed']);
  });

  it('never where the policy leaves it to the administrator', async () => {
    const ran: StagedFile[] = [];
    const one = await start({
      updates: settings,
      installer: { run: (staged) => (ran.push(staged), Promise.resolve(true)) },
    });
    await isReady(one);
    expect(await one.call('updates.install', {})).toMatchObject({
      refusal: { code: 'update-not-ready' },
    });
    expect(ran).toEqual([]);
  });
});

describe('an applicant', () => {
  it('is asked about once; a revoked certificate makes the signature invalid', async () => {
    const { cases } = desk.core.desk.session!.store;
    const asked = await until(() => {
      const found = cases
        .urgent(new Date().toISOString(), 24)
        .map((id) => cases.find(id))
        .find((stored) => stored?.signature?.revocation?.status === 'good');
      return found ?? null;
    }, 'an applicant whose certificate is good');
    expect(asked.signature?.verdict).toBe('valid');
  });
});
