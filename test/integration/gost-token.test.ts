// GOST signatures through PKCS#11: a module that really computes them, our CMS over them, and who takes it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPkcs11Token, type Pkcs11Token } from '../../src/main/adapters/token/pkcs11-token.ts';
import { SigningInputError, toBeSigned } from '../../src/shared/cades/build.ts';
import { OFFICER_POLICY } from '../../src/shared/cades/signability.ts';
import { verifyDetachedCades } from '../../src/shared/cades/verify.ts';
import {
  GOST_PIN,
  makeGostToken,
  whyNoCompiler,
  type GostToken,
} from '../support/gost/gost-token.ts';
import { checkKz, whyNoEngine } from '../support/gost/kz-maker.ts';
import { readOwn } from '../support/soft-token.ts';

const reason = whyNoEngine() ?? whyNoCompiler();
if (reason) console.warn(`SKIPPED: GOST through PKCS#11: ${reason}`);

const now = new Date('2026-03-02T06:30:00Z');
const content = Buffer.from('{"decision":"approve","ticket":"Ә-9"}');
const officer = {
  ...{ iin: '801345300016', surname: 'СЫНАҚОВА', name: 'ӘСЕЛ', patronymic: 'МАРАТҚЫЗЫ' },
  ...{ organisation: 'ГУ "Учебное управление"', bin: '991340000017' },
};

describe.skipIf(reason !== null)('GOST on a token', () => {
  let gost: GostToken;
  let allowed: Pkcs11Token;
  beforeAll(async () => {
    gost = makeGostToken(officer, now);
    allowed = await openPkcs11Token([gost.module]);
  });
  afterAll(() => {
    allowed.close();
    gost.dispose();
  });

  const listed = async (token: Pkcs11Token) => {
    const listing = await token.listTokens();
    const view = listing.ok ? listing.tokens[0] : undefined;
    if (!view?.certificates[0]) throw new Error('no token');
    return { view, certificate: view.certificates[0] };
  };
  const keyOf = async (token: Pkcs11Token) => {
    const { view, certificate } = await listed(token);
    const { keyId, certSha256 } = certificate;
    return { moduleId: 'gost', serial: view.serial, keyId, certSha256 };
  };
  const prepare = () =>
    toBeSigned({
      content,
      certDer: gost.made.leaf,
      chainDer: [gost.made.issuing],
      signingTime: now,
    });
  /** The CMS the officer's key makes over the content. */
  const signed = async (): Promise<Uint8Array> => {
    const job = prepare();
    const key = await keyOf(allowed);
    const answer = await allowed.sign({ ...key, pin: GOST_PIN, tbs: job.signedAttrsDer });
    if (!answer.ok) throw new Error(answer.refusal.code);
    const done = job.finish(answer.signature);
    if (!done.ok) throw new Error(done.code);
    return done.cms;
  };
  const verify = (cms: Uint8Array) =>
    verifyDetachedCades({
      ...{ cms, content, now, intermediates: [], requireSigningCertificateV2: true },
      anchors: [readOwn(gost.made.root)],
      policy: { ...OFFICER_POLICY, allowGost: true, expectedIin: officer.iin },
    });

  it('is listed with its key kind and with what the token can compute', async () => {
    const { view, certificate } = await listed(allowed);
    expect(certificate.kind).toBe('gost-512');
    expect(view.mechanisms).toEqual(['CKM_GOSTR3410_512', 'CKM_GOSTR3411_12_512']);
  });

  it('signs: the CMS is taken by us and by the GOST engine', async () => {
    const cms = await signed();
    expect(verify(cms)).toMatchObject({ ok: true, signer: { iin: officer.iin } });
    const { leaf: certificate, issuing: issuer } = gost.made;
    expect(checkKz({ cms, content, certificate, issuer })).toEqual({
      ...{ digest: true, signature: true, issued: true, asItStands: false },
    });
  });

  it('signs also where the token answers in the NCA’s own byte order', async () => {
    gost.set('own-order', true);
    const cms = await signed();
    gost.set('own-order', false);
    expect(verify(cms)).toMatchObject({ ok: true });
  });

  it('does not finish with another answer, and takes no SHA-256 in place of the content', async () => {
    const job = prepare();
    expect(job.finish(new Uint8Array(127))).toEqual({ ok: false, code: 'signature-malformed' });
    expect(job.finish(new Uint8Array(128))).toEqual({ ok: false, code: 'signature-invalid' });
    const key = await keyOf(allowed);
    const other = await allowed.sign({ ...key, pin: GOST_PIN, tbs: Buffer.from('other bytes') });
    expect(other.ok && job.finish(other.signature)).toEqual({
      ok: false,
      code: 'signature-invalid',
    });
    const bare = { contentSha256: new Uint8Array(32), certDer: gost.made.leaf };
    expect(() => toBeSigned({ ...bare, chainDer: [], signingTime: now })).toThrow(
      SigningInputError,
    );
  });

  it('wrong PIN: said with the flags, one try', async () => {
    const key = await keyOf(allowed);
    expect(await allowed.provePin({ ...key, pin: '9999999' })).toMatchObject({
      refusal: { code: 'pin-incorrect', pin: { countLow: true } },
    });
    expect(await allowed.provePin({ ...key, pin: GOST_PIN })).toMatchObject({ ok: true });
  });

  it('an extractable key is refused', async () => {
    const key = await keyOf(allowed);
    gost.set('extractable', true);
    const answer = await allowed.sign({ ...key, pin: GOST_PIN, tbs: Buffer.from('x') });
    gost.set('extractable', false);
    expect(answer).toMatchObject({ refusal: { code: 'key-extractable' } });
  });

  const refusedUnspent = {
    ok: false,
    // A wrong PIN was given: that the count is not low shows that it was never asked.
    refusal: { code: 'mechanism-unsupported', pin: { countLow: false } },
  };

  it('a token that does not list the mechanism is never asked, and no PIN is spent', async () => {
    const key = await keyOf(allowed);
    gost.set('no-mechanism', true);
    const { view } = await listed(allowed);
    const proof = await allowed.provePin({ ...key, pin: '9999999' });
    gost.set('no-mechanism', false);
    expect(view.mechanisms).toEqual(['CKM_GOSTR3411_12_512']);
    expect(proof).toMatchObject(refusedUnspent);
  });

  it('a module the station’s file does not allow GOST for is never asked', async () => {
    allowed.close();
    const { gost: _, ...silent } = gost.module;
    for (const module of [silent, { ...silent, gost: false }]) {
      const token = await openPkcs11Token([module]);
      const key = await keyOf(token);
      expect(await token.provePin({ ...key, pin: '9999999' })).toMatchObject(refusedUnspent);
      const answer = await token.sign({ ...key, pin: '9999999', tbs: Buffer.from('x') });
      expect(answer).toMatchObject(refusedUnspent);
      token.close();
    }
    allowed = await openPkcs11Token([gost.module]);
  });
});
