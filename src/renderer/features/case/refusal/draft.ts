// A refusal being composed: chosen reasons with comments; pure, kept per case while the program runs.
import type { ReasonDto } from '../../../../shared/contract/case.ts';

export interface Draft {
  /** In the order they were chosen. */
  readonly codes: readonly string[];
  readonly comments: Readonly<Record<string, string>>;
}

export const NO_DRAFT: Draft = { codes: [], comments: {} };
/** The contract takes at most ten reasons. */
export const MAX_REASONS = 10;

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

/** What the core is asked: in the dictionary's order, empty comments as null. */
export const requestOf = (draft: Draft, reasons: readonly ReasonDto[]) =>
  reasons
    .filter((reason) => draft.codes.includes(reason.code))
    .map((reason) => ({
      code: reason.code,
      comment: (draft.comments[reason.code] ?? '').trim() || null,
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

/** Keys of the reasons: digits first, then letters that no other key of the screen uses. */
export const REASON_KEYS = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => ({ code: `Digit${n}`, cap: String(n) })),
  ...[...'QWERTYSDFHZCVB'].map((letter) => ({ code: `Key${letter}`, cap: letter })),
] as const;

/** Which reason a physical key means; the number pad counts as digits. */
export function reasonIndexOf(keyCode: string): number {
  return REASON_KEYS.findIndex((key) => key.code === keyCode.replace(/^Numpad/, 'Digit'));
}
