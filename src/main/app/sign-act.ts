// Signs a prepared act: the token between two transactions, then signature, fact, outbox and journal at once.
import { actStatement } from '../../shared/central/statement.ts';
import type { RefusalOf, ReplyOf, RequestOf } from '../../shared/contract/channels.ts';
import type { TokenRefusalCode } from '../../shared/contract/token-refusals.ts';
import { no, ok, type No, type Result } from '../../shared/kernel/result.ts';
import { canTakeBack, isCaseAct, nextDispatch } from '../domain/act-machine.ts';
import type { OutboxItem } from '../ports/outbox-store.ts';
import { record } from './case-record.ts';
import { takeBackCustody } from './custody-sent.ts';
import { journal, nowText, type Desk, type OpenDesk } from './desk.ts';
import { askedSigningFault } from './key-standing.ts';
import { barOf } from './lease-clock.ts';
import { keepSignature } from './outbox-entry.ts';
import { approvalGone } from './prepare-act.ts';
import { isCustody } from './custody-statement.ts';
import { makeCades } from './sign-bytes.ts';

/** Signatures in progress, by act: a second press of the key must not sign twice. */
const signing = new WeakMap<Desk['deps'], Map<string, Promise<unknown>>>();

/** Log-out waits for a signature the token is working on: it is kept, then the cache closes. */
export const signaturesEnded = async (desk: Desk): Promise<void> => {
  await Promise.allSettled([...(signing.get(desk.deps)?.values() ?? [])]);
};

/** One PIN, one signature. The intent stays when the token refuses, so nothing typed is lost. */
export async function signAct(
  desk: OpenDesk,
  { intentId, pin }: RequestOf<'act.sign'>,
): Promise<Result<ReplyOf<'act.sign'>, RefusalOf<'act.sign'>>> {
  const signed = await asSignature(desk, intentId, () =>
    signOnce(desk, intentId, (bytes) => makeCades(desk, desk.session.key, bytes, pin)),
  );
  if (signed === null) return no('intent-gone');
  if (!signed.ok) return signed;
  const { applicationId, kind } = signed.value;
  desk.deps.push({ topic: 'cases', ids: [applicationId] });
  desk.deps.push({ topic: 'outbox' });
  desk.wake();
  return ok({
    actId: intentId,
    applicationId,
    nextApplicationId: kind === 'hand-over' ? null : nextLocal(desk, applicationId),
  });
}

/** Runs `work` as a signature in progress under this name; null when one with the name is on its way. */
export async function asSignature<T>(
  desk: Desk,
  name: string,
  work: () => Promise<T>,
): Promise<T | null> {
  const busy = signing.get(desk.deps) ?? new Map<string, Promise<unknown>>();
  signing.set(desk.deps, busy);
  if (busy.has(name)) return null;
  const running = work();
  busy.set(name, running);
  try {
    return await running;
  } finally {
    busy.delete(name);
  }
}

/** What may have changed since the panel opened: the certificate's day, the challenge's hour. */
async function tooLate(
  desk: OpenDesk,
  body: Uint8Array,
): Promise<No<'key-unusable' | 'challenge-expired'> | null> {
  const fault = await askedSigningFault(desk);
  if (fault !== null) return no('key-unusable', { reason: fault });
  const now = desk.deps.clock.now();
  const { challenge } = actStatement.parse(JSON.parse(new TextDecoder().decode(body)));
  return challenge.expiresAt <= now.toISOString() ? no('challenge-expired') : null;
}

/** T1 is done: checks, one signature by `make`, then T2 with everything at once. The screens are told by the caller. */
export async function signOnce(
  desk: OpenDesk,
  intentId: string,
  make: (statement: Uint8Array) => Promise<Result<Uint8Array, TokenRefusalCode>>,
): Promise<Result<OutboxItem, RefusalOf<'act.sign'>>> {
  const { store } = desk.session;
  const item = store.outbox.find(intentId);
  if (item === null || item.state !== 'intended' || !isCaseAct(item.kind)) return no('intent-gone');
  const late = await tooLate(desk, item.body);
  if (late !== null) return late;
  // The question to the node took a moment: the panel may have been closed meanwhile.
  if (store.outbox.find(intentId)?.state !== 'intended') return no('intent-gone');
  const barred = store.transaction(() => handOverGone(desk, item));
  if (barred !== null) return barred;
  // A measure may have come while the panel stood: an approval speaks of all findings or is not signed.
  if (item.kind === 'approval' && approvalGone(desk, item) !== null) return no('case-changed');
  const ticket = store.cases.find(item.applicationId)?.dossier.ticket ?? null;
  const cms = await make(item.body);
  if (!cms.ok) {
    store.transaction(() =>
      journal(desk, 'act-not-signed', ticket, { act: intentId, code: cms.refusal.code }),
    );
    return cms;
  }
  const kept = store.transaction(() => {
    // The token, or the PIN, may have taken longer than the claim lasted: a head may break it by now.
    const late = handOverGone(desk, item);
    if (late !== null && late.refusal.code !== 'intent-gone') {
      journal(desk, 'act-not-signed', ticket, { act: intentId, code: late.refusal.code });
      return late;
    }
    return keep(desk, item, cms.value) ? null : no('signature-not-made');
  });
  if (kept !== null) return kept;
  desk.deps.vault.setUnsent(desk.session.cacheFile, store.outbox.counts().waiting);
  return ok(item);
}

/** Nothing is signed for a card that is no longer this counter's, or may be another's by now. Call inside a transaction. */
function handOverGone(
  desk: OpenDesk,
  item: OutboxItem,
): No<'intent-gone' | 'claim-over' | 'clock-went-back'> | null {
  if (item.kind !== 'hand-over') return null;
  const stored = desk.session.store.cases.find(item.applicationId);
  const lease = stored?.state.lease ?? null;
  if (stored === null || lease === null || stored.state.intent?.actId !== item.id)
    return no('intent-gone');
  const bar = barOf(desk, lease, stored.dossier.ticket);
  return bar === null ? null : no(bar);
}

/** T2: false when the case moved away while the token worked; then nothing is promised. */
function keep(desk: OpenDesk, item: OutboxItem, cms: Uint8Array): boolean {
  const { store } = desk.session;
  const stored = store.cases.find(item.applicationId);
  const kind = item.kind as 'approval' | 'annulment' | 'hand-over';
  const next = stored && record(desk, stored, { type: 'act-signed', actId: item.id, kind });
  if (!next) {
    store.outbox.update(item.id, { state: 'dropped', stateAt: nowText(desk) });
    journal(desk, 'act-not-signed', stored?.dossier.ticket ?? null, {
      act: item.id,
      code: 'case-moved',
    });
    return false;
  }
  keepSignature(desk, item.id, cms);
  if (kind === 'hand-over') desk.deps.camera.close();
  journal(desk, 'act-signed', next.dossier.ticket, { act: item.id, kind, sha256: item.sha256 });
  return true;
}

/** The case to open next, from what is here already: nothing waits for the network. */
function nextLocal(desk: OpenDesk, done: string): string | null {
  const { cases } = desk.session.store;
  const held = cases.held().find((id) => id !== done);
  return held ?? cases.urgent(nowText(desk), 2).find((id) => id !== done) ?? null;
}

/** Takes a signed act back while it was never sent. */
export function takeBack(
  desk: OpenDesk,
  actId: string,
): Result<{ applicationId: string }, RefusalOf<'act.takeBack'>> {
  const { store } = desk.session;
  const moved = store.outbox.find(actId);
  if (moved !== null && (isCustody(moved.kind) || moved.kind === 'placement'))
    return takeBackCustody(desk, moved);
  const result = store.transaction(
    (): Result<{ applicationId: string }, 'act-sent' | 'intent-gone'> => {
      const item = store.outbox.find(actId);
      const stored = item && store.cases.find(item.applicationId);
      if (!item || !stored || !isCaseAct(item.kind)) return no('intent-gone');
      if (!canTakeBack(item.state, item.maybeSeen)) return no('act-sent');
      if (record(desk, stored, { type: 'act-taken-back', actId }) === null)
        return no('intent-gone');
      store.outbox.update(actId, {
        state: nextDispatch('queued', 'taken-back')!,
        stateAt: nowText(desk),
      });
      journal(desk, 'act-taken-back', stored.dossier.ticket, { act: actId });
      return ok({ applicationId: item.applicationId });
    },
  );
  if (result.ok) {
    desk.deps.push({ topic: 'cases', ids: [result.value.applicationId] });
    desk.deps.push({ topic: 'outbox' });
  }
  return result;
}
