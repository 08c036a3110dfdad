// An exported act: whole as written, and every change of any file found by its name.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  checkPack,
  PACK_CHAIN,
  PACK_OCSP,
  PACK_SIGNATURE,
  PACK_STATEMENT,
} from '../../src/shared/cades/check-pack.ts';
import { canonicalBytes } from '../../src/shared/central/statement.ts';
import { startStand, type Stand } from '../../stand/start.ts';
import { logInAs, startWorkstation, until, type Workstation } from '../support/workstation.ts';

let stand: Stand;
let desk: Workstation;
let files: Map<string, Uint8Array>;

beforeAll(async () => {
  stand = await startStand({ people: 60 });
  desk = await startWorkstation(stand);
  await logInAs(desk, stand, 'reviewer-almaty');
  await desk.core.loop.roundNow();
  const next = await desk.get('queue.next', { after: null });
  const box = { picture: 'photo' as const, x: 0.1, y: 0.2, w: 0.3, h: 0.4 };
  const { intentId } = await desk.get('act.prepareAnnulment', {
    ...next,
    reasons: [{ code: 'PHOTO_BACKGROUND', comment: 'узор', boxes: [box] }],
  });
  await desk.get('act.sign', { intentId, pin: stand.pin });
  await until(
    () => desk.core.desk.session?.store.evidence.find(intentId)?.facts.revocation != null,
    'evidence of the node',
  );
  const { path: zip } = await desk.get('act.export', { actId: intentId });
  const entries = Object.entries(unzipSync(fs.readFileSync(zip)));
  files = new Map(entries.map(([name, bytes]) => [name.split('/').slice(1).join('/'), bytes]));
});
afterAll(async () => {
  await desk?.stop();
  await stand?.stop();
});

const check = (changed: Record<string, Uint8Array | undefined> = {}) => {
  const all = new Map(files);
  for (const [name, bytes] of Object.entries(changed))
    if (bytes === undefined) all.delete(name);
    else all.set(name, bytes);
  return checkPack(all, { trustPem: stand.pki.trustPem, now: new Date() });
};
const flipped = (name: string, at: number): Uint8Array => {
  const bytes = Uint8Array.from(files.get(name) ?? []);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
};

describe('an exported act', () => {
  it('is whole, says who signed, and carries no picture and no name of the applicant', () => {
    const whole = check();
    expect(whole.ok && whole.timeStampedAt, 'level T').toBeInstanceOf(Date);
    expect(whole).toMatchObject({
      ok: true,
      statement: { type: 'kualik/annulment' },
      revocation: 'ocsp',
      signer: { iin: stand.officers.find(({ id }) => id === 'reviewer-almaty')?.iin },
    });
    expect([...files.keys()].sort()).toEqual(
      ['README.txt', PACK_CHAIN, PACK_OCSP, PACK_SIGNATURE, PACK_STATEMENT].sort(),
    );
    const text = new TextDecoder().decode(files.get(PACK_STATEMENT));
    expect(Object.keys(JSON.parse(text) as object)).not.toContain('declared');
  });

  it('names the file that is missing', () => {
    for (const name of [PACK_STATEMENT, PACK_SIGNATURE, PACK_CHAIN])
      expect(check({ [name]: undefined })).toMatchObject({
        ok: false,
        file: name,
        code: 'missing',
      });
  });

  it('finds every changed field of the statement', () => {
    const statement = JSON.parse(new TextDecoder().decode(files.get(PACK_STATEMENT))) as Record<
      string,
      unknown
    >;
    for (const field of Object.keys(statement)) {
      const value = statement[field];
      const other =
        typeof value === 'string'
          ? `${value.slice(0, -1)}${value.endsWith('0') ? '1' : '0'}`
          : typeof value === 'number'
            ? value + 1
            : typeof value === 'boolean'
              ? !value
              : [];
      const verdict = check({ [PACK_STATEMENT]: canonicalBytes({ ...statement, [field]: other }) });
      expect(verdict.ok, field).toBe(false);
    }
    const spaced = new TextEncoder().encode(JSON.stringify(statement, null, 1));
    expect(check({ [PACK_STATEMENT]: spaced })).toMatchObject({ code: 'malformed' });
  });

  it('finds a flipped bit anywhere in the signature', () => {
    const { length } = files.get(PACK_SIGNATURE) ?? [];
    for (let at = 0; at < (length ?? 0); at += 37)
      expect(check({ [PACK_SIGNATURE]: flipped(PACK_SIGNATURE, at) }).ok, `byte ${at}`).toBe(false);
  });

  it('finds a flipped bit anywhere in the CA’s answer, and a stamp of before the act', () => {
    const { length } = files.get(PACK_OCSP) ?? [];
    for (let at = 0; at < (length ?? 0); at += 41)
      expect(check({ [PACK_OCSP]: flipped(PACK_OCSP, at) }).ok, `byte ${at}`).toBe(false);
    const anHourAgo = new Date(Date.now() - 3_600_000);
    expect(checkPack(files, { trustPem: stand.pki.trustPem, now: anHourAgo })).toMatchObject({
      ok: false,
      code: 'time-stamp-time-implausible',
    });
  });

  it('does not take the pack’s own root for a trusted one', async () => {
    const foreign = fs.readFileSync(stand.pki.paths.tlsCa, 'utf8');
    expect(checkPack(files, { trustPem: foreign, now: new Date() })).toMatchObject({
      ok: false,
      code: 'time-stamp-chain-untrusted',
    });
  });

  it('is verified by OpenSSL as its README says', () => {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-pack-'));
    fs.mkdirSync(path.join(dir, 'evidence'));
    for (const [name, bytes] of files) fs.writeFileSync(path.join(dir, name), bytes);
    fs.writeFileSync(path.join(dir, 'roots.pem'), stand.pki.trustPem);
    const readme = new TextDecoder().decode(files.get('README.txt'));
    const command = /openssl cms -verify -cades[^\n]*\\\n[^\n]*/.exec(readme)?.[0];
    expect(command).toBeDefined();
    expect(() =>
      execFileSync('sh', ['-c', command ?? 'false'], { cwd: dir, stdio: 'pipe' }),
    ).not.toThrow();
    fs.appendFileSync(path.join(dir, PACK_STATEMENT), ' ');
    expect(() =>
      execFileSync('sh', ['-c', command ?? 'false'], { cwd: dir, stdio: 'pipe' }),
    ).toThrow();
    fs.rmSync(dir, { recursive: true });
  });
});
