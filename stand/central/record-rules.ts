// Rules of the order that the node computes from its own record and compares with the signed statement.
import type { CheckCode, Dossier } from '../../src/shared/central/application.ts';
import type { NodeConfig } from '../../src/shared/central/messages.ts';
import type {
  AnnulmentStatement,
  RuleCode,
  RuleOutcome,
} from '../../src/shared/central/statement.ts';
import { isIin } from '../../src/shared/kernel/iin.ts';

const DAY_MS = 86_400_000;
const ZONE_MS = 5 * 3_600_000; // one time zone, UTC+5

/** Calendar date of an instant in the country's zone. */
export const localDate = (instant: string): string =>
  new Date(Date.parse(instant) + ZONE_MS).toISOString().slice(0, 10);

/** cl. 7: from `daysBefore` the end of the card to `daysAfter`, on the day of filing. */
function filingWindow(dossier: Dossier, { filingWindow: { daysBefore, daysAfter } }: NodeConfig) {
  const filed = Date.parse(localDate(dossier.filedAt));
  const left = Math.round((Date.parse(dossier.document.endDate) - filed) / DAY_MS);
  return left <= daysBefore && left >= -daysAfter ? 'agrees' : 'disagrees';
}

/** Step 15: the duty by the date of the application; amounts and dates are data. */
function feeByDate({ fee, filedAt }: Dossier, { fee: data }: NodeConfig): RuleOutcome {
  const filed = localDate(filedAt);
  const free = filed >= data.exemptOnExpiryFrom;
  if (fee.kind === 'exempt-category') return 'agrees';
  if (fee.kind === 'exempt-expiry') return free ? 'agrees' : 'disagrees';
  if (free) return 'look'; // paid though nothing was due: a refund, not a fault of the application
  const due = data.amounts.filter(({ from }) => from <= filed).at(-1)?.amountTenge ?? 0;
  return fee.paidAt !== null && fee.amountTenge >= due ? 'agrees' : 'disagrees';
}

/** Outcomes that a statement must repeat exactly. The other rules need the pictures or the screen. */
export const recomputedRules = (
  dossier: Dossier,
  config: NodeConfig,
): Readonly<Partial<Record<RuleCode, RuleOutcome>>> => ({
  'iin-check-digit': isIin(dossier.declared.iin) ? 'agrees' : 'disagrees',
  'filing-window': filingWindow(dossier, config),
  'fee-by-date': feeByDate(dossier, config),
});

/** No reason of an officer makes a wrong number right or the window longer. */
export const FINAL_RULES: readonly RuleCode[] = ['iin-check-digit', 'filing-window'];

/** cl. 11: a paid duty is refunded when the photo or the signature did not conform. */
export const refundIsDue = (
  dossier: Dossier,
  reasons: AnnulmentStatement['reasons'],
  config: NodeConfig,
): boolean =>
  dossier.fee.kind === 'paid' &&
  reasons.some(({ code }) => {
    const group = config.annulmentReasons.find((reason) => reason.code === code)?.group;
    return group === 'photo' || group === 'signature';
  });

/** Obligatory checks of the order that this dossier does not answer with "passed". */
export function openChecks(dossier: Dossier, config: NodeConfig): CheckCode[] {
  const outcome = new Map(dossier.checks.map((check) => [check.code, check.outcome]));
  return config.checkRules
    .filter((rule) => rule.obligatory && outcome.get(rule.code) !== 'passed')
    .map((rule) => rule.code);
}
