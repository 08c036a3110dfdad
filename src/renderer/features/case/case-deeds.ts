// What the officer does on a case, one function a deed; answers are taken only for the case still open.
import type { PictureBox } from '../../../shared/central/statement.ts';
import type { CaseDto, CheckRow } from '../../../shared/contract/case.ts';
import type { ReviewDraft } from '../../../shared/contract/draft.ts';
import { call, type AnyRefusal, type RequestOf, type ResultOf } from '../../shared/bridge.ts';
import { measureName } from '../../shared/format/measure-words.ts';
import { refusalText, texts } from '../../shared/i18n/language.ts';
import { navigate } from '../../shared/state/navigation.ts';
import { marking } from './marking-store.ts';
import { firstMark } from './picture/regions.ts';
import { useCase, type SignedAct, type Suggestion } from './case-store.ts';
import { leaveDraft, stoodOpen, takeDraft } from './kept-draft.ts';
import { neighbourOf, picturesOf, readNeighbours, warmNext, warmPictures } from './neighbours.ts';
import { NO_DRAFT, boxesWhere, chooseReason, requestOf, type Draft } from './refusal/draft.ts';

const state = useCase.getState;
const set = useCase.setState;
const still = (applicationId: string): boolean => state().applicationId === applicationId;

export const tell = (tone: 'plain' | 'bad', text: string): void => set({ note: { tone, text } });
const tellRefusal = (refusal: AnyRefusal): void => {
  const { title, todo } = refusalText(refusal);
  tell('bad', todo === '' ? title : `${title}. ${todo}`);
};

const allowed = (dto: CaseDto, action: string): boolean =>
  dto.actions.some((each) => each.action === action && each.enabled);

/** Opens a case and, when it is free and the role decides, takes it for work. */
export async function openCase(applicationId: string): Promise<void> {
  const { signed, drafts, reasons, neighbours } = state();
  leaveDraft();
  set({
    applicationId,
    dto: null,
    damaged: null,
    refusal: null,
    claimRefusal: null,
    claiming: false,
    note: null,
    busy: false,
    panel: { kind: 'none' },
    tab: 'checks',
    current: null,
    writing: false,
    written: '',
    suggestion: null,
    signed,
    drafts,
    reasons,
    neighbours,
  });
  marking.light(null);
  marking.drawFor(null);
  const [opened, kept] = await Promise.all([
    call('case.open', { applicationId }),
    call('draft.read', { applicationId }),
  ]);
  if (!still(applicationId)) return;
  if (!opened.ok) {
    if (opened.refusal.code === 'case-damaged') return openDamaged(applicationId);
    return set({ refusal: opened.refusal });
  }
  const draft = kept.ok ? kept.value.draft : null;
  const back = stoodOpen(applicationId, draft);
  takeDraft(applicationId, draft);
  const free = opened.value.stage === 'received' && allowed(opened.value, 'claim');
  set({ claiming: free }); // before it is drawn: no "read only" flashes up while the node is asked
  show(opened.value);
  void readReasons();
  warmPictures(picturesOf(opened.value));
  if (free) await claimCase(applicationId);
  if (back !== null && still(applicationId)) openAgain(back);
  if (!state().neighbours.includes(applicationId)) await readNeighbours();
  if (still(applicationId)) void warmNext(applicationId);
}

/** Behind the lock: the composer, or the field beside a finding, as it stood; where the case is still ours. */
function openAgain({ composing, writing }: ReviewDraft): void {
  const { dto, panel } = state();
  if (dto === null || panel.kind !== 'none') return;
  if (composing && allowed(dto, 'annul')) return set({ panel: { kind: 'compose' } });
  const row = dto.checks.find(({ code }) => code === writing?.code);
  if (writing !== null && row?.open === true && allowed(dto, 'override'))
    set({ tab: 'checks', current: row.code, writing: true, written: writing.text });
}

async function openDamaged(applicationId: string): Promise<void> {
  const answer = await call('case.damage', { applicationId });
  if (!still(applicationId)) return;
  set(answer.ok ? { damaged: answer.value } : { refusal: answer.refusal });
}

/** A place marked on a picture that was replaced since says nothing of the new one. */
function show(dto: CaseDto): void {
  const { applicationId } = dto;
  const now = { photo: dto.photo.sha256, signature: dto.signature.sha256 };
  set(({ drafts, drawnOn, suggestion }) => {
    const draft = drafts[applicationId];
    const before = drawnOn[applicationId];
    const same = (box: PictureBox): boolean => before?.[box.picture] === now[box.picture];
    return {
      dto,
      refusal: null,
      damaged: null,
      drawnOn: { ...drawnOn, [applicationId]: now },
      suggestion: suggestion !== null && same(suggestion.box) ? suggestion : null,
      drafts:
        draft === undefined ? drafts : { ...drafts, [applicationId]: boxesWhere(draft, same) },
    };
  });
}

export async function claimCase(applicationId: string): Promise<void> {
  set({ claiming: true });
  const claimed = await call('case.claim', { applicationId });
  if (!still(applicationId)) return;
  set({ claiming: false });
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

type CaseCall =
  'case.confirm' | 'case.override' | 'case.answer' | 'case.checklist' | 'case.release';

/** What to do about a refusal instead of telling it, by its code. */
type Instead = Readonly<Record<string, (params: AnyRefusal['params']) => void>>;

/** Confirmations and overrides on their way; a quick hand presses A before they are answered. */
let onTheirWay: Promise<unknown> = Promise.resolve();

/** Waits for a change of the case and shows it; false = refused. */
export async function changeCase(
  applicationId: string,
  asked: Promise<ResultOf<CaseCall>>,
  instead: Instead = {},
): Promise<boolean> {
  set({ busy: true, note: null });
  onTheirWay = Promise.all([onTheirWay, asked]);
  const answer = await asked;
  if (!still(applicationId)) return answer.ok;
  set({ busy: false });
  if (answer.ok) show(answer.value);
  else {
    const refusal: AnyRefusal = answer.refusal;
    const other = instead[refusal.code];
    if (other === undefined) tellRefusal(refusal);
    else other(refusal.params);
  }
  return answer.ok;
}

type PlainCode = RequestOf<'case.override'>['code'];

/** `reason` null takes the override away; only registers and rules are overridden. */
export const overrideCheck = (
  dto: CaseDto,
  code: CheckRow['code'],
  reason: string | null,
): Promise<boolean> =>
  changeCase(
    dto.applicationId,
    call('case.override', { applicationId: dto.applicationId, code: code as PlainCode, reason }),
  );

export async function releaseCase(dto: CaseDto): Promise<void> {
  const done = await changeCase(
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
  marking.drawFor(null);
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
  marking.drawFor(null);
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

/** Opens the composer; coming from a finding its reason is chosen and its place offered. */
export async function openComposer(dto: CaseDto, finding?: CheckRow): Promise<void> {
  const reason = finding?.measure?.reason ?? null;
  set({
    panel: { kind: 'compose' },
    note: null,
    suggestion: finding === undefined || reason === null ? null : suggest(dto, finding, reason),
  });
  if (reason !== null) composeWith(dto, reason);
  await readReasons();
}

/** Opens the composer with a reason chosen: a fault the officer's own eye found. */
export async function openComposerWith(dto: CaseDto, reason: string): Promise<void> {
  set({ panel: { kind: 'compose' }, note: null, suggestion: null });
  composeWith(dto, reason);
  await readReasons();
}

const composeWith = ({ applicationId }: CaseDto, reason: string): void =>
  setDraft(applicationId, chooseReason(draftOf(applicationId), reason));

function suggest(dto: CaseDto, finding: CheckRow, reason: string): Suggestion | null {
  const box = firstMark(finding.code, {
    photo: dto.measured.photo?.geometry ?? null,
    signature: dto.measured.signature?.geometry ?? null,
  });
  return box === null ? null : { finding: finding.code, reason, box };
}

/** The dictionary of reasons, once for a session. */
export async function readReasons(): Promise<void> {
  if (state().reasons.length > 0) return;
  const answer = await call('case.reasons', {});
  if (answer.ok) return set({ reasons: answer.value.reasons });
  const composing = state().panel.kind === 'compose';
  if (composing) {
    set({ panel: { kind: 'none' } });
    tellRefusal(answer.refusal);
  }
}

/** Words for the code of a check, a rule, a measure or a question to the eye. */
export const checkName = (code: string): string =>
  (texts().casework.check as Readonly<Record<string, string>>)[code] ?? measureName(code) ?? code;
