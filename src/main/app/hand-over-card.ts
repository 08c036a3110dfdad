// The issuance desk: the card by its ticket, claimed for this counter; refusals recorded with their clause.
import type { RefusalOf, RequestOf, ResultOf } from '../../shared/contract/channels.ts';
import type { CardCheckDto, HandOverDto } from '../../shared/contract/issuance.ts';
import { canonicalBytes } from '../../shared/central/statement.ts';
import type { HandOverStatement } from '../../shared/central/statement.ts';
import type { reportRequest } from '../../shared/central/messages.ts';
import { no, ok, type Result } from '../../shared/kernel/result.ts';
import type { z } from 'zod';
import type { StoredCase } from '../ports/case-store.ts';
import { forbidden } from './allowed.ts';
import { record } from './case-record.ts';
import type { Lease } from '../domain/case-facts.ts';
import { handOverBar } from '../domain/issue-lease.ts';
import { leaseOf, lineRefusal } from './claim-case.ts';
import { journal, noteLine, nowText, type OpenDesk } from './desk.ts';
import { fetchPictures } from './fetch-pictures.ts';
import { leasedNow } from './issue-leases.ts';
import { readClock, setClock } from './lease-clock.ts';
import { addReport } from './outbox-entry.ts';
import { dropIntent } from './drop-intent.ts';
import { pullCases } from './pull-cases.ts';
import { whileClaiming } from './settle-leases.ts';
import { differing, readCard } from '../domain/mrz.ts';
import { readHandOver } from './read-issuance.ts';

type OpenResult = Result<HandOverDto, RefusalOf<'issuance.open'>>;

/** By ticket, typed or scanned. One not in the cache yet is looked for with a sync. */
export async function openByTicket(desk: OpenDesk, typed: string): Promise<OpenResult> {
  const ticket = typed.trim();
  const { cases } = desk.session.store;
  let stored = cases.findByTicket(ticket);
  if (stored === null) {
    const answer = await desk.deps.node.findTicket(ticket);
    if (!answer.ok) {
      const refused = lineRefusal(desk, answer.failure);
      return refused.refusal.code === 'not-found' ? no('ticket-unknown') : (refused as OpenResult);
    }
    await pullCases(desk, new AbortController().signal);
    stored = cases.findByTicket(ticket);
  }
  return stored === null ? no('ticket-unknown') : openCard(desk, stored.applicationId);
}

/** Claims the card, so that no other counter hands it over, and shows the person. */
export async function openCard(desk: OpenDesk, applicationId: string): Promise<OpenResult> {
  const { store } = desk.session;
  const stored = store.cases.find(applicationId);
  if (stored === null) return no('not-in-cache');
  const refused = notHere(stored) ?? notWhole(desk, stored);
  if (refused !== null) return refused;
  desk.deps.camera.close(); // it was opened for somebody else
  // Step 19: only an officer of the registration point hands cards over.
  if (!desk.session.officer.roles.includes('issuer')) return no('not-allowed');
  const held = await holdCard(desk, stored);
  if (held !== null) return held;
  await fetchPictures(desk, [applicationId], new AbortController().signal);
  store.transaction(() => journal(desk, 'case-opened', stored.dossier.ticket, { counter: true }));
  desk.deps.push({ topic: 'cases', ids: [applicationId] });
  const shown = readHandOver(desk, applicationId);
  return shown === null ? no('wrong-stage') : ok(shown);
}

/** By our issue lease where it holds, else by a claim of the node; null = the card is on this counter. */
async function holdCard(desk: OpenDesk, stored: StoredCase): Promise<OpenResult | null> {
  const { session } = desk;
  const { store } = session;
  const { applicationId, state } = stored;
  if (state.stage === 'at-counter' && state.lease !== null) {
    const { lease } = state;
    if (
      handOverBar(
        lease,
        store.transaction(() => readClock(desk)),
      ) !== 'claim-over'
    )
      return null;
  }
  const leased = leasedNow(desk, applicationId);
  if (leased === 'clock-went-back' && desk.line.state !== 'online') return no(leased);
  if (leased !== null && leased !== 'clock-went-back') {
    store.transaction(() => openedUnder(desk, stored, leased));
    return null;
  }
  return whileClaiming(desk, applicationId, async () => {
    let claim = await desk.deps.node.claim(applicationId);
    if (claim.ok && desk.session === session && isDropped(desk, claim.value.leaseId)) {
      // The node has not heard that this one was given up: a word still on its way would end it under our hands.
      const told = await desk.deps.node.returnLeasedCards([claim.value.leaseId]);
      claim = told.ok ? await desk.deps.node.claim(applicationId) : told;
    }
    if (desk.session !== session) return no('line-dead');
    if (!claim.ok) {
      const refusal = lineRefusal(desk, claim.failure);
      const { code, params } = refusal.refusal;
      const { ticket } = stored.dossier;
      store.transaction(() => journal(desk, 'claim-refused', ticket, { code }));
      // The node knows of a hand-over that has not come down to this counter yet.
      if (code === 'stage-mismatch' && params?.['stage'] === 'issued')
        return no('already-issued', { at: '', ticket });
      return refusal as OpenResult;
    }
    noteLine(desk, null);
    store.transaction(() => {
      setClock(desk);
      const before = store.leases.find(applicationId);
      if (before !== null && before.leaseId !== claim.value.leaseId)
        store.leases.forget([before.leaseId]);
      openedUnder(desk, stored, leaseOf(claim.value));
    });
    return null;
  });
}

const isDropped = (desk: OpenDesk, leaseId: string): boolean =>
  desk.session.store.leases.dropped().includes(leaseId);

function openedUnder(desk: OpenDesk, stored: StoredCase, lease: Lease): void {
  const now = desk.session.store.cases.find(stored.applicationId) ?? stored;
  const prepared = now.state.intent;
  if (prepared !== null && now.state.lease?.leaseId !== lease.leaseId)
    dropIntent(desk, now, prepared.actId);
  const fresh = desk.session.store.cases.find(stored.applicationId) ?? now;
  record(desk, fresh, { type: 'hand-over-opened', lease });
}

function notHere({ state, head, dossier }: StoredCase): OpenResult | null {
  const issuedAt = head.timeline.filter(({ event }) => event === 'issued').at(-1)?.at;
  switch (state.stage) {
    case 'at-point':
    case 'at-counter':
      return null;
    case 'issued':
    case 'issue-promised':
      return no('already-issued', { at: issuedAt ?? '', ticket: dossier.ticket });
    default:
      return no('not-arrived', { stage: head.stage });
  }
}

/** A damaged card and one that is signed for return are claimed by no counter. */
function notWhole(desk: OpenDesk, stored: StoredCase): OpenResult | null {
  if (stored.head.card?.condition === 'damaged') return no('card-damaged');
  return desk.session.store.custody.returning(stored.applicationId) ? no('card-returning') : null;
}

/** One key: not handed over, why, and the clause; reported to the node under its own key. */
export function refuseHandOver(
  desk: OpenDesk,
  { applicationId, reason }: RequestOf<'issuance.refuse'>,
): Result<HandOverDto, RefusalOf<'issuance.refuse'>> {
  const { store } = desk.session;
  const at = nowText(desk);
  const clause = reason === 'proxy' || reason === 'not-the-person' ? '4.3' : null;
  const claimed = store.cases.find(applicationId)?.state.lease ?? null;
  const refused = store.transaction((): boolean => {
    const stored = store.cases.find(applicationId);
    if (stored === null || forbidden(desk, stored, 'refuse-hand-over') !== null) return false;
    const next = record(desk, stored, { type: 'hand-over-refused', reason });
    if (!next) return false;
    // A card of our issue lease stays with it; another claim is given up for good.
    if (claimed !== null && store.leases.find(applicationId)?.leaseId !== claimed.leaseId)
      store.leases.drop([{ applicationId, leaseId: claimed.leaseId }]);
    const reportId = desk.deps.clock.uuid();
    const report: z.infer<typeof reportRequest> = {
      reportId,
      kind: 'hand-over-refused',
      applicationId,
      reason,
      clause,
      stationId: desk.deps.station.stationId,
      at,
    };
    const body = canonicalBytes(report);
    addReport(desk, { id: reportId, applicationId, kind: 'hand-over-refusal', body }, false);
    journal(desk, 'hand-over-refused', next.dossier.ticket, { reason, clause: clause ?? '' });
    return true;
  });
  if (!refused)
    return no(store.cases.find(applicationId) === null ? 'not-in-cache' : 'wrong-stage');
  desk.deps.camera.close();
  if (claimed !== null && store.leases.find(applicationId)?.leaseId !== claimed.leaseId)
    void giveUp(desk, applicationId, claimed.leaseId);
  desk.deps.push({ topic: 'cases', ids: [applicationId] });
  desk.deps.push({ topic: 'outbox' });
  desk.wake();
  return ok(readHandOver(desk, applicationId)!);
}

/** Tells the node; where that is lost, the next round does. */
async function giveUp(desk: OpenDesk, applicationId: string, leaseId: string): Promise<void> {
  const { session } = desk;
  const told = await desk.deps.node.releaseClaim(applicationId, leaseId);
  if (told.ok && desk.session === session)
    session.store.transaction(() => session.store.leases.forget([leaseId]));
}

/** The card in the hand against the record of this ticket: step 19. Rows of the journal carry codes only. */
export function checkCard(
  desk: OpenDesk,
  { applicationId, text }: RequestOf<'issuance.checkCard'>,
): ResultOf<'issuance.checkCard'> {
  const { store } = desk.session;
  const stored = store.cases.find(applicationId);
  if (stored === null) return no('not-in-cache');
  if (stored.state.stage !== 'at-counter') return no('wrong-stage');
  const read = readCard(stored, text);
  if (!read.ok) return read;
  const { check } = read.value;
  const { which, way, agrees, corrected } = check;
  if (agrees && hidesZone(stored, check)) return no('zone-wanted');
  const next = store.transaction(() => {
    journal(desk, agrees ? 'card-checked' : 'card-mismatch', stored.dossier.ticket, {
      card: which,
      by: way,
      ...(corrected > 0 ? { corrected } : {}),
      ...(agrees ? {} : { fields: differing(check) }),
    });
    const wanted = stored.state.zoneWanted.includes(which);
    if (way !== 'mrz' || wanted !== agrees) return stored;
    const type = agrees ? 'zone-agreed' : 'zone-differed';
    return record(desk, store.cases.find(applicationId) ?? stored, { type, side: which });
  });
  return ok({ ...check, zoneWanted: [...(next ?? stored).state.zoneWanted] });
}

/** A number typed off a card says nothing against a zone that was another card's. */
const hidesZone = (stored: StoredCase, { which, way }: Pick<CardCheckDto, 'which' | 'way'>) =>
  way === 'by-eye' && stored.state.zoneWanted.includes(which);

/** No zone can agree (worn, no reader, the right card taken meanwhile): the reason opens the way by eye. */
export function allowByEye(
  desk: OpenDesk,
  { applicationId, reason }: RequestOf<'issuance.allowByEye'>,
): Result<HandOverDto, RefusalOf<'issuance.allowByEye'>> {
  const { store } = desk.session;
  const stored = store.cases.find(applicationId);
  if (stored === null) return no('not-in-cache');
  const allowed = store.transaction((): boolean => {
    const now = store.cases.find(applicationId) ?? stored;
    if (now.state.zoneWanted.length === 0) return false;
    const next = record(desk, now, { type: 'by-eye-allowed', reason });
    if (next) journal(desk, 'by-eye-allowed', stored.dossier.ticket, { reason });
    return Boolean(next);
  });
  const shown = allowed ? readHandOver(desk, applicationId) : null;
  return shown === null ? no('wrong-stage') : ok(shown);
}

interface CardsInHand {
  readonly cardCheck: HandOverStatement['cardCheck'];
  readonly old: { readonly number: string; readonly way: 'mrz' | 'by-eye' } | null;
}

/** Reads both cards once more, for the statement: a card that is not this one is never signed for. */
export function cardsInHand(
  stored: StoredCase,
  text: string,
  surrendered: boolean,
  oldText: string | null,
): Result<CardsInHand, 'card-unchecked' | 'card-mismatch' | 'zone-wanted'> {
  const read = readCard(stored, text);
  if (!read.ok || read.value.check.which !== 'card') return no('card-unchecked');
  const { check, said } = read.value;
  if (!check.agrees || said === null) return no('card-mismatch', { fields: differing(check) });
  if (hidesZone(stored, check)) return no('zone-wanted');
  if (!surrendered) return ok({ cardCheck: said, old: null });
  const { number } = stored.dossier.document;
  if (oldText === null)
    return hidesZone(stored, { which: 'old-card', way: 'by-eye' })
      ? no('zone-wanted')
      : ok({ cardCheck: said, old: { number, way: 'by-eye' } });
  const old = readCard(stored, oldText);
  if (!old.ok || old.value.check.which !== 'old-card') return no('card-unchecked');
  if (!old.value.check.agrees) return no('card-mismatch', { fields: differing(old.value.check) });
  if (hidesZone(stored, old.value.check)) return no('zone-wanted');
  return ok({ cardCheck: said, old: { number, way: old.value.check.way } });
}

/** "Not the person" was looked into: the flag goes, the note stays in the case's facts. */
export function investigationSeen(
  desk: OpenDesk,
  { applicationId, note }: RequestOf<'issuance.seen'>,
): Result<HandOverDto, RefusalOf<'issuance.seen'>> {
  const { store } = desk.session;
  const stored = store.cases.find(applicationId);
  if (stored === null) return no('not-in-cache');
  const seen = store.transaction((): boolean => {
    const now = store.cases.find(applicationId) ?? stored;
    const next = record(desk, now, { type: 'investigation-seen', note: note.trim() });
    if (next) journal(desk, 'investigation-seen', stored.dossier.ticket);
    return Boolean(next);
  });
  const shown = seen ? readHandOver(desk, applicationId) : null;
  if (shown === null) return no('wrong-stage');
  desk.deps.push({ topic: 'cases', ids: [applicationId] });
  return ok(shown);
}
