// Every act the windows of a file signed, checked by programs that know nothing of ours.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Stand } from '../../stand/start.ts';

/** A verifier that is installed: answers null when it takes the signature, else what it said. */
type Verifier = (content: string, cms: string) => string | null;

const said = (command: string, args: readonly string[]): { ok: boolean; text: string } => {
  const done = spawnSync(command, args, { encoding: 'utf8' });
  return { ok: done.status === 0, text: `${done.stdout ?? ''}${done.stderr ?? ''}`.trim() };
};

const openssl =
  (roots: string): Verifier =>
  (content, cms) => {
    const { ok, text } = said('openssl', [
      ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-purpose', 'any'],
      ...['-in', cms, '-content', content, '-CAfile', roots, '-out', '/dev/null'],
    ]);
    return ok ? null : text;
  };

const gnutls =
  (roots: string): Verifier =>
  (content, cms) => {
    const { ok, text } = said('certtool', [
      ...['--p7-verify', '--inder', '--infile', cms],
      ...['--load-data', content, '--load-ca-certificate', roots],
    ]);
    return ok && text.includes('Signature status: ok') ? null : text;
  };

/** What is wrong with which act; an empty list when every verifier takes every act. */
export async function actsRefused(stand: Stand): Promise<string[]> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-acts-'));
  try {
    const roots = path.join(dir, 'roots.pem');
    fs.writeFileSync(roots, stand.pki.trustPem);
    const acts = [...(await stand.control.acts()), ...(await stand.control.custodyActs())];
    const pairs = acts.map(({ actId, statement, cmsBase64 }) => {
      const content = path.join(dir, `${actId}.json`);
      const cms = path.join(dir, `${actId}.p7s`);
      fs.writeFileSync(content, statement);
      fs.writeFileSync(cms, Buffer.from(cmsBase64, 'base64'));
      return { actId, content, cms };
    });
    const verifiers = { OpenSSL: openssl(roots), GnuTLS: gnutls(roots) };
    const refused = pairs.flatMap(({ actId, content, cms }) =>
      Object.entries(verifiers).flatMap(([name, verify]) => {
        const text = verify(content, cms);
        return text === null ? [] : [`${name} refuses act ${actId}: ${text}`];
      }),
    );
    return [...refused, ...bouncyRefused(pairs)];
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

let classes: string | null = null;

/** Compiled once a worker. @throws when the compiler refuses it. */
function compiled(classPath: readonly string[]): string {
  if (classes !== null) return classes;
  const made = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-bouncy-'));
  process.once('exit', () => fs.rmSync(made, { recursive: true, force: true }));
  const source = path.join(import.meta.dirname, '../support/BouncyCheck.java');
  execFileSync('javac', ['-nowarn', '-cp', classPath.join(':'), '-d', made, source]);
  return (classes = made);
}

/** BouncyCastle in one run for all; it is left out where there is no Java compiler. */
function bouncyRefused(
  pairs: readonly { actId: string; content: string; cms: string }[],
): string[] {
  const jars = process.env['KUALIK_BC_JARS'] ?? '/usr/share/java';
  const classPath = ['bcpkix.jar', 'bcprov.jar', 'bcutil.jar'].map((jar) => path.join(jars, jar));
  if (pairs.length === 0 || !classPath.every((jar) => fs.existsSync(jar))) return [];
  if (classes === null && !said('javac', ['-version']).ok) return [];
  const files = pairs.flatMap(({ content, cms }) => [content, cms]);
  const lines = said('java', [
    '-cp',
    [...classPath, compiled(classPath)].join(':'),
    'BouncyCheck',
    ...files,
  ]).text.split('\n');
  return pairs.flatMap(({ actId }, i) =>
    lines[i]?.trim() === 'signature=true signingCertificateV2=true'
      ? []
      : [`BouncyCastle refuses act ${actId}: ${lines[i] ?? 'no answer'}`],
  );
}
