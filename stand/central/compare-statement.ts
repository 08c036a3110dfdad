// Compares every field of a signed statement with the node's own record; the first difference refuses.
import type { Card, Dossier } from '../../src/shared/central/application.ts';
import type { AnnulmentReason, NodeConfig } from '../../src/shared/central/messages.ts';
import {
  CHECK_GROUPS,
  RULE_CODES,
  type ActStatement,
  type AnnulmentStatement,
  type ApprovalStatement,
  type HandOverStatement,
  type PictureBox,
} from '../../src/shared/central/statement.ts';
import { mrzDate } from '../../src/shared/kernel/mrz.ts';
import type { ApplicationRow } from './application-row.ts';
import { SKEW_MS, type LeaseRow } from './claims.ts';
import { compareMeasures, demandAnswered } from './compare-measures.ts';
import { FINAL_RULES, openChecks, recomputedRules, refundIsDue } from './record-rules.ts';
import { refuse } from './refusal.ts';
import type { Session } from './session.ts';

export interface OwnRecord {
  readonly row: ApplicationRow;
  readonly dossier: Dossier;
  readonly lease: LeaseRow;
  readonly session: Session;
  readonly config: NodeConfig;
  readonly now: Date;
}

type Decision = ApprovalStatement | AnnulmentStatement;

const demand = (field: string, same: boolean): void => {
  if (!same) refuse('statement-mismatch', { field });
};

/** Throws `statement-mismatch {field}`, `challenge-expired`, `not-approvable` or `reason-unknown`. */
export function compareStatement(statement: ActStatement, actId: string, own: OwnRecord): void {
  const { row, dossier, lease, session } = own;
  demand('actId', statement.actId === actId);
  demand('applicationId', statement.applicationId === row.id);
  demand('revision', statement.revision === row.revision);
  demand('ticket', statement.ticket === row.ticket);
  demand('dossierSha256', statement.dossierSha256 === row.dossier_sha256);
  demand('photoSha256', statement.photoSha256 === dossier.photo.sha256);
  demand('officerIin', statement.officerIin === session.officer.iin);
  demand('departmentBin', statement.departmentBin === session.officer.department.bin);
  demand('stationId', statement.stationId === session.stationId);
  demand('challenge.value', statement.challenge.value === lease.challenge);
  compareTimes(statement, own);
  if (statement.type === 'kualik/hand-over') return compareHandOver(statement, own);
  demand('signatureSha256', statement.signatureSha256 === dossier.signature.sha256);
  compareChecks(statement, own);
  compareRules(statement, own);
  compareMeasures(statement, own.config.pictureLimits, dossier.referencePhoto !== null, demand);
  if (statement.type === 'kualik/approval') compareApproval(statement, own);
  else compareAnnulment(statement, own);
}

/**
 * A card stays with its counter until the counter tells, so a hand-over may come late: its challenge
 * must have been good when it was signed. Renewing an issue lease only puts the challenge's end off.
 */
function compareTimes(statement: ActStatement, { lease, now }: OwnRecord): void {
  const ends = lease.challenge_expires_at.getTime();
  const said = Date.parse(statement.challenge.expiresAt);
  const at = Date.parse(statement.at);
  const late = statement.type === 'kualik/hand-over';
  demand('challenge.expiresAt', late ? said <= ends : said === ends);
  if (late ? at >= said : ends <= now.getTime()) refuse('challenge-expired');
  demand('at', at <= now.getTime() + SKEW_MS && at >= lease.since.getTime() - SKEW_MS);
}

function compareChecks(statement: Decision, { dossier, config }: OwnRecord): void {
  demand('checks', statement.checks.length === dossier.checks.length);
  dossier.checks.forEach((check, i) => {
    const said = statement.checks[i];
    demand(`checks.${i}.code`, said?.code === check.code);
    demand(`checks.${check.code}.outcome`, said?.outcome === check.outcome);
    if (!said?.override) return;
    const rule = config.checkRules.find(({ code }) => code === check.code);
    const allowed = rule?.overridable === true && check.outcome !== 'passed';
    demand(`checks.${check.code}.override`, allowed);
  });
}

function compareRules(statement: Decision, { dossier, config }: OwnRecord): void {
  demand('rules', statement.rules.length === RULE_CODES.length);
  const own = recomputedRules(dossier, config);
  RULE_CODES.forEach((code, i) => {
    const said = statement.rules[i];
    demand(`rules.${i}.code`, said?.code === code);
    const expected = own[code];
    demand(`rules.${code}.outcome`, expected === undefined || said?.outcome === expected);
    if (!said?.override) return;
    demand(`rules.${code}.override`, said.outcome !== 'agrees' && !FINAL_RULES.includes(code));
  });
}

/** cl. 11: approved only when every group was confirmed and nothing obligatory stands open. */
function compareApproval(statement: ApprovalStatement, { dossier, config }: OwnRecord): void {
  const confirmed = new Set(statement.confirmed);
  demand(
    'confirmed',
    statement.confirmed.length === CHECK_GROUPS.length && confirmed.size === CHECK_GROUPS.length,
  );
  const overridden = new Set(
    statement.checks.filter((check) => check.override !== null).map(({ code }) => code),
  );
  for (const check of openChecks(dossier, config))
    if (!overridden.has(check)) refuse('not-approvable', { check });
  for (const rule of statement.rules)
    if (rule.outcome === 'disagrees' && rule.override === null)
      refuse('not-approvable', { rule: rule.code });
  demandAnswered(statement);
}

function compareAnnulment(statement: AnnulmentStatement, { dossier, config }: OwnRecord): void {
  const codes = statement.reasons.map(({ code }) => code);
  demand('reasons', new Set(codes).size === codes.length);
  for (const { code, comment, boxes } of statement.reasons) {
    const reason = config.annulmentReasons.find((known) => known.code === code);
    if (reason === undefined) return refuse('reason-unknown', { reason: code });
    const answered = !reason.commentObligatory || (comment ?? '').trim().length > 0;
    demand(`reasons.${code}.comment`, answered);
    demand(
      `reasons.${code}.boxes`,
      boxes.every((box) => fitsOn(reason.group, box)),
    );
  }
  demand('refundDue', statement.refundDue === refundIsDue(dossier, statement.reasons, config));
}

/** A fault of the photo is shown on the photo, one of the signature on the signature; never outside. */
const fitsOn = (group: AnnulmentReason['group'], { picture, x, y, w, h }: PictureBox): boolean =>
  (group === 'other' || group === picture) && w > 0 && h > 0 && x + w <= 1.001 && y + h <= 1.001;

/** cl. 4.3, 11: this card, at this officer's own point, to the person (inPerson is of the schema). */
function compareHandOver(statement: HandOverStatement, { row, dossier, session }: OwnRecord): void {
  demand('cardNumber', row.card !== null && statement.cardNumber === row.card.number);
  compareCards(statement, row.card!, dossier);
  const point = statement.registrationPoint;
  demand(
    'registrationPoint',
    point === dossier.registrationPoint.code && point === session.officer.registrationPoint?.code,
  );
  const questions = statement.questions.map(({ code }) => code);
  demand('questions', new Set(questions).size === questions.length);
}

/** The card in the hand by its zone or number, and the old one's number, against the node's own record. */
function compareCards(statement: HandOverStatement, card: Card, dossier: Dossier): void {
  const { cardCheck, oldCard } = statement;
  demand('cardCheck.number', cardCheck.number === card.number);
  if (cardCheck.way === 'mrz') {
    const person = dossier.authoritative ?? dossier.declared;
    demand('cardCheck.iin', cardCheck.iin === person.iin);
    demand('cardCheck.birth', cardCheck.birth === mrzDate(person.birthDate));
    demand('cardCheck.sex', cardCheck.sex === person.sex);
    demand('cardCheck.expiry', cardCheck.expiry === mrzDate(card.endDate));
  }
  const surrendered = oldCard.outcome === 'surrendered';
  demand('oldCard.number', oldCard.number === (surrendered ? dossier.document.number : null));
  demand('oldCard.way', (oldCard.way !== null) === surrendered);
  const reason = oldCard.reason?.trim() ?? '';
  demand('oldCard.reason', surrendered ? oldCard.reason === null : reason.length >= 3);
}
