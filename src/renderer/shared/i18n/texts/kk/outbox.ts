// Kazakh texts of the outbox.
import type { Texts } from '../../text-types.ts';
import type { outbox as ru } from '../ru/outbox.ts';

export const outbox: Texts<typeof ru> = {
  title: 'Шығыс',
  note: 'Қол қойылған әр шешім – орталық тораптың жауабына дейін',
  needsYou: 'Сізді күтеді',
  onItsWay: 'Жолда',
  acceptedToday: 'Бүгін қабылданды',
  acceptedMore: '{total} ішінен соңғы {shown} көрсетілген',
  since: '{when} бастап',
  attempts: { one: '{n} әрекет', few: '{n} әрекет', many: '{n} әрекет', other: '{n} әрекет' },
  lastAnswer: 'Жауап {when}',
  noAnswer: 'Жауап әлі болған жоқ',
  noAnswerYet: 'Әлі жіберілген жоқ',
  field: 'өрісі: {field}',
  nextTry: 'келесі әрекет {when}',
  nextTryWhenOnline: 'байланыс қалпына келгенде жіберіледі',
  stuck: 'Көптен бері жіберілмей тұр',
  stuckText: 'Шешімге қол қойылған, бүтін. Байланысты тексеріңіз немесе қазір жіберіңіз.',
  notSigned: 'Қол қою үзілді',
  notSignedText: 'Қолтаңба да, шешім де жоқ. Өтінімді тексеруге қайтарып, қайта қол қойыңыз.',
  acceptedAt: '{when} қабылданды',
  stamped: 'қол қойылған уақытты {tsa} растады: {when}',
  proved: {
    ocsp: 'сертификат жарамды болған (OCSP)',
    crl: 'сертификат жарамды болған (қайтарылғандар тізімі)',
  },
  notStamped: 'уақыт белгісі әлі алынған жоқ',
  sha: 'Қол қойылған байттардың SHA-256',
  actions: {
    'send-now': 'Қазір жіберу',
    'take-back': 'Кері қайтару',
    'back-to-review': 'Тексеруге қайтару',
    export: 'Тексеруге шығару',
  },
  sendAll: 'Барлығын қазір жіберу',
  open: 'Өтінімді ашу',
  emptyNeedsYou: 'Шешіміңізді күткен ештеңе жоқ',
  emptyOnItsWay: 'Барлығы жіберілді',
  emptyAccepted: 'Бүгін әлі ештеңе қабылданған жоқ',
  done: {
    'taken-back': 'Кері қайтарылды: {ticket} қайта тексеруде',
    backed: '{ticket} қайта тексеруде',
    exported: '{ticket} бойынша акт тексеруге шығарылды: {path}',
  },
  offline: 'Байланыс жоқ: шешімдерге қол қойылған, күтіп тұр. Өздігінен жіберіледі.',
};
