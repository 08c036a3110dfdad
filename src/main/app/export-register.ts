// The register as a file under the officer's signature: rows out, bytes made, signed, both written, journaled.
import type { RefusalOf, ReplyOf, RequestOf } from '../../shared/contract/channels.ts';
import { MOST_EXPORTED, type RegisterRow } from '../../shared/contract/register.ts';
import { no, ok, type Result } from '../../shared/kernel/result.ts';
import { localDateOf } from '../domain/calendar.ts';
import { csvOf, registerTable } from '../domain/register-table.ts';
import { journal, nowText, type OpenDesk } from './desk.ts';
import { askedSigningFault } from './key-standing.ts';
import { mayReadRegister, registerQuery, registerRow } from './read-register.ts';
import { asSignature } from './sign-act.ts';
import { makeCades } from './sign-bytes.ts';

const PAGE = 500;

type Answer = Result<ReplyOf<'register.export'>, RefusalOf<'register.export'>>;

/** One PIN, one file, one signature; nothing is written unless both are there. */
export async function exportRegister(
  desk: OpenDesk,
  request: RequestOf<'register.export'>,
): Promise<Answer> {
  const made = await asSignature(desk, 'register-export', () => exportOnce(desk, request));
  return made ?? no('not-written');
}

async function exportOnce(
  desk: OpenDesk,
  { pin, format, language, ...filter }: RequestOf<'register.export'>,
): Promise<Answer> {
  if (!mayReadRegister(desk)) return no('not-allowed');
  const rows = await allRows(desk, filter);
  if (rows === null) return no('register-too-long', { most: MOST_EXPORTED });
  if (rows.length === 0) return no('register-empty');
  const fault = await askedSigningFault(desk);
  if (fault !== null) return no('key-unusable', { reason: fault });
  const table = registerTable(rows, language);
  const bytes = format === 'csv' ? csvOf(table) : await desk.deps.spreadsheets.xlsx(table);
  const cms = await makeCades(desk, desk.session.key, bytes, pin);
  if (!cms.ok) return cms;
  const name = `register-${filter.from ?? 'all'}-${filter.to ?? localDateOf(desk.deps.clock.now())}`;
  const suffix = `.${format}`;
  const written = await desk.deps.exports.write(
    name,
    new Map([
      [suffix, bytes],
      [`${suffix}.p7s`, cms.value],
    ]),
  );
  const path = written?.get(suffix);
  const signaturePath = written?.get(`${suffix}.p7s`);
  if (path === undefined || signaturePath === undefined) return no('not-written');
  const sha256 = desk.deps.clock.sha256(bytes);
  desk.session.store.transaction(() =>
    journal(desk, 'register-exported', null, { format, rows: rows.length, sha256 }),
  );
  return ok({ path, signaturePath, rows: rows.length, sha256 });
}

/** All rows of the filter, newest first, a page at a time so that the core stays awake; null = too many. */
async function allRows(
  desk: OpenDesk,
  filter: Parameters<typeof registerQuery>[1],
): Promise<RegisterRow[] | null> {
  const query = registerQuery(desk, filter);
  // What comes in while the pages are read is of the next export: no row twice, none lost.
  const until = nowText(desk);
  const fixed = {
    ...query,
    until: query.until === null || query.until > until ? until : query.until,
  };
  const rows: RegisterRow[] = [];
  let after: string | null = null;
  do {
    const page = desk.session.store.register.page(fixed, after, PAGE);
    rows.push(...page.rows.map((entry) => registerRow(desk, entry)));
    if (rows.length > MOST_EXPORTED) return null;
    after = page.next;
    await desk.deps.clock.breathe();
  } while (after !== null);
  return rows;
}
