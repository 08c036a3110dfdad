// Words for each value of the policy, for administrators: templates of Windows and docs/policy.md.
import type { PolicyName } from '../../src/shared/contract/policy.ts';

interface Words {
  readonly title: string;
  readonly explain: string;
}
export type PolicyLanguage = 'en' | 'ru';

export const POLICY_WORDS: Readonly<Record<PolicyName, Readonly<Record<PolicyLanguage, Words>>>> = {
  nodeUrl: {
    en: {
      title: 'Central node',
      explain: 'Address of the central node, https only: https://host:port',
    },
    ru: {
      title: 'Центральный узел',
      explain: 'Адрес центрального узла, только https: https://host:port',
    },
  },
  tlsCaFile: {
    en: {
      title: 'Authority of the node’s TLS',
      explain:
        'PEM file. Only what this authority issued is taken for the node; the system’s trust is not asked.',
    },
    ru: {
      title: 'Центр TLS-сертификата узла',
      explain:
        'Файл PEM. Узлом считается только то, что выдал этот центр; доверие системы не учитывается.',
    },
  },
  trustFile: {
    en: {
      title: 'Roots of keys',
      explain:
        'PEM file with roots and issuing authorities of the keys of officers and applicants.',
    },
    ru: {
      title: 'Корни ключей',
      explain: 'Файл PEM с корневыми и издающими центрами ключей сотрудников и заявителей.',
    },
  },
  trustListSignerFile: {
    en: {
      title: 'Signer of the trust list',
      explain:
        'PEM file that pins who signs the node’s trust list. Without it the roots of keys are the trust.',
    },
    ru: {
      title: 'Подписант списка доверия',
      explain:
        'Файл PEM, закрепляющий, кто подписывает список доверия узла. Без него доверие – корни ключей.',
    },
  },
  modules: {
    en: {
      title: 'Token modules',
      explain:
        'PKCS#11 libraries, up to ten. They get the officer’s PIN. In the registry one line each: id;title;path, behind it ;gost where the token computes GOST, ;rescan where a re-inserted token is seen only after a restart of the module.',
    },
    ru: {
      title: 'Модули токенов',
      explain:
        'Библиотеки PKCS#11, до десяти. Они получают ПИН-код сотрудника. В реестре по строке на модуль: id;название;путь, далее ;gost, если токен считает ГОСТ, ;rescan, если вставленный снова токен виден только после перезапуска модуля.',
    },
  },
  env: {
    en: {
      title: 'Environment of modules',
      explain:
        'Variables for the token process, e.g. where a module finds its configuration. In the file only.',
    },
    ru: {
      title: 'Окружение модулей',
      explain: 'Переменные процесса токенов, например где модуль берёт настройки. Только в файле.',
    },
  },
  stationId: {
    en: {
      title: 'Name of the station',
      explain: 'It stands in the node’s journal and in signed acts. Its own for each machine.',
    },
    ru: {
      title: 'Имя рабочего места',
      explain: 'Стоит в журнале узла и в подписанных решениях. У каждой машины своё.',
    },
  },
  training: {
    en: {
      title: 'Training stand',
      explain: 'The node’s people are invented: every page and paper says so.',
    },
    ru: {
      title: 'Учебный стенд',
      explain: 'Люди на узле вымышлены: об этом сказано на каждой странице и бумаге.',
    },
  },
  region: {
    en: {
      title: 'Region',
      explain: 'Code of a region: officers of others do not log in here.',
    },
    ru: {
      title: 'Регион',
      explain: 'Код региона: сотрудники других регионов здесь не входят.',
    },
  },
  registrationPoint: {
    en: {
      title: 'Registration point',
      explain: 'Code of a registration point: officers of others, or of none, do not log in here.',
    },
    ru: {
      title: 'Регистрационный пункт',
      explain: 'Код пункта: сотрудники других пунктов и без пункта здесь не входят.',
    },
  },
  lockAfterMinutes: {
    en: {
      title: 'Lock after minutes',
      explain:
        'Minutes without a touch until the screen locks. The node’s limit holds when it is stricter.',
    },
    ru: {
      title: 'Блокировка, минут',
      explain: 'Минут без действий до блокировки. Действует предел узла, если он строже.',
    },
  },
  logOutAfterHours: {
    en: {
      title: 'Longest session, hours',
      explain: 'After it the PIN is asked again. The node’s limit holds when it is stricter.',
    },
    ru: {
      title: 'Самый долгий сеанс, часов',
      explain: 'После него ПИН-код спрашивают снова. Действует предел узла, если он строже.',
    },
  },
  picturesKeptDays: {
    en: {
      title: 'Pictures kept, days',
      explain:
        'Days that pictures and measures stay after the decision or the issue. The node’s limit holds when it is stricter.',
    },
    ru: {
      title: 'Хранение снимков, дней',
      explain:
        'Дней, которые снимки и измерения лежат после решения или выдачи. Действует предел узла, если он строже.',
    },
  },
  language: {
    en: {
      title: 'Language',
      explain: 'kk or ru for everybody. Without it each user chooses.',
    },
    ru: {
      title: 'Язык',
      explain: 'kk или ru для всех. Без этого выбирает каждый пользователь.',
    },
  },
  proxyUrl: {
    en: {
      title: 'Proxy',
      explain:
        'http://host:port of a proxy that opens tunnels (CONNECT). Without it connections go straight; the system’s proxy is never used. No name and password.',
    },
    ru: {
      title: 'Прокси',
      explain:
        'http://host:port прокси, открывающего туннели (CONNECT). Без него соединения прямые; системный прокси не используется. Имя и пароль не задаются.',
    },
  },
  keyAlgorithms: {
    en: {
      title: 'Kinds of keys',
      explain:
        'Keys officers may sign with: rsa, ec, gost. The trust list may forbid more of them, never allow more.',
    },
    ru: {
      title: 'Виды ключей',
      explain:
        'Ключи, которыми сотрудники могут подписывать: rsa, ec, gost. Список доверия может запретить ещё, но не разрешить.',
    },
  },
  screenCapture: {
    en: {
      title: 'Pictures of the screen',
      explain:
        'true: screenshots, recordings and shared screens may show the window. Without it an installed program is black in them unless it is a training stand. No effect on Linux, where the desktop decides.',
    },
    ru: {
      title: 'Снимки экрана',
      explain:
        'true: окно видно на снимках, в записи и при показе экрана. Без значения установленная программа на них чёрная, кроме учебного стенда. На Linux не действует: там решает рабочий стол.',
    },
  },
  updates: {
    en: {
      title: 'Updates',
      explain:
        'Where new versions come from: node, or a folder; the ring and the kind of package of this station; Ed25519 keys of the makers; who installs: the administrator, or a command when the officer says yes. In the registry the same JSON in one line.',
    },
    ru: {
      title: 'Обновления',
      explain:
        'Откуда берутся новые версии: узел или папка; кольцо и вид пакета этого места; ключи Ed25519 изготовителя; кто устанавливает: администратор или команда, когда сотрудник согласен. В реестре тот же JSON одной строкой.',
    },
  },
};
