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

/** Kazakhstan keeps one time zone, UTC+5, all year. */
const OFFSET_MS = 5 * 60 * 60 * 1000;

/** An instant inside a sentence reads «22.11.2026 14:02»; anything else as it is. */
function spoken(value: string | number | boolean): string {
  const text = String(value);
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return text;
  const local = new Date(Date.parse(text) + OFFSET_MS).toISOString();
  return `${local.slice(8, 10)}.${local.slice(5, 7)}.${local.slice(0, 4)} ${local.slice(11, 16)}`;
}

/** Puts values into `{name}` places; an unknown place stays visible as `…`. */
export const fill = (text: string, params: Params = {}): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) =>
    params[name] === undefined ? '…' : spoken(params[name]),
  );
