// The register as a table of words for a file: columns of one language, cells that no spreadsheet takes for a formula.
import type { Outcome, Standing } from '../../shared/contract/papers.ts';
import type { RegisterRow } from '../../shared/contract/register.ts';
import { localDateOf, localTimeOf } from './calendar.ts';

export interface RegisterTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

interface Words {
  readonly title: string;
  readonly columns: readonly string[];
  readonly outcomes: Readonly<Record<Outcome, string>>;
  readonly standings: Readonly<Record<Standing, string>>;
}

const WORDS: Readonly<Record<'ru' | 'kk', Words>> = {
  ru: {
    title: 'Журнал выдачи',
    columns: [
      'Дата',
      'Время',
      'Талон',
      'Получатель',
      'ИИН',
      'Карта №',
      'Исход',
      'Состояние',
      'Сотрудник',
      'Рабочее место',
      'Запись',
      'SHA-256',
    ],
    outcomes: {
      issued: 'Выдано',
      proxy: 'Отказ: доверенность (п. 4.3)',
      'not-the-person': 'Отказ: не тот человек (п. 4.3)',
      'no-ticket': 'Отказ: нет талона',
      abandoned: 'Ушёл, не получив',
      other: 'Отказ',
    },
    standings: { promised: 'ждёт ответа узла', accepted: 'принято', refused: 'узел не принял' },
  },
  kk: {
    title: 'Беруді тіркеу журналы',
    columns: [
      'Күні',
      'Уақыты',
      'Талон',
      'Алушы',
      'ЖСН',
      'Карта №',
      'Нәтижесі',
      'Күйі',
      'Қызметкер',
      'Жұмыс орны',
      'Жазба',
      'SHA-256',
    ],
    outcomes: {
      issued: 'Берілді',
      proxy: 'Бас тарту: сенімхат (4.3-т.)',
      'not-the-person': 'Бас тарту: басқа адам (4.3-т.)',
      'no-ticket': 'Бас тарту: талон жоқ',
      abandoned: 'Алмай кетті',
      other: 'Бас тарту',
    },
    standings: {
      promised: 'тораптың жауабын күтуде',
      accepted: 'қабылданды',
      refused: 'торап қабылдамады',
    },
  },
};

export function registerTable(rows: readonly RegisterRow[], language: 'ru' | 'kk'): RegisterTable {
  const { title, columns, outcomes, standings } = WORDS[language];
  return {
    title,
    columns,
    rows: rows.map((row) =>
      [
        localDateOf(new Date(row.at)).split('-').reverse().join('.'),
        localTimeOf(new Date(row.at)),
        row.ticket,
        row.name,
        row.iin,
        row.cardNumber ?? '',
        outcomes[row.outcome],
        standings[row.standing],
        row.officer ?? '',
        row.stationId ?? '',
        row.id,
        row.sha256 ?? '',
      ].map(harmless),
    ),
  };
}

/**
 * A cell that begins like a formula gets an apostrophe before it: names and tickets come from outside, and
 * a spreadsheet would run them. Control characters go: they would break the line or hide what follows.
 */
export function harmless(text: string): string {
  const plain = text.replace(/[\u0000-\u001f\u007f]+/g, ' ');
  return /^\s*[=+\-@＝＋－＠|%]/.test(plain) ? `'${plain}` : plain;
}

/** CSV as the spreadsheets of this country open it: UTF-8 with BOM, semicolons, CRLF, every cell quoted. */
export function csvOf({ columns, rows }: RegisterTable): Uint8Array {
  const line = (cells: readonly string[]): string =>
    cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';');
  return new TextEncoder().encode(`\ufeff${[columns, ...rows].map(line).join('\r\n')}\r\n`);
}
