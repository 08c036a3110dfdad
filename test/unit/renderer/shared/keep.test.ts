// What goes into the cache as the officer works: the newest of each thing, and the way back behind the lock.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SessionDto } from '../../../../src/shared/contract/session.ts';
import { allKept, keepLater } from '../../../../src/renderer/shared/state/keep.ts';
import { navigate, useNavigation } from '../../../../src/renderer/shared/state/navigation.ts';
import { setSession, useTold } from '../../../../src/renderer/shared/state/session.ts';

const ID = '0d9f1b00-7a11-4c2e-9b10-000000000001';
const call = vi.fn<(name: string, request: unknown) => Promise<unknown>>();
const session = (state: SessionDto['state'], more: Partial<SessionDto> = {}): void =>
  setSession({ state, ...more } as SessionDto);

beforeEach(() => {
  call.mockReset().mockResolvedValue({ ok: true, value: {} });
  vi.stubGlobal('window', { kualik: { call, on: () => () => undefined } });
  useTold.setState({ session: null, over: false });
});
afterEach(() => vi.unstubAllGlobals());

it('sends one at a time; of what waits only the newest of each name goes', async () => {
  const sent: string[] = [];
  const gates: (() => void)[] = [];
  const send = (what: string) => () =>
    new Promise<void>((done) => {
      sent.push(what);
      gates.push(done);
    });
  keepLater('a', send('a1'));
  keepLater('a', send('a2'));
  keepLater('b', send('b1'));
  keepLater('a', send('a3'));
  expect(sent).toEqual(['a1']);
  const kept = allKept();
  for (let i = 0; i < 3; i += 1) {
    await vi.waitFor(() => expect(gates[i]).toBeDefined());
    gates[i]!();
  }
  await kept;
  expect(sent).toEqual(['a1', 'a3', 'b1']);
});

it('keeps the place of an open desk, and comes back to the one it is told', async () => {
  session('signed-out');
  navigate({ screen: 'journal' });
  expect(call).not.toHaveBeenCalled();
  session('open', { place: { screen: 'case', applicationId: ID } });
  expect(useNavigation.getState()).toMatchObject({ screen: 'case', applicationId: ID });
  expect(call).not.toHaveBeenCalled(); // what came from the cache is not sent back to it
  navigate({ screen: 'outbox' });
  await allKept();
  expect(call).toHaveBeenLastCalledWith('place.keep', { screen: 'outbox', applicationId: ID });
});

it('knows that this window’s work is over, and that a fresh window had none', () => {
  session('locked');
  expect(useTold.getState().over).toBe(false);
  session('open');
  session('locked');
  expect(useTold.getState().over).toBe(true);
});
