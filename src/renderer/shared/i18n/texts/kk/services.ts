// Kazakh texts of the watch over outside services (cl. 12): status, banner, table, outages on record.
import type { Texts } from '../../text-types.ts';
import type { services as ru } from '../ru/services.ts';

export const services: Texts<typeof ru> = {
  title: 'Сыртқы жүйелер',
  note: 'Ақау {minutes} минуттан ұзақ болса, азамат өтінішті ХҚКО арқылы береді (Алгоритмнің 12-тармағы).',
  names: {
    'egov-portal': 'eGov порталы',
    'mobile-apps': 'Мобильді қосымшалар',
    'mobile-database': 'Мобильді азаматтар базасы',
    biometrics: 'Биометриялық сәйкестендіру',
  },
  states: {
    unknown: 'дерек жоқ',
    up: 'жауап береді',
    failing: 'жауап бермейді',
    outage: 'ақау',
  },
  status: {
    unknown: 'Сыртқы жүйелер туралы әзірге дерек жоқ',
    up: 'Сыртқы жүйелер жауап береді',
    failing: 'Жауап бермейді: {names}',
    outage: 'Ақау: {names}',
  },
  doubts: {
    disputed: 'екінші тарап жауап алып тұр: себебі желіде, ақау деп саналмайды',
    'cut-off': 'осы жерден ештеңе жауап бермейді: желі жоқ сияқты, ақау деп саналмайды',
    'one-probe': 'әзірге бір рет',
  },
  sinceFor: '{when} бастап, {amount}',
  say: 'Қазір жұмыс істемейді: {names}. Техникалық ақау {minutes} минуттан астам уақытқа созылды. Мұндай жағдайда өтініш ХҚКО арқылы беріледі (Алгоритмнің 12-тармағы).',
  sayTitle: 'Азаматқа не айту керек',
  slip: 'Ақау туралы анықтама',
  slipOf: 'Анықтама: {name}',
  fold: 'Жинау',
  unfold: 'Не айту керегін көрсету',
  columns: {
    service: 'Жүйе',
    state: 'Күйі',
    own: 'Жұмыс орнынан',
    node: 'Орталық тораптан',
  },
  notOurs: 'осы жерден тексерілмейді',
  noProbes: 'тексеру болған жоқ',
  strip: 'Тексеру: {all}, жауапсыз: {failed}',
  probe: '{time}: {word}, {ms} мс',
  causes: {
    timeout: '5 секундта жауап болмады',
    unreachable: 'байланыс орнамады',
    untrusted: 'сертификатқа сенуге болмайды',
    status: 'қате туралы жауап',
    malformed: 'жауап үзіліп қалды',
  },
  outages: 'Ақаулар',
  noOutages: 'Ақау жазылмаған',
  outageColumns: {
    since: 'Басталуы',
    until: 'Жауапсыз соңғы тексеру',
    ended: 'Немен аяқталды',
    by: 'Кім анықтады',
  },
  ended: {
    answered: '{when} бастап қайта жауап береді',
    unwatched: 'әрі қарай бақыланбады',
    goesOn: 'жалғасуда',
  },
  watchers: { own: 'жұмыс орны', node: 'торап', both: 'жұмыс орны және торап' },
  proof: 'Дәлелі',
  proofText:
    'Тексерулер, жазылған қалпында. Олардың SHA-256 хэші журнал мен анықтамада көрсетілген:',
};
