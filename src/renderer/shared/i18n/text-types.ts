// Types that make the Kazakh tree the same shape as the Russian one, checked by the compiler.

/** Same keys, any words: `export const login: Texts<typeof ru> = {…}` in texts/kk. */
export type Texts<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]>;
};

/** Plural forms; Kazakh uses only `one`/`other`, Russian all but `other` for whole numbers. */
export interface Plural {
  readonly one: string;
  readonly few: string;
  readonly many: string;
  readonly other: string;
}

/** What a refusal says: what happened, and what to do (and what is safe). */
export interface RefusalText {
  readonly title: string;
  readonly todo: string;
}

export type Params = Readonly<Record<string, string | number | boolean>>;

/** Puts values into `{name}` places; an unknown place stays visible as `…`. */
export const fill = (text: string, params: Params = {}): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) =>
    params[name] === undefined ? '…' : String(params[name]),
  );
