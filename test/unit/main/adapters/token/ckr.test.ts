// The table of PKCS#11 answers: the codes an officer meets lead where the signing facts say.
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { CKR, ckrOf, meaningOf } from '../../../../../src/main/adapters/token/ckr.ts';

describe('PKCS#11 answers', () => {
  it.each([
    [0xa0, 'pin-incorrect', 'officer'],
    [0xa4, 'pin-locked', 'token'],
    [0xa2, 'pin-length', 'officer'],
    [0xe0, 'token-removed', 'officer'],
    [0xb3, 'token-removed', 'officer'],
    [0x32, 'token-removed', 'officer'],
    [0x30, 'token-failed', 'token'],
    [0x70, 'mechanism-unsupported', 'token'],
    [0x90, 'module-failed', 'program'],
    [0x80000001, 'module-failed', 'program'],
  ])('0x%s → %s', (code, refusal, severity) => {
    expect(meaningOf(code)).toMatchObject({ refusal, severity });
  });

  it('names each code as the header of PKCS#11 does', () => {
    const p11 = createRequire(import.meta.url)('pkcs11js') as Record<string, number>;
    for (const [code, { name }] of Object.entries(CKR)) expect(p11[name]).toBe(Number(code));
  });

  it('tells a module’s error from a bug of ours', () => {
    expect(ckrOf(new TypeError('x'))).toBeNull();
    expect(ckrOf('CKR_PIN_LOCKED')).toBeNull();
    expect(ckrOf(Object.assign(new Error('ENOENT'), { code: 'ENOENT' }))).toBeNull();
    expect(ckrOf(Object.assign(new Error('CKR_PIN_LOCKED'), { code: 0xa4 }))).toBe(0xa4);
  });
});
