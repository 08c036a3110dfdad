// The stores of the screens against a scripted bridge: stale answers, paging, pointers, choices.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { QueuePage, QueueQuery, QueueRow } from '../../../src/shared/contract/queue.ts';
import type { TokensDto } from '../../../src/shared/contract/session.ts';
import { withoutGap } from '../../../src/renderer/shared/bridge.ts';
import { chooseAgain } from '../../../src/renderer/features/login/login-store.ts';
import { detailsInWords } from '../../../src/renderer/features/journal/journal-details.ts';
import * as queue from '../../../src/renderer/features/queue/queue-store.ts';
import { screensFor, useNavigation } from '../../../src/renderer/shared/state/navigation.ts';
import { textsOf } from '../../../src/renderer/shared/i18n/language.ts';

const row = (n: number, stage: QueueRow['stage'] = 'received'): QueueRow => ({
  applicationId: `id-${n}`,
  ticket: `T-${n}`,
  name: 'Ким Виктория',
  iinMasked: '9913••••0002',
  filedAt: '2026-11-20T05:00:00.000Z',
  stage,
  actState: null,
  timeLeft: {
    dueAt: '2026-11-23T05:00:00.000Z',
    workingMinutesLeft: 60,
    termMinutes: 480,
    level: 'ok',
  },
  findings: { disagrees: 0, look: 0, noData: 0 },
  flags: [],
  holder: null,
});
const page = (rows: QueueRow[], next: string | null): { ok: true; value: QueuePage } => ({
  ok: true,
  value: { rows, next, total: 900, productionCutOffAt: null },
});

const call = vi.fn<(name: string, request: unknown) => Promise<unknown>>();
const fresh = queue.useQueue.getInitialState();

beforeEach(() => {
  call.mockReset();
  vi.stubGlobal('window', { kualik: { call, on: () => () => undefined } });
  queue.useQueue.setState(fresh, true);
});
afterEach(() => vi.unstubAllGlobals());

describe('queue store', () => {
  it('lets only the newest question write, however late the older answer comes', async () => {
    const waiting: ((value: unknown) => void)[] = [];
    call.mockImplementation(() => new Promise((done) => waiting.push(done)));
    void queue.ask({ search: 'а' });
    void queue.ask({ search: 'аб' });
    waiting[1]?.(page([row(2)], null));
    await vi.waitFor(() => expect(queue.useQueue.getState().rows).toHaveLength(1));
    waiting[0]?.(page([row(1), row(3)], null));
    await new Promise((done) => setTimeout(done, 5));
    expect(queue.useQueue.getState().rows.map((each) => each.ticket)).toEqual(['T-2']);
  });

  it('reads further pages by their key and re-reads as many rows as are shown', async () => {
    call.mockImplementation((_name, request) => {
      const { after, limit } = request as QueueQuery;
      const from = after === null ? 0 : Number(after);
      return Promise.resolve(
        page(
          Array.from({ length: limit }, (_, i) => row(from + i)),
          String(from + limit),
        ),
      );
    });
    await queue.readQueue();
    await queue.readMore();
    const shown = queue.useQueue.getState().rows.length;
    expect(shown).toBeGreaterThan(queue.FIRST_PAGE);
    call.mockClear();
    await queue.readQueue(true);
    expect(queue.useQueue.getState().rows).toHaveLength(shown);
    expect(new Set(queue.useQueue.getState().rows.map((each) => each.ticket)).size).toBe(shown);
    for (const [, request] of call.mock.calls) {
      expect((request as QueueQuery).limit).toBeLessThanOrEqual(500);
    }
  });

  it('shows a refusal instead of an empty list, and forgets it when reading works again', async () => {
    call.mockResolvedValueOnce({ ok: false, refusal: { code: 'incident' } });
    await queue.readQueue();
    expect(queue.useQueue.getState().refusal?.code).toBe('incident');
    call.mockResolvedValueOnce(page([row(1)], null));
    await queue.readQueue();
    expect(queue.useQueue.getState().refusal).toBeNull();
  });

  it('moves the pointer inside the list and keeps it over a re-read', async () => {
    call.mockResolvedValue(page([row(1), row(2), row(3)], null));
    await queue.readQueue();
    expect(queue.movePointer(-1)).toBe(0);
    expect(queue.movePointer(1)).toBe(1);
    await queue.readQueue(true);
    expect(queue.useQueue.getState().pointed).toBe('id-2');
    expect(queue.movePointer(9)).toBe(2);
    expect(queue.pointAgain([row(7)], 'id-2')).toBe('id-7');
    expect(queue.pointAgain([], 'id-2')).toBeNull();
  });

  it('opens a readable case as a case and an unreadable one as a message', () => {
    queue.openRow(row(4));
    expect(useNavigation.getState()).toEqual({ screen: 'case', applicationId: 'id-4' });
    useNavigation.setState({ screen: 'queue', applicationId: null });
    queue.openRow(row(5, 'damaged'));
    expect(useNavigation.getState().screen).toBe('queue');
    expect(queue.useQueue.getState().damaged).toBe('id-5');
  });

  it('answers a broken bridge with a refusal, never with silence', async () => {
    call.mockRejectedValue(new Error('gone'));
    await queue.takeNext();
    expect(queue.useQueue.getState().nextRefusal?.code).toBe('incident');
    expect(queue.useQueue.getState().taking).toBe(false);
  });
});

describe('choice of the certificate', () => {
  const certificate = (sha: string, unusable: 'expired' | null, usedBefore = false) => ({
    keyId: '01',
    certSha256: sha,
    name: 'К',
    organisation: null,
    algorithm: 'rsa' as const,
    validFrom: '2026-01-01T00:00:00.000Z',
    validTo: '2027-01-01T00:00:00.000Z',
    daysLeft: 40,
    expiry: null,
    unusable,
    usedBefore,
  });
  const tokens = (...certificates: ReturnType<typeof certificate>[]): TokensDto => ({
    modules: [],
    tokens: [
      {
        moduleId: 'm',
        serial: 's',
        label: 'l',
        model: 'x',
        pin: { tries: 'full', initialized: true, mustChange: false, minLength: 4, maxLength: 16 },
        certificates,
      },
    ],
  });

  it('takes the only usable one, or the one used before, and never an unusable one', () => {
    expect(chooseAgain(tokens(certificate('a', 'expired')), null)).toBeNull();
    expect(
      chooseAgain(tokens(certificate('a', 'expired', true), certificate('b', null)), null),
    ).toMatchObject({ certSha256: 'b' });
    expect(
      chooseAgain(tokens(certificate('a', null), certificate('b', null, true)), null),
    ).toMatchObject({ certSha256: 'b' });
    expect(chooseAgain(tokens(certificate('a', null), certificate('b', null)), null)).toBeNull();
  });

  it('keeps the choice while its token stays and drops it when the token is gone', () => {
    const before = { moduleId: 'm', serial: 's', certSha256: 'a' };
    const both = tokens(certificate('a', null), certificate('b', null, true));
    expect(chooseAgain(both, before)).toEqual(before);
    expect(chooseAgain({ modules: [], tokens: [] }, before)).toBeNull();
  });
});

describe('pushes, rail and journal words', () => {
  it('reads everything again after a gap in the revisions of cases', () => {
    const message = { topic: 'cases', revision: 7, ids: ['x'] } as const;
    const push = { ...message, ids: [...message.ids] };
    expect(withoutGap(push, 6)).toEqual(push);
    expect(withoutGap(push, undefined)).toEqual(push);
    expect(withoutGap(push, 4)).toMatchObject({ ids: null });
  });

  it('shows only the screens of the role', () => {
    expect(screensFor(['issuer'])).not.toContain('queue');
    expect(screensFor(['reviewer'])).not.toContain('monitoring');
    expect(screensFor(['head'])).toContain('monitoring');
    expect(screensFor(['reviewer', 'issuer'])).toEqual(
      expect.arrayContaining(['queue', 'case', 'issuance']),
    );
    expect(screensFor([])).toEqual([]);
  });

  it('puts journal details into words and drops what says nothing', () => {
    const words = detailsInWords(
      { details: { reason: 'proxy', clause: '4.3', unlock: false, counter: true, empty: '' } },
      textsOf('ru'),
    );
    expect(words).toBe('причина: доверенность · основание: 4.3 · у окна');
    expect(detailsInWords({ details: { code: 'pin-locked' } }, textsOf('kk'))).toBe(
      'ПИН-код бұғатталған',
    );
  });
});
