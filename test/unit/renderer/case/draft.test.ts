// The refusal being composed: reasons, comments, what the citizen may do next.
import { describe, expect, it } from 'vitest';
import type { ReasonDto } from '../../../../src/shared/contract/case.ts';
import { KEYMAP } from '../../../../src/renderer/shared/keys/keymap.ts';
import {
  MAX_BOXES,
  MAX_REASONS,
  NO_DRAFT,
  REASON_KEYS,
  addBox,
  chooseReason,
  citizenPreview,
  mayFileAgain,
  placesOf,
  problemOf,
  reasonIndexOf,
  removeBox,
  requestOf,
  toggleReason,
  withComment,
} from '../../../../src/renderer/features/case/refusal/draft.ts';

const reason = (code: string, more: Partial<ReasonDto> = {}): ReasonDto => ({
  code,
  group: 'photo',
  nameRu: code,
  nameKz: code,
  citizenRu: `ru ${code}`,
  citizenKz: `kz ${code}`,
  filingAgain: true,
  commentObligatory: false,
  ...more,
});
const reasons = [
  reason('A'),
  reason('B'),
  reason('C', { filingAgain: false }),
  reason('OTHER', { commentObligatory: true }),
];

describe('refusal draft', () => {
  it('asks for a reason, then for the obligatory comment', () => {
    expect(problemOf(NO_DRAFT, reasons)).toEqual({ kind: 'none' });
    const other = toggleReason(NO_DRAFT, 'OTHER');
    expect(problemOf(other, reasons)).toEqual({ kind: 'comment-missing', code: 'OTHER' });
    expect(problemOf(withComment(other, 'OTHER', '  '), reasons)).not.toBeNull();
    expect(problemOf(withComment(other, 'OTHER', 'печать'), reasons)).toBeNull();
  });
  it('keeps the words when a reason is taken away and chosen again', () => {
    const written = withComment(toggleReason(NO_DRAFT, 'A'), 'A', 'слева');
    const again = toggleReason(toggleReason(written, 'A'), 'A');
    expect(requestOf(again, reasons)).toEqual([{ code: 'A', comment: 'слева', boxes: [] }]);
  });
  it('sends the dictionary’s order and null for an empty comment', () => {
    const draft = toggleReason(toggleReason(NO_DRAFT, 'B'), 'A');
    expect(requestOf(draft, reasons)).toEqual([
      { code: 'A', comment: null, boxes: [] },
      { code: 'B', comment: null, boxes: [] },
    ]);
  });
  it('takes no more than the contract does', () => {
    const full = Array.from({ length: MAX_REASONS + 3 }, (_, i) => `R${i}`).reduce(
      toggleReason,
      NO_DRAFT,
    );
    expect(full.codes).toHaveLength(MAX_REASONS);
  });
  it('shows the citizen’s text in both languages with the comment', () => {
    const draft = withComment(toggleReason(NO_DRAFT, 'A'), 'A', '№ 5');
    expect(citizenPreview(draft, reasons, 'ru')).toEqual(['ru A № 5']);
    expect(citizenPreview(draft, reasons, 'kk')).toEqual(['kz A № 5']);
  });
  it('marks a place, chooses its reason with it and sends both', () => {
    const box = { picture: 'photo', x: 0.1, y: 0.2, w: 0.3, h: 0.4 } as const;
    const draft = addBox(NO_DRAFT, 'B', box);
    expect(draft.codes).toEqual(['B']);
    expect(requestOf(draft, reasons)).toEqual([{ code: 'B', comment: null, boxes: [box] }]);
    expect(requestOf(removeBox(draft, 'B', 0), reasons)[0]?.boxes).toEqual([]);
  });
  it('keeps places on the picture and within the contract’s number', () => {
    const beyond = { picture: 'signature', x: -0.2, y: 0.9, w: 0.5, h: 0.5 } as const;
    const [kept] = addBox(NO_DRAFT, 'A', beyond).boxes['A'] ?? [];
    expect(kept).toEqual({ picture: 'signature', x: 0, y: 0.9, w: 0.3, h: 0.1 });
    const many = Array.from({ length: MAX_BOXES + 2 }, () => beyond).reduce(
      (draft, box) => addBox(draft, 'A', box),
      NO_DRAFT,
    );
    expect(many.boxes['A']).toHaveLength(MAX_BOXES);
  });
  it('numbers the places through the chosen reasons and forgets none when one is unchosen', () => {
    const box = { picture: 'photo', x: 0, y: 0, w: 0.1, h: 0.1 } as const;
    const two = addBox(addBox(addBox(NO_DRAFT, 'B', box), 'A', box), 'B', box);
    expect(placesOf(two).map(({ code, number }) => `${code}${number}`)).toEqual(['B1', 'B2', 'A3']);
    const without = toggleReason(two, 'B');
    expect(placesOf(without).map(({ code, number }) => `${code}${number}`)).toEqual(['A1']);
    expect(placesOf(chooseReason(without, 'B'))).toHaveLength(3);
    expect(chooseReason(two, 'A')).toBe(two);
  });
  it('sends to the centre as soon as one reason forbids filing online', () => {
    expect(mayFileAgain(toggleReason(NO_DRAFT, 'A'), reasons)).toBe(true);
    expect(mayFileAgain(toggleReason(toggleReason(NO_DRAFT, 'A'), 'C'), reasons)).toBe(false);
  });
  it('gives each reason a key of its own that no command beside the panel uses', () => {
    expect(reasonIndexOf('Digit1')).toBe(0);
    expect(reasonIndexOf('Numpad9')).toBe(8);
    expect(reasonIndexOf('KeyQ')).toBe(9);
    expect(new Set(REASON_KEYS.map((key) => key.code)).size).toBe(REASON_KEYS.length);
    const letters = Object.values(KEYMAP).flatMap((binding) =>
      binding.codes.filter((c) => c.startsWith('Key')),
    );
    for (const key of REASON_KEYS) expect(letters).not.toContain(key.code);
    // The dictionary has nineteen reasons; each has a key.
    expect(REASON_KEYS.length).toBeGreaterThanOrEqual(19);
  });
});
