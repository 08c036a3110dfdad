// The register of issue on real parts: own rows and other desks' rows once each, filtered, summed, masked, exported.
import fs from 'node:fs';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSignedData } from '../../src/shared/cades/signed-data.ts';
import type { RequestOf } from '../../src/shared/contract/channels.ts';
import { startStand, type Stand } from '../../stand/start.ts';
import { logInAs, startWorkstation, until, type Workstation } from '../support/workstation.ts';

let stand: Stand;
let counter: Workstation;
let head: Workstation;
let handed: { applicationId: string; ticket: string };
let refused: { applicationId: string; ticket: string };

const ALL = {
  search: '',
  from: null,
  to: null,
  officer: null,
  outcome: null,
  after: null,
  limit: 100,
} as const satisfies RequestOf<'register.page'>;
const today = (): string => new Date(Date.now() + 5 * 3_600_000).toISOString().slice(0, 10);

beforeAll(async () => {
  stand = await startStand({ people: 60 });
  counter = await startWorkstation(stand);
  head = await startWorkstation(stand, { stationId: 'station-2' });
  expect((await logInAs(counter, stand, 'issuer-almaty')).ok).toBe(true);
  expect((await logInAs(head, stand, 'head-almaty')).ok).toBe(true);
  await until(async () => (await counter.get('line.read', {})).lastSyncAt, 'first sync');
  const cards = await counter.get('issuance.page', {
    view: 'ready',
    search: '',
    after: null,
    limit: 50,
  });
  const ready = cards.rows.filter(({ stage }) => stage === 'at-point');
  handed = ready[0]!;
  refused = ready[1]!;
  const opened = await counter.get('issuance.open', { applicationId: handed.applicationId });
  const { intentId } = await counter.get('issuance.prepareHandOver', {
    applicationId: handed.applicationId,
    present: true,
    questions: [{ code: 'birth-date', outcome: 'right' }],
    oldCard: { outcome: 'surrendered', reason: null, text: null },
    card: opened.card.number,
  });
  await counter.get('act.sign', { intentId, pin: stand.pin });
  await counter.get('issuance.open', { applicationId: refused.applicationId });
  await counter.get('issuance.refuse', { applicationId: refused.applicationId, reason: 'proxy' });
});
afterAll(async () => {
  await counter?.stop();
  await head?.stop();
  await stand?.stop();
});

const find = async (desk: Workstation, ticket: string) =>
  (await desk.get('register.page', { ...ALL, search: ticket })).rows.filter(
    (row) => row.ticket === ticket,
  );

describe('register of issue', () => {
  it('holds each hand-over and refusal once, promised and then accepted', async () => {
    const rows = await until(async () => {
      const found = [
        ...(await find(counter, handed.ticket)),
        ...(await find(counter, refused.ticket)),
      ];
      return found.every(({ standing }) => standing === 'accepted') && found;
    }, 'both accepted');
    expect(rows.map(({ outcome, own, paper }) => ({ outcome, own, paper }))).toEqual([
      { outcome: 'issued', own: true, paper: 'receipt' },
      { outcome: 'proxy', own: true, paper: 'refusal' },
    ]);
    // The node tells the same by its time line; after the next pull the rows are still one each.
    await counter.core.loop.roundNow();
    expect(await find(counter, handed.ticket)).toHaveLength(1);
    expect(await find(counter, refused.ticket)).toHaveLength(1);
  });

  it('shows the head what another desk did, by whom, with the whole IIN; the counter a masked one', async () => {
    const officer = counter.core.desk.session!.officer.fullName;
    const [row] = await until(async () => {
      await head.core.loop.roundNow();
      const found = await find(head, handed.ticket);
      return found.length > 0 && found;
    }, 'the head hears of it');
    expect(row).toMatchObject({ outcome: 'issued', own: false, paper: null, officer });
    expect(row?.iin).toMatch(/^\d{12}$/);
    const [own] = await find(counter, handed.ticket);
    expect(own?.iin).toBe(`${row!.iin.slice(0, 4)}••••${row!.iin.slice(-4)}`);
  });

  it('filters by day, outcome and officer, pages by keyset, and sums what the filter leaves', async () => {
    const day = await counter.get('register.page', { ...ALL, from: today(), to: today() });
    expect(day.total).toBeGreaterThanOrEqual(2);
    expect(day.totals.issued).toBeGreaterThanOrEqual(1);
    const none = await counter.get('register.page', { ...ALL, to: '2020-01-01' });
    expect(none).toMatchObject({ total: 0, rows: [] });
    const proxies = await counter.get('register.page', { ...ALL, outcome: 'proxy' });
    expect(proxies.rows.every(({ outcome }) => outcome === 'proxy')).toBe(true);
    expect(proxies.totals).toMatchObject({ issued: 0, proxy: proxies.total });
    const me = counter.core.desk.session!.officer.fullName;
    const mine = await counter.get('register.page', { ...ALL, officer: me });
    expect(mine.officers).toContain(me);
    const whole = await counter.get('register.page', ALL);
    const paged: string[] = [];
    let after: string | null = null;
    do {
      const page: typeof whole = await counter.get('register.page', { ...ALL, after, limit: 1 });
      paged.push(...page.rows.map(({ id }) => id));
      after = page.next;
    } while (after !== null);
    expect(paged).toEqual(whole.rows.map(({ id }) => id));
    expect(new Set(paged).size).toBe(whole.total);
  });

  it('is for the counter and the head alone, and so are its papers', async () => {
    const reviewer = await startWorkstation(stand, { stationId: 'station-3' });
    try {
      await logInAs(reviewer, stand, 'reviewer-almaty');
      expect(await reviewer.call('register.page', ALL)).toMatchObject({
        refusal: { code: 'not-allowed' },
      });
      expect(
        await reviewer.call('papers.show', { kind: 'day-register', day: today() }),
      ).toMatchObject({ refusal: { code: 'not-allowed' } });
    } finally {
      await reviewer.stop();
    }
  });

  it('shows papers of what was done here and refuses those of what was not', async () => {
    const { applicationId } = handed;
    const receipt = await counter.get('papers.show', { kind: 'receipt', applicationId });
    const [row] = await find(counter, handed.ticket);
    expect(receipt).toMatchObject({ kind: 'receipt', sha256: row?.sha256 });
    const slip = { kind: 'refusal', applicationId, reportId: null } as const;
    expect(await counter.call('papers.show', slip)).toMatchObject({
      refusal: { code: 'paper-unknown' },
    });
    expect(await head.call('papers.show', { kind: 'receipt', applicationId })).toMatchObject({
      refusal: { code: 'paper-unknown' },
    });
    // No printer is joined in this process: told, not thrown.
    expect(
      await counter.call('papers.save', {
        paper: { kind: 'receipt', applicationId },
        format: 'a4',
      }),
    ).toMatchObject({ refusal: { code: 'not-printed' } });
  });

  it('writes file and signature, or nothing', async () => {
    const { after: _after, limit: _limit, ...filter } = ALL;
    const wanted = { ...filter, format: 'xlsx', language: 'kk' } as const;
    expect(
      await counter.call('register.export', { ...wanted, to: '2020-01-01', pin: stand.pin }),
    ).toMatchObject({ refusal: { code: 'register-empty' } });
    const wrong = await counter.call('register.export', { ...wanted, pin: '000000' });
    expect(wrong).toMatchObject({ refusal: { code: 'pin-incorrect' } });
    expect(fs.existsSync(`${counter.userDir}/exported`)).toBe(false);
    const made = await counter.get('register.export', { ...wanted, pin: stand.pin });
    expect(Object.keys(unzipSync(fs.readFileSync(made.path)))).toContain('xl/workbook.xml');
    expect(() => readSignedData(fs.readFileSync(made.signaturePath))).not.toThrow();
    const { rows } = await counter.get('journal.page', {
      kinds: ['register-exported'],
      text: '',
      before: null,
      limit: 5,
    });
    expect(rows[0]?.details).toMatchObject({ format: 'xlsx', sha256: made.sha256 });
  });
});
