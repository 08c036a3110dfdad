// Makes full names: gendered surnames, patronymics of both traditions, absent parts, very long double names.
import type { Coded } from '../../src/shared/central/common.ts';
import type { Random } from './random.ts';
import type { Look } from './portrait/face-traits.ts';
import {
  KAZAKH_MEN,
  KAZAKH_PLAIN,
  KAZAKH_STEMS,
  KAZAKH_WOMEN,
  PLAIN_BY_NATION,
  RUSSIAN_MEN,
  RUSSIAN_STEMS,
  RUSSIAN_WOMEN,
  TURKIC_MEN,
  TURKIC_STEMS,
  TURKIC_WOMEN,
} from './name-lists.ts';

export interface FullName {
  readonly surname: string;
  readonly name: string;
  readonly patronymic: string | null;
  readonly latinSurname: string;
  readonly latinName: string;
  readonly nationality: Coded;
  readonly look: Look;
}

const NATIONS: ReadonlyArray<readonly [number, string, Coded, Look]> = [
  [70, 'kazakh', { code: '005', nameRu: 'КАЗАХ', nameKz: 'ҚАЗАҚ' }, 'steppe'],
  [15, 'russian', { code: '001', nameRu: 'РУССКИЙ', nameKz: 'ОРЫС' }, 'european'],
  [4, 'uzbek', { code: '004', nameRu: 'УЗБЕК', nameKz: 'ӨЗБЕК' }, 'steppe'],
  [3, 'ukrainian', { code: '002', nameRu: 'УКРАИНЕЦ', nameKz: 'УКРАИН' }, 'european'],
  [3, 'uighur', { code: '035', nameRu: 'УЙГУР', nameKz: 'ҰЙҒЫР' }, 'steppe'],
  [2, 'tatar', { code: '023', nameRu: 'ТАТАРИН', nameKz: 'ТАТАР' }, 'european'],
  [2, 'german', { code: '071', nameRu: 'НЕМЕЦ', nameKz: 'НЕМІС' }, 'european'],
  [1, 'korean', { code: '077', nameRu: 'КОРЕЕЦ', nameKz: 'КОРЕЙ' }, 'steppe'],
];

/** A name for a sex; plain = no absent parts and no very long name. */
export function makeName(random: Random, sex: 'male' | 'female', plain: boolean): FullName {
  const woman = sex === 'female';
  const [, nation, nationality, look] = random.weighted(
    NATIONS.map((row) => [row[0], row] as const),
  );
  let surname: string;
  let name: string;
  let patronymic: string | null;
  if (nation === 'kazakh') {
    surname = kazakhSurname(random, woman);
    name = random.pick(woman ? KAZAKH_WOMEN : KAZAKH_MEN);
    patronymic = kazakhPatronymic(random, woman);
  } else if (nation in TURKIC_STEMS) {
    surname = random.pick(TURKIC_STEMS[nation] ?? []) + (woman ? 'а' : '');
    name = random.pick(woman ? TURKIC_WOMEN : TURKIC_MEN);
    patronymic = russianPatronymic(random.pick(TURKIC_MEN), woman);
  } else {
    surname =
      nation === 'russian'
        ? random.pick(RUSSIAN_STEMS) + (woman ? 'а' : '')
        : random.pick(PLAIN_BY_NATION[nation] ?? []);
    name = random.pick(woman ? RUSSIAN_WOMEN : RUSSIAN_MEN);
    patronymic = russianPatronymic(random.pick(RUSSIAN_MEN), woman);
  }
  if (!plain) {
    if (random.chance(0.14)) patronymic = null;
    if (nation === 'kazakh' && random.chance(0.05)) {
      surname = `${surname}-${kazakhSurname(random, woman)}`;
      name = woman ? `${name}-${random.pick(KAZAKH_WOMEN)}` : `Мұхаммед-${name}`;
    }
  }
  return {
    surname: surname.toUpperCase(),
    name: name.toUpperCase(),
    patronymic: patronymic?.toUpperCase() ?? null,
    latinSurname: transliterate(surname),
    latinName: transliterate(name),
    nationality,
    look,
  };
}

function kazakhSurname(random: Random, woman: boolean): string {
  if (random.chance(0.28)) return random.pick(KAZAKH_PLAIN);
  const stem = random.pick(KAZAKH_STEMS);
  const bare = stem.replace(':', '');
  const soft = stem.endsWith(':') || /[йеияюыі]$/.test(bare);
  return `${bare.replace(/й$/, soft ? '' : 'й')}${soft ? 'ев' : 'ов'}${woman ? 'а' : ''}`;
}

function kazakhPatronymic(random: Random, woman: boolean): string {
  const father = random.pick(KAZAKH_MEN);
  if (random.chance(0.62)) return `${father}${woman ? 'қызы' : 'ұлы'}`;
  return russianPatronymic(father, woman);
}

/** Russian patronymic of a father's name. */
export function russianPatronymic(father: string, woman: boolean): string {
  const irregular: Record<string, string> = { Павел: 'Павл', Пётр: 'Петр', Лев: 'Льв' };
  if (/[ио]лья$|Илья$/.test(father)) return woman ? 'Ильинична' : 'Ильич';
  const stem = irregular[father] ?? father;
  if (/ий$/.test(stem)) return `${stem.slice(0, -2)}ь${woman ? 'евна' : 'евич'}`;
  if (/[йь]$/.test(stem)) return `${stem.slice(0, -1)}${woman ? 'евна' : 'евич'}`;
  if (/[аеиия]$/.test(stem)) return `${stem}${woman ? 'евна' : 'евич'}`;
  return `${stem}${woman ? 'овна' : 'ович'}`;
}

const LATIN: Readonly<Record<string, string>> = {
  а: 'a', ә: 'a', б: 'b', в: 'v', г: 'g', ғ: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'i', к: 'k',
  қ: 'k', л: 'l', м: 'm', н: 'n', ң: 'n', о: 'o', ө: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ұ: 'u', ү: 'u',
  ф: 'f', х: 'kh', һ: 'h', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya', і: 'i',
}; // prettier-ignore

/** Latin capitals as documents print them; letters without a rule stay. */
export function transliterate(text: string): string {
  return [...text.toLowerCase()]
    .map((letter) => LATIN[letter] ?? letter)
    .join('')
    .toUpperCase();
}
