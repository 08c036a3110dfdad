// Asks the independent maker (OpenSSL's GOST engine laid out by a Python script) and says when it cannot run.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const script = join(import.meta.dirname, 'kz_maker.py');

interface Made {
  readonly root: Buffer;
  readonly issuing: Buffer;
  readonly leaf: Buffer;
  /** Without signing-certificate-v2, with it by SHA-256, with it by Streebog. */
  readonly plain: Buffer;
  readonly bound: Buffer;
  readonly boundByStreebog: Buffer;
  /** Rightly signed, but the signature stands in the Russian byte order. */
  readonly russianOrder: Buffer;
}

export interface Person {
  readonly iin: string;
  readonly surname: string;
  readonly name: string;
  readonly patronymic: string;
}

function ask(order: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const done = spawnSync('python3', [script], { input: JSON.stringify(order), encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`kz_maker.py: ${done.stderr}`);
  return JSON.parse(done.stdout) as Record<string, unknown>;
}

/** Null where the GOST engine is there; else the reason, to be printed when the tests are skipped. */
export function whyNoEngine(): string | null {
  try {
    ask({ do: 'digests', messages: [''] });
    return null;
  } catch (error) {
    const text = error instanceof Error ? error.message : 'unknown';
    return `needs python3 and libengine-gost-openssl (${text.trim().split('\n').at(-1)})`;
  }
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Root, issuing CA, an individual's certificate and detached CMS over `content`, in the NCA's layout. */
export function makeKz(content: Uint8Array, person: Person, now: Date): Made {
  const answer = ask({ do: 'make', content: base64(content), person, now: now.toISOString() });
  return buffers(answer) as Made;
}

const buffers = (answer: Readonly<Record<string, unknown>>): unknown =>
  Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [name, Buffer.from(value as string, 'base64')]),
  );

export interface Officer extends Person {
  readonly organisation: string;
  readonly bin: string;
}

export interface MadeOfficer {
  readonly root: Buffer;
  readonly issuing: Buffer;
  readonly leaf: Buffer;
  /** PKCS#8 of the engine. */
  readonly keyPem: Buffer;
  readonly opensslConf: Buffer;
}

/** An officer's chain and his key, to be put on a token. */
export const makeKzOfficer = (officer: Officer, now: Date): MadeOfficer =>
  buffers(ask({ do: 'make', content: '', person: officer, now: now.toISOString() })) as MadeOfficer;

export interface Checked {
  readonly digest: boolean;
  readonly signature: boolean;
  readonly issued: boolean;
  /** The signature without the turn of bytes: must never fit. */
  readonly asItStands: boolean;
}

/** What the engine says of a CMS of the NCA's layout. */
export const checkKz = (given: {
  readonly cms: Uint8Array;
  readonly content: Uint8Array;
  readonly certificate: Uint8Array;
  readonly issuer: Uint8Array;
}): Checked =>
  ask({
    do: 'check',
    cms: base64(given.cms),
    content: base64(given.content),
    certificate: base64(given.certificate),
    issuer: base64(given.issuer),
  }) as unknown as Checked;

/** The engine's Streebog digests, lower-case hex. */
export function engineDigests(messages: readonly Uint8Array[]): {
  readonly bits256: string[];
  readonly bits512: string[];
} {
  const answer = ask({ do: 'digests', messages: messages.map(base64) });
  return {
    bits256: answer['md_gost12_256'] as string[],
    bits512: answer['md_gost12_512'] as string[],
  };
}
