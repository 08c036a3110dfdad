// Claims as leases: one winner, typed losers, own lease back, end by time, by release, by a phantom.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { anApplication, ASTANA, atPoint } from '../support/central/an-application.ts';
import { newId, type NodeClient } from '../support/central/node-client.ts';
import { onBothDatabases, startTestNode, type TestNode } from '../support/central/test-node.ts';

onBothDatabases('claims', (open) => {
  let test: TestNode;
  let mine: NodeClient;
  let other: NodeClient;
  const cases = Array.from({ length: 8 }, () => anApplication());
  const away = anApplication({ dossier: { region: ASTANA } });
  const card = atPoint();
  let next = 0;
  const fresh = (): string => cases[next++]?.dossier.applicationId ?? '';
  const claim = (client: NodeClient, applicationId: string) =>
    client.call('claim', { body: { applicationId } });

  beforeAll(async () => {
    test = await startTestNode({ database: await open(), applications: [...cases, away, card] });
    mine = await test.loggedIn('reviewer-almaty', 'station-1');
    other = await test.loggedIn('head-almaty', 'station-2');
  });
  afterAll(() => test.close());

  it('lets exactly one of twenty stations win, and tells the others who and until when', async () => {
    const id = fresh();
    const stations = await Promise.all(
      Array.from({ length: 20 }, (_, i) => test.loggedIn('reviewer-almaty', `race-${i}`)),
    );
    const replies = await Promise.all(stations.map((client) => claim(client, id)));
    const winners = replies.filter((reply) => reply.ok);
    expect(winners).toHaveLength(1);
    const until = winners[0]?.ok ? winners[0].value.until : '';
    for (const reply of replies)
      if (!reply.ok)
        expect(reply).toMatchObject({
          status: 409,
          code: 'claimed-by-other',
          params: { department: test.officer('reviewer-almaty').department.nameRu, until },
        });
    const [head] = (await mine.pull()).items.filter(
      (item) => item.type === 'application' && item.head.applicationId === id,
    );
    expect(head).toMatchObject({
      head: { holder: { stationId: expect.stringMatching(/^race-/) } },
    });
  });

  it('gives the same officer at the same station the same lease back, longer', async () => {
    const id = fresh();
    const first = await mine.get('claim', { body: { applicationId: id } });
    await test.control.setClock({ offsetMs: 60_000 });
    const again = await mine.get('claim', { body: { applicationId: id } });
    await test.control.setClock({ offsetMs: 0 });
    expect(again).toMatchObject({
      leaseId: first.leaseId,
      challenge: first.challenge,
      since: first.since,
    });
    expect(Date.parse(again.until)).toBeGreaterThan(Date.parse(first.until));
    const sameOfficerElsewhere = await test.loggedIn('reviewer-almaty', 'station-7');
    expect(await claim(sameOfficerElsewhere, id)).toMatchObject({ code: 'claimed-by-other' });
  });

  it('renews and releases only for the holder', async () => {
    const id = fresh();
    await mine.get('claim', { body: { applicationId: id } });
    const params = { applicationId: id };
    expect(await other.call('renewClaim', { params, body: {} })).toMatchObject({
      code: 'claimed-by-other',
    });
    expect(await other.call('releaseClaim', { params })).toMatchObject({
      code: 'claimed-by-other',
    });
    expect((await mine.call('renewClaim', { params, body: {} })).ok).toBe(true);
    expect(await mine.call('releaseClaim', { params })).toMatchObject({ ok: true });
    expect(await mine.call('releaseClaim', { params })).toMatchObject({ code: 'lease-missing' });
    expect((await claim(other, id)).ok).toBe(true);
  });

  it('ends a lease by time with a change in the feed, and gives it back while nobody else came', async () => {
    const id = fresh();
    const lease = await mine.get('claim', { body: { applicationId: id } });
    const { cursor } = await mine.pull();
    await test.control.setClock({ offsetMs: 31 * 60_000 });
    await mine.get('news', { query: { cursor, waitMs: 10_000 } });
    expect((await mine.pull(cursor)).items).toContainEqual(
      expect.objectContaining({
        head: expect.objectContaining({ applicationId: id, holder: null }),
      }),
    );
    const again = await mine.get('claim', { body: { applicationId: id } });
    expect(again.leaseId).toBe(lease.leaseId);
    await test.control.expireLease({ applicationId: id });
    expect((await claim(other, id)).ok).toBe(true);
    expect(
      await mine.call('renewClaim', { params: { applicationId: id }, body: {} }),
    ).toMatchObject({
      code: 'claimed-by-other',
    });
    await test.control.expireLease({ applicationId: id });
    expect(
      await mine.call('renewClaim', { params: { applicationId: id }, body: {} }),
    ).toMatchObject({
      code: 'lease-expired',
    });
    await test.control.setClock({ offsetMs: 0 });
  });

  it('refuses the unknown, the foreign, the decided, and the wrong role', async () => {
    expect(await claim(mine, newId())).toMatchObject({ status: 404, code: 'not-found' });
    expect(await claim(mine, away.dossier.applicationId)).toMatchObject({
      status: 403,
      code: 'out-of-scope',
    });
    const lying = card.dossier.applicationId;
    expect(await claim(mine, lying)).toMatchObject({
      code: 'forbidden',
      params: { role: 'issuer' },
    });
    const issuer = await test.loggedIn('issuer-almaty', 'counter-1');
    expect((await claim(issuer, lying)).ok).toBe(true);
    expect(await claim(issuer, cases[0]?.dossier.applicationId ?? '')).toMatchObject({
      code: 'out-of-scope',
    });
  });

  it('lets a phantom station take a case, named in the refusal', async () => {
    const id = fresh();
    await mine.get('claim', { body: { applicationId: id } });
    await test.control.claimAs({ applicationId: id, officerName: 'СОСЕДОВА', region: ASTANA });
    expect(await claim(mine, id)).toMatchObject({
      code: 'claimed-by-other',
      params: { officerName: 'СОСЕДОВА', departmentBin: '991340000027' },
    });
  });
});
