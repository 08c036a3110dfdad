// What goes into the outbox: a prepared act, its signature, or a report, each with its rest before it is sent.
import { nextDispatch } from '../domain/act-machine.ts';
import type { OutboxItem } from '../ports/outbox-store.ts';
import { nowText, type OpenDesk } from './desk.ts';

type About = Pick<OutboxItem, 'id' | 'applicationId' | 'kind' | 'body'>;

/** Until when a signed act or a placement may be taken back before it is sent. */
const restUntil = (desk: OpenDesk): string =>
  new Date(desk.deps.clock.now().getTime() + desk.deps.takeBackMs).toISOString();

function entry(
  desk: OpenDesk,
  about: About,
  state: OutboxItem['state'],
  nextTryAt: string | null,
): OutboxItem {
  const at = nowText(desk);
  return {
    ...about,
    state,
    sha256: desk.deps.clock.sha256(about.body),
    cms: null,
    createdAt: at,
    stateAt: at,
    attempts: 0,
    maybeSeen: false,
    nextTryAt,
    lastAnswer: null,
    acceptedAt: null,
  };
}

/** T1 of an act: its exact bytes, not signed yet. Call inside a transaction. */
export function addIntent(desk: OpenDesk, about: About): OutboxItem {
  const item = entry(desk, about, 'intended', null);
  desk.session.store.outbox.add(item);
  return item;
}

/** A report is not signed: it waits to be sent, at once or after the rest. Call inside a transaction. */
export const addReport = (desk: OpenDesk, about: About, rests: boolean): void =>
  desk.session.store.outbox.add(entry(desk, about, 'queued', rests ? restUntil(desk) : null));

/** T2 of an act: its signature is kept and it waits out its rest. Call inside a transaction. */
export const keepSignature = (desk: OpenDesk, id: string, cms: Uint8Array): void =>
  desk.session.store.outbox.update(id, {
    state: nextDispatch('intended', 'signed')!,
    stateAt: nowText(desk),
    nextTryAt: restUntil(desk),
    cms,
  });
