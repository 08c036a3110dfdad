// What the officer does on a case, one function a deed; answers are taken only for the case still open.
import type { CaseDto, CheckRow } from '../../../shared/contract/case.ts';
import { call, type AnyRefusal, type ResultOf } from '../../shared/bridge.ts';
import { fill, refusalText, texts } from '../../shared/i18n/language.ts';
import { navigate } from '../../shared/state/navigation.ts';
import { useCase, type SignedAct } from './case-store.ts';
import { neighbourOf, picturesOf, readNeighbours, warmNext, warmPictures } from './neighbours.ts';
import { NO_DRAFT, requestOf, type Draft } from './refusal/draft.ts';

const state = useCase.getState;
const set = useCase.setState;
const still = (applicationId: string): boolean => state().applicationId === applicationId;

const tell = (tone: 'plain' | 'bad', text: string): void => set({ note: { tone, text } });
const tellRefusal = (refusal: AnyRefusal): void => {
  const { title, todo } = refusalText(refusal);
  tell('bad', todo === '' ? title : `${title}. ${todo}`);
};

const allowed = (dto: CaseDto, action: string): boolean =>
  dto.actions.some((each) => each.action === action && each.enabled);

/** Opens a case and, when it is free and the role decides, takes it for work. */
export async function openCase(applicationId: string): Promise<void> {
  const { signed, drafts, reasons, neighbours } = state();
  set({
    applicationId,
    dto: null,
    damaged: null,
    refusal: null,
    claimRefusal: null,
    note: null,
    busy: false,
    panel: { kind: 'none' },
    signed,
    drafts,
    reasons,
    neighbours,
  });
  const opened = await call('case.open', { applicationId });
  if (!still(applicationId)) return;
  if (!opened.ok) {
    if (opened.refusal.code === 'case-damaged') return openDamaged(applicationId);
    return set({ refusal: opened.refusal });
  }
  show(opened.value);
  warmPictures(picturesOf(opened.value));
  if (opened.value.stage === 'received' && allowed(opened.value, 'claim')) {
    await claimCase(applicationId);
  }
  if (!state().neighbours.includes(applicationId)) await readNeighbours();
  if (still(applicationId)) void warmNext(applicationId);
}

async function openDamaged(applicationId: string): Promise<void> {
  const answer = await call('case.damage', { applicationId });
  if (!still(applicationId)) return;
  set(answer.ok ? { damaged: answer.value } : { refusal: answer.refusal });
}

const show = (dto: CaseDto): void => set({ dto, refusal: null, damaged: null });

export async function claimCase(applicationId: string): Promise<void> {
  const claimed = await call('case.claim', { applicationId });
  if (!still(applicationId)) return;
  if (claimed.ok) {
    set({ claimRefusal: null });
    return show(claimed.value);
  }
  set({ claimRefusal: claimed.refusal });
}

/** After a push: the same case again, the officer's place on the screen kept. */
export async function refreshCase(applicationId: string): Promise<void> {
  const answer = await call('case.open', { applicationId });
  if (still(applicationId) && answer.ok) show(answer.value);
}

type CaseCall = 'case.confirm' | 'case.override' | 'case.release';

/** Confirmations and overrides on their way; a quick hand presses A before they are answered. */
let onTheirWay: Promise<unknown> = Promise.resolve();

async function change(applicationId: string, asked: Promise<ResultOf<CaseCall>>): Promise<boolean> {
  set({ busy: true, note: null });
  onTheirWay = Promise.all([onTheirWay, asked]);
  const answer = await asked;
  if (!still(applicationId)) return answer.ok;
  set({ busy: false });
  if (answer.ok) show(answer.value);
  else tellRefusal(answer.refusal);
  return answer.ok;
}

export const confirmGroup = (dto: CaseDto, group: CheckRow['group']): Promise<boolean> =>
  change(
    dto.applicationId,
    call('case.confirm', {
      applicationId: dto.applicationId,
      group,
      confirmed: !dto.confirmed.includes(group),
    }),
  );

/** `reason` null takes the override away. */
export const overrideCheck = (
  dto: CaseDto,
  code: CheckRow['code'],
  reason: string | null,
): Promise<boolean> =>
  change(
    dto.applicationId,
    call('case.override', { applicationId: dto.applicationId, code, reason }),
  );

export async function releaseCase(dto: CaseDto): Promise<void> {
  const done = await change(
    dto.applicationId,
    call('case.release', { applicationId: dto.applicationId }),
  );
  if (done && still(dto.applicationId)) tell('plain', texts().casework.action.released);
}

/** Shows a case; the page opens it when the place changes. */
export const goTo = (applicationId: string): void => navigate({ screen: 'case', applicationId });

export function step(by: 1 | -1): void {
  const { neighbours, applicationId } = state();
  const to = neighbourOf(neighbours, applicationId, by);
  if (to === null) tell('plain', texts().casework.action.endOfList);
  else goTo(to);
}

export async function nextUrgent(): Promise<void> {
  const after = state().applicationId;
  set({ busy: true, note: null });
  const answer = await call('queue.next', { after });
  set({ busy: false });
  if (answer.ok) return goTo(answer.value.applicationId);
  if (answer.refusal.code === 'nothing-pending') {
    return tell('plain', texts().casework.action.nothingNext);
  }
  tellRefusal(answer.refusal);
}

/** The key A: waits for what was pressed before it, then approves, or says why not. */
export async function approveByKey(applicationId: string, sayWhy: () => void): Promise<void> {
  await onTheirWay;
  const { dto, panel } = state();
  if (dto === null || !still(applicationId) || panel.kind !== 'none') return;
  if (allowed(dto, 'approve')) await prepareApproval(dto);
  else sayWhy();
}

/** Writes the statement of an approval and shows it for signing. */
export async function prepareApproval(dto: CaseDto): Promise<void> {
  const { applicationId } = dto;
  set({ note: null, panel: { kind: 'decision', act: 'approval', intent: null, refusal: null } });
  const answer = await call('act.prepareApproval', { applicationId });
  takeIntent(applicationId, 'approval', answer);
}

export async function prepareAnnulment(dto: CaseDto): Promise<void> {
  const { applicationId } = dto;
  const { reasons } = state();
  set({ note: null, panel: { kind: 'decision', act: 'annulment', intent: null, refusal: null } });
  const answer = await call('act.prepareAnnulment', {
    applicationId,
    reasons: requestOf(draftOf(applicationId), reasons),
  });
  takeIntent(applicationId, 'annulment', answer);
}

function takeIntent(
  applicationId: string,
  act: 'approval' | 'annulment',
  answer: ResultOf<'act.prepareApproval'> | ResultOf<'act.prepareAnnulment'>,
): void {
  const { panel } = state();
  const waited = still(applicationId) && panel.kind === 'decision' && panel.act === act;
  if (!waited) {
    // The officer went on before the statement was ready: nothing of it may stay to be signed.
    if (answer.ok) void call('act.cancel', { intentId: answer.value.intentId });
    return;
  }
  set({
    panel: answer.ok
      ? { kind: 'decision', act, intent: answer.value, refusal: null }
      : { kind: 'decision', act, intent: null, refusal: answer.refusal },
  });
}

/** Escape: an unsigned intent is cancelled; a refusal goes back to its reasons. */
export function closePanel(): void {
  const { panel } = state();
  if (panel.kind === 'decision' && panel.intent !== null) {
    void call('act.cancel', { intentId: panel.intent.intentId });
  }
  const back = panel.kind === 'decision' && panel.act === 'annulment';
  set({ panel: back ? { kind: 'compose' } : { kind: 'none' } });
}

/** The signature exists: the quiet line stays, the next case opens. */
export function afterSigning(
  dto: CaseDto,
  kind: SignedAct['kind'],
  answer: { actId: string; nextApplicationId: string | null },
): void {
  const { drafts } = state();
  set({
    panel: { kind: 'none' },
    drafts: Object.fromEntries(Object.entries(drafts).filter(([id]) => id !== dto.applicationId)),
    signed: {
      actId: answer.actId,
      ticket: dto.ticket,
      kind,
      state: 'queued',
      acceptedAt: null,
      answer: null,
    },
  });
  void followSigned();
  if (answer.nextApplicationId !== null) goTo(answer.nextApplicationId);
  else void refreshCase(dto.applicationId);
  void readNeighbours();
}

/** What became of the act signed last, from the outbox (opening its case again would be recorded). */
export async function followSigned(): Promise<void> {
  const { signed } = state();
  if (signed === null || signed.state === 'accepted') return;
  const answer = await call('outbox.read', {});
  if (!answer.ok || state().signed?.actId !== signed.actId) return;
  const { needsYou, onItsWay, acceptedToday } = answer.value;
  const row = [...needsYou, ...onItsWay, ...acceptedToday].find((each) => each.id === signed.actId);
  if (row === undefined || row.state === 'intended') return;
  set({
    signed: {
      ...signed,
      state: row.state,
      acceptedAt: row.acceptedAt,
      answer: row.lastAnswer?.code ?? null,
    },
  });
}

export async function takeBack(dto: CaseDto): Promise<void> {
  if (dto.act === null) return;
  const answer = await call('act.takeBack', { actId: dto.act.actId });
  if (!still(dto.applicationId)) return;
  if (!answer.ok) return tellRefusal(answer.refusal);
  if (state().signed?.actId === dto.act.actId) set({ signed: null });
  tell('plain', texts().casework.action.takenBack);
  await refreshCase(dto.applicationId);
}

/** After the node's refusal: the act is closed and the case may be decided anew. */
export async function backToReview(dto: CaseDto): Promise<void> {
  if (dto.act === null) return;
  const answer = await call('outbox.backToReview', { id: dto.act.actId });
  if (!still(dto.applicationId)) return;
  if (!answer.ok) return tellRefusal(answer.refusal);
  await refreshCase(dto.applicationId);
}

export const draftOf = (applicationId: string): Draft => state().drafts[applicationId] ?? NO_DRAFT;
export const setDraft = (applicationId: string, draft: Draft): void =>
  set((s) => ({ drafts: { ...s.drafts, [applicationId]: draft } }));

export async function openComposer(): Promise<void> {
  set({ panel: { kind: 'compose' }, note: null });
  if (state().reasons.length > 0) return;
  const answer = await call('case.reasons', {});
  if (answer.ok) set({ reasons: answer.value.reasons });
  else {
    set({ panel: { kind: 'none' } });
    tellRefusal(answer.refusal);
  }
}

/** Words for a check or rule code. */
export const checkName = (code: string): string =>
  (texts().casework.check as Readonly<Record<string, string>>)[code] ?? fill('{code}', { code });
