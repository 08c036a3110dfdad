// The one dictionary of what a token may refuse: code → how grave, words in both languages, what to do.

/** Who can mend it. `officer`: now, at the desk; `token`: whoever looks after tokens; `program`: whoever looks after the station. */
export type TokenSeverity = 'officer' | 'token' | 'program';

interface Words {
  readonly title: string;
  readonly todo: string;
}
interface Entry {
  readonly severity: TokenSeverity;
  readonly kk: Words;
  readonly ru: Words;
}

const entry = (
  severity: TokenSeverity,
  [ruTitle, ruTodo]: readonly [string, string],
  [kkTitle, kkTodo]: readonly [string, string],
): Entry => ({
  severity,
  ru: { title: ruTitle, todo: ruTodo },
  kk: { title: kkTitle, todo: kkTodo },
});

/** Closed: ports, messages of the token process, channels and screens all take their codes from here. */
export const TOKEN_DICTIONARY = {
  /** params: tries = 'low' | 'final' | 'locked' */
  'pin-incorrect': entry(
    'officer',
    ['Неверный ПИН-код', 'Проверьте раскладку и Caps Lock. Оставшиеся попытки показаны точками.'],
    [
      'ПИН-код қате',
      'Пернетақта тілін және Caps Lock пернесін тексеріңіз. Қалған мүмкіндіктер нүктелермен көрсетілген.',
    ],
  ),
  'pin-locked': entry(
    'token',
    [
      'ПИН-код заблокирован',
      'Токен закрылся после неверных попыток. Разблокировать его может администратор токенов.',
    ],
    [
      'ПИН-код бұғатталған',
      'Токен қате енгізулерден кейін жабылды. Оны токендер әкімшісі аша алады.',
    ],
  ),
  /** params: min, max */
  'pin-length': entry(
    'officer',
    ['ПИН-код не той длины', 'Нужно от {min} до {max} знаков. Попытка не потрачена.'],
    ['ПИН-код ұзындығы сәйкес емес', '{min}–{max} таңба болуы керек. Мүмкіндік жұмсалған жоқ.'],
  ),
  'pin-expired': entry(
    'officer',
    ['Срок ПИН-кода истёк', 'Смените ПИН-код программой токена и войдите снова.'],
    ['ПИН-код мерзімі бітті', 'ПИН-кодты токен бағдарламасымен ауыстырып, қайта кіріңіз.'],
  ),
  'pin-not-initialized': entry(
    'token',
    ['ПИН-код на токене не задан', 'Обратитесь к администратору токенов.'],
    ['Токенде ПИН-код орнатылмаған', 'Токендер әкімшісіне жүгініңіз.'],
  ),
  'token-absent': entry(
    'officer',
    ['Токен не вставлен', 'Вставьте токен, с которым вошли.'],
    ['Токен салынбаған', 'Кірген токеніңізді салыңыз.'],
  ),
  'token-removed': entry(
    'officer',
    ['Токен вынули', 'Подпись не поставлена, ничего не отправлено. Вставьте токен и повторите.'],
    ['Токен суырылды', 'Қол қойылмады, ештеңе жіберілген жоқ. Токенді салып, қайталаңыз.'],
  ),
  'token-not-initialized': entry(
    'token',
    ['Токен не подготовлен', 'Обратитесь к администратору токенов.'],
    ['Токен дайындалмаған', 'Токендер әкімшісіне жүгініңіз.'],
  ),
  'token-failed': entry(
    'token',
    [
      'Токен ответил ошибкой',
      'Подпись не поставлена. Вставьте токен заново; если повторится, нужен администратор токенов.',
    ],
    [
      'Токен қатемен жауап берді',
      'Қол қойылмады. Токенді қайта салыңыз; қайталанса, токендер әкімшісіне жүгініңіз.',
    ],
  ),
  'key-absent': entry(
    'officer',
    ['Ключа нет на токене', 'Проверьте, тот ли токен вставлен.'],
    ['Токенде кілт жоқ', 'Дұрыс токен салынғанын тексеріңіз.'],
  ),
  'key-extractable': entry(
    'token',
    [
      'Ключ можно скопировать с токена',
      'Таким ключом подписывать нельзя. Получите ключ, созданный на токене.',
    ],
    [
      'Кілтті токеннен көшіріп алуға болады',
      'Мұндай кілтпен қол қоюға болмайды. Токеннің өзінде жасалған кілт алыңыз.',
    ],
  ),
  'key-mismatch': entry(
    'token',
    [
      'Ключ не подходит к сертификату',
      'Подпись не поставлена. Обратитесь к администратору токенов.',
    ],
    ['Кілт сертификатқа сәйкес емес', 'Қол қойылмады. Токендер әкімшісіне жүгініңіз.'],
  ),
  'certificate-changed': entry(
    'officer',
    ['Сертификат на токене сменился', 'Войдите снова с новым сертификатом.'],
    ['Токендегі сертификат ауысқан', 'Жаңа сертификатпен қайта кіріңіз.'],
  ),
  'mechanism-unsupported': entry(
    'token',
    [
      'Токен не умеет нужный способ подписи',
      'Обратитесь к администратору: нужен другой токен или модуль.',
    ],
    [
      'Токен қажетті қол қою тәсілін білмейді',
      'Әкімшіге жүгініңіз: басқа токен немесе модуль керек.',
    ],
  ),
  cancelled: entry(
    'officer',
    ['Действие отменено', 'Ничего не подписано.'],
    ['Әрекет тоқтатылды', 'Ештеңеге қол қойылған жоқ.'],
  ),
  'module-missing': entry(
    'program',
    ['Модуль токена не найден', 'Администратор: проверьте путь к модулю в файле настроек.'],
    ['Токен модулі табылмады', 'Әкімші: баптау файлындағы модуль жолын тексеріңіз.'],
  ),
  'module-failed': entry(
    'program',
    [
      'Модуль токена ответил ошибкой',
      'Подпись не поставлена. Вставьте токен заново; если повторится, сообщите администратору.',
    ],
    [
      'Токен модулі қатемен жауап берді',
      'Қол қойылмады. Токенді қайта салыңыз; қайталанса, әкімшіге айтыңыз.',
    ],
  ),
  timeout: entry(
    'program',
    [
      'Токен не ответил вовремя',
      'Подпись не поставлена. Модуль токена запускается заново: вставьте токен ещё раз.',
    ],
    [
      'Токен уақытында жауап бермеді',
      'Қол қойылмады. Токен модулі қайта іске қосылуда: токенді қайта салыңыз.',
    ],
  ),
  crashed: entry(
    'program',
    [
      'Модуль токена остановился',
      'Он уже запускается снова. Подпись не поставлена, данные целы. Повторите.',
    ],
    [
      'Токен модулі тоқтап қалды',
      'Ол қайта іске қосылуда. Қол қойылмады, деректер сақталған. Қайталаңыз.',
    ],
  ),
  'not-running': entry(
    'program',
    ['Служба токена запускается', 'Повторите через несколько секунд.'],
    ['Токен қызметі іске қосылуда', 'Бірнеше секундтан кейін қайталаңыз.'],
  ),
} as const satisfies Record<string, Entry>;

export type TokenRefusalCode = keyof typeof TOKEN_DICTIONARY;

export const TOKEN_REFUSALS = Object.keys(TOKEN_DICTIONARY) as readonly TokenRefusalCode[];

/** Said by the core's side alone: a token process cannot answer that it hangs or is gone. */
export const SAID_BY_CORE = ['timeout', 'crashed', 'not-running'] as const;

/** Titles and what to do, code by code, in one language. */
export const tokenWords = (language: 'kk' | 'ru'): Readonly<Record<TokenRefusalCode, Words>> =>
  Object.fromEntries(
    TOKEN_REFUSALS.map((code) => [code, TOKEN_DICTIONARY[code][language]]),
  ) as Record<TokenRefusalCode, Words>;
