// Revocation lists: base and delta of the right CA, fresh; a list that has run out says nothing.
import { beforeAll, describe, expect, it } from 'vitest';
import type { NcaCertificate } from '../../../../src/shared/cades/certificate-types.ts';
import { readCrlAnswer, type CrlInput } from '../../../../src/shared/cades/crl.ts';
import type { RevocationAnswer } from '../../../../src/shared/cades/revocation.ts';
import { makeCrl, type CrlOrder } from '../../../../stand/pki/crl-maker.ts';
import { exportKeyPem } from '../../../../stand/pki/issue.ts';
import type { BookEntry } from '../../../../stand/pki/status-book.ts';
import { makeSoftSigner } from '../../../support/soft-signer.ts';
import { makeAuthorities, readOwn, type TestAuthorities } from '../../../support/soft-token.ts';

const now = new Date('2026-02-10T08:00:00Z');
const hours = (n: number): Date => new Date(now.getTime() + n * 3_600_000);
let issuer: NcaCertificate;
let officer: NcaCertificate;
let keyPem: string;
let strangers: TestAuthorities;
beforeAll(async () => {
  const ca = await makeAuthorities(now);
  strangers = await makeAuthorities(now);
  issuer = readOwn(ca.issuing.certDer);
  keyPem = await exportKeyPem(ca.issuing.privateKey);
  officer = readOwn((await makeSoftSigner('ec-p256', ca, now)).certDer);
});

const list = (change: Partial<CrlOrder> = {}): Uint8Array =>
  makeCrl(issuer, keyPem, {
    number: 40,
    asOf: hours(-2),
    until: hours(22),
    entries: new Map(),
    ...change,
  });
const delta = (change: Partial<CrlOrder> = {}): Uint8Array =>
  list({ number: 41, baseNumber: 40, asOf: hours(-1), until: hours(1), ...change });
const read = (base: Uint8Array, change: Partial<CrlInput> = {}): RevocationAnswer =>
  readCrlAnswer({ base, delta: null, certificate: officer, issuer, now, ...change });
const whyOf = (answer: RevocationAnswer): string =>
  answer.status === 'unavailable' ? answer.why : answer.status;
const row = (reason: BookEntry['reason']): ReadonlyMap<string, BookEntry> =>
  new Map([
    ['1234', { at: hours(-9), reason: 'superseded' }],
    [officer.serialHex, { at: hours(-3), reason }],
  ]);

describe('lists', () => {
  it('say good, and until when', () => {
    expect(read(list())).toEqual({
      status: 'good',
      source: 'crl',
      asOf: hours(-2),
      until: hours(22),
    });
    expect(read(list(), { delta: delta() })).toMatchObject({ asOf: hours(-1), until: hours(1) });
  });

  it('say revoked, from the base or from the delta', () => {
    const revoked = { status: 'revoked', source: 'crl', at: hours(-3), reason: 'key-compromise' };
    const entries = row('key-compromise');
    expect(read(list({ entries }))).toMatchObject(revoked);
    expect(read(list(), { delta: delta({ entries }) })).toMatchObject(revoked);
    expect(read(list({ entries }), { delta: delta() })).toMatchObject(revoked);
  });

  it('a hold taken back by the delta is good again', () => {
    const held = list({ entries: row('certificate-hold') });
    expect(whyOf(read(held))).toBe('revoked');
    const freed = delta({ entries: row('remove-from-crl') });
    expect(whyOf(read(held, { delta: freed }))).toBe('good');
  });
});

describe('lists say nothing', () => {
  it('when they have run out or are of the future', () => {
    expect(whyOf(read(list({ until: hours(-1) })))).toBe('crl-stale');
    expect(whyOf(read(list({ asOf: hours(1) })))).toBe('crl-stale');
    expect(whyOf(read(list(), { delta: delta({ until: hours(-0.5) }) }))).toBe('crl-stale');
  });

  it('when base and delta do not fit', () => {
    expect(whyOf(read(list(), { delta: delta({ baseNumber: 41, number: 42 }) }))).toBe('crl-stale');
    expect(whyOf(read(list({ number: 50 }), { delta: delta() }))).toBe('crl-stale');
    expect(whyOf(read(delta()))).toBe('crl-malformed');
    expect(whyOf(read(list(), { delta: list({ number: 41 }) }))).toBe('crl-malformed');
  });

  it('when they are of another CA, or signed with another key', async () => {
    const foreign = readOwn(strangers.issuing.certDer);
    const foreignKey = await exportKeyPem(strangers.issuing.privateKey);
    const root = readOwn(strangers.root.certDer);
    const order = { number: 1, asOf: hours(-1), until: hours(1), entries: new Map() };
    expect(whyOf(read(makeCrl(root, foreignKey, order)))).toBe('crl-foreign');
    // Same name, other key: only the signature tells.
    expect(whyOf(read(makeCrl(foreign, foreignKey, order)))).toBe('signature-invalid');
  });

  it('with any byte altered', () => {
    const bytes = list({ entries: row('unspecified') });
    for (let i = 0; i < bytes.length; i++) {
      const bent = Uint8Array.from(bytes);
      bent[i]! ^= 0x01;
      expect(read(bent).status, `byte ${i}`).toBe('unavailable');
    }
  });
});
