// Russian words that several screens share: marks, stages, acts, flags, grey keys, units.
import type { DISABLED_REASONS } from '../../../../../shared/contract/case.ts';
import type { ActState, CaseFlag, CaseStage } from '../../../../../shared/contract/queue.ts';
import type { ROLES } from '../../../../../shared/central/messages.ts';
import type { RuleOutcome } from '../../../../../shared/central/statement.ts';
import type { OUTBOX_KINDS } from '../../../../../shared/contract/outbox.ts';

export const common = {
  units: { s: 'с', min: 'мин', h: 'ч', kb: 'КБ', mb: 'МБ', ms: 'мс' },
  days: { one: '{n} день', few: '{n} дня', many: '{n} дней', other: '{n} дня' },
  workingDays: {
    one: '{n} раб. день',
    few: '{n} раб. дня',
    many: '{n} раб. дней',
    other: '{n} раб. дня',
  },
  ago: '{amount} назад',
  inTime: 'через {amount}',
  justNow: 'только что',
  rightNow: 'сейчас',
  again: 'Повторить',
  close: 'Закрыть',
  cancel: 'Отмена',
  back: 'Назад',
  today: 'сегодня',
  yes: 'да',
  no: 'нет',
  none: 'нет',
  loading: 'Загрузка…',
  clause: 'Основание: приказ № 389 / № 253/НҚ, {clause}',
  unknownRefusal: 'Действие не выполнено (код: {code})',
  marks: {
    agrees: 'совпадает',
    look: 'проверьте',
    disagrees: 'не совпадает',
    'no-data': 'нет данных',
  } satisfies Record<RuleOutcome, string>,
  stages: {
    received: 'поступила',
    'in-review': 'на проверке',
    'approval-promised': 'одобрение подписано',
    'annulment-promised': 'аннулирование подписано',
    'in-production': 'в производстве',
    annulled: 'аннулирована',
    'at-point': 'в пункте выдачи',
    'at-counter': 'у окна выдачи',
    'issue-promised': 'выдача подписана',
    issued: 'выдано',
    returned: 'возвращена в центр',
    left: 'передана в другой регион',
    damaged: 'не читается',
  } satisfies Record<CaseStage, string>,
  acts: {
    intended: 'не подписано',
    queued: 'подписано, ждёт отправки',
    sending: 'отправляется',
    accepted: 'принято узлом',
    refused: 'узел отказал',
  } satisfies Record<ActState, string>,
  actKinds: {
    approval: 'Одобрение',
    annulment: 'Аннулирование',
    'hand-over': 'Выдача',
    'dispatch-acceptance': 'Приём партии',
    'card-return': 'Возврат карт',
    placement: 'Место хранения',
    'hand-over-refusal': 'Отказ в выдаче',
  } satisfies Record<(typeof OUTBOX_KINDS)[number], string>,
  flags: {
    'refused-by-node': 'узел отказал',
    conflict: 'передана другим',
    stuck: 'не отправляется',
    overdue: 'просрочена',
    alarm: 'срок горит',
    'phone-shared': 'общий телефон',
    'applied-before': 'обращался ранее',
    'outside-window': 'вне срока подачи',
    'picture-problem': 'снимок не читается',
    remake: 'перевыпуск',
    investigate: 'разобраться',
    'not-signed': 'подпись не закончена',
  } satisfies Record<CaseFlag, string>,
  flagsLong: {
    'refused-by-node': 'Центральный узел отказал в приёме подписанного решения',
    conflict: 'Заявка передана другим, а здесь есть начатая работа',
    stuck: 'Подписанное решение долго не отправляется',
    overdue: 'Целевой срок проверки прошёл',
    alarm: 'До предельного срока осталось мало времени',
    'phone-shared': 'Тот же номер телефона указан в другой открытой заявке',
    'applied-before': 'Услугополучатель уже подавал заявку',
    'outside-window': 'Подана вне срока: за 30 дней до окончания и 10 дней после (п. 7)',
    'picture-problem': 'Фотография или подпись не прошли проверку файла',
    remake: 'Карта изготавливается заново',
    investigate: 'Выдача не принята узлом: нужно разобраться',
    'not-signed': 'Подписание прервалось: подписи нет, решение не принято',
  } satisfies Record<CaseFlag, string>,
  disabled: {
    'wrong-stage': { why: 'На этом этапе так поступить нельзя', how: '' },
    'wrong-role': { why: 'Ваша роль этого не позволяет', how: 'Это делает другой сотрудник.' },
    'held-by-other': {
      why: 'Заявку держит другой сотрудник',
      how: 'Станет доступно, когда он её отпустит или истечёт его время.',
    },
    'not-held': { why: 'Заявка не взята в работу', how: 'Возьмите заявку в работу.' },
    'groups-unconfirmed': {
      why: 'Не подтверждены группы проверок: {count}',
      how: 'Подтвердите оставшиеся группы клавишами 1–4.',
    },
    'finding-unanswered': {
      why: 'Замечание без ответа: {code}',
      how: 'Посмотрите и ответьте: F – к замечанию, Y – в порядке; или аннулируйте заявку.',
    },
    'checklist-fault': {
      why: 'Вы отметили нарушение: {code}',
      how: 'Аннулируйте с этой причиной или поправьте ответ.',
    },
    'check-failed': {
      why: 'Обязательная проверка не пройдена: {code}',
      how: 'Укажите основание, если порядок это допускает, или аннулируйте заявку.',
    },
    'rule-disagrees': {
      why: 'Правило не выполнено: {code}',
      how: 'Укажите основание, если порядок это допускает, или аннулируйте заявку.',
    },
    'picture-missing': {
      why: 'Фотография или образец подписи ещё не получены',
      how: 'Станет доступно, как только снимки придут с узла.',
    },
    'card-damaged': {
      why: 'Карта повреждена: выдавать её нельзя',
      how: 'Верните её актом и закажите новую.',
    },
    'card-returning': {
      why: 'Карта в подписанном акте возврата',
      how: 'Пока акт не отправлен, его можно отозвать.',
    },
    'act-pending': {
      why: 'Решение уже подписано и ждёт ответа узла',
      how: 'Пока оно не отправлено, его можно отозвать.',
    },
    'act-sent': {
      why: 'Решение уже ушло на узел',
      how: 'Отозвать можно только то, что ещё не отправлено.',
    },
    'wrong-point': {
      why: 'Карта назначена в другой регистрационный пункт',
      how: 'Выдать её можно только там.',
    },
    'investigation-open': {
      why: 'Был отказ в выдаче, его ещё не разобрали',
      how: 'Разберитесь, напишите итог под карточкой и нажмите «Разобрано».',
    },
    'moved-away': { why: 'Заявка передана в другой регион', how: '' },
    damaged: {
      why: 'Заявка пришла в нечитаемом виде',
      how: 'Дождитесь исправленной версии с центрального узла.',
    },
  } satisfies Record<(typeof DISABLED_REASONS)[number], { why: string; how: string }>,
  lineWhy: {
    unreachable: {
      title: 'Центральный узел недоступен',
      todo: 'Проверьте сеть. Подписанное уйдёт само, когда связь вернётся.',
    },
    timeout: {
      title: 'Узел не ответил вовремя',
      todo: 'Попытка повторится сама, второй раз решение не примется.',
    },
    'cut-off': {
      title: 'Связь оборвалась во время ответа',
      todo: 'Попытка повторится сама, второй раз решение не примется.',
    },
    untrusted: {
      title: 'Сертификат узла не заслуживает доверия',
      todo: 'Ничего не отправлено. Сообщите администратору: возможна подмена узла.',
    },
    malformed: {
      title: 'Ответ узла не читается',
      todo: 'Подписанное цело, попытка повторится. Сообщите администратору.',
    },
    'session-needed': {
      title: 'Нужен новый вход на узел',
      todo: 'Выйдите и войдите с токеном: подписанное уйдёт после входа.',
    },
  },
  timeLeft: { late: 'просрочено на {amount}', done: 'завершено' },
  roles: {
    reviewer: 'проверка заявок',
    issuer: 'выдача',
    head: 'руководитель',
    administrator: 'администратор',
  } satisfies Record<(typeof ROLES)[number], string>,
  pin: {
    label: 'ПИН-код токена',
    show: 'Введите ПИН-код',
    tries: {
      full: 'попытки не тратились',
      low: 'были неверные попытки',
      final: 'последняя попытка',
      locked: 'заблокирован',
    },
  },
} as const;
