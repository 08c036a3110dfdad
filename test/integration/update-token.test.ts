// A manifest signed by a key in a token: the real SoftHSM, the maker's own command, the station's judge.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import type * as Pkcs11 from 'pkcs11js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SOFTHSM_MODULE, writeSoftHsmConfig } from '../../stand/pki/soft-token.ts';

const p11 = createRequire(import.meta.url)('pkcs11js') as typeof Pkcs11;
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-update-token-'));
const release = path.join(dir, 'release');
const pack = path.join(dir, 'kualik_1.3.0_amd64.deb');
const pinFile = path.join(dir, 'pin');
const config = writeSoftHsmConfig(dir);
const PIN = '314159';

/** CKK_EC_EDWARDS pairs: `update` on Ed25519; `other` twice, so that nobody knows which. */
function fillToken(): void {
  process.env['SOFTHSM2_CONF'] = config;
  const api = new p11.PKCS11();
  api.load(SOFTHSM_MODULE);
  api.C_Initialize();
  const free = api.C_GetSlotList(true)[0]!;
  api.C_InitToken(free, '87654321', 'releases');
  // SoftHSM tells the slot's new number only after a restart; the old one leads there until then.
  const session = api.C_OpenSession(free, p11.CKF_SERIAL_SESSION | p11.CKF_RW_SESSION);
  api.C_Login(session, p11.CKU_SO, '87654321');
  api.C_InitPIN(session, PIN);
  api.C_Logout(session);
  api.C_Login(session, p11.CKU_USER, PIN);
  for (const label of ['update', 'other', 'other'])
    api.C_GenerateKeyPair(
      session,
      { mechanism: 0x1055 },
      [
        { type: p11.CKA_TOKEN, value: true },
        { type: p11.CKA_LABEL, value: label },
        { type: p11.CKA_VERIFY, value: true },
        { type: p11.CKA_EC_PARAMS, value: Buffer.from('06032b6570', 'hex') },
      ],
      [
        { type: p11.CKA_TOKEN, value: true },
        { type: p11.CKA_LABEL, value: label },
        { type: p11.CKA_PRIVATE, value: true },
        { type: p11.CKA_SENSITIVE, value: true },
        { type: p11.CKA_EXTRACTABLE, value: false },
        { type: p11.CKA_SIGN, value: true },
      ],
    );
  api.C_Finalize();
  api.close();
}

const maker = (args: readonly string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'scripts/update.ts', ...args], {
    encoding: 'utf8',
    env: { ...process.env, SOFTHSM2_CONF: config, KUALIK_UPDATE_PIN_FILE: pinFile, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
const sign = (label: string, env: Record<string, string> = {}) =>
  maker(
    [
      ...['manifest', '--pkcs11', SOFTHSM_MODULE, '--token', 'releases', '--key', label],
      ...['--out', release, '--sequence', '1', '--version', '1.3.0', '--ring', 'all', pack],
    ],
    env,
  );

beforeAll(() => {
  fillToken();
  fs.writeFileSync(pack, 'the package');
  fs.writeFileSync(pinFile, `${PIN}\n`, { mode: 0o600 });
});
afterAll(() => fs.rmSync(dir, { recursive: true, force: true }));

it('signs by a key that never leaves the token, and a station takes it', () => {
  const { status, stdout, stderr } = sign('update');
  expect(status, stderr).toBe(0);
  const key = /stations: (\S+)/.exec(stdout)![1]!;
  const verify = (pinned: string) =>
    maker([
      ...['verify', release, '--public', pinned, '--ring', 'all'],
      ...['--target', 'linux-x64-deb', '--installed', '1.2.0'],
    ]);
  expect(verify(key).stdout).toContain('good: 1.3.0');
  const other = Buffer.from(key, 'base64');
  other[0]! ^= 1;
  expect(verify(other.toString('base64')).stderr).toContain('bad-signature');
});

it('says which key it cannot use, and takes no PIN that others could read', () => {
  fs.rmSync(release, { recursive: true, force: true });
  expect(sign('absent').stderr).toContain('no Ed25519 key "absent"');
  expect(sign('other').stderr).toContain('several keys "other"');
  const wrong = path.join(dir, 'wrong');
  fs.writeFileSync(wrong, '000000', { mode: 0o600 });
  expect(sign('update', { KUALIK_UPDATE_PIN_FILE: wrong }).stderr).toContain('CKR_PIN_INCORRECT');
  fs.chmodSync(wrong, 0o644);
  expect(sign('update', { KUALIK_UPDATE_PIN_FILE: wrong }).stderr).toContain('others may read it');
  expect(fs.existsSync(release)).toBe(false);
});
