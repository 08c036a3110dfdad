// A log-in held for a batch on a real module: one PIN, many signatures, and everything that ends it.
import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openPkcs11Token, type Pkcs11Token } from '../../src/main/adapters/token/pkcs11-token.ts';
import { HOLD_REST_MS, heldLogIn } from '../../src/main/adapters/token/pkcs11-hold.ts';
import { makeSoftTokens, PIN, type SoftTokens } from '../support/soft-token.ts';
import { startTokenStation, type TokenStation } from '../support/token-station.ts';

let soft: SoftTokens;
let token: Pkcs11Token;
let station: TokenStation | null = null;

beforeAll(async () => {
  soft = await makeSoftTokens(new Date(), {
    main: [
      { keyId: '01', kind: 'rsa' },
      { keyId: '02', kind: 'ec-p256' },
    ],
    other: [{ keyId: '01', kind: 'rsa' }],
  });
  process.env['SOFTHSM2_CONF'] = soft.softhsmConf;
  token = await openPkcs11Token([soft.module]);
});
afterEach(() => {
  station?.stop();
  station = null;
});
afterAll(() => {
  token?.close();
  soft?.dispose();
});

const ref = (name: 'main' | 'other' = 'main', id = '01') => soft.key(name, id).ref;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function holds(signature: Uint8Array, text: string, id = '01'): boolean {
  const certificate = new X509Certificate(Buffer.from(soft.key('main', id).certDer));
  const key = createPublicKey(certificate.publicKey.export({ type: 'spki', format: 'pem' }));
  return verify('sha256', bytes(text), { key, dsaEncoding: 'ieee-p1363' }, signature);
}

describe('a log-in that is held', () => {
  it('signs many times after one PIN, also when the token is listed and looked at in between', async () => {
    for (const id of ['01', '02']) {
      expect(await token.hold({ ...ref('main', id), pin: PIN })).toMatchObject({
        ok: true,
        pinAlways: false,
      });
      for (const text of ['one', 'two', 'three']) {
        const signed = await token.signHeld({ ...ref('main', id), tbs: bytes(text) });
        if (!signed.ok) throw new Error(signed.refusal.code);
        expect(holds(signed.signature, text, id)).toBe(true);
        const listing = await token.listTokens();
        expect(listing.ok && listing.tokens).toHaveLength(2);
        expect(token.present()).toHaveLength(2);
      }
      await token.release();
    }
  });

  it('is refused with one wrong PIN, and nothing can be signed then', async () => {
    expect(await token.hold({ ...ref(), pin: '9999999' })).toMatchObject({
      refusal: { code: 'pin-incorrect', pin: { countLow: true } },
    });
    expect(await token.signHeld({ ...ref(), tbs: bytes('x') })).toMatchObject({
      refusal: { code: 'cancelled' },
    });
  });

  it('is for its own key alone', async () => {
    await token.hold({ ...ref(), pin: PIN });
    for (const other of [ref('main', '02'), ref('other'), { ...ref(), certSha256: '0'.repeat(64) }])
      expect(await token.signHeld({ ...other, tbs: bytes('x') })).toMatchObject({
        refusal: { code: 'cancelled' },
      });
    expect(await token.signHeld({ ...ref(), tbs: bytes('x') })).toMatchObject({ ok: true });
    await token.release();
  });

  it.each([
    ['release', () => token.release()],
    ['a signature with a PIN', () => token.sign({ ...ref(), pin: PIN, tbs: bytes('y') })],
    ['another PIN, even a wrong one', () => token.provePin({ ...ref('other'), pin: '9999999' })],
  ])('ends with %s', async (_what, end) => {
    await token.hold({ ...ref(), pin: PIN });
    await end();
    expect(await token.signHeld({ ...ref(), tbs: bytes('x') })).toMatchObject({
      refusal: { code: 'cancelled' },
    });
    // Nothing was left open on the token: the next PIN is really asked.
    expect(await token.provePin({ ...ref(), pin: '9999999' })).toMatchObject({
      refusal: { code: 'pin-incorrect' },
    });
    expect(await token.provePin({ ...ref(), pin: PIN })).toMatchObject({ ok: true });
    await token.provePin({ ...ref('other'), pin: PIN });
  });

  it('ends when the token is pulled out, and does not go on by itself when it is back', async () => {
    await token.hold({ ...ref(), pin: PIN });
    expect(await token.signHeld({ ...ref(), tbs: bytes('x') })).toMatchObject({ ok: true });
    soft.remove('main');
    expect(await token.signHeld({ ...ref(), tbs: bytes('x') })).toMatchObject({ ok: false });
    soft.insert('main');
    expect(await token.signHeld({ ...ref(), tbs: bytes('x') })).toMatchObject({
      refusal: { code: 'cancelled' },
    });
    expect(await token.provePin({ ...ref(), pin: PIN })).toMatchObject({ ok: true });
  });

  it('ends by itself when nobody signs for a while', () => {
    const closed: string[] = [];
    const api = {
      C_Logout: () => closed.push('log-out'),
      C_CloseSession: () => undefined,
      C_CloseAllSessions: () => closed.push('all closed'),
    };
    const module = { api, holds: false };
    const held = heldLogIn();
    held.keep(ref(), { module, token: { slot: null }, session: null } as never);
    const now = performance.now();
    held.releaseRested(now + HOLD_REST_MS - 1_000);
    expect(module.holds).toBe(true);
    held.releaseRested(now + HOLD_REST_MS + 1_000);
    expect(module.holds).toBe(false);
    expect(closed).toEqual(['log-out', 'all closed']);
  });
});

describe('in the token process', () => {
  const open = () =>
    (station = startTokenStation({
      modules: [soft.module],
      env: { SOFTHSM2_CONF: soft.softhsmConf },
      limits: { spentMs: 150 },
    }));

  it('stays one process for the whole batch and is replaced after its release', async () => {
    const { tokens, pid, replaced } = open();
    await tokens.listTokens();
    const first = pid('soft');
    expect(await tokens.hold({ ...ref(), pin: PIN })).toMatchObject({ ok: true });
    for (let n = 0; n < 5; n++) {
      expect(await tokens.signHeld({ ...ref(), tbs: bytes(`${n}`) })).toMatchObject({ ok: true });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(pid('soft')).toBe(first);
    await tokens.release();
    await expect.poll(() => pid('soft')).not.toBe(first);
    expect(replaced).toEqual(['soft spent']);
    expect(await tokens.signHeld({ ...ref(), tbs: bytes('x') })).toMatchObject({
      refusal: { code: 'cancelled' },
    });
  });

  it('a lock in the middle ends it: the new process holds nothing', async () => {
    const { tokens } = open();
    await tokens.listTokens();
    await tokens.hold({ ...ref(), pin: PIN });
    expect(await tokens.signHeld({ ...ref(), tbs: bytes('x') })).toMatchObject({ ok: true });
    tokens.renew();
    expect(await tokens.signHeld({ ...ref(), tbs: bytes('x') })).toMatchObject({
      refusal: { code: 'cancelled' },
    });
    await tokens.release();
  });
});
