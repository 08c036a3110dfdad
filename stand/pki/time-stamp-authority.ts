// The training time-stamp authority: OpenSSL's own `ts`, so that its tokens are not of our making.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PkiKey } from './pki-keys.ts';

const run = promisify(execFile);
const POLICY = '1.2.398.3.3.2.6.2';

export interface TimeStampAuthority {
  /** TimeStampReq in, TimeStampResp out. @throws Error when OpenSSL is not there or fails. */
  stamp(request: Uint8Array): Promise<Uint8Array>;
  close(): void;
}

/** Its files stand in a temporary folder; one stamp after another, since the serial is a file. */
export function openTimeStampAuthority(signer: PkiKey, chainPem: string): TimeStampAuthority {
  const dir = mkdtempSync(join(tmpdir(), 'kualik-tsa-'));
  const file = (name: string, text: string | Uint8Array): string => {
    const path = join(dir, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  const config = file(
    'tsa.cnf',
    [
      '[tsa]',
      'default_tsa = training',
      '[training]',
      `serial = ${file('serial', '01\n')}`,
      `signer_cert = ${file('tsa.pem', signer.certPem)}`,
      `certs = ${file('chain.pem', chainPem)}`,
      `signer_key = ${file('tsa.key', signer.keyPem)}`,
      'signer_digest = sha256',
      `default_policy = ${POLICY}`,
      'digests = sha256, sha384, sha512',
      'accuracy = secs:1',
      'ess_cert_id_alg = sha256',
      '',
    ].join('\n'),
  );
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;
  const stampOne = async (request: Uint8Array): Promise<Uint8Array> => {
    if (closed) throw new Error('closed');
    const [query, reply] = [file('query.tsq', request), join(dir, 'reply.tsr')];
    await run('openssl', ['ts', '-reply', '-config', config, '-queryfile', query, '-out', reply], {
      timeout: 10_000,
    });
    return readFileSync(reply);
  };
  return {
    stamp(request) {
      const next = last.then(() => stampOne(request));
      last = next.catch(() => undefined);
      return next;
    },
    close() {
      closed = true;
      void last.then(() => rmSync(dir, { recursive: true, force: true }));
    },
  };
}
