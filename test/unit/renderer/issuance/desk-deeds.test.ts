// Which card lies on the counter when two are on their way: the one asked for last, never a late one.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  nobody,
  openRow,
  openTicket,
} from '../../../../src/renderer/features/issuance/desk-deeds.ts';
import { NOBODY, useDesk } from '../../../../src/renderer/features/issuance/issuance-store.ts';

const BACK = '0d9f1b00-7a11-4c2e-9b10-000000000001';
const NEXT = '0d9f1b00-7a11-4c2e-9b10-000000000002';
const card = (applicationId: string) => ({ ok: true, value: { applicationId, questions: [] } });
let answerBack = (): void => undefined;

beforeEach(() => {
  const back = new Promise((done) => (answerBack = () => done(card(BACK))));
  const call = (name: string): Promise<unknown> => {
    if (name === 'issuance.open') return back; // the node is asked for the claim
    if (name === 'issuance.openByTicket') return Promise.resolve(card(NEXT));
    if (name === 'draft.read') return Promise.resolve({ ok: true, value: { draft: null } });
    return Promise.resolve({ ok: false, refusal: { code: 'locked' } });
  };
  vi.stubGlobal('window', { kualik: { call, on: () => () => undefined } });
  useDesk.setState(NOBODY);
});
afterEach(() => vi.unstubAllGlobals());

const onCounter = (): string | undefined => useDesk.getState().card?.applicationId;

it('the card to come back to behind the lock does not push aside the one scanned meanwhile', async () => {
  const returning = openRow({ applicationId: BACK, ticket: '' });
  await openTicket('EGOV-1');
  expect(onCounter()).toBe(NEXT);
  answerBack();
  await returning;
  expect(onCounter()).toBe(NEXT);
});

it('a desk that was emptied meanwhile stays empty', async () => {
  const returning = openRow({ applicationId: BACK, ticket: '' });
  nobody();
  answerBack();
  await returning;
  expect(onCounter()).toBeUndefined();
});

it('with nothing in between it comes back', async () => {
  const returning = openRow({ applicationId: BACK, ticket: '' });
  answerBack();
  await returning;
  expect(onCounter()).toBe(BACK);
});
