// A refusal being composed: chosen reasons with comments and places; pure. Kept in the cache by kept-draft.ts.
import type { PictureBox } from '../../../../shared/central/statement.ts';
import type { ReasonDto } from '../../../../shared/contract/case.ts';

export interface Draft {
  /** In the order they were chosen. */
  readonly codes: readonly string[];
  readonly comments: Readonly<Record<string, string>>;
  /** Where on the pictures the fault is, by reason. */
  readonly boxes: Readonly<Record<string, readonly PictureBox[]>>;
}

export const NO_DRAFT: Draft = { codes: [], comments: {}, boxes: {} };
/** The contract takes at most ten reasons. */
export const MAX_REASONS = 10;
/** And at most eight places a reason. */
export const MAX_BOXES = 8;

export function toggleReason(draft: Draft, code: string): Draft {
  if (draft.codes.includes(code)) {
    // The comment stays: a slip of the finger must not cost the officer's words.
    return { ...draft, codes: draft.codes.filter((each) => each !== code) };
  }
  if (draft.codes.length >= MAX_REASONS) return draft;
  return { ...draft, codes: [...draft.codes, code] };
}

export const withComment = (draft: Draft, code: string, comment: string): Draft => ({
  ...draft,
  comments: { ...draft.comments, [code]: comment },
});

/** Adds a place to a reason, which is chosen with it; a full list or a full draft stays as it is. */
export function addBox(draft: Draft, code: string, box: PictureBox): Draft {
  const chosen = chooseReason(draft, code);
  const before = draft.boxes[code] ?? [];
  if (!chosen.codes.includes(code) || before.length >= MAX_BOXES) return chosen;
  return { ...chosen, boxes: { ...draft.boxes, [code]: [...before, within(box)] } };
}

export const removeBox = (draft: Draft, code: string, index: number): Draft => ({
  ...draft,
  boxes: {
    ...draft.boxes,
    [code]: (draft.boxes[code] ?? []).filter((_, each) => each !== index),
  },
});

/** The draft with those of its places that hold. */
export const boxesWhere = (draft: Draft, holds: (box: PictureBox) => boolean): Draft => ({
  ...draft,
  boxes: Object.fromEntries(
    Object.entries(draft.boxes).map(([code, boxes]) => [code, boxes.filter(holds)]),
  ),
});

export interface Place {
  readonly code: string;
  /** Among the places of its reason. */
  readonly index: number;
  /** As it stands on the picture: through the whole draft, from 1. */
  readonly number: number;
  readonly box: PictureBox;
}

/** Places of the chosen reasons with the numbers they bear on the pictures. */
export const placesOf = (draft: Draft): readonly Place[] =>
  draft.codes
    .flatMap((code) => (draft.boxes[code] ?? []).map((box, index) => ({ code, index, box })))
    .map((place, at) => ({ ...place, number: at + 1 }));

/** Chooses a reason that may be chosen already; never takes one away. */
export const chooseReason = (draft: Draft, code: string): Draft =>
  draft.codes.includes(code) ? draft : toggleReason(draft, code);

const share = (value: number): number => Math.min(1, Math.max(0, value));

/** The part of a box that lies on the picture, to four decimals: a hundredth of a pixel of any photo. */
function within(box: PictureBox): PictureBox {
  const round = (value: number): number => Math.round(value * 10_000) / 10_000;
  const x = share(box.x);
  const y = share(box.y);
  return {
    picture: box.picture,
    x: round(x),
    y: round(y),
    w: round(share(box.x + box.w) - x),
    h: round(share(box.y + box.h) - y),
  };
}

export type DraftProblem = { kind: 'none' } | { kind: 'comment-missing'; code: string };

/** The first thing that keeps the draft from being signed, or null. */
export function problemOf(draft: Draft, reasons: readonly ReasonDto[]): DraftProblem | null {
  if (draft.codes.length === 0) return { kind: 'none' };
  const missing = draft.codes.find((code) => {
    const reason = reasons.find((each) => each.code === code);
    return reason?.commentObligatory === true && (draft.comments[code] ?? '').trim() === '';
  });
  return missing === undefined ? null : { kind: 'comment-missing', code: missing };
}

/** What the core is asked: in the dictionary's order, empty comments as null, the places of chosen reasons. */
export const requestOf = (draft: Draft, reasons: readonly ReasonDto[]) =>
  reasons
    .filter((reason) => draft.codes.includes(reason.code))
    .map((reason) => ({
      code: reason.code,
      comment: (draft.comments[reason.code] ?? '').trim() || null,
      boxes: [...(draft.boxes[reason.code] ?? [])],
    }));

/** The preview of the citizen's text; the binding one comes from the core before signing. */
export const citizenPreview = (
  draft: Draft,
  reasons: readonly ReasonDto[],
  language: 'ru' | 'kk',
): readonly string[] =>
  reasons
    .filter((reason) => draft.codes.includes(reason.code))
    .map((reason) => {
      const text = language === 'kk' ? reason.citizenKz : reason.citizenRu;
      const comment = (draft.comments[reason.code] ?? '').trim();
      return comment === '' ? text : `${text} ${comment}`;
    });

/** Online again only when every chosen reason allows it; otherwise the citizen goes to the centre. */
export const mayFileAgain = (draft: Draft, reasons: readonly ReasonDto[]): boolean =>
  reasons.filter((reason) => draft.codes.includes(reason.code)).every((r) => r.filingAgain);

/** Keys of the reasons: digits first, then letters and signs that no other key of the screen uses. */
export const REASON_KEYS = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => ({ code: `Digit${n}`, cap: String(n) })),
  ...[...'QRSDHZOP'].map((letter) => ({ code: `Key${letter}`, cap: letter })),
  { code: 'Comma', cap: ',' },
  { code: 'Period', cap: '.' },
  { code: 'Semicolon', cap: ';' },
  { code: 'Quote', cap: "'" },
] as const;

/** Which reason a physical key means; the number pad counts as digits. */
export function reasonIndexOf(keyCode: string): number {
  return REASON_KEYS.findIndex((key) => key.code === keyCode.replace(/^Numpad/, 'Digit'));
}
