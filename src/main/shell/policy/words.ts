// Words of the terminal and of the message box before any window: two languages, by policy or by the system.
import type { PolicySource } from '../../../shared/contract/policy.ts';
import type { Mistake, MistakeCode } from './effective.ts';

export type Language = 'ru' | 'kk';

interface Words {
  readonly mistakes: Readonly<Record<MistakeCode, string>>;
  readonly sources: Readonly<Record<PolicySource, string>>;
  readonly expects: string;
  readonly good: string;
  readonly bad: string;
  readonly notRead: string;
  readonly stands: string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  ru: {
    mistakes: {
      unreadable: 'файла нет или он не читается: создайте его по образцу из docs/administration.md',
      'not-json': 'это не JSON',
      twice: 'имя задано дважды',
      'not-owned': 'файл и его папка должны принадлежать root, и писать в них должен только он',
      'unknown-value': 'такого значения нет',
      'registry-kind': 'у значения в реестре другой тип',
      'characters-lost': 'буквы значения потерялись при чтении реестра: задайте его в файле',
      'wrong-value': 'значение не подходит',
      'missing-value': 'обязательное значение не задано',
      'registry-unreadable': 'реестр не читается',
      'certificates-unreadable': 'файл сертификатов не читается или в нём нет сертификата PEM',
      'others-may-write':
        'файл может изменить не только root: исправьте владельца и права этого места',
      'program-unsafe': 'программы нет, или писать в неё или в её папки может не только root',
    },
    sources: {
      registry: 'реестр',
      file: 'файл',
      settings: 'выбор пользователя',
      default: 'по умолчанию',
    },
    expects: 'нужно',
    good: 'Политика верна.',
    bad: 'Ошибок: ',
    notRead: 'не читается, потому что есть',
    stands: 'Программа не запущена: политика рабочего места неверна.',
  },
  kk: {
    mistakes: {
      unreadable: 'файл жоқ немесе оқылмайды: оны docs/administration.md үлгісімен жасаңыз',
      'not-json': 'бұл JSON емес',
      twice: 'атау екі рет берілген',
      'not-owned': 'файл мен оның қалтасы root иелігінде болып, оларға тек ол жазуы керек',
      'unknown-value': 'мұндай мән жоқ',
      'registry-kind': 'тізілімдегі мәннің түрі басқа',
      'characters-lost': 'тізілімді оқығанда мәннің әріптері жоғалды: оны файлда беріңіз',
      'wrong-value': 'мән жарамайды',
      'missing-value': 'міндетті мән берілмеген',
      'registry-unreadable': 'тізілім оқылмайды',
      'certificates-unreadable': 'сертификаттар файлы оқылмайды немесе онда PEM сертификаты жоқ',
      'others-may-write':
        'файлды root-тан басқалар да өзгерте алады: осы орынның иесі мен рұқсаттарын түзетіңіз',
      'program-unsafe':
        'бағдарлама жоқ, не оған немесе оның қалталарына root-тан басқалар да жаза алады',
    },
    sources: {
      registry: 'тізілім',
      file: 'файл',
      settings: 'пайдаланушының таңдауы',
      default: 'әдепкі',
    },
    expects: 'керегі',
    good: 'Саясат дұрыс.',
    bad: 'Қателер: ',
    notRead: 'оқылмайды, себебі бар:',
    stands: 'Бағдарлама іске қосылмады: жұмыс орнының саясаты қате.',
  },
};

export const words = (language: Language): Words => WORDS[language];

/** The fixed language, else the system's: Kazakh where it is Kazakh, Russian everywhere else. */
export function languageOf(
  fixed: Language | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Language {
  const said = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'];
  const system = said ?? Intl.DateTimeFormat().resolvedOptions().locale;
  return fixed ?? (/^kk/i.test(system) ? 'kk' : 'ru');
}

/** One mistake in one line, its place first, as compilers do. */
export function mistakeLine({ code, where, name, expects }: Mistake, language: Language): string {
  const { mistakes, expects: needed } = WORDS[language];
  const what = name === null || where.endsWith(name) ? '' : ` ${name}:`;
  const want = expects === null || expects === '' ? '' : ` (${needed}: ${expects})`;
  return `${where}:${what} ${mistakes[code]}${want}`;
}
