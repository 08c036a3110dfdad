// Property: no single altered byte of a message or its content passes, whatever the byte and the change.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { OFFICER_POLICY } from '../../../../src/shared/cades/signability.ts';
import { verifyDetachedCades } from '../../../../src/shared/cades/verify.ts';
import { makeSoftSigner, type SoftSigner } from '../../../support/soft-signer.ts';
import { makeAuthorities, type TestAuthorities } from '../../../support/soft-token.ts';

const now = new Date('2026-02-10T08:00:00Z');
const content = Buffer.from('{"decision":"approve","photo":"00ff"}');
let trust: TestAuthorities;
let signers: Record<'rsa' | 'ec-p256', SoftSigner>;
beforeAll(async () => {
  trust = await makeAuthorities(now);
  const [rsa, ec] = await Promise.all([
    makeSoftSigner('rsa', trust, now),
    makeSoftSigner('ec-p256', trust, now),
  ]);
  signers = { rsa, 'ec-p256': ec };
});

const taken = (cms: Uint8Array, over: Uint8Array): boolean =>
  verifyDetachedCades({
    cms,
    content: over,
    anchors: trust.anchors,
    // Configured as well: a damaged copy inside the message must not hide behind the good one.
    intermediates: trust.intermediates,
    now,
    requireSigningCertificateV2: true,
    policy: OFFICER_POLICY,
  }).ok;

const changed = (bytes: Uint8Array, at: number, mask: number): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ mask;
  return copy;
};

describe.each(['rsa', 'ec-p256'] as const)('%s', (kind) => {
  it('refuses every message with one byte altered', { timeout: 60_000 }, () => {
    const cms = signers[kind].cms(content);
    expect(taken(cms, content)).toBe(true);
    const passed: string[] = [];
    // Every byte once with its lowest bit, then random bytes with random masks.
    for (let at = 0; at < cms.length; at++)
      if (taken(changed(cms, at, 1), content)) passed.push(`${at}^1`);
    expect(passed).toEqual([]);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: cms.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, mask) => !taken(changed(cms, at, mask), content),
      ),
      { numRuns: 400 },
    );
  });

  it('refuses content with one byte altered, one less or one more', () => {
    const cms = signers[kind].cms(content);
    for (let at = 0; at < content.length; at++)
      expect(taken(cms, changed(content, at, 0x20))).toBe(false);
    expect(taken(cms, content.subarray(1))).toBe(false);
    expect(taken(cms, Buffer.concat([content, Buffer.from('\n')]))).toBe(false);
  });

  it('refuses cut and prolonged messages', () => {
    const cms = signers[kind].cms(content);
    for (let length = 0; length < cms.length; length += 11)
      expect(taken(cms.subarray(0, length), content)).toBe(false);
    expect(taken(Buffer.concat([cms, Buffer.from([0])]), content)).toBe(false);
  });
});
