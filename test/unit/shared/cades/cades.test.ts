// Detached CAdES-B-B: what is made is taken, and every way of being wrong has its own refusal.
import { createHash, generateKeyPairSync } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { beforeAll, describe, expect, it } from 'vitest';
import { SigningInputError, toBeSigned } from '../../../../src/shared/cades/build.ts';
import { ecdsaDer } from '../../../../src/shared/cades/ecdsa-der.ts';
import { compareBytes, isSorted, readDer } from '../../../../src/shared/cades/der.ts';
import { OID } from '../../../../src/shared/cades/oids.ts';
import { OFFICER_POLICY } from '../../../../src/shared/cades/signability.ts';
import type { CadesRefusal } from '../../../../src/shared/cades/refused.ts';
import { CMS_LIMITS } from '../../../../src/shared/cades/signed-data.ts';
import {
  verifyDetachedCades,
  type VerifyInput,
  type VerifyResult,
} from '../../../../src/shared/cades/verify.ts';
import { makeSoftSigner, type SoftSigner } from '../../../support/soft-signer.ts';
import {
  daysFrom,
  issueOfficer,
  makeAuthorities,
  type TestAuthorities,
} from '../../../support/soft-token.ts';

const now = new Date('2026-02-10T08:00:00Z');
const content = Buffer.from('{"decision":"approve","ticket":"Ә-1"}');
let trust: TestAuthorities;
let stranger: TestAuthorities;
let rsa: SoftSigner;
let ec: SoftSigner;
beforeAll(async () => {
  [trust, stranger] = await Promise.all([makeAuthorities(now), makeAuthorities(now)]);
  rsa = await makeSoftSigner('rsa', trust, now);
  ec = await makeSoftSigner('ec-p256', trust, now);
});

const verify = (cms: Uint8Array, change: Partial<VerifyInput> = {}): VerifyResult =>
  verifyDetachedCades({
    cms,
    content,
    anchors: trust.anchors,
    intermediates: [],
    now,
    requireSigningCertificateV2: true,
    policy: OFFICER_POLICY,
    ...change,
  });
const codeOf = (result: VerifyResult): CadesRefusal | 'ok' => (result.ok ? 'ok' : result.code);

const bytes = (view: Uint8Array): ArrayBuffer => Uint8Array.from(view).buffer;
interface Forge {
  readonly attributes?: (all: pkijs.Attribute[]) => pkijs.Attribute[];
  readonly sort?: boolean;
  readonly signedData?: (data: pkijs.SignedData) => void;
}

/** The same message with attributes or outer parts altered, and signed again with the right key. */
function forge(signer: SoftSigner, { attributes, sort = true, signedData }: Forge): Uint8Array {
  const info = pkijs.ContentInfo.fromBER(bytes(signer.cms(content)));
  const data = new pkijs.SignedData({ schema: info.content });
  const [only] = data.signerInfos;
  if (!only?.signedAttrs) throw new Error('no signer');
  const changed = attributes?.(only.signedAttrs.attributes) ?? only.signedAttrs.attributes;
  const der = (a: pkijs.Attribute) => new Uint8Array(a.toSchema().toBER());
  const ordered = sort ? [...changed].sort((a, b) => compareBytes(der(a), der(b))) : changed;
  only.signedAttrs = new pkijs.SignedAndUnsignedAttributes({ type: 0, attributes: ordered });
  const set = new asn1js.Set({ value: ordered.map((a) => a.toSchema()) });
  // Forged for the P-256 signer only.
  const signature = ecdsaDer(signer.raw(new Uint8Array(set.toBER())));
  if (!signature) throw new Error('not a P-256 signature');
  only.signature = new asn1js.OctetString({ valueHex: bytes(signature) });
  signedData?.(data);
  const out = new pkijs.ContentInfo({ contentType: OID.signedData, content: data.toSchema(true) });
  return new Uint8Array(out.toSchema().toBER());
}
const without = (type: string) => (all: pkijs.Attribute[]) => all.filter((a) => a.type !== type);

describe('a signature of ours', () => {
  it.each(['rsa', 'ec'] as const)('%s is taken, with signer, time and chain', (kind) => {
    const signer = kind === 'rsa' ? rsa : ec;
    const result = verify(signer.cms(content));
    expect(result).toMatchObject({ ok: true, signingTime: now, warnings: [] });
    if (!result.ok) return;
    expect(Buffer.from(result.signer.der).equals(signer.certDer)).toBe(true);
    expect(result.chain.map((c) => c.subjectCommonName)).toEqual([
      'СЫНАҚОВА ӘСЕЛ',
      'TEST ISSUING CA',
      'TEST ROOT',
    ]);
  });

  it('has sorted attributes, the issuing CA and never the root', () => {
    const chainDer = [trust.issuing.certDer, trust.root.certDer];
    const job = toBeSigned({ content, certDer: ec.certDer, chainDer, signingTime: now });
    const attributes = readDer(job.signedAttrsDer, CMS_LIMITS).children;
    expect(attributes).toHaveLength(5);
    expect(isSorted(attributes)).toBe(true);
    const done = job.finish(ec.raw(job.signedAttrsDer));
    if (!done.ok) throw new Error(done.code);
    const hex = Buffer.from(done.cms).toString('hex');
    expect(hex).toContain(Buffer.from(trust.issuing.certDer).toString('hex'));
    expect(hex).not.toContain(Buffer.from(trust.root.certDer).toString('hex'));
    expect(() => readDer(done.cms, CMS_LIMITS)).not.toThrow();
  });

  it('is the same from the content and from its digest', () => {
    const common = { certDer: ec.certDer, chainDer: [], signingTime: now };
    const contentSha256 = createHash('sha256').update(content).digest();
    expect(toBeSigned({ contentSha256, ...common }).signedAttrsDer).toEqual(
      toBeSigned({ content, ...common }).signedAttrsDer,
    );
  });

  it('is not finished with another key’s answer or a wrong length', () => {
    const job = toBeSigned({ content, certDer: ec.certDer, chainDer: [], signingTime: now });
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const wrong = { ...ec, privateKey: other.privateKey };
    expect(job.finish(wrong.raw(Buffer.from('other bytes')))).toMatchObject({
      code: 'signature-invalid',
    });
    expect(job.finish(new Uint8Array(63))).toMatchObject({ code: 'signature-malformed' });
    expect(job.finish(new Uint8Array(64))).toMatchObject({ code: 'signature-invalid' });
  });

  it('is refused before the token is asked when the key cannot sign here', async () => {
    const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey;
    const spki = p384.export({ type: 'spki', format: 'der' });
    const certDer = await issueOfficer(trust.issuing, spki, now);
    const input = { content, certDer, chainDer: [], signingTime: now };
    expect(() => toBeSigned(input)).toThrow(SigningInputError);
  });
});

describe('refusals', () => {
  it('other content', () => {
    expect(codeOf(verify(ec.cms(content), { content: Buffer.from('x') }))).toBe('digest-mismatch');
  });

  it('a chain of strangers, even when they are embedded', async () => {
    const theirs = await makeSoftSigner('ec-p256', stranger, now);
    const result = verify(theirs.cms(content), { intermediates: stranger.intermediates });
    expect(codeOf(result)).toBe('chain-untrusted');
    expect(!result.ok && result.claimedSigner?.iin).toBe('801345300016');
  });

  it('an issuing CA that stands nowhere, and none needed in the message when it is configured', () => {
    const job = toBeSigned({ content, certDer: ec.certDer, chainDer: [], signingTime: now });
    const done = job.finish(ec.raw(job.signedAttrsDer));
    if (!done.ok) throw new Error(done.code);
    expect(codeOf(verify(done.cms))).toBe('chain-untrusted');
    expect(codeOf(verify(done.cms, { intermediates: trust.intermediates }))).toBe('ok');
  });

  it('a certificate issued by an officer', async () => {
    const officer = { ...trust.issuing, certDer: ec.certDer, kind: 'ec-p256' as const };
    const { subtle } = globalThis.crypto;
    const pkcs8 = ec.privateKey.export({ type: 'pkcs8', format: 'der' });
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    const privateKey = await subtle.importKey('pkcs8', pkcs8, algorithm, true, ['sign']);
    const spki = (await import('node:crypto')).createPublicKey(ec.privateKey);
    const spkiDer = spki.export({ type: 'spki', format: 'der' });
    const publicKey = await subtle.importKey('spki', spkiDer, algorithm, true, ['verify']);
    const signer = await makeSoftSigner(
      'ec-p256',
      { ...trust, issuing: { ...officer, privateKey, publicKey } },
      now,
    );
    const result = verify(signer.cms(content), { intermediates: trust.intermediates });
    expect(result).toMatchObject({ code: 'chain-untrusted', detail: 'issuer is not a CA' });
  });

  it('certificates out of their dates, an AUTH key, a wrong role', async () => {
    const expired = { notBefore: daysFrom(now, -400), notAfter: daysFrom(now, -1) };
    const codes = async (change: Parameters<typeof makeSoftSigner>[3]) => {
      const signer = await makeSoftSigner('ec-p256', trust, now, change);
      const result = verify(signer.cms(content));
      return result.ok ? 'ok' : [result.code, result.reason];
    };
    expect(await codes(expired)).toEqual(['expired', 'expired']);
    expect(await codes({ notBefore: daysFrom(now, 1) })).toEqual([
      'not-yet-valid',
      'not-yet-valid',
    ]);
    expect(await codes({ usage: 'auth' })).toEqual(['key-usage', 'auth-key']);
    expect(await codes({ roles: ['individual'] })).toEqual([
      'signer-not-allowed',
      'role-individual',
    ]);
  });

  it('another officer or another unit than the logged-in one', () => {
    const policy = { ...OFFICER_POLICY, expectedIin: '781345300043' };
    expect(verify(ec.cms(content), { policy })).toMatchObject({
      code: 'signer-not-allowed',
      reason: 'iin-mismatch',
    });
  });

  it('a missing or wrong signing-certificate-v2', () => {
    const missing = forge(ec, { attributes: without(OID.signingCertificateV2) });
    expect(codeOf(verify(missing))).toBe('signing-certificate-missing');
    expect(codeOf(verify(missing, { requireSigningCertificateV2: false }))).toBe('ok');
    const octets = new asn1js.OctetString({ valueHex: new ArrayBuffer(32) });
    const seq = (value: asn1js.AsnType) => new asn1js.Sequence({ value: [value] });
    const wrong = forge(ec, {
      attributes: (all) => [
        ...without(OID.signingCertificateV2)(all),
        new pkijs.Attribute({ type: OID.signingCertificateV2, values: [seq(seq(seq(octets)))] }),
      ],
    });
    expect(codeOf(verify(wrong))).toBe('signing-certificate-mismatch');
  });

  it('unsorted or doubled attributes', () => {
    const unsorted = forge(ec, { attributes: (all) => [...all].reverse(), sort: false });
    expect(codeOf(verify(unsorted))).toBe('malformed');
    const doubled = forge(ec, { attributes: (all) => [...all, ...all.slice(0, 1)] });
    expect(codeOf(verify(doubled))).toBe('malformed');
  });

  it('missing content type, digest or algorithm protection', () => {
    for (const type of [OID.contentType, OID.messageDigest, OID.algorithmProtection])
      expect(codeOf(verify(forge(ec, { attributes: without(type) })))).toBe('attributes-invalid');
  });

  it('no signer, two signers, no certificate, a stray certificate, attached content', () => {
    const alter = (signedData: (data: pkijs.SignedData) => void) =>
      codeOf(verify(forge(ec, { signedData })));
    expect(alter((d) => (d.signerInfos = []))).toBe('signer-count');
    const twice = forge(ec, {
      signedData: (d) => {
        const other = pkijs.ContentInfo.fromBER(bytes(rsa.cms(content)));
        const [second] = new pkijs.SignedData({ schema: other.content }).signerInfos;
        if (second)
          d.signerInfos = [...d.signerInfos, second].sort((a, b) =>
            compareBytes(
              new Uint8Array(a.toSchema().toBER()),
              new Uint8Array(b.toSchema().toBER()),
            ),
          );
      },
    });
    expect(codeOf(verify(twice))).toBe('signer-count');
    expect(alter((d) => (d.certificates = []))).toBe('certificate-missing');
    const onlyCa = pkijs.Certificate.fromBER(bytes(trust.issuing.certDer));
    expect(alter((d) => (d.certificates = [onlyCa]))).toBe('certificate-missing');
    const stray = pkijs.Certificate.fromBER(bytes(stranger.root.certDer));
    const withStray = forge(ec, {
      signedData: (d) => {
        const bag = [...(d.certificates ?? []), stray];
        const der = (c: (typeof bag)[number]) => new Uint8Array(c.toSchema().toBER());
        d.certificates = bag.sort((a, b) => compareBytes(der(a), der(b)));
      },
    });
    expect(codeOf(verify(withStray))).toBe('certificate-unexpected');
    const eContent = new asn1js.OctetString({ valueHex: bytes(content) });
    expect(
      alter((d) => {
        // Given to the constructor it would become a constructed (BER) string.
        d.encapContentInfo = new pkijs.EncapsulatedContentInfo({ eContentType: OID.data });
        d.encapContentInfo.eContent = eContent;
      }),
    ).toBe('content-attached');
  });

  it('an algorithm that cannot be checked, with the certificate it claims', () => {
    const gost = forge(ec, {
      signedData: (d) => {
        const [info] = d.signerInfos;
        const algorithmId = OID.gostSignature512;
        if (info) info.signatureAlgorithm = new pkijs.AlgorithmIdentifier({ algorithmId });
      },
    });
    const result = verify(gost);
    expect(codeOf(result)).toBe('algorithm-unsupported');
    expect(!result.ok && result.claimedSigner?.surname).toBe('СЫНАҚОВА');
  });

  it('sizes and rubbish', () => {
    expect(codeOf(verify(new Uint8Array(CMS_LIMITS.maxBytes + 1)))).toBe('too-large');
    for (const rubbish of ['', '30', '3000', '00'.repeat(50), '30800000'])
      expect(codeOf(verify(Buffer.from(rubbish, 'hex')))).toBe('malformed');
  });
});
