// The token port on real SoftHSM tokens: PIN, keys, certificates, removal, and no session left behind.
import { createPublicKey, verify } from 'node:crypto';
import { createRequire } from 'node:module';
import type * as Pkcs11 from 'pkcs11js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPkcs11Token, type Pkcs11Token } from '../../src/main/adapters/token/pkcs11-token.ts';
import { OFFICER_POLICY, assessSigningCertificate } from '../../src/shared/cades/signability.ts';
import type { TokenKeyRef } from '../../src/main/ports/token.ts';
import { daysFrom, makeSoftTokens, PIN, readOwn, type SoftTokens } from '../support/soft-token.ts';

const now = new Date();
const tbs = Buffer.from('signed attributes');
let soft: SoftTokens;
let token: Pkcs11Token;

beforeAll(async () => {
  soft = await makeSoftTokens(now, {
    main: [
      { keyId: '01', kind: 'rsa' },
      { keyId: '02', kind: 'ec-p256' },
      { keyId: '03', kind: 'ec-p256', alwaysAuthenticate: true },
      { keyId: '04', kind: 'ec-p256', extractable: true },
      { keyId: '05', kind: 'rsa', certificate: { usage: 'auth' } },
      {
        keyId: '06',
        kind: 'ec-p256',
        certificate: { notBefore: daysFrom(now, -400), notAfter: daysFrom(now, -35) },
      },
    ],
    second: [{ keyId: '01', kind: 'ec-p256' }],
  });
  token = await openPkcs11Token([
    soft.module,
    { id: 'gone', title: 'Not installed', path: '/nowhere/libeToken.so' },
    { id: 'bad', title: 'Not a module', path: soft.softhsmConf },
    { id: 'bare', title: 'Bare name', path: 'libsofthsm2.so' },
  ]);
});
afterAll(() => {
  token.close();
  soft.dispose();
});

const p11 = createRequire(import.meta.url)('pkcs11js') as typeof Pkcs11;
/** CKS_RO_PUBLIC_SESSION */
const PUBLIC = 0;

/** State of a new session in each slot: a log-in that was left behind would show in it. */
function sessionStates(): number[] {
  const api = new p11.PKCS11();
  api.load(soft.module.path);
  return api.C_GetSlotList(true).flatMap((slot) => {
    if ((api.C_GetTokenInfo(slot).flags & p11.CKF_TOKEN_INITIALIZED) === 0) return [];
    const session = api.C_OpenSession(slot, p11.CKF_SERIAL_SESSION);
    const { state } = api.C_GetSessionInfo(session);
    api.C_CloseSession(session);
    return [state];
  });
}

const sign = (ref: TokenKeyRef, pin = PIN) => token.sign({ ...ref, pin, tbs });
const view = async (label: string) => {
  const listing = await token.listTokens();
  if (!listing.ok) throw new Error(listing.refusal.code);
  return listing.tokens.find((t) => t.label === label);
};

describe('listing', () => {
  it('shows tokens, certificates and PIN flags without a log-in, and no empty slot', async () => {
    const listing = await token.listTokens();
    if (!listing.ok) throw new Error(listing.refusal.code);
    expect(listing.tokens.map((t) => t.label).sort()).toEqual(['main', 'second']);
    const main = await view('main');
    expect(main?.certificates.map((c) => [c.keyId, c.kind]).sort()).toEqual([
      ['01', 'rsa'],
      ['02', 'ec-p256'],
      ['03', 'ec-p256'],
      ['04', 'ec-p256'],
      ['05', 'rsa'],
      ['06', 'ec-p256'],
    ]);
    expect(main?.pin).toMatchObject({ initialized: true, locked: false, minLength: 4 });
    expect(listing.modules.map((m) => [m.moduleId, m.state])).toEqual([
      ['soft', 'ready'],
      ['gone', 'missing'],
      ['bad', 'failed'],
      ['bare', 'failed'],
    ]);
  });

  it('gives each certificate that may not sign its reason', async () => {
    const main = await view('main');
    const reasons = main?.certificates.map(({ keyId, der }) => {
      const judged = assessSigningCertificate(readOwn(der), { now, policy: OFFICER_POLICY });
      return [keyId, judged.usable ? 'usable' : judged.reasonCode];
    });
    expect(Object.fromEntries(reasons ?? [])).toMatchObject({
      '01': 'usable',
      '02': 'usable',
      '05': 'auth-key',
      '06': 'expired',
    });
  });
});

describe('signing', () => {
  it.each(['01', '02', '03'])('key %s: the signature fits the certificate', async (keyId) => {
    const { ref, certDer } = soft.key('main', keyId);
    const result = await sign(ref);
    if (!result.ok) throw new Error(JSON.stringify(result.refusal));
    const spki = Buffer.from(readOwn(certDer).spkiDer);
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    const options =
      keyId === '01' ? publicKey : { key: publicKey, dsaEncoding: 'ieee-p1363' as const };
    expect(verify('sha256', tbs, options, result.signature)).toBe(true);
  });

  it('signs again and again with a PIN-always key, one context log-in each', async () => {
    const { ref } = soft.key('main', '03');
    for (let i = 0; i < 3; i++) expect(await sign(ref)).toMatchObject({ ok: true });
  });

  it('leaves no log-in behind, seen from the library itself', async () => {
    const { ref } = soft.key('main', '02');
    const calm = await openPkcs11Token([{ ...soft.module, id: 'calm', rescanByRestart: false }]);
    // The library is one in this process and already started: the second opening fails, and is said.
    expect(await calm.listTokens()).toMatchObject({
      modules: [{ state: 'failed', rawCode: 0x191 }],
    });
    expect(await token.provePin({ ...ref, pin: PIN })).toMatchObject({ ok: true });
    expect(sessionStates()).toEqual([PUBLIC, PUBLIC]);
    expect(await sign(ref)).toMatchObject({ ok: true });
    expect(sessionStates()).toEqual([PUBLIC, PUBLIC]);
    expect(await sign(soft.key('main', '04').ref)).toMatchObject({ ok: false });
    expect(sessionStates()).toEqual([PUBLIC, PUBLIC]);
  });

  it('leaves nobody logged in: the next call without the right PIN fails', async () => {
    const { ref } = soft.key('main', '02');
    expect(await sign(ref)).toMatchObject({ ok: true });
    expect(await sign(ref, '9999999')).toMatchObject({ refusal: { code: 'pin-incorrect' } });
  });
});

describe('the PIN', () => {
  it('wrong: says so with the flags after the try, and the right one still works', async () => {
    const { ref } = soft.key('main', '01');
    expect(await token.provePin({ ...ref, pin: '9999999' })).toMatchObject({
      refusal: { code: 'pin-incorrect', rawCode: 0xa0, pin: { countLow: true, locked: false } },
    });
    expect(await token.provePin({ ...ref, pin: PIN })).toMatchObject({
      ok: true,
      pin: { countLow: false },
    });
  });

  it.each(['', '123', 'ж'.repeat(200)])('of a wrong length costs no try', async (pin) => {
    const { ref } = soft.key('main', '01');
    expect(await token.provePin({ ...ref, pin })).toMatchObject({
      refusal: { code: 'pin-length', pin: { countLow: false } },
    });
  });
});

describe('keys that must not sign', () => {
  it('extractable: refused at the proof of the PIN and at signing', async () => {
    const { ref } = soft.key('main', '04');
    const refused = { refusal: { code: 'key-extractable' } };
    expect(await token.provePin({ ...ref, pin: PIN })).toMatchObject(refused);
    expect(await sign(ref)).toMatchObject(refused);
  });

  it('another certificate under the same id', async () => {
    const { ref } = soft.key('main', '01');
    const other = { ...ref, certSha256: soft.key('main', '02').ref.certSha256 };
    expect(await sign(other, '9999999')).toMatchObject({
      refusal: { code: 'certificate-changed', pin: { countLow: false } },
    });
  });

  it('an id, a token or a module that is not there', async () => {
    const { ref } = soft.key('main', '01');
    expect(await sign({ ...ref, keyId: '7f' })).toMatchObject({ refusal: { code: 'key-absent' } });
    expect(await sign({ ...ref, serial: '0' })).toMatchObject({
      refusal: { code: 'token-absent' },
    });
    const elsewhere = (moduleId: string) => sign({ ...ref, moduleId });
    expect(await elsewhere('gone')).toMatchObject({ refusal: { code: 'module-missing' } });
    expect(await elsewhere('bad')).toMatchObject({ refusal: { code: 'module-failed' } });
    expect(await elsewhere('other')).toMatchObject({ refusal: { code: 'module-missing' } });
  });
});

describe('a token pulled out', () => {
  it('is absent from presence, listing and signing, and comes back asking the PIN anew', async () => {
    const { ref } = soft.key('second', '01');
    const labels = () => token.present().map((t) => t.label);
    expect(await sign(ref)).toMatchObject({ ok: true });
    soft.remove('second');
    expect(labels()).toEqual(['main']);
    expect(await view('second')).toBeUndefined();
    expect(await sign(ref)).toMatchObject({ refusal: { code: 'token-absent' } });
    expect(await sign(soft.key('main', '01').ref)).toMatchObject({ ok: true });
    soft.insert('second');
    expect(labels().sort()).toEqual(['main', 'second']);
    expect(await sign(ref, '9999999')).toMatchObject({ refusal: { code: 'pin-incorrect' } });
    expect(await sign(ref)).toMatchObject({ ok: true });
  });
});
