// The fourteen register checks of clause 3 as a node would have received them.
import { CHECK_CODES } from '../../src/shared/central/application.ts';
import type {
  Check,
  CheckCode,
  CheckOutcome,
  Dossier,
} from '../../src/shared/central/application.ts';
import type { Random } from './random.ts';
import type { Scenario } from './scenarios.ts';

type Facts = Pick<Dossier, 'declared' | 'authoritative' | 'document' | 'fee' | 'ticket'> & {
  readonly digitalId: Dossier['digitalId'];
  readonly phone: string;
};

const SOURCES: Readonly<Record<CheckCode, string>> = {
  'personal-data-consent': 'КДП',
  'person-record': 'ГБД ФЛ',
  'phone-owner': 'БМГ',
  'digital-id': 'Digital-ID',
  'legal-capacity': 'ГБД ФЛ',
  'civil-record-change': 'ИС ЗАГС',
  'permanent-registration': 'ГБД ФЛ',
  'document-validity': 'ГБД ФЛ',
  'photo-requirements': 'ПЭП',
  'photo-match': 'Digital-ID',
  'request-signature': 'ПЭП',
  'request-registered': 'ППО РП ДРН',
  'social-status': 'АИС СИК',
  fee: 'ПШЭП',
};

/** Texts shown as received for an outcome; never interpreted by the workstation. */
function valuesOf(
  code: CheckCode,
  outcome: CheckOutcome,
  facts: Facts,
  random: Random,
): Record<string, string> {
  if (outcome === 'error')
    return {
      Ошибка: random.pick([
        'Время ожидания истекло',
        'Сервис недоступен (503)',
        'Нет ответа шлюза',
      ]),
    };
  if (outcome === 'no-data') return { Ответ: 'Данных нет' };
  const good = outcome === 'passed';
  switch (code) {
    case 'personal-data-consent':
      return { Согласие: good ? 'получено' : 'не получено', Способ: 'SMS 1414' };
    case 'person-record':
      return { Запись: good ? 'найдена, сведения совпадают' : 'найдена, есть расхождения' };
    case 'phone-owner':
      return good ? { Номер: 'принадлежит ИИН' } : { Номер: 'зарегистрирован на другой ИИН' };
    case 'digital-id':
      return facts.digitalId
        ? {
            Сходство: facts.digitalId.score.toFixed(2),
            Порог: facts.digitalId.threshold.toFixed(2),
            Живость: facts.digitalId.liveness === 'passed' ? 'подтверждена' : 'не подтверждена',
          }
        : { Ответ: good ? 'пройдено' : 'не пройдено' };
    case 'legal-capacity':
      return { Статус: good ? 'дееспособен' : 'ограничен решением суда' };
    case 'civil-record-change':
      return good
        ? { Изменения: 'не найдены' }
        : { Изменения: 'смена фамилии', Акт: `№ 10-${String(random.int(1000, 9999))}` };
    case 'permanent-registration':
      return good
        ? { Регистрация: 'постоянная', Адрес: facts.declared.regAddress?.text ?? '' }
        : { Регистрация: 'отсутствует' };
    case 'document-validity':
      return { Документ: facts.document.number, 'Действует до': facts.document.endDate };
    case 'photo-requirements':
      return { Результат: good ? 'соответствует' : 'не соответствует' };
    case 'photo-match':
      return {
        Сходство: (good ? random.range(0.83, 0.98) : random.range(0.2, 0.48)).toFixed(2),
        Порог: '0.75',
      };
    case 'request-signature':
      return { Проверка: good ? 'подпись верна' : 'подпись не соответствует данным' };
    case 'request-registered':
      return good ? { Талон: facts.ticket } : { Регистрация: 'не подтверждена' };
    case 'social-status':
      return {
        Категория:
          facts.fee.kind === 'exempt-category' && good
            ? (facts.fee.basis ?? 'есть')
            : good
              ? 'льготы не требуются'
              : 'не подтверждена',
      };
    case 'fee':
      return {
        Сумма: `${String(facts.fee.amountTenge)} ₸`,
        Статус: good
          ? facts.fee.amountTenge > 0
            ? 'оплачено'
            : 'освобождён'
          : 'оплата не найдена',
      };
  }
}

/** All checks in the order of the clause. */
export function makeChecks(
  random: Random,
  scenario: Scenario,
  facts: Facts,
  registeredAt: Date,
): Check[] {
  return CHECK_CODES.map((code, i): Check => {
    const outcome = scenario.outcomes[code] ?? 'passed';
    const at = new Date(registeredAt.getTime() - (CHECK_CODES.length - i) * random.int(900, 4200));
    return {
      code,
      outcome,
      source: SOURCES[code],
      at: at.toISOString(),
      requestId:
        outcome === 'no-data' && random.chance(0.3)
          ? null
          : `${code.slice(0, 3).toUpperCase()}-${String(random.int(10_000_000, 99_999_999))}`,
      values: valuesOf(code, outcome, facts, random),
    };
  });
}
