// The stock's deeds against a scripted bridge: scans in order, none while a statement waits, sums as the act says.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DispatchDto, StockCard } from '../../../../src/shared/contract/stock.ts';
import {
  openReturn,
  readStock,
  scanChoose,
  toggle,
} from '../../../../src/renderer/features/stock/card-deeds.ts';
import {
  isOpen,
  openForm,
  prepareAcceptance,
  saveForm,
  sumsOf,
  wordOf,
} from '../../../../src/renderer/features/stock/dispatch-deeds.ts';
import { hear, letGo, signCustody } from '../../../../src/renderer/features/stock/stock-deeds.ts';
import { useStock } from '../../../../src/renderer/features/stock/stock-store.ts';

const id = (n: number): string => `0d9f1b00-7a11-4c2e-9b10-00000000000${n}`;
const number = (n: number): string => `02696385${n}`;
const line = (n: number, outcome: DispatchDto['cards'][number]['outcome'] = null) => ({
  applicationId: id(n),
  ticket: `T-${n}`,
  cardNumber: number(n),
  outcome,
  place: null,
  note: null,
  scannedAt: null,
});
const dispatch = (more: Partial<DispatchDto> = {}): DispatchDto => ({
  dispatchId: id(9),
  number: '2026-000001',
  sentAt: '2026-11-20T05:00:00.000Z',
  counts: { expected: 3, arrived: 1, damaged: 0, missing: 0, unscanned: 2, extra: 0 },
  act: null,
  accepted: null,
  cards: [line(1, 'arrived'), line(2), line(3)],
  extra: [],
  place: 'A-14',
  ...more,
});
const card = (n: number, away: StockCard['away'] = null): StockCard => ({
  applicationId: id(n),
  ticket: `T-${n}`,
  cardNumber: number(n),
  place: null,
  arrivedAt: null,
  daysWaiting: 0,
  condition: n === 2 ? 'damaged' : 'good',
  away,
});
const stockOf = (rows: StockCard[]) => ({
  ok: true,
  value: { rows, next: null, total: rows.length, waiting: [0, 0, 0] },
});

const call = vi.fn<(name: string, request: Record<string, unknown>) => Promise<unknown>>();
const state = useStock.getState;
const asked = (name: string) =>
  call.mock.calls.filter(([each]) => each === name).map(([, request]) => request);

beforeEach(() => {
  call.mockReset();
  vi.stubGlobal('window', { kualik: { call, on: () => () => undefined } });
  useStock.setState(useStock.getInitialState(), true);
});
afterEach(() => vi.unstubAllGlobals());

describe('scans', () => {
  it('asks one after another, so that the answers come in the order of the hand', async () => {
    const waiting: (() => void)[] = [];
    call.mockImplementation(
      (_name, { text }) =>
        new Promise((done) =>
          waiting.push(() =>
            done({
              ok: true,
              value: {
                outcome: 'counted',
                cardNumber: text,
                ticket: null,
                dispatch: dispatch(),
              },
            }),
          ),
        ),
    );
    useStock.setState({ dispatch: dispatch() });
    hear(number(2));
    hear(number(3));
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    expect(asked('stock.scan')).toMatchObject([{ text: number(2) }]);
    waiting[0]?.();
    await vi.waitFor(() => expect(waiting).toHaveLength(2));
    waiting[1]?.();
    await vi.waitFor(() => expect(state().said?.cardNumber).toBe(number(3)));
    expect(state().current).toBe(number(3));
  });

  it('takes the ticket out of an address, and says that a strange code is unreadable', async () => {
    call.mockResolvedValue({ ok: false, refusal: { code: 'not-a-card' } });
    useStock.setState({ dispatch: dispatch() });
    hear('https://example.kz/t?ticket=750-1');
    await vi.waitFor(() => expect(asked('stock.scan')).toMatchObject([{ text: '750-1' }]));
    await vi.waitFor(() => expect(state().said).not.toBeNull());
    const before = state().said?.n ?? 0;
    hear('{"price": 12}');
    await vi.waitFor(() =>
      expect(state().said).toMatchObject({ outcome: 'unreadable', n: before + 1 }),
    );
    expect(asked('stock.scan')).toHaveLength(1);
  });

  it('hears nothing while a statement waits for the PIN, nor into a dispatch that is closed', async () => {
    useStock.setState({
      dispatch: dispatch(),
      panel: { what: 'acceptance', intent: null, refusal: null, choosing: false },
    });
    hear(number(2));
    useStock.setState({
      panel: null,
      dispatch: dispatch({ act: { actId: id(7), state: 'queued' } }),
    });
    hear(number(2));
    await new Promise((done) => setTimeout(done, 5));
    expect(call).not.toHaveBeenCalled();
  });
});

describe('a dispatch', () => {
  it('is open until it is accepted or its act is signed; then what was not scanned is missing', () => {
    expect(isOpen(dispatch())).toBe(true);
    const signed = dispatch({ act: { actId: id(7), state: 'queued' } });
    expect(wordOf(signed)).toBe('ours');
    expect(sumsOf(signed)).toMatchObject({ missing: 2, unscanned: 0, arrived: 1 });
    expect(sumsOf(dispatch())).toMatchObject({ missing: 0, unscanned: 2 });
    const accepted = { at: '2026-11-22T05:00:00.000Z', officerName: 'Ким Виктория' };
    expect(wordOf(dispatch({ accepted }))).toBe('others');
  });

  it('keeps the line open with the refusal when a damaged card has no note', async () => {
    call.mockResolvedValue({ ok: false, refusal: { code: 'note-missing' } });
    useStock.setState({ dispatch: dispatch(), current: number(2) });
    openForm('damaged');
    expect(state().form).toMatchObject({ outcome: 'damaged', place: 'A-14' });
    await saveForm();
    expect(asked('stock.mark')).toMatchObject([{ outcome: 'damaged', place: null, note: null }]);
    expect(state().form?.refusal?.code).toBe('note-missing');
  });

  it('drops an intent that came after the panel was closed', async () => {
    let done: (value: unknown) => void = () => undefined;
    call.mockImplementation((name) =>
      name === 'stock.prepareAcceptance'
        ? new Promise((resolve) => (done = resolve))
        : Promise.resolve({ ok: true, value: {} }),
    );
    useStock.setState({ dispatch: dispatch() });
    const prepared = prepareAcceptance();
    letGo();
    done({ ok: true, value: { intentId: id(8), statement: {}, sha256: '' } });
    await prepared;
    expect(asked('stock.cancel')).toEqual([{ intentId: id(8) }]);
    expect(state().panel).toBeNull();
  });

  it('leaves the panel with its statement when the PIN was wrong', async () => {
    call.mockResolvedValue({ ok: false, refusal: { code: 'pin-incorrect' } });
    const intent = { intentId: id(8), statement: {}, sha256: '' } as never;
    const panel = { what: 'acceptance', intent, refusal: null, choosing: false } as const;
    useStock.setState({ dispatch: dispatch(), panel });
    expect(await signCustody('1')).toEqual({ code: 'pin-incorrect' });
    expect(state().panel).toBe(panel);
  });
});

describe('cards chosen for a return', () => {
  it('forgets a card that somebody took to a counter meanwhile', async () => {
    toggle(card(1));
    toggle(card(2));
    call.mockResolvedValue(stockOf([card(1, 'at-counter'), card(2)]));
    await readStock();
    expect([...state().chosen.keys()]).toEqual([id(2)]);
    openReturn();
    expect(state()).toMatchObject({ reason: 'damaged', panel: { choosing: true } });
  });

  it('chooses by a scan only the one card that is meant, and never one that is away', async () => {
    call.mockResolvedValue(stockOf([card(1), card(2)]));
    await scanChoose('75');
    expect(state().said?.outcome).toBe('elsewhere');
    call.mockResolvedValue(stockOf([card(1, 'promised')]));
    await scanChoose(number(1));
    expect(state().chosen.size).toBe(0);
    call.mockResolvedValue(stockOf([card(1)]));
    await scanChoose(number(1));
    await scanChoose(number(1));
    expect(state().said?.outcome).toBe('again');
    expect([...state().chosen.keys()]).toEqual([id(1)]);
  });
});
