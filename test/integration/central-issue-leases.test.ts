// Issue leases at the node: taken, widened, wanted, returned, late, broken; time alone frees no card.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openIssueLease } from '../../src/shared/cades/issue-lease.ts';
import { readPemCertificates } from '../../src/shared/cades/trust.ts';
import type { SignedIssueLease } from '../../src/shared/central/issue-lease.ts';
import type { Claim, OfficerProfile } from '../../src/shared/central/messages.ts';
import type { Database } from '../../stand/central/database.ts';
import type { PkiKeys } from '../../stand/pki/pki-keys.ts';
import { OFFICERS } from '../../stand/pki/officers.ts';
import { ALMATY, atPoint, POINT } from '../support/central/an-application.ts';
import { actBody, newId, type NodeClient } from '../support/central/node-client.ts';
import { handOver } from '../support/central/statements.ts';
import {
  onBothDatabases,
  startTestNode,
  testAuthorities,
  type OfficerId,
  type TestNode,
} from '../support/central/test-node.ts';
import { testServices } from '../support/trust-services.ts';

const HOUR = 3_600_000;

/** One issuer more at the point, and one of another point of the region, a reviewer besides. */
const CAST: Partial<Record<OfficerId, Partial<OfficerProfile>>> = {
  'reviewer-astana': { roles: ['reviewer', 'issuer'], region: regionOf('issuer-almaty'), registrationPoint: { ...POINT, code: '750000000-02' } },
  'reviewer-almaty': { roles: ['issuer'], registrationPoint: POINT },
  'issuer-almaty': { registrationPoint: POINT },
}; // prettier-ignore

function regionOf(id: OfficerId): OfficerProfile['region'] {
  return OFFICERS.find((plan) => plan.id === id)!.region;
}

onBothDatabases('issue leases', (open) => {
  let test: TestNode;
  let database: Database;
  let keys: PkiKeys;
  let mine: NodeClient;
  let colleague: NodeClient;
  const cards = Array.from({ length: 14 }, () => atPoint());
  const idOf = (n: number): string => cards[n]!.dossier.applicationId;
  const officer = (id: OfficerId): OfficerProfile => ({ ...test.officer(id), ...CAST[id] });
  const claim = (client: NodeClient, n: number) =>
    client.call('claim', { body: { applicationId: idOf(n) } });
  const take = (client: NodeClient, ...which: number[]) =>
    client.get('takeIssueLease', {
      body: { applicationIds: which.length === 0 ? null : which.map(idOf) },
    });
  const giveBack = (client: NodeClient, leaseIds: string[]) =>
    client.get('returnLeasedCards', { body: { leaseIds } });
  const read = ({ lease }: SignedIssueLease) => {
    const value = JSON.parse(Buffer.from(lease, 'base64').toString('utf8')) as {
      issueLeaseId: string;
      until: string;
      cards: { claim: Claim }[];
    };
    return {
      ...value,
      of: (n: number) => value.cards.find(({ claim: one }) => one.applicationId === idOf(n))!.claim,
    };
  };
  const submit = (
    id: OfficerId,
    client: NodeClient,
    n: number,
    of: Claim,
    change: { at?: string } = {},
  ) => {
    const right = handOver(cards[n]!.dossier, of, officer(id), client.stationId);
    return client.call('submitAct', { body: actBody(test.signer(id), { ...right, ...change }) });
  };

  beforeAll(async () => {
    const { authorities, now } = await testAuthorities();
    keys = await testServices(authorities, now);
    database = await open();
    test = await startTestNode({
      database,
      applications: cards,
      services: keys,
      settings: { sessionHours: 48 },
      officers: OFFICERS.map(({ iin, fullName, department, region, roles, registrationPoint, id }) => ({
        iin, fullName, department, region, roles, registrationPoint, ...CAST[id],
      })), // prettier-ignore
    });
    mine = await test.loggedIn('issuer-almaty', 'counter-1');
    colleague = await test.loggedIn('reviewer-almaty', 'counter-2');
  });
  afterAll(() => test.close());

  it('signs the cards over to one officer at one station; widened, it holds both', async () => {
    const first = await take(mine, 0, 1);
    const second = await take(mine, 2);
    const opened = (change: Partial<Parameters<typeof openIssueLease>[0]> = {}) =>
      openIssueLease({
        lease: Buffer.from(second.lease, 'base64'),
        cms: Buffer.from(second.cms, 'base64'),
        pins: readPemCertificates(keys.listCaPem),
        now: new Date(),
        stationId: 'counter-1',
        officerIin: officer('issuer-almaty').iin,
        ...change,
      });
    expect(opened()).toMatchObject({
      ok: true,
      lease: { issueLeaseId: read(first).issueLeaseId },
    });
    const invalid = { ok: false, code: 'signature-invalid' };
    const longer = Buffer.from(second.lease, 'base64')
      .toString()
      .replace('"until":"2', '"until":"3');
    expect(opened({ lease: Buffer.from(longer) })).toMatchObject(invalid);
    expect(opened({ pins: [] })).toMatchObject(invalid); // a station without the pin takes none
    expect(opened({ cms: Buffer.from(first.cms, 'base64') })).toMatchObject(invalid);
    const notOurs = { ok: false, code: 'not-ours' };
    expect(opened({ stationId: 'counter-2' })).toMatchObject(notOurs);
    expect(opened({ officerIin: officer('reviewer-almaty').iin })).toMatchObject(notOurs);
    expect(read(second).cards).toHaveLength(3);
    const { leases, own } = await mine.get('issueLeases');
    expect(leases).toMatchObject([{ stationId: 'counter-1', cards: 3, overdue: false }]);
    expect(own.map(({ applicationId }) => applicationId).sort()).toEqual(
      [0, 1, 2].map(idOf).sort(),
    );
  });

  it('lets nobody else at them, remembers who wanted one, and frees it when it is given back', async () => {
    expect(await claim(colleague, 0)).toMatchObject({ code: 'claimed-by-other' });
    expect(
      await colleague.call('takeIssueLease', { body: { applicationIds: [idOf(0), idOf(3)] } }),
    ).toMatchObject({ code: 'claimed-by-other' });
    const other = await test.loggedIn('reviewer-astana', 'far-1');
    expect(await claim(other, 0)).toMatchObject({ code: 'out-of-scope' });
    expect((await mine.get('issueLeases')).wanted).toEqual([idOf(0)]);
    const { own } = await mine.get('issueLeases');
    const leaseId = own.find(({ applicationId }) => applicationId === idOf(0))!.leaseId;
    await giveBack(colleague, [leaseId]); // not his: nothing happens
    expect(await claim(colleague, 0)).toMatchObject({ code: 'claimed-by-other' });
    await giveBack(mine, [leaseId, newId()]);
    expect((await mine.get('issueLeases')).wanted).toEqual([]);
    const taken = await colleague.get('claim', { body: { applicationId: idOf(0) } });
    await giveBack(mine, [leaseId]); // the same again, late: the colleague keeps his
    expect(await submit('issuer-almaty', mine, 0, { ...taken, leaseId })).toMatchObject({
      code: 'claimed-by-other',
    });
    expect((await submit('reviewer-almaty', colleague, 0, taken)).ok).toBe(true);
  });

  it('keeps the cards with their counter past the time; a hand-over of that time comes late and counts', async () => {
    const lease = read(await take(mine, 1, 2, 4));
    await test.control.setClock({ offsetMs: 13 * HOUR });
    const [one] = (await colleague.get('issueLeases')).leases;
    expect(one).toMatchObject({ issueLeaseId: lease.issueLeaseId, overdue: true, cards: 3 });
    expect(await claim(colleague, 1)).toMatchObject({
      code: 'lease-unsettled',
      params: { stationId: 'counter-1' },
    });
    const late = new Date(Date.parse(lease.until) + 10 * 60_000).toISOString();
    expect(await submit('issuer-almaty', mine, 1, lease.of(1), { at: late })).toMatchObject({
      code: 'lease-expired',
    });
    expect((await submit('issuer-almaty', mine, 1, lease.of(1))).ok).toBe(true);
    const longer = read(
      await mine.get('renewIssueLease', {
        params: { issueLeaseId: lease.issueLeaseId },
        body: {},
      }),
    );
    expect(longer.cards).toHaveLength(2);
    expect(longer.of(2)).toMatchObject({ leaseId: lease.of(2).leaseId });
    expect(Date.parse(longer.until)).toBeGreaterThan(Date.parse(lease.until));
    // Signed before the renewal, with the older end of the challenge: the same claim.
    expect((await submit('issuer-almaty', mine, 2, lease.of(2))).ok).toBe(true);
    await test.control.setClock({ offsetMs: 0 });
  });

  it('is broken by a head, only past its time; then the first who comes has the card', async () => {
    const head = await test.loggedIn('head-almaty', 'head-1');
    const lease = read(await take(mine, 4, 5, 6));
    const params = { issueLeaseId: lease.issueLeaseId };
    const body = { why: 'станция сгорела' };
    expect(await head.call('breakIssueLease', { params, body })).toMatchObject({
      code: 'claimed-by-other',
    });
    await test.control.expireIssueLeases();
    expect(await colleague.call('breakIssueLease', { params, body })).toMatchObject({
      code: 'forbidden',
    });
    await head.get('breakIssueLease', { params, body });
    expect((await claim(colleague, 5)).ok).toBe(true);
    expect(await submit('issuer-almaty', mine, 5, lease.of(5))).toMatchObject({
      code: 'claimed-by-other',
    });
    // Nobody came for this one: what was signed in time is the truth.
    expect((await submit('issuer-almaty', mine, 6, lease.of(6))).ok).toBe(true);
    expect(await mine.call('renewIssueLease', { params, body: {} })).toMatchObject({
      code: 'lease-missing',
    });
  });

  it('is not broken while its holder is making it longer', async () => {
    const head = await test.loggedIn('head-almaty', 'head-1');
    const { issueLeaseId } = read(await take(mine, 4));
    await test.control.expireIssueLeases();
    const params = { issueLeaseId };
    let breaking: Promise<unknown> = Promise.resolve();
    // What a request that widens the lease does, stopped between its steps.
    await database.transaction(async (tx) => {
      await tx.query('select id from issue_lease where id = $1 for update', [issueLeaseId]);
      breaking = head.call('breakIssueLease', { params, body: { why: 'станция молчит' } });
      await new Promise((resolve) => setTimeout(resolve, 300));
      await tx.query(
        "update lease set until = now() + interval '1 hour', ended = null where issue_lease_id = $1",
        [issueLeaseId],
      );
    });
    expect(await breaking).toMatchObject({ code: 'claimed-by-other' });
    expect(await claim(colleague, 4)).toMatchObject({ code: 'claimed-by-other' });
  });

  it('is for the own point also where the officer, as a reviewer too, sees the whole region', async () => {
    const both = await test.loggedIn('reviewer-astana', 'counter-3');
    expect(await claim(both, 3)).toMatchObject({ code: 'out-of-scope' });
    const body = { applicationIds: [idOf(3)] };
    expect(await both.call('takeIssueLease', { body })).toMatchObject({ code: 'out-of-scope' });
  });

  it('a claim of one card at a counter that vanished is as strict, listed, and settled by its own station', async () => {
    const first = await mine.get('claim', { body: { applicationId: idOf(7) } });
    await test.control.expireLease({ applicationId: idOf(7) });
    expect(await claim(colleague, 7)).toMatchObject({ code: 'lease-unsettled' });
    expect((await colleague.get('issueLeases')).leases).toContainEqual(
      expect.objectContaining({ issueLeaseId: first.leaseId, overdue: true, cards: 1 }),
    );
    const again = await mine.get('claim', { body: { applicationId: idOf(7) } });
    expect(again).toMatchObject({
      leaseId: first.leaseId,
      challenge: { value: first.challenge.value },
    });
    // The release of a claim of before comes late: the new one stays.
    const params = { applicationId: idOf(7) };
    expect(await mine.call('releaseClaim', { params, query: { leaseId: newId() } })).toMatchObject({
      code: 'lease-missing',
    });
    expect(await claim(colleague, 7)).toMatchObject({ code: 'claimed-by-other' });
    await mine.get('releaseClaim', { params, query: { leaseId: again.leaseId } });
    expect((await claim(colleague, 7)).ok).toBe(true);
  });

  it('takes all that is free, and only that; two who take at once share nothing', async () => {
    const both = await Promise.all([take(mine), take(colleague)].map((one) => one.catch(() => null)));
    const held = both.flatMap((one) =>
      one === null ? [] : read(one).cards.map(({ claim: { applicationId } }) => applicationId),
    );
    expect(new Set(held).size).toBe(held.length);
    expect(held).toEqual(expect.arrayContaining([8, 9, 10, 11, 12, 13].map(idOf)));
    expect(held).not.toContain(idOf(7));
    expect(held).not.toContain(idOf(0));
    const { items } = await mine.pull();
    const shown = items.find((item) => item.type === 'application' && item.head.applicationId === idOf(8));
    expect(shown).toMatchObject({ head: { holder: { stationId: expect.stringMatching(/^counter-/) } } });
    expect(regionOf('issuer-almaty').code).toBe(ALMATY);
  }); // prettier-ignore
});
