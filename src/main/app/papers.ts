// Papers of the counter: what stands on one, and its way to a printer or into a file; each made one is journaled.
import { actStatement } from '../../shared/central/statement.ts';
import { reportRequest } from '../../shared/central/messages.ts';
import type { RefusalOf, ReplyOf, RequestOf } from '../../shared/contract/channels.ts';
import type { PaperDto, PaperRef } from '../../shared/contract/papers.ts';
import { no, ok, type Result } from '../../shared/kernel/result.ts';
import { addDays, startOfLocalDate } from '../domain/calendar.ts';
import { outageSlipOf } from '../domain/outage-slip.ts';
import {
  dayRegisterOf,
  isSlipReason,
  receiptOf,
  slipOf,
  type Making,
  type Recorded,
} from '../domain/papers.ts';
import type { RegisterEntry } from '../ports/register-store.ts';
import { countDifferencePaper, dispatchAct, returnAct } from './custody-papers.ts';
import { journal, nowText, type OpenDesk } from './desk.ts';

/** More hand-overs than one point makes in a day. */
const MOST_OF_A_DAY = 5_000;
const PAGE = 500;

const making = (desk: OpenDesk): Making => ({
  officer: desk.session.officer,
  madeAt: nowText(desk),
  training: desk.deps.station.training,
});

/**
 * Papers are for those who stand at the counter, and for the head who answers for it. That a service
 * failed (cl. 12) anybody may say who is asked.
 */
const mayPrint = (desk: OpenDesk, kind: PaperRef['kind']): boolean =>
  kind === 'outage' ||
  desk.session.officer.roles.some((role) => role === 'issuer' || role === 'head');

/** The paper, or null when nothing was handed over or refused here that it could tell of. */
export function findPaper(desk: OpenDesk, ref: PaperRef): PaperDto | null {
  switch (ref.kind) {
    case 'receipt':
      return receipt(desk, ref.applicationId);
    case 'refusal':
      return slip(desk, ref.applicationId, ref.reportId);
    case 'day-register':
      return dayRegisterOf(ref.day, dayRows(desk, ref.day), making(desk));
    case 'outage':
      return outageSlip(desk, ref.outageId);
    case 'dispatch-act':
      return dispatchAct(desk, ref.dispatchId, making(desk));
    case 'return-act':
      return returnAct(desk, ref.actId, making(desk));
    case 'count-difference':
      return countDifferencePaper(desk, ref.countId, making(desk));
  }
}

const json = (body: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(body));

function receipt(desk: OpenDesk, applicationId: string): PaperDto | null {
  const { cases, outbox, register } = desk.session.store;
  const stored = cases.find(applicationId);
  if (stored === null || stored.head.card === null) return null;
  for (const id of register.ownOf(applicationId, 'hand-over')) {
    const item = outbox.find(id);
    const statement = item === null ? null : actStatement.parse(json(item.body));
    if (item === null || statement?.type !== 'kualik/hand-over') continue;
    const recorded: Recorded = { id, state: item.state, sha256: item.sha256 };
    const made = receiptOf(stored.dossier, stored.head.card, recorded, statement, making(desk));
    if (made !== null) return made;
  }
  return null;
}

function slip(desk: OpenDesk, applicationId: string, reportId: string | null): PaperDto | null {
  const { cases, outbox, register } = desk.session.store;
  const stored = cases.find(applicationId);
  const ids = register.ownOf(applicationId, 'hand-over-refusal');
  const id = reportId === null ? ids[0] : ids.find((each) => each === reportId);
  const item = id === undefined ? null : outbox.find(id);
  if (stored === null || item === null) return null;
  const { reason, clause, at } = reportRequest.parse(json(item.body));
  if (!isSlipReason(reason)) return null;
  const recorded: Recorded = { id: item.id, state: item.state, sha256: item.sha256 };
  return slipOf(stored.dossier, recorded, { reason, clause, at }, making(desk));
}

function outageSlip(desk: OpenDesk, outageId: string): PaperDto | null {
  const outage = desk.session.store.outages.find(outageId);
  if (outage === null) return null;
  const { thresholdMinutes } = JSON.parse(outage.proof) as { thresholdMinutes: number };
  return outageSlipOf(outage, thresholdMinutes, making(desk));
}

function dayRows(desk: OpenDesk, day: string): RegisterEntry[] {
  const query = {
    search: '',
    from: startOfLocalDate(day).toISOString(),
    until: startOfLocalDate(addDays(day, 1)).toISOString(),
    officer: null,
    outcome: null,
    me: desk.session.officer.fullName,
  };
  const all: RegisterEntry[] = [];
  let after: string | null = null;
  do {
    const page = desk.session.store.register.page(query, after, PAGE);
    all.push(...page.rows);
    after = page.next;
  } while (after !== null && all.length < MOST_OF_A_DAY);
  return all;
}

export function showPaper(
  desk: OpenDesk,
  ref: PaperRef,
): Result<PaperDto, RefusalOf<'papers.show'>> {
  if (!mayPrint(desk, ref.kind)) return no('not-allowed');
  const paper = findPaper(desk, ref);
  return paper === null ? no('paper-unknown') : ok(paper);
}

const ticketOf = (paper: PaperDto): string | null => ('ticket' in paper ? paper.ticket : null);

function note(desk: OpenDesk, paper: PaperDto, way: 'print' | 'pdf', format: string): void {
  desk.session.store.transaction(() =>
    journal(desk, 'paper-made', ticketOf(paper), { paper: paper.kind, way, format }),
  );
}

export async function printPaper(
  desk: OpenDesk,
  { paper: ref, format, printer }: RequestOf<'papers.print'>,
): Promise<Result<ReplyOf<'papers.print'>, RefusalOf<'papers.print'>>> {
  const shown = showPaper(desk, ref);
  if (!shown.ok) return shown;
  if (!(await desk.deps.printer.print(shown.value, format, printer))) return no('not-printed');
  note(desk, shown.value, 'print', format);
  return ok({});
}

function aboutOf(paper: PaperDto): string {
  if (paper.kind === 'day-register') return paper.day;
  if (paper.kind === 'dispatch-act') return paper.number;
  return ticketOf(paper) ?? paper.sha256.slice(0, 8);
}

/** File names are plain: kind, ticket or day, and never a name of a person. */
export async function savePaper(
  desk: OpenDesk,
  { paper: ref, format }: RequestOf<'papers.save'>,
): Promise<Result<ReplyOf<'papers.save'>, RefusalOf<'papers.save'>>> {
  const shown = showPaper(desk, ref);
  if (!shown.ok) return shown;
  const paper = shown.value;
  const bytes = await desk.deps.printer.pdf(paper, format);
  if (bytes === null) return no('not-printed');
  const about = aboutOf(paper).replace(/[^\w-]/g, '_');
  const files = new Map([['.pdf', bytes]]);
  const path = (await desk.deps.exports.write(`${paper.kind}-${about}`, files))?.get('.pdf');
  if (path === undefined) return no('not-written');
  note(desk, paper, 'pdf', format);
  return ok({ path });
}
