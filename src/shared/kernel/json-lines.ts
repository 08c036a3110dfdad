// JSON with the line of each value, so that a mistake is told where it stands; JSON.parse keeps no places.

export type JsonWithLines =
  | { readonly ok: true; readonly value: unknown; lineOf(path: readonly PropertyKey[]): number }
  | { readonly ok: false; readonly line: number; readonly why: 'syntax' | 'twice' };

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
const DEEPEST = 50;

class Mistake extends Error {
  readonly at: number;
  readonly why: 'syntax' | 'twice';
  constructor(at: number, why: 'syntax' | 'twice') {
    super(why);
    this.at = at;
    this.why = why;
  }
}

const keyOf = (path: readonly PropertyKey[]): string => JSON.stringify(path.map(String));

/** `lineOf` counts from 1; a path that is not there gets the line of its nearest parent. A name given twice is a mistake. */
export function jsonWithLines(source: string): JsonWithLines {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source; // Notepad writes the mark
  const starts = new Map<string, number>();
  let at = 0;

  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  };
  const sign = (wanted: string): boolean => {
    take(SPACE);
    if (text[at] !== wanted) return false;
    at += 1;
    return true;
  };
  const must = (met: boolean): void => {
    if (!met) throw new Mistake(at, 'syntax');
  };

  const list = (close: string, item: (index: number) => void): void => {
    if (sign(close)) return;
    let index = 0;
    do item(index++);
    while (sign(','));
    must(sign(close));
  };

  function value(path: readonly PropertyKey[]): void {
    take(SPACE);
    if (!starts.has(keyOf(path))) starts.set(keyOf(path), at);
    must(path.length <= DEEPEST);
    if (sign('{')) {
      const seen = new Set<string>();
      return list('}', () => {
        take(SPACE);
        const start = at;
        const raw = take(STRING);
        must(raw !== null);
        const name = JSON.parse(raw!) as string;
        if (seen.has(name)) throw new Mistake(start, 'twice');
        seen.add(name);
        starts.set(keyOf([...path, name]), start);
        must(sign(':'));
        value([...path, name]);
      });
    }
    if (sign('[')) return list(']', (index) => value([...path, index]));
    must(take(STRING) !== null || take(SCALAR) !== null);
  }

  const line = (place: number): number => text.slice(0, place).split('\n').length;
  try {
    value([]);
    take(SPACE);
    must(at === text.length);
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return { ok: false, line: line(error.at), why: error.why };
  }
  return {
    ok: true,
    value: JSON.parse(text),
    lineOf(path) {
      for (let depth = path.length; depth > 0; depth -= 1) {
        const start = starts.get(keyOf(path.slice(0, depth)));
        if (start !== undefined) return line(start);
      }
      return line(starts.get(keyOf([])) ?? 0);
    },
  };
}
