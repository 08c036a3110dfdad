// What a journal row carries beside its kind, in words where there are words, else as it is.
import type { JournalRow } from '../../../shared/contract/journal.ts';
import { formatDateTime } from '../../shared/format/format.ts';
import { fill } from '../../shared/i18n/language.ts';
import type { RefusalText } from '../../shared/i18n/text-types.ts';
import type { Tree } from '../../shared/i18n/texts/ru.ts';

type Table = Readonly<Record<string, string>>;

const LONG = 24;
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const shortened = (text: string): string => {
  if (INSTANT.test(text)) return formatDateTime(text);
  return text.length > LONG ? `${text.slice(0, 12)}…` : text;
};

/** «причина: доверенность · основание: 4.3»; true flags say their name, false ones say nothing. */
export function detailsInWords(row: Pick<JournalRow, 'details'>, t: Tree): string {
  const names: Table = t.journal.names;
  const values: Table = t.journal.values;
  const refusals: Readonly<Record<string, RefusalText>> = t.refusals;
  const kinds: Table = t.common.actKinds;
  const word = (name: string, value: string): string => {
    const refusal = refusals[value];
    if (name === 'code' && refusal !== undefined) return fill(refusal.title, row.details);
    const said =
      name === 'kind'
        ? (kinds[value] ?? value)
        : name === 'fields'
          ? value
              .split(' ')
              .map((code) => values[code] ?? code)
              .join(', ')
          : (values[value] ?? shortened(value));
    return name === 'kind' && said !== value ? said : `${names[name] ?? name}: ${said}`;
  };
  return Object.entries(row.details)
    .filter(([, value]) => value !== '' && value !== false)
    .map(([name, value]) => (value === true ? (names[name] ?? name) : word(name, String(value))))
    .join(' · ');
}
