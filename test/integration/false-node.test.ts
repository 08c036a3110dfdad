// Servers that are not our node, by real TLS: each is refused by name, and not one request reaches it.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import * as x509 from '@peculiar/x509';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { httpsCentralNode } from '../../src/main/adapters/central/https-central-node.ts';
import { httpsServiceProbe } from '../../src/main/adapters/central/https-service-probe.ts';
import { nodeUpdates } from '../../src/main/adapters/central/https-update-source.ts';
import type { CentralNode } from '../../src/main/ports/central-node.ts';

const TOKEN = 'token-of-an-officer';
const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const HOUR = 3_600_000;
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

interface Issued {
  readonly certificate: x509.X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
}
interface Wish {
  readonly by?: Issued;
  readonly ca?: boolean;
  readonly use?: string;
  readonly name?: string;
  /** Hours from now. */
  readonly until?: number;
}

let serial = 0;
async function issue({
  by,
  ca = false,
  use,
  name = 'localhost',
  until = 24,
}: Wish): Promise<Issued> {
  const keys = (await webcrypto.subtle.generateKey(EC, true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair;
  const subject = `CN=${ca ? 'authority' : name} ${(serial += 1)}`;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial.toString(16).padStart(2, '0'),
    subject,
    issuer: by?.certificate.subject ?? subject,
    notBefore: new Date(Date.now() - 48 * HOUR),
    notAfter: new Date(Date.now() + until * HOUR),
    publicKey: keys.publicKey,
    signingKey: (by?.keys ?? keys).privateKey,
    signingAlgorithm: EC,
    extensions: [
      new x509.BasicConstraintsExtension(ca, undefined, true),
      ...(use === undefined ? [] : [new x509.ExtendedKeyUsageExtension([use])]),
      ...(ca ? [] : [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }])]),
    ],
  });
  return { certificate, keys };
}
const pem = ({ certificate }: Issued): string => certificate.toString('pem');

let authority: Issued;
let caPem = '';
/** What a server heard above TLS. */
const heard: string[] = [];
const servers: Server[] = [];

beforeAll(async () => {
  x509.cryptoProvider.set(webcrypto as Parameters<typeof x509.cryptoProvider.set>[1]);
  authority = await issue({ ca: true });
  caPem = pem(authority);
});
afterEach(() => {
  vi.unstubAllEnvs();
  heard.splice(0);
  for (const server of servers.splice(0)) {
    (server as http.Server).closeAllConnections();
    server.close();
  }
});

const listener: http.RequestListener = (request, answer) => {
  heard.push(`${request.url} ${request.headers.authorization ?? ''}`);
  answer.setHeader('content-type', 'application/json').end('{}');
};
async function listen(server: http.Server | https.Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, 'localhost', ready));
  return (server.address() as AddressInfo).port;
}
async function tlsServer(
  { certificate, keys }: Issued,
  more: https.ServerOptions = {},
  serve = listener,
): Promise<string> {
  const key = x509.PemConverter.encode(
    await webcrypto.subtle.exportKey('pkcs8', keys.privateKey),
    'PRIVATE KEY',
  );
  const cert = [certificate.toString('pem'), more.cert].filter(Boolean).join('\n');
  return `https://localhost:${await listen(https.createServer({ ...more, key, cert }, serve))}`;
}

function officer(url: string): CentralNode {
  const node = httpsCentralNode({ url, caPem, stationId: 'station-1' });
  node.useSession(TOKEN);
  return node;
}
const entry = { sha256: 'a'.repeat(64), size: 10, name: 'kualik.deb' } as never;
async function firstByte(url: string): Promise<string> {
  const updates = nodeUpdates({ url, caPem, stationId: 'station-1' });
  try {
    for await (const _part of updates.file(entry, 0, AbortSignal.timeout(5_000))) return 'came';
    return 'empty';
  } catch {
    return 'refused';
  }
}

const UNTRUSTED = { ok: false, failure: { kind: 'no-answer', because: 'untrusted' } };

/** Everything that goes out: a call of the session, a decision, the update's manifest and file, the outside probe. */
async function refusedByAll(url: string): Promise<void> {
  const node = officer(url);
  expect(await node.config()).toEqual(UNTRUSTED);
  const act = await node.submitAct('act', new Uint8Array(8), new Uint8Array(8));
  expect(act, 'certain that no decision was sent').toEqual(UNTRUSTED);
  const updates = nodeUpdates({ url, caPem, stationId: 'station-1' });
  expect(await updates.manifest()).toBe('unreachable');
  expect(await firstByte(url)).toBe('refused');
  const probe = await httpsServiceProbe(caPem).probe(url);
  expect(probe).toMatchObject({ ok: false, because: 'untrusted' });
  expect(heard, 'above TLS nothing was said').toEqual([]);
}

it('the positive control: the right node hears the session, and the others who ask', async () => {
  const url = await tlsServer(await issue({ by: authority, use: SERVER_AUTH }));
  expect(await officer(url).config()).toMatchObject({ failure: { kind: 'malformed' } });
  expect(heard.join()).toContain(`Bearer ${TOKEN}`);
  await nodeUpdates({ url, caPem, stationId: 'station-1' }).manifest();
  expect(await httpsServiceProbe(caPem).probe(url)).toMatchObject({ ok: true });
  expect(heard).toHaveLength(3);
});

describe('a certificate that is not the node’s', () => {
  it.each<[string, () => Promise<Issued>]>([
    ['another authority', async () => issue({ by: await issue({ ca: true }), use: SERVER_AUTH })],
    ['signed by itself', () => issue({ use: SERVER_AUTH })],
    ['run out', () => issue({ by: authority, use: SERVER_AUTH, until: -1 })],
    ['another name', () => issue({ by: authority, use: SERVER_AUTH, name: 'other.example' })],
    ['a person’s, not a server’s', () => issue({ by: authority, use: CLIENT_AUTH })],
  ])('%s', async (_what, make) => {
    await refusedByAll(await tlsServer(await make()));
  });

  it('issued by a server that the authority trusts, but not to issue', async () => {
    const server = await issue({ by: authority, use: SERVER_AUTH });
    const below = await issue({ by: server, use: SERVER_AUTH });
    await refusedByAll(await tlsServer(below, { cert: pem(server) }));
  });

  it('whatever the environment of the user says', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    await refusedByAll(await tlsServer(await issue({ use: SERVER_AUTH })));
  });
});

describe('a connection that is none of ours', () => {
  it('an old version of TLS', async () => {
    const good = await issue({ by: authority, use: SERVER_AUTH });
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1' } as const;
    await refusedByAll(await tlsServer(good, { ...old, ciphers: 'DEFAULT@SECLEVEL=0' }));
  });

  it('no TLS at all', async () => {
    await refusedByAll(`https://localhost:${await listen(http.createServer(listener))}`);
  });

  it('a redirect of the node is not followed, to plain http or anywhere', async () => {
    const plain = `http://localhost:${await listen(http.createServer(listener))}`;
    const good = await issue({ by: authority, use: SERVER_AUTH });
    const url = await tlsServer(good, {}, (_request, answer) => {
      answer.writeHead(307, { location: `${plain}/stolen` }).end();
    });
    const failure = { kind: 'malformed', detail: 'redirect' };
    expect(await officer(url).config()).toEqual({ ok: false, failure });
    const updates = nodeUpdates({ url, caPem, stationId: 'station-1' });
    expect(await updates.manifest()).toBe('unreachable');
    expect(await firstByte(url)).toBe('refused');
    // For the probe a redirect is a sign of life; it is not followed either.
    expect(await httpsServiceProbe(caPem).probe(url)).toMatchObject({ ok: true });
    expect(heard).toEqual([]);
  });
});
