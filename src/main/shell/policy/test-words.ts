// Words of the self-test in a terminal: what was looked at, and what to do when it is not in order.
import type { StationStep } from '../../../shared/contract/settings.ts';
import type { Language } from './words.ts';

type Name = StationStep['name'] | 'package' | 'core';
/** The title, and what to do when the step is not `ok`. */
type Row = readonly [string, string];

interface TestWords {
  readonly steps: Readonly<Record<Name, Row>>;
  readonly states: Readonly<Record<StationStep['state'], string>>;
  readonly ms: string;
  readonly whole: string;
  readonly faulty: string;
}

export const TEST_WORDS: Readonly<Record<Language, TestWords>> = {
  ru: {
    steps: {
      package: ['Файлы программы', 'переустановите программу'],
      core: ['Процессы программы', 'переустановите программу'],
      'token-module': ['Модули токенов', 'проверьте путь модуля в политике'],
      tokens: ['Токены', 'вставьте токен; заблокированный разблокируйте программой токена'],
      trust: ['Список доверия', 'проверьте trustListSignerFile и список на узле'],
      line: ['Связь с узлом', 'проверьте сеть, nodeUrl, tlsCaFile и proxyUrl'],
      clock: ['Часы', 'включите сверку времени'],
      disk: ['Место на диске', 'освободите диск'],
      caches: ['Файлы данных', 'сохраните копию файла и обратитесь к разработчику'],
      printer: ['Принтер', 'добавьте принтер в системе'],
      runtime: ['Среда программы', 'для работы нужен выпуск, а не среда для разработки'],
    },
    states: { ok: 'в порядке', look: 'посмотрите', bad: 'не готово' },
    ms: 'мс',
    whole: 'Рабочее место готово.',
    faulty: 'Рабочее место не готово.',
  },
  kk: {
    steps: {
      package: ['Бағдарлама файлдары', 'бағдарламаны қайта орнатыңыз'],
      core: ['Бағдарлама процестері', 'бағдарламаны қайта орнатыңыз'],
      'token-module': ['Токен модульдері', 'саясаттағы модуль жолын тексеріңіз'],
      tokens: ['Токендер', 'токенді салыңыз; құлыпталғанын токен бағдарламасымен ашыңыз'],
      trust: ['Сенім тізімі', 'trustListSignerFile мен тораптағы тізімді тексеріңіз'],
      line: ['Тораппен байланыс', 'желіні, nodeUrl, tlsCaFile, proxyUrl мәндерін тексеріңіз'],
      clock: ['Сағат', 'уақытты салыстыруды қосыңыз'],
      disk: ['Дискідегі орын', 'дискіні босатыңыз'],
      caches: ['Деректер файлдары', 'файлдың көшірмесін сақтап, әзірлеушіге жүгініңіз'],
      printer: ['Басып шығарғыш', 'жүйеге басып шығарғыш қосыңыз'],
      runtime: ['Бағдарлама ортасы', 'жұмысқа әзірлеу ортасы емес, шығарылым керек'],
    },
    states: { ok: 'дұрыс', look: 'қараңыз', bad: 'дайын емес' },
    ms: 'мс',
    whole: 'Жұмыс орны дайын.',
    faulty: 'Жұмыс орны дайын емес.',
  },
};
