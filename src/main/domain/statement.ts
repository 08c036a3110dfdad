// Builds the statements an officer signs, from the same facts the screen shows.
import type { Dossier } from '../../shared/central/application.ts';
import type {
  AnnulmentStatement,
  ApprovalStatement,
  HandOverStatement,
} from '../../shared/central/statement.ts';
import { CHECK_GROUPS } from '../../shared/central/statement.ts';
import type { Lease } from './case-facts.ts';
import type { RuleResult } from './rules.ts';

/** Who signs, where, when, under which challenge of the node. */
export interface Signing {
  readonly actId: string;
  readonly officerIin: string;
  readonly departmentBin: string;
  readonly stationId: string;
  readonly challenge: Lease['challenge'];
  readonly at: string;
}

export interface Judged {
  readonly dossier: Dossier;
  readonly dossierSha256: string;
  readonly rules: readonly RuleResult[];
  readonly overrides: Readonly<Record<string, string>>;
}

const overrideOf = (overrides: Judged['overrides'], code: string) => {
  const reason = overrides[code];
  return reason === undefined ? null : { reason };
};

const common = ({ dossier, dossierSha256 }: Judged, signing: Signing) => ({
  version: 1 as const,
  actId: signing.actId,
  applicationId: dossier.applicationId,
  revision: dossier.revision,
  ticket: dossier.ticket,
  dossierSha256,
  photoSha256: dossier.photo.sha256,
  officerIin: signing.officerIin,
  departmentBin: signing.departmentBin,
  stationId: signing.stationId,
  challenge: { value: signing.challenge.value, expiresAt: signing.challenge.expiresAt },
  at: signing.at,
});

const decisionCommon = (judged: Judged, signing: Signing) => ({
  ...common(judged, signing),
  signatureSha256: judged.dossier.signature.sha256,
  checks: judged.dossier.checks.map(({ code, outcome }) => ({
    code,
    outcome,
    override: overrideOf(judged.overrides, code),
  })),
  rules: judged.rules.map(({ code, outcome }) => ({
    code,
    outcome,
    override: overrideOf(judged.overrides, code),
  })),
});

/** cl. 11: checked, and sent on for production; carries all four confirmed groups. */
export const buildApproval = (judged: Judged, signing: Signing): ApprovalStatement => ({
  type: 'kualik/approval',
  ...decisionCommon(judged, signing),
  confirmed: [...CHECK_GROUPS],
});

export interface ChosenReason {
  readonly code: string;
  readonly comment: string | null;
}

/** cl. 11: photo or signature not conforming, or further checks needed. */
export const buildAnnulment = (
  judged: Judged,
  signing: Signing,
  reasons: readonly ChosenReason[],
  refund: boolean,
): AnnulmentStatement => ({
  type: 'kualik/annulment',
  ...decisionCommon(judged, signing),
  reasons: reasons.map(({ code, comment }) => ({ code, comment })),
  refundDue: refund,
});

export interface CounterAnswers {
  readonly questions: HandOverStatement['questions'];
  readonly oldCard: HandOverStatement['oldCard'];
}

/** cl. 4.3 and 11: to the person in person, by ticket. */
export const buildHandOver = (
  judged: Pick<Judged, 'dossier' | 'dossierSha256'>,
  signing: Signing,
  cardNumber: string,
  registrationPoint: string,
  answers: CounterAnswers,
): HandOverStatement => ({
  type: 'kualik/hand-over',
  ...common({ ...judged, rules: [], overrides: {} }, signing),
  cardNumber,
  registrationPoint,
  inPerson: true,
  questions: [...answers.questions],
  oldCard: answers.oldCard,
});
