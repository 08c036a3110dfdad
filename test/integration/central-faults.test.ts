// The control port: every fault switch, production's pace, the guard; each strikes what it names and no more.
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { change } from '../../src/shared/central/messages.ts';
import { connectControl, type ControlClient } from '../../stand/central/control-client.ts';
import { anApplication } from '../support/central/an-application.ts';
import { actBody, type NodeClient } from '../support/central/node-client.ts';
import { approval } from '../support/central/statements.ts';
import { onBothDatabases, startTestNode, type TestNode } from '../support/central/test-node.ts';

onBothDatabases('fault switches', (open) => {
  let test: TestNode;
  let control: ControlClient;
  let client: NodeClient;
  const applications = Array.from({ length: 6 }, () => anApplication());
  beforeAll(async () => {
    test = await startTestNode({ database: await open(), applications });
    control = test.control;
    client = await test.loggedIn('reviewer-almaty');
  });
  beforeEach(() => control.clearFaults());
  afterAll(() => test.close());

  it('delays, for the named operation only, as often as said', async () => {
    await control.addFault({ kind: 'delay', ms: 400, operation: 'config', times: 1 });
    const took = async (name: 'config' | 'changes') => {
      const started = performance.now();
      await client.get(name);
      return performance.now() - started;
    };
    expect(await took('changes')).toBeLessThan(390);
    expect(await took('config')).toBeGreaterThan(390);
    expect(await took('config')).toBeLessThan(390);
  });

  it('drops before the work, so that nothing happened', async () => {
    const applicationId = applications[0]?.dossier.applicationId ?? '';
    await control.addFault({ kind: 'drop', when: 'before', operation: 'claim', times: 1 });
    await expect(client.call('claim', { body: { applicationId } })).rejects.toThrow();
    expect((await control.findApplication({ applicationId })).head.holder).toBeNull();
    await control.addFault({ kind: 'drop', when: 'after', operation: 'claim', times: 1 });
    await expect(client.call('claim', { body: { applicationId } })).rejects.toThrow();
    expect((await control.findApplication({ applicationId })).head.holder).not.toBeNull();
  });

  it('answers 5xx and refusals, for one station when asked', async () => {
    const { faultId } = await control.addFault({ kind: 'status', status: 502 });
    expect((await client.raw('config')).status).toBe(502);
    expect(await control.removeFault({ faultId })).toEqual({ removed: true });
    await control.addFault({
      kind: 'refuse',
      code: 'stage-mismatch',
      params: { stage: 'issued' },
      stationId: 'station-1',
    });
    expect(await client.call('config')).toMatchObject({
      code: 'stage-mismatch',
      params: { stage: 'issued' },
    });
    const other = await test.loggedIn('reviewer-almaty', 'station-2');
    expect((await other.call('config')).ok).toBe(true);
  });

  it('stops for a time: refused, or the line dead, then works again', async () => {
    await control.stop({ ms: 60_000, how: 'unavailable' });
    expect(await client.call('config')).toMatchObject({ status: 503, code: 'unavailable' });
    await control.stop({ ms: 500, how: 'drop' });
    await expect(client.call('config')).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect((await client.call('config')).ok).toBe(true);
    await control.stop({ ms: 60_000, how: 'unavailable' });
    await control.resume();
    expect((await client.call('config')).ok).toBe(true);
  });

  it.each(['broken-json', 'truncated', 'html'] as const)('answers %s', async (how) => {
    await control.addFault({ kind: 'malformed', how, operation: 'changes', times: 1 });
    const { status, bytes } = await client.raw('changes');
    expect(status).toBe(200);
    expect(() => void JSON.parse(bytes.toString('utf8'))).toThrow();
    expect((await client.call('changes')).ok).toBe(true);
  });

  it('answers another shape', async () => {
    await control.addFault({
      kind: 'malformed',
      how: 'wrong-shape',
      operation: 'changes',
      times: 1,
    });
    await expect(client.get('changes')).rejects.toThrow();
  });

  it.each(['unknown-enum', 'oversize-text', 'wrong-type'] as const)(
    'spoils one application of a page: %s',
    async (how) => {
      const applicationId = applications[2]?.dossier.applicationId ?? '';
      await control.addFault({
        kind: 'malformed',
        how,
        operation: 'changes',
        applicationId,
        times: 1,
      });
      const page = await client.get('changes');
      const bad = page.items.filter((item) => !change.safeParse(item).success);
      expect(page.items).toHaveLength(applications.length);
      expect(bad).toMatchObject([{ head: { applicationId } }]);
    },
  );

  it('serves foreign bytes for a picture', async () => {
    const [one, two] = [applications[3]?.images[0], applications[3]?.images[1]];
    const bomb = randomBytes(50);
    await control.addFault({
      kind: 'blob',
      sha256: one?.sha256 ?? '',
      base64: bomb.toString('base64'),
      mime: 'image/png',
    });
    const answer = await client.raw('blob', { params: { sha256: one?.sha256 ?? '' } });
    expect(answer.bytes.equals(bomb)).toBe(true);
    expect(answer.headers['content-type']).toBe('image/png');
    const whole = await client.raw('blob', { params: { sha256: two?.sha256 ?? '' } });
    expect(createHash('sha256').update(whole.bytes).digest('hex')).toBe(two?.sha256);
  });

  it('moves an approved card on: by its pace, and at once when told', async () => {
    const approve = async (n: number) => {
      const { dossier } = applications[n] ?? anApplication();
      const lease = await client.get('claim', { body: { applicationId: dossier.applicationId } });
      const statement = approval(dossier, lease, test.officer('reviewer-almaty'), client.stationId);
      await client.get('submitAct', { body: actBody(test.signer('reviewer-almaty'), statement) });
      return dossier.applicationId;
    };
    const issuer = await test.loggedIn('issuer-almaty');
    const told = await approve(4);
    const [entered] = (await issuer.pull()).items;
    expect(entered).toMatchObject({
      head: { applicationId: told, stage: 'in-production' },
      dossier: { applicationId: told },
    });
    expect(await control.advance({ applicationId: told })).toEqual({ stage: 'sent' });
    expect(await control.advance({ applicationId: told })).toEqual({ stage: 'at-point' });
    await expect(control.advance({ applicationId: told })).rejects.toThrow('stage-mismatch');
    const { head } = await control.findApplication({ applicationId: told });
    expect(head.card).toMatchObject({
      number: expect.stringMatching(/^\d{9}$/),
      place: expect.any(String),
    });
    expect(head.timeline.map(({ event }) => event).slice(-3)).toEqual([
      'production-done',
      'sent',
      'arrived',
    ]);
    await control.setPace({ ms: 300 });
    const alone = await approve(5);
    let { cursor } = await issuer.pull();
    const stages: string[] = [];
    while (stages.at(-1) !== 'at-point') {
      await issuer.get('news', { query: { cursor, waitMs: 10_000 } });
      const page = await issuer.pull(cursor);
      cursor = page.cursor;
      for (const item of page.items)
        if (item.type === 'application' && item.head.applicationId === alone)
          stages.push(item.head.stage);
    }
    expect(stages.slice(-2)).toEqual(['sent', 'at-point']);
    await control.setPace({ ms: 0 });
  });

  it('counts what was asked', async () => {
    await control.resetRequests();
    await client.get('config');
    await client.call('findAct', {
      params: { actId: applications[0]?.dossier.applicationId ?? '' },
    });
    expect(await control.requests()).toMatchObject({
      config: { count: 1, refusals: {} },
      findAct: { count: 1, refusals: { 'not-found': 1 } },
    });
    expect(await control.state()).toMatchObject({
      sessions: expect.any(Number),
      applications: { 'at-point': 2 },
    });
  });

  it('is guarded by its token and knows only its commands', async () => {
    const { url } = control.endpoint;
    const thief = connectControl({ url, token: 'guess' });
    await expect(thief.state()).rejects.toThrow('401');
    const strange = control as unknown as { format(): Promise<unknown> };
    await expect(strange.format()).rejects.toThrow('no command');
    await expect(control.stop({ ms: -1, how: 'drop' })).rejects.toThrow('400');
  });
});
