// The signed trust list: a pinned signer, no way back, purposes and policies as it says.
import { beforeAll, describe, expect, it } from 'vitest';
import {
  bootstrapTrust,
  holderPolicyOf,
  openTrustList,
  signingPolicy,
  type OpenTrustListInput,
  type OpenTrustListResult,
} from '../../../../src/shared/cades/trust-list.ts';
import { readPemCertificates } from '../../../../src/shared/cades/trust.ts';
import {
  APPLICANT_POLICY,
  assessSigningCertificate,
  expiryStep,
  OFFICER_POLICY,
} from '../../../../src/shared/cades/signability.ts';
import { openNodeTime } from '../../../../src/shared/cades/node-time.ts';
import { verifyDetachedCades } from '../../../../src/shared/cades/verify.ts';
import { canonicalBytes } from '../../../../src/shared/central/statement.ts';
import type { TrustListBody } from '../../../../src/shared/central/trust-list.ts';
import { pemOf, STORAGE } from '../../../../stand/pki/issue.ts';
import type { PkiKeys } from '../../../../stand/pki/pki-keys.ts';
import { signAsNode, signTrustList, trainingTrustList } from '../../../../stand/pki/trust-list.ts';
import { makeSoftSigner, type SoftSigner } from '../../../support/soft-signer.ts';
import {
  daysFrom,
  makeAuthorities,
  readOwn,
  type TestAuthorities,
} from '../../../support/soft-token.ts';
import { testServices } from '../../../support/trust-services.ts';

const now = new Date('2026-02-10T08:00:00Z');
let ca: TestAuthorities;
let keys: PkiKeys;
let officer: SoftSigner;
beforeAll(async () => {
  ca = await makeAuthorities(now);
  keys = await testServices(ca, now);
  officer = await makeSoftSigner('ec-p256', ca, now);
});

const body = (change: Partial<TrustListBody> = {}, version = 7): TrustListBody =>
  trainingTrustList({
    trustPem: pemOf(ca.root.certDer) + pemOf(ca.issuing.certDer),
    version,
    now,
    change,
  });
const signed = (change: Partial<TrustListBody> = {}, version?: number) =>
  signTrustList(body(change, version), keys.list, now);
const open = (
  list: { list: Uint8Array; signature: Uint8Array },
  change: Partial<OpenTrustListInput> = {},
): OpenTrustListResult =>
  openTrustList({
    ...list,
    pins: readPemCertificates(keys.listCaPem),
    now,
    newest: null,
    ...change,
  });
const codeOf = (result: OpenTrustListResult): string => (result.ok ? 'ok' : result.code);
const trust = (change: Partial<TrustListBody> = {}) => {
  const result = open(signed(change));
  if (!result.ok) throw new Error(result.code);
  return result.trust;
};

describe('a list is taken', () => {
  it("under the pin of the signer's CA, or of the signer itself", () => {
    const list = signed();
    expect(open(list)).toMatchObject({ ok: true, stale: false, trust: { list: { version: 7 } } });
    expect(codeOf(open(list, { pins: readPemCertificates(keys.list.certPem) }))).toBe('ok');
  });

  it('newer than the last; the same once more', () => {
    const first = open(signed());
    if (!first.ok || first.trust.list === null) throw new Error('not taken');
    const newest = first.trust.list;
    expect(codeOf(open(signed({}, 8), { newest }))).toBe('ok');
    expect(codeOf(open(signed(), { newest }))).toBe('ok');
  });

  it('when it has run out only as the one already worked with', () => {
    const list = signed();
    const later = { now: daysFrom(now, 31) };
    const first = open(list);
    if (!first.ok || first.trust.list === null) throw new Error('not taken');
    expect(open(list, { ...later, newest: first.trust.list })).toMatchObject({
      ok: true,
      stale: true,
    });
    expect(codeOf(open(list, later))).toBe('expired');
  });
});

describe('a list is refused', () => {
  it('with a broken signature', () => {
    const list = signed();
    const bent = Uint8Array.from(list.signature);
    bent[bent.length - 9]! ^= 0x10;
    expect(codeOf(open({ ...list, signature: bent }))).toBe('signature-invalid');
    const other = Buffer.from(
      Buffer.from(list.list).toString('utf8').replace('"version":7', '"version":9'),
    );
    expect(codeOf(open({ ...list, list: other }))).toBe('signature-invalid');
  });

  it('of an unknown signer, also one the node would trust with acts', async () => {
    const strangers = await testServices(ca, now);
    expect(codeOf(open(signTrustList(body(), strangers.list, now)))).toBe('signer-unknown');
    const officerPin = readPemCertificates(strangers.list.certPem);
    expect(codeOf(open(signed(), { pins: officerPin }))).toBe('signer-unknown');
    expect(codeOf(open(signed(), { pins: [] }))).toBe('signer-unknown');
  });

  it('older than the last, or another one under the same number', () => {
    const newest = { version: 7, sha256: '0'.repeat(64) };
    expect(codeOf(open(signed({}, 6), { newest }))).toBe('older');
    expect(codeOf(open(signed(), { newest }))).toBe('version-reused');
  });

  it('that is of the future, of another shape, or not canonical', () => {
    expect(codeOf(open(signed({ issuedAt: daysFrom(now, 1).toISOString() })))).toBe('not-yet');
    const shape = { ...body(), extra: 1 } as unknown as TrustListBody;
    expect(codeOf(open(signTrustList(shape, keys.list, now)))).toBe('malformed');
    const leaf = Buffer.from(officer.certDer).toString('base64');
    const anchors = [{ ...body().anchors[0]!, certificate: leaf }];
    expect(codeOf(open(signed({ anchors })))).toBe('malformed');
  });
});

describe('a list says', () => {
  const verify = (purpose: 'officer' | 'applicant', list: ReturnType<typeof trust>, at = now) =>
    verifyDetachedCades({
      cms: officer.cms(Buffer.from('x')),
      content: Buffer.from('x'),
      ...list.of(purpose, at),
      now: at,
      requireSigningCertificateV2: true,
      policy: list.officerPolicy,
    });

  it('for which purpose an anchor is trusted, and how long', () => {
    const anchors = body().anchors.map((anchor) => ({
      ...anchor,
      purposes: ['officer' as const],
      validTo: daysFrom(now, 10).toISOString(),
    }));
    const list = trust({ anchors });
    expect(verify('officer', list)).toMatchObject({ ok: true });
    expect(verify('applicant', list)).toMatchObject({ ok: false, code: 'chain-untrusted' });
    expect(verify('officer', list, daysFrom(now, 11))).toMatchObject({ code: 'chain-untrusted' });
  });

  it('which CA may have issued', () => {
    const policy = (issuers: string[]) => ({
      ...body().policy,
      officer: { ...body().policy.officer, issuers },
    });
    const issuing = readOwn(ca.issuing.certDer).sha256;
    expect(verify('officer', trust({ policy: policy([issuing]) }))).toMatchObject({ ok: true });
    expect(verify('officer', trust({ policy: policy(['0'.repeat(64)]) }))).toMatchObject({
      ok: false,
      code: 'chain-untrusted',
    });
  });

  it('the same policies that are built in, word for word', () => {
    const list = trust();
    expect(list.officerPolicy).toEqual({
      ...OFFICER_POLICY,
      allowGost: false,
      refusedKeyStorage: ['1.2.398.3.3.5.1.'],
    });
    expect(list.applicantPolicy).toEqual(APPLICANT_POLICY);
    expect(bootstrapTrust(ca).officerPolicy).toBe(OFFICER_POLICY);
  });
});

describe('a policy of the list decides', () => {
  const reason = async (
    policy: Partial<ReturnType<typeof holderPolicyOf>>,
    change: Parameters<typeof makeSoftSigner>[3] = {},
  ) => {
    const { certDer } = await makeSoftSigner('ec-p256', ca, now, change);
    const verdict = assessSigningCertificate(readOwn(certDer), {
      now,
      policy: signingPolicy({ ...holderPolicyOf(OFFICER_POLICY), ...policy }),
    });
    return verdict.usable ? 'ok' : verdict.reasonCode;
  };

  it('on roles', async () => {
    expect(await reason({})).toBe('ok');
    expect(await reason({ refusedRoles: ['1.2.398.3.3.4.1.2.2'] })).toBe('role-refused');
    expect(await reason({ requiredRoles: ['1.2.398.5.8.1.1'] })).toBe('role-missing');
    expect(await reason({ allowedRoles: ['1.2.398.3.3.4.1.2.1'] })).toBe('role-missing');
    const employee = { roles: ['legal-entity', 'employee'] } as const;
    expect(await reason({ employees: false }, employee)).toBe('role-employee');
    const servant = { roles: ['civil-servant'] } as const;
    expect(await reason({}, servant)).toBe('role-missing');
    expect(await reason({ civilServants: true }, servant)).toBe('ok');
  });

  it('on where the key lives', async () => {
    const file = { keyStorageOid: STORAGE.file };
    expect(await reason({}, file)).toBe('file-key-forbidden');
    expect(await reason({ refusedKeyStorage: [] }, file)).toBe('ok');
    expect(
      await reason({ refusedKeyStorage: [], allowedKeyStorage: ['1.2.398.3.3.5.2.'] }, file),
    ).toBe('file-key-forbidden');
    expect(await reason({ refusedKeyStorage: [STORAGE.token] })).toBe('key-storage-forbidden');
    expect(await reason({ allowedKeyStorage: ['1.2.398.3.3.5.2.1'] })).toBe(
      'key-storage-forbidden',
    );
    expect(
      await reason({ allowedKeyStorage: ['1.2.398.3.3.5.2.1'] }, { keyStorageOid: null }),
    ).toBe('ok');
  });
});

it('the end of a certificate is told at thirty, fourteen and seven days', async () => {
  const { certDer } = await makeSoftSigner('ec-p256', ca, now);
  const certificate = readOwn(certDer);
  const steps = [31, 30, 15, 14, 8, 7, 1, 0, -1].map((days) =>
    expiryStep(certificate, daysFrom(certificate.notAfter, -days)),
  );
  expect(steps).toEqual([null, 30, 30, 14, 14, 7, 7, 7, null]);
});

const question = 'ab'.repeat(32);
const told = (change: object = {}): Uint8Array =>
  canonicalBytes({
    type: 'kualik/node-time',
    version: 1,
    question,
    at: now.toISOString(),
    ...change,
  });
const timeOf = (time: Uint8Array, cms: Uint8Array, asked = question) =>
  openNodeTime({ time, cms, pins: readPemCertificates(keys.list.certPem), question: asked });

describe('the signed time of the node, by the same signer', () => {
  it('is taken from the pinned signer, whatever our own clock says', () => {
    const time = told();
    expect(timeOf(time, signAsNode(time, keys.list, now))).toEqual({ ok: true, at: now });
  });

  it('is refused when it answers another question', () => {
    const time = told();
    const cms = signAsNode(time, keys.list, now);
    expect(timeOf(time, cms, 'cd'.repeat(32))).toEqual({ ok: false, code: 'other-question' });
  });

  it('is refused from another signer, with a changed time, or with a time its signer did not live in', () => {
    const time = told();
    const refused = { ok: false, code: 'signature-invalid' };
    expect(timeOf(time, signAsNode(time, keys.tsa, now))).toEqual(refused);
    const later = told({ at: '2026-02-10T09:00:00.000Z' });
    expect(timeOf(later, signAsNode(time, keys.list, now))).toEqual(refused);
    const past = told({ at: '1999-01-01T00:00:00.000Z' });
    expect(timeOf(past, signAsNode(past, keys.list, now))).toEqual(refused);
  });

  it.each([
    ['no JSON', new TextEncoder().encode('{')],
    ['another document of the node', new TextEncoder().encode('{"type":"kualik/issue-lease"}')],
    ['spaces', new TextEncoder().encode(` ${new TextDecoder().decode(told())}`)],
  ])('is refused with %s', (_what, time) => {
    expect(timeOf(time, signAsNode(time, keys.list, now))).toEqual({
      ok: false,
      code: 'malformed',
    });
  });
});
