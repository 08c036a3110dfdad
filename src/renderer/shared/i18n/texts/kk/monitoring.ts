// Kazakh texts of the head's monitoring (cl. 4.2).
import type { Texts } from '../../text-types.ts';
import type { monitoring as ru } from '../ru/monitoring.ts';

export const monitoring: Texts<typeof ru> = {
  title: 'Мерзімдерді бақылау',
  asOf: '{when} жағдайы',
  refresh: 'Жаңарту',
  open: 'Ашық',
  overdue: 'Мерзімі өткен',
  alarm: 'Мерзімі таяған',
  dueToday: 'Бүгін шешу керек',
  held: 'Жұмыста',
  approved: 'Бүгін мақұлданды',
  annulled: 'Бүгін күші жойылды',
  byAge: 'Ашық өтінімдер жасы, жұмыс күні',
  older: '{n} және одан көп',
  byHolder: 'Кімде жұмыста',
  officer: 'Қызметкер',
  count: 'Өтінім',
  oldest: 'Ең ескісі',
  byReason: 'Күшін жою себептері',
  byDay: 'Күндер бойынша',
  filed: 'берілді',
  approvedShort: 'мақұлданды',
  annulledShort: 'күші жойылды',
  day: 'Күні',
  empty: 'әзірге жоқ',
};
