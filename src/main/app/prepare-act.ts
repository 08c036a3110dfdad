// Prepares an act: the exact bytes are built, hashed and kept as an intent before anything is signed.
import { actStatement, canonicalBytes, type ActStatement } from '../../shared/central/statement.ts';
import type { IntentDto } from '../../shared/contract/act.ts';
import type { RefusalOf, RequestOf } from '../../shared/contract/channels.ts';
import { no, ok, type No, type Result } from '../../shared/kernel/result.ts';
import { actionFor } from '../domain/actions.ts';
import { citizenText, refundDue } from '../domain/annulment.ts';
import type { ActKind, Lease } from '../domain/case-facts.ts';
import {
  buildAnnulment,
  buildApproval,
  buildHandOver,
  type ChosenReason,
  type Signing,
} from '../domain/statement.ts';
import type { StoredCase } from '../ports/case-store.ts';
import type { OutboxItem } from '../ports/outbox-store.ts';
import { actionContext } from './action-context.ts';
import { judged, record } from './case-record.ts';
import { cardsInHand } from './hand-over-card.ts';
import { journal, nowText, type OpenDesk } from './desk.ts';
import { dropIntent } from './drop-intent.ts';
import { signingFault } from './key-standing.ts';
import { barOf, saidAt } from './lease-clock.ts';
import { addIntent } from './outbox-entry.ts';

type PrepareRefusal = RefusalOf<'act.prepareApproval'>;

/** Approval: every group confirmed, nothing failed and unanswered, pictures seen whole. */
export function prepareApproval(
  desk: OpenDesk,
  { applicationId }: RequestOf<'act.prepareApproval'>,
): Result<IntentDto, PrepareRefusal> {
  return prepare(desk, applicationId, 'approval', (stored, signing) => {
    const statement = buildApproval({ ...stored, ...judgedParts(desk, stored) }, signing);
    return ok({ statement, citizen: null, refund: false });
  });
}

/** Why a prepared approval may not be signed as it is: the case or what it says changed since; null = it stands. */
export function approvalGone(
  desk: OpenDesk,
  item: OutboxItem,
): No<PrepareRefusal | 'case-changed'> | null {
  const stored = desk.session.store.cases.find(item.applicationId);
  if (stored === null || stored.state.intent?.actId !== item.id) return no('case-changed');
  const refused = notReady(desk, stored, 'approval');
  if (refused !== null) return refused;
  const signed = actStatement.parse(JSON.parse(new TextDecoder().decode(item.body)));
  const now = buildApproval({ ...stored, ...judgedParts(desk, stored) }, signed);
  return desk.deps.clock.sha256(canonicalBytes(now)) === item.sha256 ? null : no('case-changed');
}

/** Annulment: at least one coded reason, comments where the dictionary asks for them. */
export function prepareAnnulment(
  desk: OpenDesk,
  { applicationId, reasons: chosen }: RequestOf<'act.prepareAnnulment'>,
): Result<IntentDto, RefusalOf<'act.prepareAnnulment'>> {
  // One reason once, in the order it was first chosen.
  const reasons = [...new Map(chosen.map((reason) => [reason.code, reason])).values()];
  return prepare(desk, applicationId, 'annulment', (stored, signing) => {
    const dictionary = desk.session.config.annulmentReasons;
    const refused = reasonRefusal(reasons, dictionary);
    if (refused !== null) return refused;
    const refund = refundDue(stored.dossier.fee, reasons, dictionary);
    const parts = { ...stored, ...judgedParts(desk, stored) };
    const statement = buildAnnulment(parts, signing, reasons, refund);
    return ok({ statement, citizen: citizenText(reasons, dictionary, refund), refund });
  });
}

/** Hand-over: the person stands at the counter, in person (cl. 4.3). */
export function prepareHandOver(
  desk: OpenDesk,
  { applicationId, questions, oldCard, card: text }: RequestOf<'issuance.prepareHandOver'>,
): Result<IntentDto, RefusalOf<'issuance.prepareHandOver'>> {
  const reason = oldCard.reason?.trim() ?? '';
  if (oldCard.outcome === 'not-presented' && reason.length < 3)
    return no('old-card-reason-missing');
  const prepared = prepare(desk, applicationId, 'hand-over', (stored, signing) => {
    const { card } = stored.head;
    const point = desk.session.officer.registrationPoint;
    if (card === null || point === null) return no('wrong-stage');
    const cards = cardsInHand(stored, text, oldCard.outcome === 'surrendered', oldCard.text);
    if (!cards.ok) return cards as No<never>;
    const { cardCheck, old } = cards.value;
    const answers = {
      questions,
      cardCheck,
      oldCard: {
        outcome: oldCard.outcome,
        reason: oldCard.outcome === 'not-presented' ? reason : null,
        number: old?.number ?? null,
        way: old?.way ?? null,
      },
    };
    const statement = buildHandOver(stored, signing, card.number, point.code, answers);
    return ok({ statement, citizen: null, refund: false });
  });
  return prepared as Result<IntentDto, RefusalOf<'issuance.prepareHandOver'>>;
}

interface Built {
  readonly statement: ActStatement;
  readonly citizen: { ru: string; kz: string } | null;
  readonly refund: boolean;
}

const ACTION = { approval: 'approve', annulment: 'annul', 'hand-over': 'hand-over' } as const;

function prepare(
  desk: OpenDesk,
  applicationId: string,
  kind: ActKind,
  build: (stored: StoredCase, signing: Signing) => Result<Built, PrepareRefusal>,
): Result<IntentDto, PrepareRefusal> {
  const { store } = desk.session;
  return store.transaction((): Result<IntentDto, PrepareRefusal> => {
    const stored = store.cases.find(applicationId);
    if (stored === null) return no('not-in-cache');
    const refused = notReady(desk, stored, kind);
    if (refused !== null) return refused;
    const lease = stored.state.lease as Lease;
    const actId = desk.deps.clock.uuid();
    const built = build(stored, {
      actId,
      officerIin: desk.session.officer.iin,
      departmentBin: desk.session.officer.department.bin,
      stationId: desk.deps.station.stationId,
      challenge: lease.challenge,
      at: kind === 'hand-over' ? saidAt(desk) : nowText(desk),
    });
    if (!built.ok) return built;
    const bytes = canonicalBytes(built.value.statement);
    const before = stored.state.intent;
    if (before !== null) dropIntent(desk, stored, before.actId);
    const { sha256 } = addIntent(desk, { id: actId, applicationId, kind, body: bytes });
    const fresh = store.cases.find(applicationId) ?? stored;
    record(desk, fresh, { type: 'act-intended', actId, kind });
    journal(desk, 'act-prepared', stored.dossier.ticket, { act: actId, kind, sha256 });
    return ok({
      intentId: actId,
      // Read back from the bytes that will be signed: what is shown is what is signed.
      statement: actStatement.parse(JSON.parse(new TextDecoder().decode(bytes))),
      sha256,
      citizen: built.value.citizen,
      refundDue: built.value.refund,
      challengeExpiresAt: lease.challenge.expiresAt,
    });
  });
}

function notReady(desk: OpenDesk, stored: StoredCase, kind: ActKind): No<PrepareRefusal> | null {
  const action = actionFor(ACTION[kind], actionContext(desk, stored));
  if (!action.enabled) {
    const because = action.because!;
    if (
      because.code === 'wrong-stage' ||
      because.code === 'not-held' ||
      because.code === 'picture-missing'
    )
      return no(because.code);
    return no('action-disabled', { because: because.code, ...because.params });
  }
  const fault = signingFault(desk);
  if (fault !== null) return no('key-unusable', { reason: fault });
  const lease = stored.state.lease!;
  const bar = kind === 'hand-over' ? barOf(desk, lease, stored.dossier.ticket) : null;
  if (bar !== null) return no(bar);
  const { challenge } = lease;
  return challenge.expiresAt <= nowText(desk) ? no('challenge-expired') : null;
}

const judgedParts = (desk: OpenDesk, stored: StoredCase) => {
  const { rules, rows, checklist, measured } = judged(desk, stored);
  const engine = measured.portrait?.ok === true ? measured.portrait.value.engine : null;
  return {
    rules,
    rows,
    checklist,
    overrides: stored.state.overrides,
    measuring: { limits: desk.session.config.pictureLimits.version, engine },
  };
};

function reasonRefusal(
  reasons: readonly ChosenReason[],
  dictionary: OpenDesk['session']['config']['annulmentReasons'],
): No<'reason-unknown' | 'reason-comment-missing'> | null {
  for (const { code, comment } of reasons) {
    const reason = dictionary.find((one) => one.code === code);
    if (reason === undefined) return no('reason-unknown', { code });
    if (reason.commentObligatory && (comment?.trim().length ?? 0) < 3)
      return no('reason-comment-missing', { code });
  }
  return null;
}

/** The officer closed the panel without signing. */
export function cancelIntent(desk: OpenDesk, actId: string): void {
  const { store } = desk.session;
  store.transaction(() => {
    const item = store.outbox.find(actId);
    const stored = item?.state === 'intended' ? store.cases.find(item.applicationId) : null;
    if (stored !== null && stored.state.intent?.actId === actId) dropIntent(desk, stored, actId);
  });
}
