// The walk through findings against a scripted bridge: Y never answers unseen, a shut group shows what is open.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CaseDto, CheckRow } from '../../../../src/shared/contract/case.ts';
import {
  confirmGroup,
  inOrder,
  nextFinding,
} from '../../../../src/renderer/features/case/finding-deeds.ts';
import { openComposer, refreshCase } from '../../../../src/renderer/features/case/case-deeds.ts';
import { useCase } from '../../../../src/renderer/features/case/case-store.ts';
import { useMarking } from '../../../../src/renderer/features/case/marking-store.ts';

const id = '0d9f1b00-7a11-4c2e-9b10-000000000001';
const measured = (
  code: CheckRow['code'],
  state: CheckRow['state'],
  more: Partial<CheckRow> = {},
): CheckRow => ({
  code,
  group: 'photo',
  state,
  outcome: null,
  step: '11',
  source: 'workstation',
  at: null,
  requestId: null,
  values: [],
  obligatory: true,
  overridable: true,
  override: null,
  measure: {
    value: 9.4,
    agrees: { min: -8, max: 8 },
    tolerated: { min: -15, max: 15 },
    component: null,
    linesMoved: false,
    failure: null,
    reason: 'PHOTO_POSE',
  },
  answer: null,
  open: true,
  ...more,
});
const yes = (action: string) => ({ action, enabled: true, because: null });
const caseOf = (checks: CheckRow[]): CaseDto =>
  ({
    applicationId: id,
    photo: { sha256: 'photo-1' },
    signature: { sha256: 'signature-1' },
    checks,
    checklist: [{ code: 'glasses', group: 'photo', answer: 'fault', reason: 'PHOTO_EYES_GLASSES' }],
    confirmed: [],
    measured: { photo: null, signature: null },
    actions: [yes('confirm'), yes('override'), yes('annul')],
  }) as unknown as CaseDto;

const look = measured('head-pitch', 'look');
const bad = measured('background-evenness', 'disagrees');
const answered = { ...look, open: false, answer: { reason: null } };

const call = vi.fn<(name: string, request: unknown) => Promise<unknown>>();
const focus = vi.fn();
beforeEach(() => {
  call.mockReset();
  focus.mockReset();
  vi.stubGlobal('window', { kualik: { call, on: () => () => undefined } });
  vi.stubGlobal('document', { getElementById: (asked: string) => ({ focus: () => focus(asked) }) });
  vi.stubGlobal('requestAnimationFrame', (done: () => void) => done());
  useCase.setState({ ...useCase.getInitialState(), applicationId: id }, true);
  useMarking.setState({ lit: null, drawingFor: null });
});
afterEach(() => vi.unstubAllGlobals());

const show = (dto: CaseDto): CaseDto => {
  useCase.setState({ dto });
  return dto;
};

describe('walking the findings', () => {
  it('lights the next open one and says when none is left', () => {
    nextFinding(show(caseOf([look, bad])));
    expect(useCase.getState().current).toBe('background-evenness');
    expect(useMarking.getState().lit).toBe('background-evenness');
    nextFinding(caseOf([answered]));
    expect(useCase.getState().current).toBeNull();
    expect(useMarking.getState().lit).toBeNull();
    expect(useCase.getState().note?.tone).toBe('plain');
  });

  it('answers nothing that was not stood on', async () => {
    await inOrder(show(caseOf([look])));
    expect(call).not.toHaveBeenCalled();
    expect(useCase.getState().current).toBe('head-pitch');
  });

  it('answers a look without a reason and moves on', async () => {
    const dto = show(caseOf([look, bad]));
    useCase.setState({ current: 'head-pitch' });
    call.mockResolvedValue({ ok: true, value: caseOf([answered, bad]) });
    await inOrder(dto);
    expect(call).toHaveBeenCalledWith('case.answer', {
      applicationId: id,
      code: 'head-pitch',
      answer: { reason: null },
    });
    expect(useCase.getState().current).toBe('background-evenness');
  });

  it('opens the reason field instead of answering what does not agree', async () => {
    const dto = show(caseOf([bad]));
    useCase.setState({ current: 'background-evenness' });
    await inOrder(dto);
    expect(call).not.toHaveBeenCalled();
    expect(useCase.getState().writing).toBe(true);
  });

  it('waits while an answer is on its way: a double press is one answer', async () => {
    const dto = show(caseOf([look, bad]));
    useCase.setState({ current: 'head-pitch', busy: true });
    await inOrder(dto);
    expect(call).not.toHaveBeenCalled();
  });
});

describe('a group that cannot be confirmed yet', () => {
  it('shows its first open finding by the code of the refusal', async () => {
    const dto = show(caseOf([look, bad]));
    call.mockResolvedValue({
      ok: false,
      refusal: { code: 'check-unanswered', params: { code: 'head-pitch' } },
    });
    await confirmGroup(dto, 'photo');
    expect(useCase.getState().current).toBe('background-evenness');
    expect(useCase.getState().note?.tone).toBe('bad');
  });

  it('goes to the question answered with a fault', async () => {
    const dto = show(caseOf([answered]));
    call.mockResolvedValue({
      ok: false,
      refusal: { code: 'check-unanswered', params: { code: 'glasses' } },
    });
    await confirmGroup(dto, 'photo');
    expect(focus).toHaveBeenCalledWith('question-glasses');
  });

  it('tells any other refusal as it is', async () => {
    const dto = show(caseOf([look]));
    call.mockResolvedValue({ ok: false, refusal: { code: 'not-held' } });
    await confirmGroup(dto, 'photo');
    expect(useCase.getState().current).toBeNull();
    expect(useCase.getState().note?.tone).toBe('bad');
  });
});

describe('from a finding to the composer', () => {
  it('has the reason chosen and, where a place is known, offers it', async () => {
    const ink = measured('ink-share', 'disagrees', { group: 'signature' });
    const dto = caseOf([ink]);
    const box = { x: 0.1, y: 0.2, w: 0.3, h: 0.4 };
    const found = { geometry: { ink: box, cuts: [], lines: [], groups: [] } };
    const withPlace = { ...dto, measured: { photo: null, signature: found } } as unknown as CaseDto;
    call.mockResolvedValue({ ok: true, value: { reasons: [] } });
    await openComposer(show(withPlace), ink);
    expect(useCase.getState().drafts[id]?.codes).toEqual(['PHOTO_POSE']);
    expect(useCase.getState().suggestion).toMatchObject({
      finding: 'ink-share',
      reason: 'PHOTO_POSE',
      box: { picture: 'signature', x: 0.1, y: 0.2 },
    });
  });

  it('chooses nothing when no finding is stood on', async () => {
    call.mockResolvedValue({ ok: true, value: { reasons: [] } });
    await openComposer(show(caseOf([bad])));
    expect(useCase.getState().drafts[id]).toBeUndefined();
    expect(useCase.getState().suggestion).toBeNull();
  });
});

describe('places marked for a refusal', () => {
  const box = (picture: 'photo' | 'signature') => ({ picture, x: 0.1, y: 0.1, w: 0.2, h: 0.2 });

  it('outlive a refresh, but not the picture they were marked on', async () => {
    const dto = caseOf([bad]);
    call.mockResolvedValue({ ok: true, value: dto });
    await refreshCase(id);
    const boxes = { PHOTO_POSE: [box('photo')], SIGNATURE_CROPPED: [box('signature')] };
    const draft = { codes: ['PHOTO_POSE', 'SIGNATURE_CROPPED'], comments: {}, boxes };
    useCase.setState({ drafts: { [id]: draft } });
    await refreshCase(id);
    expect(useCase.getState().drafts[id]).toEqual(draft);
    call.mockResolvedValue({ ok: true, value: { ...dto, photo: { sha256: 'photo-2' } } });
    await refreshCase(id);
    expect(useCase.getState().drafts[id]).toEqual({
      ...draft,
      boxes: { PHOTO_POSE: [], SIGNATURE_CROPPED: [box('signature')] },
    });
  });
});
