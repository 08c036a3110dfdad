// Russian texts of the watch over outside services (cl. 12): status, banner, table, outages on record.
import type { ProbeFault, ServiceCode } from '../../../../../shared/central/services.ts';
import type { ServiceState } from '../../../../../shared/contract/services.ts';

export const services = {
  title: 'Внешние системы',
  note: 'Сбой дольше {minutes} мин: гражданин подаёт заявление через ЦОН (пункт 12 Алгоритма).',
  names: {
    'egov-portal': 'Портал eGov',
    'mobile-apps': 'Мобильные приложения',
    'mobile-database': 'База мобильных граждан',
    biometrics: 'Биометрическая идентификация',
  } satisfies Record<ServiceCode, string>,
  states: {
    unknown: 'нет данных',
    up: 'отвечает',
    failing: 'не отвечает',
    outage: 'сбой',
  } satisfies Record<ServiceState, string>,
  status: {
    unknown: 'О внешних системах данных пока нет',
    up: 'Внешние системы отвечают',
    failing: 'Не отвечает: {names}',
    outage: 'Сбой: {names}',
  } satisfies Record<ServiceState, string>,
  doubts: {
    disputed: 'другая сторона ответ получает: дело в сети, сбоем не считается',
    'cut-off': 'отсюда не отвечает ничего: похоже, нет сети, сбоем не считается',
    'one-probe': 'пока один раз',
  },
  sinceFor: 'с {when}, {amount}',
  /** Read aloud to the citizen, in both languages side by side. */
  say: 'Сейчас не работает: {names}. Технический сбой длится больше {minutes} минут. В таком случае заявление подают через ЦОН (пункт 12 Алгоритма).',
  sayTitle: 'Что сказать гражданину',
  slip: 'Справка о сбое',
  slipOf: 'Справка: {name}',
  fold: 'Свернуть',
  unfold: 'Показать, что сказать',
  columns: {
    service: 'Система',
    state: 'Состояние',
    own: 'С рабочего места',
    node: 'С центрального узла',
  },
  notOurs: 'отсюда не проверяется',
  noProbes: 'проверок нет',
  strip: 'Проверок: {all}, без ответа: {failed}',
  probe: '{time}: {word}, {ms} мс',
  causes: {
    timeout: 'нет ответа за 5 секунд',
    unreachable: 'нет соединения',
    untrusted: 'сертификату нельзя доверять',
    status: 'ответ с ошибкой',
    malformed: 'ответ оборван',
  } satisfies Record<ProbeFault, string>,
  outages: 'Сбои',
  noOutages: 'Сбоев не записано',
  outageColumns: {
    since: 'Начало',
    until: 'Последняя проверка без ответа',
    ended: 'Чем кончился',
    by: 'Кто установил',
  },
  ended: {
    answered: 'снова отвечает с {when}',
    unwatched: 'дальше не наблюдали',
    goesOn: 'длится',
  },
  watchers: { own: 'рабочее место', node: 'узел', both: 'рабочее место и узел' },
  proof: 'Доказательство',
  proofText: 'Проверки, байт в байт как они записаны. Их хэш SHA-256 стоит в журнале и в справке:',
} as const;
