// What stands on each paper of the counter: built from facts and signed bytes, and no more than its bearer may know.
import type { Dossier } from '../../shared/central/application.ts';
import type { OfficerProfile } from '../../shared/central/messages.ts';
import { canonicalText, type HandOverStatement } from '../../shared/central/statement.ts';
import {
  OUTCOMES,
  SLIP_REASONS,
  type Outcome,
  type PaperKind,
  type PaperOf,
  type Standing,
  type Totals,
} from '../../shared/contract/papers.ts';
import { maskIin } from '../../shared/kernel/iin.ts';
import { fullName } from './compared.ts';
import type { DispatchState } from './act-machine.ts';

/** Who prints, where and when. */
export interface Making {
  readonly officer: OfficerProfile;
  readonly madeAt: string;
  readonly training: boolean;
}

/** Bytes that were signed or recorded here, and how they stand. */
export interface Recorded {
  readonly id: string;
  readonly state: DispatchState;
  readonly sha256: string;
}

const both = ({ nameRu, nameKz }: { nameRu: string; nameKz: string }) => ({
  ru: nameRu,
  kz: nameKz,
});

/** What stands at the head and the foot of every paper. */
export const made = ({ officer, madeAt, training }: Making) => ({
  department: both(officer.department),
  point: officer.registrationPoint === null ? null : both(officer.registrationPoint),
  officer: officer.fullName,
  madeAt,
  training,
});

/** Null for what never left the desk: an intent, or an act taken back. */
export function standingOf(state: DispatchState): Standing | null {
  if (state === 'queued' || state === 'sending') return 'promised';
  return state === 'accepted' || state === 'refused' ? state : null;
}

/** What the code on a paper says: canonical JSON, so that a scanner at the counter finds the ticket. */
export const qrText = (
  kind: Exclude<PaperKind, 'day-register'>,
  ticket: string | null,
  sha256: string,
): string => canonicalText({ kualik: kind, sha256, ...(ticket === null ? {} : { ticket }) });

/** Receipt of a hand-over; null when there is none to show for it, or the node refused it. */
export function receiptOf(
  dossier: Dossier,
  card: { readonly endDate: string },
  act: Recorded,
  statement: HandOverStatement,
  making: Making,
): PaperOf<'receipt'> | null {
  const standing = standingOf(act.state);
  if (standing === null || standing === 'refused') return null;
  const person = dossier.authoritative ?? dossier.declared;
  return {
    kind: 'receipt',
    ...made(making),
    actId: act.id,
    ticket: statement.ticket,
    name: fullName(person),
    iinMasked: maskIin(person.iin),
    cardNumber: statement.cardNumber,
    cardEndDate: card.endDate,
    handedOverAt: statement.at,
    oldCard: statement.oldCard.outcome,
    standing,
    sha256: act.sha256,
    qr: qrText('receipt', statement.ticket, act.sha256),
  };
}

export type SlipReason = (typeof SLIP_REASONS)[number];
export const isSlipReason = (reason: string): reason is SlipReason =>
  (SLIP_REASONS as readonly string[]).includes(reason);

/**
 * Slip of a refusal. It goes to whoever stands at the counter: never the owner's name; the masked IIN
 * only to a proxy, who named the owner himself; no ticket number to one who brought no ticket.
 */
export function slipOf(
  dossier: Dossier,
  report: Recorded,
  said: { readonly reason: SlipReason; readonly clause: string | null; readonly at: string },
  making: Making,
): PaperOf<'refusal'> {
  const ticket = said.reason === 'no-ticket' ? null : dossier.ticket;
  const person = dossier.authoritative ?? dossier.declared;
  return {
    kind: 'refusal',
    ...made(making),
    reportId: report.id,
    reason: said.reason,
    clause: said.clause,
    refusedAt: said.at,
    ticket,
    iinMasked: said.reason === 'proxy' ? maskIin(person.iin) : null,
    sha256: report.sha256,
    qr: qrText('refusal', ticket, report.sha256),
  };
}

/** Sums by outcome; what the node refused was not done and is not counted. */
export function totalsOf(
  rows: readonly { readonly outcome: Outcome; readonly standing: Standing }[],
): Totals {
  const counted = rows.filter(({ standing }) => standing !== 'refused');
  return Object.fromEntries(
    OUTCOMES.map((each) => [each, counted.filter(({ outcome }) => outcome === each).length]),
  ) as Totals;
}

/** Day register: rows in the order of the day, sums below. */
export function dayRegisterOf(
  day: string,
  rows: PaperOf<'day-register'>['rows'],
  making: Making,
): PaperOf<'day-register'> {
  const inOrder = rows.toSorted((a, b) => a.at.localeCompare(b.at));
  return {
    kind: 'day-register',
    ...made(making),
    day,
    rows: inOrder,
    totals: totalsOf(inOrder),
    total: inOrder.length,
  };
}
