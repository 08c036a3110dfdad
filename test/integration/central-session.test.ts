// Log-in to the central node: right key only, each refusal by name, sessions bound to their station.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { NODE_TIME_HEADER } from '../../src/shared/central/operations.ts';
import { makeSoftSigner } from '../support/soft-signer.ts';
import { makeAuthorities } from '../support/soft-token.ts';
import { newId } from '../support/central/node-client.ts';
import { onBothDatabases, startTestNode, type TestNode } from '../support/central/test-node.ts';

onBothDatabases('log-in', (open) => {
  let test: TestNode;
  const iin = () => test.officer('reviewer-almaty').iin;
  beforeAll(async () => {
    test = await startTestNode({ database: await open() });
  });
  afterAll(() => test.close());

  it('opens a session with profile and configuration for an RSA and a P-256 key', async () => {
    for (const id of ['reviewer-almaty', 'reviewer-astana'] as const) {
      const client = test.client();
      const reply = await client.logIn(test.signer(id), test.officer(id).iin);
      expect(reply).toMatchObject({ ok: true, value: { officer: test.officer(id) } });
      const config = await client.get('config');
      expect(config.annulmentReasons).toHaveLength(19);
      expect(config.calendars.map(({ year, daysOff }) => [year, daysOff.length])).toEqual([
        [2025, 15],
        [2026, 14],
        [2027, 14],
      ]);
    }
  });

  it('refuses a key of another authority, of another person, of another unit, an AUTH key', async () => {
    const person = { iin: iin(), unit: { name: 'УМС', bin: '991340000017' } };
    const strangers = await makeAuthorities(test.now);
    const foreign = await makeSoftSigner('ec-p256', strangers, test.now, person);
    const otherUnit = await makeSoftSigner('ec-p256', test.authorities, test.now, {
      ...person,
      unit: { name: 'УМС', bin: '991340000027' },
    });
    const auth = await makeSoftSigner('ec-p256', test.authorities, test.now, {
      ...person,
      usage: 'auth',
    });
    const cases = [
      [foreign, 'chain-untrusted'],
      [test.signer('reviewer-astana'), 'iin-mismatch'],
      [otherUnit, 'bin-mismatch'],
      [auth, 'auth-key'],
    ] as const;
    for (const [signer, reason] of cases)
      expect(await test.client().logIn(signer, iin())).toMatchObject({
        ok: false,
        code: 'certificate-refused',
        params: { reason },
      });
  });

  it('refuses a signature over other bytes and statements that are not canonical', async () => {
    const signer = test.signer('reviewer-almaty');
    const other = { cms: () => signer.cms(Buffer.from('{}')) };
    expect(await test.client().logIn(other, iin())).toMatchObject({ code: 'signature-invalid' });
    const statement = Buffer.from('{"type": "kualik/log-in"}');
    const body = {
      statement: statement.toString('base64'),
      cms: Buffer.from(signer.cms(statement)).toString('base64'),
    };
    expect(await test.client().call('openSession', { body })).toMatchObject({
      code: 'statement-malformed',
    });
  });

  it('takes a challenge once, in time, from the station it names', async () => {
    const signer = test.signer('reviewer-almaty');
    const log = (changes: Record<string, unknown>) => test.client().logIn(signer, iin(), changes);
    expect(await log({ challengeId: newId() })).toMatchObject({ code: 'challenge-unknown' });
    expect(await log({ challenge: 'x'.repeat(43) })).toMatchObject({ code: 'challenge-unknown' });
    expect(await log({ stationId: 'station-9' })).toMatchObject({ params: { field: 'stationId' } });
    const late = new Date(Date.now() - 3_600_000).toISOString();
    expect(await log({ at: late })).toMatchObject({ params: { field: 'at' } });
    const { challengeId, challenge, expiresAt } = await test
      .client()
      .get('challenge', { body: {} });
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
    expect(await log({ challengeId, challenge })).toMatchObject({ ok: true });
    expect(await log({ challengeId, challenge })).toMatchObject({ code: 'challenge-unknown' });
    const old = await test.client().get('challenge', { body: {} });
    await test.control.setClock({ offsetMs: 10 * 60_000 });
    expect(await log({ challengeId: old.challengeId, challenge: old.challenge })).toMatchObject({
      code: 'challenge-expired',
    });
    await test.control.setClock({ offsetMs: 0 });
  });

  it('knows an officer by IIN only when the node has one', async () => {
    const stranger = await makeSoftSigner('ec-p256', test.authorities, test.now, {
      iin: '991332300012',
    });
    expect(await test.client().logIn(stranger, '991332300012')).toMatchObject({
      code: 'officer-unknown',
    });
  });

  it('binds the token to the station, lets several stations in, ends by time and by log-out', async () => {
    const first = await test.loggedIn('reviewer-almaty', 'station-1');
    const second = await test.loggedIn('reviewer-almaty', 'station-2');
    expect((await first.call('config')).ok && (await second.call('config')).ok).toBe(true);
    const thief = test.client('station-3');
    thief.token = first.token;
    expect(await thief.call('config')).toMatchObject({ status: 401, code: 'unauthenticated' });
    await first.get('closeSession');
    expect(await first.call('config')).toMatchObject({ code: 'unauthenticated' });
    await test.control.setClock({ offsetMs: 9 * 3_600_000 });
    expect(await second.call('config')).toMatchObject({ code: 'unauthenticated' });
    await test.control.setClock({ offsetMs: 0 });
  });

  it('tells its time, gzips JSON, keeps bodies small and shapes strict', async () => {
    const client = await test.loggedIn('reviewer-almaty');
    const answer = await client.raw('config', { headers: { 'accept-encoding': 'gzip' } });
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(
      Math.abs(Date.parse(String(answer.headers[NODE_TIME_HEADER])) - Date.now()),
    ).toBeLessThan(5000);
    const big = { actId: newId(), statement: 'A'.repeat(400_000), cms: 'AAAA' };
    expect(await client.call('submitAct', { body: big })).toMatchObject({
      status: 413,
      code: 'too-large',
    });
    const medium = { actId: newId(), statement: 'A'.repeat(60_000), cms: 'AAAA' };
    expect(await client.call('submitAct', { body: medium })).toMatchObject({
      code: 'too-large',
      params: { field: 'statement' },
    });
    expect(await client.call('claim', { body: { applicationId: newId(), more: 1 } })).toMatchObject(
      {
        code: 'malformed-request',
      },
    );
    expect(await client.call('changes', { query: { cursor: -1 } })).toMatchObject({
      code: 'malformed-request',
    });
  });
});
