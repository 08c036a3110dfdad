// Builds the statements an officer signs, from the same facts the screen shows.
import type { Dossier } from '../../shared/central/application.ts';
import type {
  AnnulmentStatement,
  ApprovalStatement,
  HandOverStatement,
} from '../../shared/central/statement.ts';
import { CHECK_GROUPS, type MeasureRow, type PictureBox } from '../../shared/central/statement.ts';
import { MEASURE_CODES, type MeasureCode } from '../../shared/central/measures.ts';
import type { CheckRow, ChecklistItem } from '../../shared/contract/case.ts';
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
  /** Rows as shown; only those of measures are read here. */
  readonly rows: readonly CheckRow[];
  readonly checklist: readonly ChecklistItem[];
  /** What measured, under which version of the limits. */
  readonly measuring: { readonly limits: string; readonly engine: string | null };
}

const overrideOf = (overrides: Judged['overrides'], code: string) => {
  const reason = overrides[code];
  return reason === undefined ? null : { reason };
};

const common = (
  { dossier, dossierSha256 }: Pick<Judged, 'dossier' | 'dossierSha256'>,
  signing: Signing,
) => ({
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
  version: 2 as const,
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
  measuring: { ...judged.measuring },
  measures: judged.rows.flatMap(measureOf),
  checklist: judged.checklist.map(({ code, answer }) => ({ code, answer })),
});

/** A measure as the officer saw it; rows of registers and rules have none. */
function measureOf({ code, state, measure, answer }: CheckRow): MeasureRow[] {
  if (measure === null || !isMeasure(code)) return [];
  const { value, agrees, tolerated, linesMoved } = measure;
  return [{ code, value, agrees, tolerated, state, linesMoved, answer }];
}

const isMeasure = (code: string): code is MeasureCode =>
  (MEASURE_CODES as readonly string[]).includes(code);

/** cl. 11: checked, and sent on for production; carries all four confirmed groups. */
export const buildApproval = (judged: Judged, signing: Signing): ApprovalStatement => ({
  type: 'kualik/approval',
  ...decisionCommon(judged, signing),
  confirmed: [...CHECK_GROUPS],
});

export interface ChosenReason {
  readonly code: string;
  readonly comment: string | null;
  readonly boxes: readonly PictureBox[];
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
  reasons: reasons.map(({ code, comment, boxes }) => ({
    code,
    comment,
    boxes: boxes.map(rounded),
  })),
  refundDue: refund,
});

export interface CounterAnswers {
  readonly cardCheck: HandOverStatement['cardCheck'];
  readonly questions: HandOverStatement['questions'];
  readonly oldCard: HandOverStatement['oldCard'];
}

/** A thousandth of a picture is finer than a hand draws. */
const rounded = ({ picture, x, y, w, h }: PictureBox): PictureBox => {
  // Edges are rounded, not lengths: a box at the border must not come to lie beyond it, nor vanish.
  const span = (from: number, length: number): readonly [number, number] => {
    const start = Math.min(999, Math.round(from * 1000));
    const end = Math.min(1000, Math.max(start + 1, Math.round((from + length) * 1000)));
    return [start / 1000, (end - start) / 1000];
  };
  const [[left, width], [top, height]] = [span(x, w), span(y, h)];
  return { picture, x: left, y: top, w: width, h: height };
};

/** cl. 4.3 and 11: to the person in person, by ticket. */
export const buildHandOver = (
  judged: Pick<Judged, 'dossier' | 'dossierSha256'>,
  signing: Signing,
  cardNumber: string,
  registrationPoint: string,
  answers: CounterAnswers,
): HandOverStatement => ({
  type: 'kualik/hand-over',
  ...common(judged, signing),
  version: 2 as const,
  cardNumber,
  registrationPoint,
  inPerson: true,
  questions: [...answers.questions],
  cardCheck: answers.cardCheck,
  oldCard: answers.oldCard,
});
