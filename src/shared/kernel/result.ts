// Typed outcomes: an expected "no" is a value with a closed code, never a thrown error.

/** A refusal with a closed code and the values its text needs (all plain strings or numbers). */
export interface Refusal<Code extends string = string> {
  readonly code: Code;
  readonly params?: Readonly<Record<string, string | number>>;
}

export type Ok<T> = { readonly ok: true; readonly value: T };
export type No<Code extends string = string> = {
  readonly ok: false;
  readonly refusal: Refusal<Code>;
};
export type Result<T, Code extends string = string> = Ok<T> | No<Code>;

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });

export const no = <Code extends string>(
  code: Code,
  params?: Readonly<Record<string, string | number>>,
): No<Code> => ({ ok: false, refusal: params === undefined ? { code } : { code, params } });
