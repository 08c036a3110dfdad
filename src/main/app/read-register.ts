// The register of issue for the counter and its head: filtered pages, sums, and who stands in it.
import type { RefusalOf, ReplyOf, RequestOf } from '../../shared/contract/channels.ts';
import { OUTCOMES, type Totals } from '../../shared/contract/papers.ts';
import type { RegisterFilter, RegisterRow } from '../../shared/contract/register.ts';
import { no, ok, type Result } from '../../shared/kernel/result.ts';
import { addDays, startOfLocalDate } from '../domain/calendar.ts';
import { isSlipReason } from '../domain/papers.ts';
import type { RegisterEntry, RegisterQuery } from '../ports/register-store.ts';
import type { OpenDesk } from './desk.ts';

export const mayReadRegister = (desk: OpenDesk): boolean =>
  desk.session.officer.roles.some((role) => role === 'issuer' || role === 'head');

/** Days of the point become instants; the last day is counted in. */
export function registerQuery(desk: OpenDesk, filter: RegisterFilter): RegisterQuery {
  const { search, from, to, officer, outcome } = filter;
  return {
    search,
    from: from === null ? null : startOfLocalDate(from).toISOString(),
    until: to === null ? null : startOfLocalDate(addDays(to, 1)).toISOString(),
    officer,
    outcome,
    me: desk.session.officer.fullName,
  };
}

/** The head answers for the unit and may see the whole IIN; at the counter it stays masked. */
export const registerRow = (desk: OpenDesk, entry: RegisterEntry): RegisterRow => {
  const { iin, iinMasked, ...rest } = entry;
  return {
    ...rest,
    iin: desk.session.officer.roles.includes('head') && iin !== '' ? iin : iinMasked,
    paper: paperOf(entry),
  };
};

/** Only what was signed or recorded here can be printed here: the bytes and their hash are at hand. */
function paperOf({ own, outcome, standing }: RegisterEntry): RegisterRow['paper'] {
  if (!own) return null;
  if (outcome === 'issued') return standing === 'refused' ? null : 'receipt';
  return isSlipReason(outcome) ? 'refusal' : null;
}

export function readRegister(
  desk: OpenDesk,
  { after, limit, ...filter }: RequestOf<'register.page'>,
): Result<ReplyOf<'register.page'>, RefusalOf<'register.page'>> {
  if (!mayReadRegister(desk)) return no('not-allowed');
  const { register } = desk.session.store;
  const query = registerQuery(desk, filter);
  const page = register.page(query, after, limit);
  const sums = register.sums(query);
  const done = sums.filter(({ refused }) => !refused);
  return ok({
    rows: page.rows.map((entry) => registerRow(desk, entry)),
    next: page.next,
    total: sums.reduce((all, { n }) => all + n, 0),
    totals: Object.fromEntries(
      OUTCOMES.map((each) => [each, done.find(({ outcome }) => outcome === each)?.n ?? 0]),
    ) as Totals,
    officers: register.officers(query.me),
  });
}
