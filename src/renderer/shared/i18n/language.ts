// The language of the screens: a live switch and the typed tree of texts for it.
import { create } from 'zustand';
import { fill, type Params, type Plural, type RefusalText } from './text-types.ts';
import { kk } from './texts/kk.ts';
import { ru } from './texts/ru.ts';
import type { Tree } from './texts/ru.ts';

export type Language = 'ru' | 'kk';

const trees: Record<Language, Tree> = { ru, kk };

export const useLanguage = create<{ language: Language }>(() => ({ language: 'ru' }));

export function setLanguage(language: Language): void {
  document.documentElement.lang = language;
  useLanguage.setState({ language });
}

export const currentLanguage = (): Language => useLanguage.getState().language;

/** The texts of the current language; the component re-renders when it is switched. */
export const useTexts = (): Tree => trees[useLanguage((s) => s.language)];

/** The same outside of React (stores, key hints). */
export const texts = (): Tree => trees[currentLanguage()];

export const textsOf = (language: Language): Tree => trees[language];

const rules: Record<Language, Intl.PluralRules> = {
  ru: new Intl.PluralRules('ru'),
  kk: new Intl.PluralRules('kk'),
};

/** Plural of a whole number with `{n}` filled in: `plural(3, t.common.days)` → «3 дня». */
export function plural(n: number, forms: Plural, params: Params = {}): string {
  const form = rules[currentLanguage()].select(Math.abs(n));
  const text = form === 'one' || form === 'few' || form === 'many' ? forms[form] : forms.other;
  return fill(text, { n, ...params });
}

/** A name that came in both languages (dictionaries of the registers). */
export const byLanguage = (nameRu: string, nameKz: string): string =>
  currentLanguage() === 'kk' ? nameKz || nameRu : nameRu || nameKz;

/** Title and advice for any refusal code; an unknown code is shown as it is, never hidden. */
export function refusalText(refusal: {
  readonly code: string;
  readonly params?: Params | undefined;
}): RefusalText {
  const table = texts().refusals as Readonly<Record<string, RefusalText>>;
  const found = table[refusal.code];
  if (found === undefined) {
    return { title: fill(texts().common.unknownRefusal, { code: refusal.code }), todo: '' };
  }
  const params = inWords(refusal.params ?? {});
  return { title: fill(found.title, params), todo: fill(found.todo, params) };
}

/** Values of a refusal in the language of the screen: stages by name, departments as the node names them. */
function inWords(params: Params): Params {
  const stages: Readonly<Record<string, string>> = texts().common.stages;
  const stage = String(params['stage'] ?? '');
  const departmentKz = params['departmentKz'];
  return {
    ...params,
    ...(stages[stage] === undefined ? {} : { stage: stages[stage] }),
    ...(currentLanguage() === 'kk' && departmentKz !== undefined
      ? { department: departmentKz }
      : {}),
  };
}

/** Why the node was not reached, or what it refused: the last answer of the line and of an act. */
export function lineText(code: string, params: Params = {}): RefusalText {
  const table: Readonly<Record<string, RefusalText>> = texts().common.lineWhy;
  return table[code] ?? refusalText({ code, params });
}

export { fill };
