// Rules the workstation computes itself from the dossier: outcome, and the values that led to it.
import type { Dossier, Person } from '../../shared/central/application.ts';
import type { NodeConfig } from '../../shared/central/messages.ts';
import type { SignerKey } from '../../shared/contract/case.ts';
import { RULE_CODES, type RuleCode, type RuleOutcome } from '../../shared/central/statement.ts';
import { isIin } from '../../shared/kernel/iin.ts';
import { addDays, daysBetween, localDateOf } from './calendar.ts';

/** What our own check of the applicant's CMS said (step 12). */
export interface SignatureVerdict {
  readonly verdict: 'valid' | 'invalid' | 'cannot-check' | 'not-eds';
  readonly reason: string | null;
  readonly signer: string | null;
  /** What the CA said of the signer's certificate; absent = not asked yet. */
  readonly revocation?: {
    readonly status: 'good' | 'revoked' | 'unknown' | 'unavailable';
    readonly at: string;
  };
  /** Absent in verdicts kept by earlier versions, and where no certificate could be read. */
  readonly key?: SignerKey;
}

export interface RuleResult {
  readonly code: RuleCode;
  readonly outcome: RuleOutcome;
  /** cl. of the order the rule comes from. */
  readonly clause: string;
  readonly overridable: boolean;
  readonly values: Readonly<Record<string, string>>;
}

type Rule = (
  dossier: Dossier,
  config: NodeConfig,
  signature: SignatureVerdict,
) => Omit<RuleResult, 'code'>;

const PRINTED_NAMES = ['surname', 'name', 'patronymic', 'birthDate', 'sex'] as const;

const RULES: Readonly<Record<RuleCode, Rule>> = {
  // A wrong check digit blocks; date and sex inside the number are information only since 2013.
  'iin-check-digit': ({ declared }) => ({
    outcome: isIin(declared.iin) ? 'agrees' : 'disagrees',
    clause: '3.2',
    overridable: false,
    values: {},
  }),
  // cl. 7: from 30 days before the end of the card to 10 after, on the day of filing.
  'filing-window': ({ document, filedAt }, { filingWindow }) => {
    const filed = localDateOf(new Date(filedAt));
    const daysLeft = daysBetween(filed, document.endDate);
    const inside = daysLeft <= filingWindow.daysBefore && -daysLeft <= filingWindow.daysAfter;
    return {
      outcome: inside ? 'agrees' : 'disagrees',
      clause: '7',
      overridable: false,
      values: {
        endDate: document.endDate,
        filed,
        from: addDays(document.endDate, -filingWindow.daysBefore),
        to: addDays(document.endDate, filingWindow.daysAfter),
      },
    };
  },
  'fee-by-date': ({ fee, filedAt }, config) => {
    const filed = localDateOf(new Date(filedAt));
    const amount = config.fee.amounts.filter(({ from }) => from <= filed).at(-1);
    const free = filed >= config.fee.exemptOnExpiryFrom;
    const values = { filed, due: free ? '0' : String(amount?.amountTenge ?? 0), kind: fee.kind };
    const clause = '3.15';
    if (fee.kind === 'exempt-category')
      return { outcome: 'agrees', clause, overridable: true, values };
    if (fee.kind === 'exempt-expiry')
      return { outcome: free ? 'agrees' : 'disagrees', clause, overridable: true, values };
    const paidRight = fee.paidAt !== null && fee.amountTenge >= (amount?.amountTenge ?? 0);
    const outcome = free ? 'look' : paidRight ? 'agrees' : 'disagrees';
    return { outcome, clause, overridable: true, values };
  },
  'photo-age': ({ photoTakenAt, filedAt }, { photoMaxAgeMonths }) => {
    const clause = '3.10';
    if (photoTakenAt === null) return { outcome: 'no-data', clause, overridable: true, values: {} };
    const oldest = new Date(filedAt);
    oldest.setUTCMonth(oldest.getUTCMonth() - photoMaxAgeMonths);
    const fresh = photoTakenAt >= localDateOf(oldest);
    return {
      outcome: fresh ? 'agrees' : 'disagrees',
      clause,
      overridable: true,
      values: { taken: photoTakenAt, months: String(photoMaxAgeMonths) },
    };
  },
  'applicant-signature': (_dossier, _config, { verdict, reason, signer }) => ({
    outcome: {
      valid: 'agrees',
      invalid: 'disagrees',
      'cannot-check': 'no-data',
      'not-eds': 'look',
    }[verdict] as RuleOutcome,
    clause: '3.12',
    overridable: verdict !== 'invalid',
    values: { ...(signer ? { signer } : {}), ...(reason ? { reason } : {}) },
  }),
  'declared-matches-record': ({ declared, authoritative }) => {
    const clause = '3.2';
    if (authoritative === null)
      return { outcome: 'no-data', clause, overridable: true, values: {} };
    const differing = PRINTED_NAMES.filter(
      (field) => !sameText(text(declared, field), text(authoritative, field)),
    );
    const iin = declared.iin === authoritative.iin ? [] : ['iin'];
    const fields = [...iin, ...differing];
    return {
      outcome: fields.length === 0 ? 'agrees' : 'disagrees',
      clause,
      overridable: iin.length === 0,
      values: fields.length === 0 ? {} : { fields: fields.join(', ') },
    };
  },
  // cl. 5.4: only the country of birth is printed; it must be there.
  'birth-country-printed': ({ declared, authoritative }) => {
    const country = (authoritative ?? declared).birthPlace.country;
    return {
      outcome: country.nameRu === '' || country.nameKz === '' ? 'look' : 'agrees',
      clause: '5.4',
      overridable: true,
      values: { country: country.nameRu },
    };
  },
  // cl. 4.1: the code given to the application is checked; it is opaque, its dictionary is the node's.
  'documenting-code': ({ documentingCode }, { documentingCodes }) => ({
    outcome: documentingCodes.some(({ code }) => code === documentingCode) ? 'agrees' : 'look',
    clause: '4.1',
    overridable: true,
    values: { code: documentingCode },
  }),
};

const text = (person: Person, field: (typeof PRINTED_NAMES)[number]): string => person[field] ?? '';

/** Equal for a reader: letter case and runs of spaces do not count. */
export const sameText = (a: string, b: string): boolean => {
  const plain = (s: string) => s.trim().replace(/\s+/g, ' ').toLocaleUpperCase('kk');
  return plain(a) === plain(b);
};

/** All rules in the order of the statement. */
export const computeRules = (
  dossier: Dossier,
  config: NodeConfig,
  signature: SignatureVerdict,
): RuleResult[] => RULE_CODES.map((code) => ({ code, ...RULES[code](dossier, config, signature) }));
