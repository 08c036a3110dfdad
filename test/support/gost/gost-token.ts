// Builds the test-only PKCS#11 module and fills its folder with a GOST key and an officer's certificate.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pkcs11ModuleConfig } from '../../../src/main/adapters/token/pkcs11-module.ts';
import { makeKzOfficer, type MadeOfficer, type Officer } from './kz-maker.ts';

const source = join(import.meta.dirname, 'gost_token.c');
const headers = join(import.meta.dirname, '../../../node_modules/pkcs11js/includes/pkcs11');

export const GOST_PIN = '2580147';

export interface GostToken {
  readonly made: MadeOfficer;
  readonly module: Pkcs11ModuleConfig;
  /** Sets or clears one of the module's faults. */
  set(fault: 'no-mechanism' | 'own-order' | 'extractable', on: boolean): void;
  dispose(): void;
}

/** Null where a C compiler and the PKCS#11 headers are there; else what is missing. */
export function whyNoCompiler(): string | null {
  if (!existsSync(join(headers, 'pkcs11.h'))) return 'pkcs11js is not installed';
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'no C compiler (cc)';
  }
}

/** Sets KUALIK_GOST_TOKEN of this process: a module reads the real environment. */
export function makeGostToken(officer: Officer, now: Date): GostToken {
  const dir = mkdtempSync(join(tmpdir(), 'kualik-gost-token-'));
  const path = join(dir, 'libgosttoken.so');
  execFileSync('cc', ['-shared', '-fPIC', '-O1', '-w', '-I', headers, '-o', path, source]);
  const made = makeKzOfficer(officer, now);
  const file = (name: string, data: string | Uint8Array): void =>
    writeFileSync(join(dir, name), data, { mode: 0o600 });
  file('key.pem', made.keyPem);
  file('cert.der', made.leaf);
  file('openssl.cnf', made.opensslConf);
  process.env['KUALIK_GOST_TOKEN'] = dir;
  return {
    made,
    module: { id: 'gost', title: 'GOST test module', path, gost: true },
    set: (fault, on) => (on ? file(fault, '') : rmSync(join(dir, fault), { force: true })),
    dispose: () => rmSync(dir, { recursive: true, force: true }),
  };
}
