// What an annulment means for the citizen: the text in both languages and the refund of the duty.
import type { Dossier } from '../../shared/central/application.ts';
import type { AnnulmentReason } from '../../shared/central/messages.ts';
import type { ChosenReason } from './statement.ts';

/**
 * cl. 11: annulled for photo or signature, a paid duty is refunded under the Tax Code.
 * The workstation returns no money; it states that the paid act was not performed.
 */
export const refundDue = (
  fee: Dossier['fee'],
  chosen: readonly ChosenReason[],
  dictionary: readonly AnnulmentReason[],
): boolean =>
  fee.kind === 'paid' &&
  chosen.some(({ code }) => {
    const group = dictionary.find((reason) => reason.code === code)?.group;
    return group === 'photo' || group === 'signature';
  });

const CLOSING = {
  again: {
    ru: 'Вы можете подать новую заявку на портале eGov или в мобильном приложении.',
    kz: 'Сіз eGov порталында немесе мобильді қосымшада жаңа өтінім бере аласыз.',
  },
  centre: {
    ru: 'Для оформления обратитесь в Центр обслуживания населения (ЦОН).',
    kz: 'Рәсімдеу үшін Халыққа қызмет көрсету орталығына (ХҚКО) жүгініңіз.',
  },
  refund: {
    ru: 'Уплаченная государственная пошлина возвращается в порядке, установленном Налоговым кодексом; при новой заявке пошлина уплачивается повторно.',
    kz: 'Төленген мемлекеттік баж Салық кодексінде белгіленген тәртіппен қайтарылады; жаңа өтінім кезінде баж қайта төленеді.',
  },
} as const;

/** The citizen's text: what was wrong (from the node's dictionary), what to do, what about the duty. */
export function citizenText(
  chosen: readonly ChosenReason[],
  dictionary: readonly AnnulmentReason[],
  refund: boolean,
): { ru: string; kz: string } {
  const reasons = chosen.flatMap(({ code, comment }) => {
    const reason = dictionary.find((one) => one.code === code);
    return reason === undefined ? [] : [{ reason, comment }];
  });
  // One reason that needs the centre outweighs: a new online application would be annulled again.
  const closing = reasons.every(({ reason }) => reason.filingAgain)
    ? CLOSING.again
    : CLOSING.centre;
  const lines = (language: 'ru' | 'kz') => [
    ...reasons.map(({ reason, comment }) => {
      const words = language === 'ru' ? reason.citizenRu : reason.citizenKz;
      return comment ? `${words} (${comment})` : words;
    }),
    closing[language],
    ...(refund ? [CLOSING.refund[language]] : []),
  ];
  return { ru: lines('ru').join('\n'), kz: lines('kz').join('\n') };
}
