// Russian words of every refusal of the node, for the page of the node's makers.
import type { NodeRefusal } from '../../src/shared/central/messages.ts';

interface RefusalWords {
  /** When the node answers it. */
  readonly when: string;
  /** Names of `params` the workstation shows or that help to look. */
  readonly params: readonly string[];
  /** What the workstation does then. */
  readonly then: string;
}

export const REFUSAL_WORDS: Readonly<Record<NodeRefusal, RefusalWords>> = {
  unauthenticated: {
    when: 'сеанса нет, он кончился или открыт другим рабочим местом',
    params: [],
    then: 'просит войти снова; акты ждут, отказом это не считается',
  },
  forbidden: {
    when: 'роль этого не позволяет',
    params: ['role'],
    then: 'говорит об этом; акт считается отвергнутым',
  },
  'challenge-unknown': {
    when: 'одноразового значения нет или оно уже использовано (вход)',
    params: [],
    then: 'берёт новое при следующем входе',
  },
  'challenge-expired': {
    when: 'срок одноразового значения вышел',
    params: [],
    then: 'акт отвергнут: заявку берут и подписывают заново',
  },
  'certificate-refused': {
    when: 'цепочка, назначение, роль, срок, отзыв, ИИН или БИН сертификата',
    params: ['reason', 'detail'],
    then: 'акт отвергнут, показана причина',
  },
  'signature-invalid': {
    when: 'подпись не сходится с байтами или не того профиля',
    params: ['reason', 'detail'],
    then: 'акт отвергнут, показана причина',
  },
  'officer-unknown': {
    when: 'сотрудника с этим ИИН нет в списке узла',
    params: [],
    then: 'входа нет',
  },
  'not-found': {
    when: 'нет такой заявки, талона, снимка, партии, файла',
    params: ['ticket'],
    then: 'говорит об этом; акт отвергнут',
  },
  'out-of-scope': {
    when: 'чужой регион или пункт',
    params: ['ticket'],
    then: 'говорит об этом; акт отвергнут',
  },
  'claimed-by-other': {
    when: 'заявку или карту держит другой',
    params: ['department', 'departmentKz', 'officerName', 'until'],
    then: 'показывает, кто держит и до какого времени',
  },
  'lease-missing': {
    when: 'своего права нет: не брали, отдали или решение уже принято',
    params: [],
    then: 'при продлении заявка отпускается здесь; акт отвергнут',
  },
  'lease-expired': {
    when: 'право кончилось, и заявку успел взять другой; выдача подписана после срока',
    params: [],
    then: 'при продлении заявка отпускается здесь; акт отвергнут',
  },
  'lease-unsettled': {
    when: 'срок закрепления карты вышел, а её окно ещё не сообщило, выдана ли она',
    params: ['stationId', 'officerName', 'until'],
    then: 'карту здесь не открывает; ждёт то окно или руководителя',
  },
  'stage-mismatch': {
    when: 'заявка уже решена, ушла дальше или ещё не дошла; карта повреждена',
    params: ['stage', 'condition', 'ticket'],
    then: 'акт отвергнут; новое приходит лентой',
  },
  'revision-mismatch': {
    when: 'подписана не та редакция дела',
    params: ['revision'],
    then: 'акт отвергнут; новая редакция приходит лентой',
  },
  'statement-mismatch': {
    when: 'поле подписанного не равно записи узла',
    params: ['field', 'ticket'],
    then: 'акт отвергнут, названо поле; конфигурация узла читается заново',
  },
  'statement-malformed': {
    when: 'не UTF-8 JSON, не схема или не каноническая форма',
    params: ['detail'],
    then: 'акт отвергнут',
  },
  'reason-unknown': {
    when: 'причины аннулирования нет в справочнике',
    params: ['reason'],
    then: 'акт отвергнут',
  },
  'not-approvable': {
    when: 'одобрение с открытой проверкой, правилом, замечанием или вопросом',
    params: ['check', 'rule', 'measure', 'question'],
    then: 'акт отвергнут',
  },
  'already-accepted': {
    when: 'партию уже принял другой акт',
    params: ['officerName', 'at'],
    then: 'акт отвергнут, показано, кто принял',
  },
  'idempotency-mismatch': {
    when: 'этот номер уже пришёл с другими байтами',
    params: [],
    then: 'акт отвергнут',
  },
  'too-large': {
    when: 'запрос, подписанное или CMS больше предела',
    params: ['field'],
    then: 'акт отвергнут',
  },
  'malformed-request': {
    when: 'запрос не того вида, нет заголовка рабочего места',
    params: ['detail'],
    then: 'акт отвергнут',
  },
  unavailable: {
    when: 'обслуживание, перегрузка, база недоступна; отзыв сертификата не у кого спросить',
    params: ['reason'],
    then: 'считает, что связи нет: акт ждёт и уходит позже под тем же номером',
  },
};
