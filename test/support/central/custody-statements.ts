// Right custody statements over a dispatch or over cards at the point, to be changed one field at a time.
import type {
  CardReturn,
  Dispatch,
  DispatchAcceptance,
} from '../../../src/shared/central/custody.ts';
import type { OfficerProfile } from '../../../src/shared/central/messages.ts';
import { newId } from './node-client.ts';

const common = (officer: OfficerProfile, stationId: string, point: string) => ({
  version: 1 as const,
  actId: newId(),
  registrationPoint: point,
  officerIin: officer.iin,
  departmentBin: officer.department.bin,
  stationId,
  at: new Date().toISOString(),
});

/** Everything arrived, in box A-1; `outcomes` by place on the list: missing, or damaged with a note. */
export const acceptance = (
  dispatch: Dispatch,
  officer: OfficerProfile,
  stationId: string,
  outcomes: Readonly<Partial<Record<number, 'missing' | 'damaged'>>> = {},
): DispatchAcceptance => ({
  type: 'kualik/dispatch-acceptance',
  ...common(officer, stationId, dispatch.registrationPoint),
  dispatchId: dispatch.dispatchId,
  contentsSha256: dispatch.contentsSha256,
  cards: dispatch.cards.map(({ applicationId, cardNumber }, i) => {
    const outcome = outcomes[i] ?? 'arrived';
    return {
      applicationId,
      cardNumber,
      outcome,
      place: outcome === 'arrived' ? 'A-1' : null,
      note: outcome === 'damaged' ? 'скол угла' : null,
    };
  }),
  extra: [],
});

/** Cards of a point go back; spoilt and wrong ones with a note and an order to make them anew. */
export const cardReturn = (
  cards: readonly {
    readonly applicationId: string;
    readonly ticket: string;
    readonly cardNumber: string;
    readonly reason: CardReturn['cards'][number]['reason'];
  }[],
  officer: OfficerProfile,
  stationId: string,
): CardReturn => ({
  type: 'kualik/card-return',
  ...common(officer, stationId, officer.registrationPoint?.code ?? ''),
  cards: cards.map((card) => ({
    ...card,
    remake: card.reason !== 'uncollected',
    note: card.reason === 'uncollected' ? null : 'не читается зона',
  })),
});
