// The change feed and the pictures of a scope: paging, resuming, what left, when a dossier comes, news.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '../../src/shared/central/messages.ts';
import { ALMATY, anApplication, ASTANA, atPoint } from '../support/central/an-application.ts';
import { newId, type NodeClient } from '../support/central/node-client.ts';
import { onBothDatabases, startTestNode, type TestNode } from '../support/central/test-node.ts';

const idOf = (item: Change): string =>
  item.type === 'left' ? item.applicationId : item.head.applicationId;
const MANY = 60;

onBothDatabases('feed', (open) => {
  let test: TestNode;
  let almaty: NodeClient;
  const applications = [
    ...Array.from({ length: MANY }, () => anApplication()),
    anApplication({ dossier: { region: ASTANA } }),
    atPoint(),
  ];
  const inAlmaty = MANY + 1;
  beforeAll(async () => {
    test = await startTestNode({ database: await open(), applications });
    almaty = await test.loggedIn('reviewer-almaty');
  });
  afterAll(() => test.close());

  it('gives a region its applications, each once, in pages of any size, in order', async () => {
    const whole = await almaty.pull();
    expect(whole.items).toHaveLength(inAlmaty);
    for (const limit of [1, 7, 1000]) {
      const paged = await almaty.pull(0, limit);
      expect(paged.items).toEqual(whole.items);
      expect(paged.pages).toBe(Math.ceil(inAlmaty / limit));
    }
    expect(new Set(whole.items.map(idOf)).size).toBe(inAlmaty);
    const first = await almaty.get('changes', { query: { limit: 10 } });
    expect(first).toMatchObject({ more: true, total: inAlmaty });
    const rest = await almaty.get('changes', { query: { cursor: first.cursor } });
    expect(rest).toMatchObject({ more: false, total: inAlmaty - 10 });
  });

  it('gives another region and a point only their own', async () => {
    const astana = await test.loggedIn('reviewer-astana');
    expect((await astana.pull()).items).toHaveLength(1);
    const issuer = await test.loggedIn('issuer-almaty');
    expect((await issuer.pull()).items.map(idOf)).toEqual([
      applications.at(-1)?.dossier.applicationId,
    ]);
  });

  it('sends a changed head without the dossier the reader holds, and a new revision with it', async () => {
    const { items, cursor } = await almaty.pull();
    const id = idOf(items[5] as Change);
    await test.control.claimAs({ applicationId: id, officerName: 'КОЛЛЕГА' });
    const claimed = await almaty.pull(cursor);
    expect(claimed.items).toMatchObject([
      {
        type: 'application',
        head: { applicationId: id, holder: { officerName: 'КОЛЛЕГА' } },
        dossier: null,
      },
    ]);
    await test.control.touch({ applicationId: id });
    const touched = await almaty.pull(claimed.cursor);
    expect(touched.items).toMatchObject([{ dossier: { applicationId: id, revision: 2 } }]);
    expect((await almaty.pull(cursor)).items).toMatchObject([{ dossier: { revision: 2 } }]);
  });

  it('never gives a slow reader a head whose dossier he has not got', async () => {
    const first = await almaty.get('changes', { query: { limit: 5 } });
    const all = await almaty.pull();
    const late = all.items.slice(20, 23).map(idOf);
    for (const applicationId of late) await test.control.claimAs({ applicationId });
    const held = new Set(first.items.map((item) => idOf(item as Change)));
    let cursor = first.cursor;
    for (;;) {
      const page = await almaty.get('changes', { query: { cursor, limit: 3 } });
      for (const item of page.items as Change[]) {
        if (item.type !== 'application') continue;
        if (item.dossier === null) expect(held).toContain(idOf(item));
        held.add(idOf(item));
      }
      cursor = page.cursor;
      if (!page.more) break;
    }
    expect(held.size).toBe(inAlmaty);
  });

  it('lists an application once in a first sync, whatever happened to it since', async () => {
    const newcomer = await test.loggedIn('reviewer-almaty', 'newcomer');
    const { items } = await newcomer.pull(0, 10);
    expect(new Set(items.map(idOf)).size).toBe(items.length);
    expect(items.every((item) => item.type === 'application' && item.dossier !== null)).toBe(true);
  });

  it('sends dossiers again to a reader it does not know at his cursor', async () => {
    const { items, cursor } = await almaty.pull();
    const applicationId = idOf(items[8] as Change);
    const stranger = await test.loggedIn('reviewer-almaty', 'stranger');
    await test.control.claimAs({ applicationId });
    expect((await stranger.pull(cursor)).items).toMatchObject([{ dossier: { applicationId } }]);
    expect((await almaty.pull(cursor)).items).toMatchObject([{ dossier: null }]);
  });

  it('says that a moved case left, gives it to the new region, and takes it back', async () => {
    const astana = await test.loggedIn('reviewer-astana');
    const [here, there] = [await almaty.pull(), await astana.pull()];
    const id = idOf(here.items[3] as Change);
    await test.control.moveCase({ applicationId: id, region: ASTANA });
    expect((await almaty.pull(here.cursor)).items).toMatchObject([
      { type: 'left', applicationId: id, movedTo: ASTANA },
    ]);
    const [came] = (await astana.pull(there.cursor)).items;
    expect(came).toMatchObject({ type: 'application', dossier: { region: ASTANA, revision: 2 } });
    await test.control.moveCase({ applicationId: id, region: ALMATY });
    const back = await almaty.pull(here.cursor);
    expect(back.items).toMatchObject([{ type: 'application', dossier: { revision: 3 } }]);
    expect((await astana.pull()).items.map((item) => item.type)).toContain('left');
  });

  it('wakes a long poll at once, and answers in time when nothing happens', async () => {
    const { cursor } = await almaty.pull();
    const quiet = performance.now();
    expect(await almaty.get('news', { query: { cursor, waitMs: 300 } })).toEqual({
      newest: cursor,
    });
    expect(performance.now() - quiet).toBeGreaterThan(290);
    const waiting = almaty.get('news', { query: { cursor, waitMs: 20_000 } });
    const started = performance.now();
    const added = await test.control.addApplication({ region: ALMATY });
    expect((await waiting).newest).toBeGreaterThan(cursor);
    expect(performance.now() - started).toBeLessThan(5000);
    expect((await almaty.pull(cursor)).items).toMatchObject([
      { dossier: { applicationId: added.applicationId, ticket: added.ticket } },
    ]);
  });

  it('finds an application by its ticket within the scope only', async () => {
    const issuer = await test.loggedIn('issuer-almaty');
    const card = applications.at(-1);
    const pending = applications[0];
    const found = await issuer.get('findTicket', {
      params: { ticket: card?.dossier.ticket ?? '' },
    });
    expect(found).toMatchObject({ dossier: card?.dossier, card: { number: '012345678' } });
    const ask = (ticket: string) => issuer.call('findTicket', { params: { ticket } });
    expect(await ask(pending?.dossier.ticket ?? '')).toMatchObject({ code: 'out-of-scope' });
    expect(await ask('no such / ticket')).toMatchObject({ code: 'not-found' });
  });

  describe('pictures', () => {
    const image = () => applications[0]?.images[0];
    const params = () => ({ sha256: image()?.sha256 ?? '' });

    it('come whole, with type, hash tag and cache rule', async () => {
      const answer = await almaty.raw('blob', { params: params() });
      expect(answer.status).toBe(200);
      expect(answer.bytes.equals(image()?.bytes ?? Buffer.alloc(0))).toBe(true);
      expect(answer.headers).toMatchObject({
        etag: `"${params().sha256}"`,
        'content-type': 'image/jpeg',
        'cache-control': 'private, max-age=31536000, immutable',
      });
      const again = { headers: { 'if-none-match': `"${params().sha256}"` }, params: params() };
      expect((await almaty.raw('blob', again)).status).toBe(304);
    });

    it.each([
      ['bytes=0-99', 0, 100],
      ['bytes=3000-', 3000, 3004],
      ['bytes=-10', 2994, 3004],
    ])('come in parts: %s', async (range, start, end) => {
      const answer = await almaty.raw('blob', { params: params(), headers: { range } });
      expect(answer.status).toBe(206);
      expect(answer.headers['content-range']).toBe(`bytes ${start}-${end - 1}/3004`);
      expect(answer.bytes.equals(Buffer.from(image()?.bytes ?? []).subarray(start, end))).toBe(
        true,
      );
    });

    it('refuse a range outside, an unknown hash, another region and a point before production', async () => {
      const far = await almaty.raw('blob', { params: params(), headers: { range: 'bytes=9999-' } });
      expect([far.status, far.headers['content-range']]).toEqual([416, 'bytes */3004']);
      const unknown = { params: { sha256: '0'.repeat(64) } };
      expect(await almaty.call('blob', unknown)).toMatchObject({ code: 'not-found' });
      expect(await almaty.call('blob', { params: { sha256: 'x' } })).toMatchObject({
        code: 'malformed-request',
      });
      const astana = await test.loggedIn('reviewer-astana');
      expect(await astana.call('blob', { params: params() })).toMatchObject({
        code: 'out-of-scope',
      });
      const issuer = await test.loggedIn('issuer-almaty');
      expect(await issuer.call('blob', { params: params() })).toMatchObject({
        code: 'out-of-scope',
      });
    });
  });

  it('asks for a session everywhere', async () => {
    const nobody = test.client();
    expect(await nobody.call('changes')).toMatchObject({ status: 401 });
    expect(await nobody.call('claim', { body: { applicationId: newId() } })).toMatchObject({
      status: 401,
    });
  });
});
