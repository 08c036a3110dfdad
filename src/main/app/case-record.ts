// Applies facts to a stored case and writes fact, state and list columns together.
import { fold } from '../../shared/kernel/fold.ts';
import { maskIin } from '../../shared/kernel/iin.ts';
import type { CheckRow, ChecklistItem } from '../../shared/contract/case.ts';
import type { CaseMeasured } from '../domain/case-measured.ts';
import type { CaseFact } from '../domain/case-facts.ts';
import { applyFact, isFinal, isPromised } from '../domain/case-machine.ts';
import { checklistItems } from '../domain/checklist.ts';
import { checkRows, findingsOf } from '../domain/checks.ts';
import { fullName } from '../domain/compared.ts';
import { dueAt } from '../domain/deadline.ts';
import { measureRows } from '../domain/measure-rows.ts';
import { computeRules, type RuleResult, type SignatureVerdict } from '../domain/rules.ts';
import type { CaseColumns, StoredCase } from '../ports/case-store.ts';
import { caseMeasured } from './case-measured.ts';
import { nowText, type OpenDesk } from './desk.ts';

const UNVERIFIED: SignatureVerdict = { verdict: 'cannot-check', reason: null, signer: null };

export interface JudgedCase {
  readonly rules: RuleResult[];
  /** Registers, rules and measures, in this order. */
  readonly rows: CheckRow[];
  readonly checklist: ChecklistItem[];
  readonly measured: CaseMeasured;
}

/** Rules, rows and questions of a case as they stand now. */
export function judged(desk: OpenDesk, stored: StoredCase): JudgedCase {
  const { config } = desk.session;
  const { dossier, state } = stored;
  const rules = computeRules(dossier, config, stored.signature ?? UNVERIFIED);
  const measured = caseMeasured(desk, stored);
  return {
    rules,
    rows: [
      ...checkRows(dossier, rules, state.overrides, config.checkRules),
      ...measureRows(measured, config.pictureLimits, state),
    ],
    checklist: checklistItems(config.pictureLimits, state.checklist),
    measured,
  };
}

const viewOf = (stage: StoredCase['state']['stage']): CaseColumns['view'] => {
  if (stage === 'received' || stage === 'in-review') return 'pending';
  if (isPromised(stage)) return 'promised';
  return isFinal(stage) ? 'done' : 'production';
};

function columnsOf(desk: OpenDesk, stored: StoredCase): CaseColumns {
  const { dossier, state } = stored;
  const person = dossier.declared;
  const name = fullName(person);
  const phone = dossier.phone.replace(/\D/g, '');
  // Until our own check of the CMS was made, its row says nothing.
  // The same of pictures that wait to be measured.
  const rows = judged(desk, stored).rows.filter(
    (row) =>
      (stored.signature !== null || row.code !== 'applicant-signature') &&
      (row.measure === null || row.state !== 'no-data' || row.measure.failure !== null),
  );
  const registered = new Date(dossier.registeredAt);
  return {
    view: viewOf(state.stage),
    attention: state.flags.length > 0,
    name,
    nameFolded: fold(name),
    iinMasked: maskIin(person.iin),
    phoneKey: phone,
    searchText: fold(
      [dossier.ticket, person.iin, phone, name, person.latinSurname, person.latinName].join(' '),
    ),
    dueAt: dueAt(registered, desk.session.config.deadline, desk.session.calendar).toISOString(),
    mine: state.lease !== null && (state.stage === 'in-review' || state.stage === 'at-counter'),
    findings: findingsOf(rows),
  };
}

/** Writes the case as it is, without a new fact. Call inside a transaction. */
export const saveCase = (desk: OpenDesk, stored: StoredCase): void =>
  desk.session.store.cases.save(stored, columnsOf(desk, stored));

/**
 * Applies facts in order, keeps the legal ones, writes the result. Call inside a transaction.
 * Answers the new record, or null when a fact was illegal (then nothing is written).
 */
export function record(
  desk: OpenDesk,
  stored: StoredCase,
  ...facts: readonly CaseFact[]
): StoredCase | null {
  let state = stored.state;
  for (const fact of facts) {
    const step = applyFact(state, fact);
    if (!step.legal) return null;
    state = step.state;
  }
  const next: StoredCase = { ...stored, state };
  saveCase(desk, next);
  const at = nowText(desk);
  for (const fact of facts) desk.session.store.cases.appendFact(stored.applicationId, at, fact);
  if (!keepsDraft(desk, next)) desk.session.store.drafts.drop(stored.applicationId);
  return next;
}

export const heldByOther = (desk: OpenDesk, stored: StoredCase): boolean => {
  const holder = stored.head.holder;
  // A lease belongs to officer and station: a colleague's lease at this desk is a colleague's.
  return (
    holder !== null &&
    (holder.stationId !== desk.deps.station.stationId ||
      holder.officerName !== desk.session.officer.fullName) &&
    holder.until > nowText(desk)
  );
};

/**
 * What is half done on a case stays while it may still be finished here: it is ours, or nobody's (a claim
 * that ran out while the line was dead is taken again). Signed, decided elsewhere, another's: it goes.
 */
export const keepsDraft = (desk: OpenDesk, stored: StoredCase): boolean => {
  const { stage } = stored.state;
  if (stage === 'in-review' || stage === 'at-counter') return true;
  return stage === 'received' && !heldByOther(desk, stored);
};
