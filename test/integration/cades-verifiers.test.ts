// Signatures made on a token are accepted by unrelated verifiers, and refused by them over other content.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPkcs11Token, type Pkcs11Token } from '../../src/main/adapters/token/pkcs11-token.ts';
import { toBeSigned } from '../../src/shared/cades/build.ts';
import { OFFICER_POLICY } from '../../src/shared/cades/signability.ts';
import { verifyDetachedCades } from '../../src/shared/cades/verify.ts';
import { pemOf } from '../../stand/pki/issue.ts';
import { makeSoftTokens, PIN, type SoftTokens } from '../support/soft-token.ts';

const now = new Date();
// Every byte value: a verifier that canonicalises line ends would fail here.
const content = Buffer.concat([
  Buffer.from('{"decision":"approve"}\r\n\n'),
  Buffer.from(Array.from({ length: 256 }, (_, i) => i)),
]);
const kinds = ['rsa', 'ec-p256'] as const;
const keyOf = { rsa: '01', 'ec-p256': '02' } as const;
let soft: SoftTokens;
let token: Pkcs11Token;
const file = (name: string): string => join(soft.dir, name);

beforeAll(async () => {
  soft = await makeSoftTokens(now, {
    main: [
      { keyId: '01', kind: 'rsa' },
      { keyId: '02', kind: 'ec-p256' },
    ],
  });
  token = await openPkcs11Token([soft.module]);
  writeFileSync(file('content.bin'), content);
  writeFileSync(file('other.bin'), Buffer.concat([content, Buffer.from('x')]));
  writeFileSync(file('root.pem'), pemOf(soft.authorities.root.certDer));
  for (const kind of kinds) writeFileSync(file(`${kind}.p7s`), await signOnToken(kind));
});
afterAll(() => {
  token.close();
  soft.dispose();
});

async function signOnToken(kind: (typeof kinds)[number]): Promise<Uint8Array> {
  const { ref, certDer } = soft.key('main', keyOf[kind]);
  const chainDer = [soft.authorities.issuing.certDer];
  const job = toBeSigned({ content, certDer, chainDer, signingTime: now });
  const signed = await token.sign({ ...ref, pin: PIN, tbs: job.signedAttrsDer });
  if (!signed.ok) throw new Error(signed.refusal.code);
  const done = job.finish(signed.signature);
  if (!done.ok) throw new Error(done.code);
  return done.cms;
}

/** What a verifier said on both streams, and whether it ended well. */
function run(command: string, args: readonly string[]): { ok: boolean; text: string } {
  const done = spawnSync(command, args, { encoding: 'utf8' });
  return { ok: done.status === 0, text: `${done.stdout ?? ''}${done.stderr ?? ''}` };
}

const openssl = (p7s: string, data: string) =>
  run('openssl', [
    ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', file(p7s)],
    ...['-content', file(data), '-CAfile', file('root.pem'), '-out', '/dev/null'],
  ]);
const gnutls = (p7s: string, data: string) =>
  run('certtool', [
    ...['--p7-verify', '--inder', '--infile', file(p7s)],
    ...['--load-data', file(data), '--load-ca-certificate', file('root.pem')],
  ]);

describe.each(kinds)('%s on the token', (kind) => {
  it('is taken by our own check', async () => {
    const { anchors } = soft.authorities;
    const input = { cms: await signOnToken(kind), content, anchors, intermediates: [], now };
    const rules = { requireSigningCertificateV2: true, policy: OFFICER_POLICY };
    expect(verifyDetachedCades({ ...input, ...rules })).toMatchObject({ ok: true });
  });

  it('is taken by openssl cms -verify -cades', () => {
    expect(openssl(`${kind}.p7s`, 'content.bin')).toMatchObject({ ok: true });
    expect(openssl(`${kind}.p7s`, 'other.bin').ok).toBe(false);
  });

  it('is taken by GnuTLS certtool', () => {
    const good = gnutls(`${kind}.p7s`, 'content.bin');
    expect(good.text).toContain('Signature status: ok');
    expect(good.ok).toBe(true);
    expect(gnutls(`${kind}.p7s`, 'other.bin').ok).toBe(false);
  });
});

// KUALIK_BC_JARS: folder with bcpkix.jar, bcprov.jar, bcutil.jar where Debian's libbcpkix-java is not installed.
const jars = process.env['KUALIK_BC_JARS'] ?? '/usr/share/java';
const classPath = ['bcpkix.jar', 'bcprov.jar', 'bcutil.jar'].map((jar) => join(jars, jar));
const missing = classPath.filter((jar) => !existsSync(jar));
const canRun = missing.length === 0 && run('javac', ['-version']).ok;
if (!canRun)
  console.warn(
    `SKIPPED: BouncyCastle check (needs libbcpkix-java and a JDK; missing ${missing.join(', ') || 'javac'})`,
  );

describe.skipIf(!canRun)('BouncyCastle', () => {
  it('takes both, checks signing-certificate-v2, and refuses other content', () => {
    const source = join(import.meta.dirname, '../support/BouncyCheck.java');
    mkdirSync(file('classes'));
    const path = classPath.join(':');
    execFileSync('javac', ['-nowarn', '-cp', path, '-d', file('classes'), source], {
      stdio: 'pipe',
    });
    const check = (p7s: string, data: string) =>
      run('java', [
        '-cp',
        `${path}:${file('classes')}`,
        'BouncyCheck',
        file(data),
        file(p7s),
      ]).text.trim();
    for (const kind of kinds) {
      expect(check(`${kind}.p7s`, 'content.bin')).toBe('signature=true signingCertificateV2=true');
      expect(check(`${kind}.p7s`, 'other.bin')).not.toContain('signature=true');
    }
  });
});
