// The case as the screen shows it; opening it is itself a recorded event (domain: personal data).
import type { Dossier, Holder, ImageRef } from '../../shared/central/application.ts';
import type { CaseDto, PictureDto } from '../../shared/contract/case.ts';
import type { CaseFlag } from '../../shared/contract/queue.ts';
import { caseActions } from '../domain/actions.ts';
import { proposedReasons } from '../domain/checks.ts';
import { comparePersons, fullName } from '../domain/compared.ts';
import { picturesMeasured } from '../domain/pictures-measured.ts';
import { dueAt, isAlarm, timeLeft } from '../domain/deadline.ts';
import type { StoredCase } from '../ports/case-store.ts';
import { actSummary, actionContext } from './action-context.ts';
import { judged } from './case-record.ts';
import { nowText, type OpenDesk } from './desk.ts';
import { verifiedCase } from './verify-applicant.ts';

/** A picture by its address, or the problem that keeps it from being shown. */
export function pictureDto(desk: OpenDesk, ref: ImageRef): PictureDto {
  const verdict = desk.session.store.pictures.findVerdict(ref.sha256);
  const common = { sha256: ref.sha256, bytes: ref.bytes, mime: ref.mime };
  if (verdict === null)
    return { ...common, url: null, problem: 'not-here-yet', width: null, height: null };
  if (!verdict.ok)
    return {
      ...common,
      url: null,
      problem: verdict.problem,
      width: verdict.width,
      height: verdict.height,
    };
  const { width, height } = verdict;
  return { ...common, url: `case-image://picture/${ref.sha256}`, problem: null, width, height };
}

/** Addresses of a case's pictures that may be shown, for preloading; not an opening. */
export function pictureUrls(desk: OpenDesk, applicationId: string): string[] | null {
  const stored = desk.session.store.cases.find(applicationId);
  if (stored === null) return null;
  const { photo, referencePhoto, signature, referenceSignature } = stored.dossier;
  return [photo, referencePhoto, signature, referenceSignature].flatMap((ref) =>
    ref === null ? [] : (pictureDto(desk, ref).url ?? []),
  );
}

const maybePicture = (desk: OpenDesk, ref: ImageRef | null): PictureDto | null =>
  ref === null ? null : pictureDto(desk, ref);

/** Who holds the case, when somebody does right now. */
export function holderDto(desk: OpenDesk, holder: Holder | null, mine: boolean): CaseDto['holder'] {
  if (holder === null || holder.until <= nowText(desk)) return null;
  return {
    mine:
      mine ||
      (holder.stationId === desk.deps.station.stationId &&
        holder.officerName === desk.session.officer.fullName),
    departmentRu: holder.department.nameRu,
    departmentKz: holder.department.nameKz,
    officerName: holder.officerName,
    until: holder.until,
  };
}

function flagsOf(desk: OpenDesk, stored: StoredCase, due: Date): CaseFlag[] {
  const { config, calendar, store } = desk.session;
  const { dossier, state } = stored;
  const now = desk.deps.clock.now();
  const open = state.stage === 'received' || state.stage === 'in-review';
  const problem = [dossier.photo, dossier.signature].some(
    ({ sha256 }) => store.pictures.findVerdict(sha256)?.ok === false,
  );
  const rules = judged(desk, stored).rules;
  const outside = rules.some(
    (rule) => rule.code === 'filing-window' && rule.outcome === 'disagrees',
  );
  return [
    ...state.flags,
    ...(open && due < now ? (['overdue'] as const) : []),
    ...(open && isAlarm(due, now, config.deadline, calendar) ? (['alarm'] as const) : []),
    ...(open && store.cases.phoneShared(stored.applicationId) ? (['phone-shared'] as const) : []),
    ...(dossier.earlier.length > 0 ? (['applied-before'] as const) : []),
    ...(outside ? (['outside-window'] as const) : []),
    ...(problem ? (['picture-problem'] as const) : []),
  ];
}

/** Everything the officer judges; null when the case is not in the cache. */
export function readCase(desk: OpenDesk, applicationId: string): CaseDto | null {
  const found = desk.session.store.cases.find(applicationId);
  if (found === null) return null;
  const stored = verifiedCase(desk, found);
  const { dossier, state, head } = stored;
  const { config, calendar } = desk.session;
  const { rows, checklist, measured } = judged(desk, stored);
  const limits = config.pictureLimits;
  const engine = measured.portrait?.ok === true ? measured.portrait.value.engine : null;
  const due = dueAt(new Date(dossier.registeredAt), config.deadline, calendar);
  const open = state.stage === 'received' || state.stage === 'in-review';
  const birth = (dossier.authoritative ?? dossier.declared).birthPlace;
  const { code, nameRu, nameKz } = dossier.registrationPoint;
  const entry = config.documentingCodes.find((one) => one.code === dossier.documentingCode);
  return {
    applicationId,
    revision: dossier.revision,
    ticket: dossier.ticket,
    documentingCode: { code: dossier.documentingCode, entry: entry ?? null },
    name: fullName(dossier.declared),
    iin: dossier.declared.iin,
    phone: dossier.phone,
    filedAt: dossier.filedAt,
    registeredAt: dossier.registeredAt,
    registrationPoint: { code, nameRu, nameKz },
    stage: state.stage,
    act: actSummary(desk, stored),
    flags: flagsOf(desk, stored, due),
    holder: holderDto(desk, head.holder, state.lease !== null),
    timeLeft: timeLeft(due, desk.deps.clock.now(), !open, config.deadline, calendar),
    compared: comparePersons(dossier.declared, dossier.authoritative),
    document: dossier.document,
    birthPlace: {
      text: birth.text,
      printedRu: birth.country.nameRu,
      printedKz: birth.country.nameKz,
    },
    photo: pictureDto(desk, dossier.photo),
    photoTakenAt: dossier.photoTakenAt,
    referencePhoto: maybePicture(desk, dossier.referencePhoto),
    signature: pictureDto(desk, dossier.signature),
    referenceSignature: maybePicture(desk, dossier.referenceSignature),
    measured: picturesMeasured(dossier, measured, limits, state.lines, engine),
    checklist,
    checks: rows,
    confirmed: [...state.confirmed],
    digitalId: dossier.digitalId,
    fee: dossier.fee,
    applicantSignature: applicantSignature(dossier, stored),
    earlier: dossier.earlier.map(({ ticket, filedAt, outcome, decidedAt, reasons, photo }) => ({
      ticket,
      filedAt,
      outcome,
      decidedAt,
      reasons,
      photo: maybePicture(desk, photo),
    })),
    timeline: head.timeline,
    proposedReasons: proposedReasons(rows, checklist),
    actions: caseActions(actionContext(desk, stored)),
  };
}

function applicantSignature(
  { request }: Dossier,
  { signature }: StoredCase,
): CaseDto['applicantSignature'] {
  return {
    kind: request.signatureKind,
    verdict: signature?.verdict ?? 'cannot-check',
    reason: signature?.reason ?? null,
    signer: signature?.signer ?? null,
    key: signature?.key ?? null,
    signedAt: request.signedAt,
  };
}
