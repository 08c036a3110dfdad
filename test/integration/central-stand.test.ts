// The stand as a command and in-process: ready line, kept data, clean end, a log-in with a key on a real token.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openPkcs11Token } from '../../src/main/adapters/token/pkcs11-token.ts';
import { toBeSigned } from '../../src/shared/cades/build.ts';
import { readTrustPem } from '../../src/shared/cades/trust.ts';
import { canonicalBytes } from '../../src/shared/central/statement.ts';
import { connectControl } from '../../stand/central/control-client.ts';
import { startStand, type Stand } from '../../stand/start.ts';
import type { StationConfig } from '../../stand/station-config.ts';
import { anApplication, POINT } from '../support/central/an-application.ts';
import { NodeClient } from '../support/central/node-client.ts';

interface Ready {
  readonly ready: true;
  readonly url: string;
  readonly control: { readonly url: string; readonly token: string };
  readonly config: string;
  readonly pin: string;
  readonly officers: readonly { readonly id: string; readonly tokenSerial: string }[];
}

describe('the command', () => {
  const dir = mkdtempSync(join(tmpdir(), 'kualik-stand-test-'));
  const running = new Set<ChildProcess>();
  afterEach(() => running.forEach((child) => child.kill('SIGKILL')));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  async function start(
    ...args: string[]
  ): Promise<{ ready: Ready; end(): Promise<number | null> }> {
    const child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        'stand/start.ts',
        '--dir',
        dir,
        '--people',
        '3',
        '--parcel',
        '2',
        ...args,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, DATABASE_URL: '' } },
    );
    running.add(child);
    const code = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const lines = createInterface({ input: child.stdout });
    const line = await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      void code.then((failed) => reject(new Error(`ended with ${failed}`)));
    });
    return {
      ready: JSON.parse(line) as Ready,
      async end() {
        child.kill('SIGTERM');
        running.delete(child);
        return code;
      },
    };
  }

  it('says when it is ready, keeps its data, ends cleanly', { timeout: 240_000 }, async () => {
    const first = await start();
    const config = JSON.parse(readFileSync(first.ready.config, 'utf8')) as StationConfig;
    expect(config).toMatchObject({
      nodeUrl: first.ready.url,
      stationId: 'station-1',
      training: true,
      modules: [{ id: 'softhsm', path: '/usr/lib/softhsm/libsofthsm2.so' }],
    });
    expect(readTrustPem(readFileSync(config.trustFile, 'utf8')).anchors).toHaveLength(2);
    expect(first.ready.officers).toHaveLength(4);
    const control = connectControl(first.ready.control);
    const before = await control.listApplications();
    expect(before).toHaveLength(5); // three people, and two whose cards travel
    const [parcel] = await control.dispatches();
    expect(parcel).toMatchObject({ accepted: null, registrationPoint: POINT.code });
    expect(parcel?.cards).toHaveLength(2);
    await control.touch({ applicationId: before[0]?.applicationId ?? '' });
    await expect(start()).rejects.toThrow('ended with 1'); // one stand a folder
    expect(await first.end()).toBe(0);
    const second = await start('--station', 'desk-2');
    const kept = connectControl(second.ready.control);
    const after = await kept.listApplications();
    expect(await kept.dispatches()).toEqual([parcel]);
    expect(after.map(({ ticket }) => ticket).sort()).toEqual(
      before.map(({ ticket }) => ticket).sort(),
    );
    expect(after.map(({ revision }) => revision).sort()).toEqual([1, 1, 1, 1, 2]);
    expect(await second.end()).toBe(0);
    const anew = await start('--fresh');
    const fresh = await connectControl(anew.ready.control).listApplications();
    expect(fresh.map(({ revision }) => revision)).toEqual([1, 1, 1, 1, 1]);
    expect(await anew.end()).toBe(0);
  });
});

describe('in-process', () => {
  let stand: Stand | undefined;
  afterEach(() => stand?.stop());

  it('lets an officer in with the key of his token, over its own TLS certificate', async () => {
    const application = anApplication();
    stand = await startStand({ applications: [application] });
    const { pki, pin } = stand;
    const officer = stand.officers[0];
    if (!officer) throw new Error('no officer');
    process.env['SOFTHSM2_CONF'] = pki.softhsmConf;
    const token = await openPkcs11Token([...stand.config.modules]);
    const client = new NodeClient(
      stand.url,
      readFileSync(stand.config.tlsCaFile, 'utf8'),
      'station-1',
    );
    const { challengeId, challenge } = await client.get('challenge', { body: {} });
    const statement = canonicalBytes({
      type: 'kualik/log-in',
      version: 1,
      challengeId,
      challenge,
      stationId: 'station-1',
      officerIin: officer.iin,
      at: new Date().toISOString(),
    });
    const issuing = readTrustPem(pki.trustPem).intermediates;
    const chain = issuing.filter((ca) => ca.publicKeyKind === 'rsa').map(({ der }) => der);
    const job = toBeSigned({
      content: statement,
      certDer: officer.certDer,
      chainDer: chain,
      signingTime: new Date(),
    });
    const key = { moduleId: 'softhsm', serial: officer.tokenSerial, keyId: officer.keyId };
    const answer = await token.sign({
      ...key,
      certSha256: officer.certSha256,
      pin,
      tbs: job.signedAttrsDer,
    });
    if (!answer.ok) throw new Error(answer.refusal.code);
    const made = job.finish(answer.signature);
    if (!made.ok) throw new Error(made.code);
    const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
    const session = await client.get('openSession', {
      body: { statement: base64(statement), cms: base64(made.cms) },
    });
    expect(session.officer).toMatchObject({ iin: officer.iin, roles: ['reviewer'] });
    client.token = session.token;
    expect((await client.pull()).items).toMatchObject([{ dossier: application.dossier }]);
    token.close();
    await client.close();
  });
});
