// Where a card lies at the point: seen here at once, reported to the node under its own key.
import type { z } from 'zod';
import { placementRequest } from '../../shared/central/custody.ts';
import { canonicalBytes } from '../../shared/central/statement.ts';
import type { RequestOf, ResultOf } from '../../shared/contract/channels.ts';
import { no, ok } from '../../shared/kernel/result.ts';
import type { StoredCase } from '../ports/case-store.ts';
import type { OutboxItem } from '../ports/outbox-store.ts';
import { saveCase } from './case-record.ts';
import { atCounter } from './custody-desk.ts';
import { journal, type OpenDesk } from './desk.ts';
import { saidAt } from './lease-clock.ts';
import { addReport } from './outbox-entry.ts';

/** Custody does not change, so nothing is signed. */
export function placeCard(
  desk: OpenDesk,
  { applicationId, place }: RequestOf<'stock.place'>,
): ResultOf<'stock.place'> {
  const { store } = desk.session;
  if (!atCounter(desk)) return no('not-allowed');
  const placed = store.transaction((): ResultOf<'stock.place'> => {
    const stored = store.cases.find(applicationId);
    if (stored === null) return no('not-in-cache');
    const { stage } = stored.state;
    const { card } = stored.head;
    if (card === null || (stage !== 'at-point' && stage !== 'at-counter')) return no('wrong-stage');
    const placementId = desk.deps.clock.uuid();
    const report: z.infer<typeof placementRequest> = {
      placementId,
      applicationId,
      place: place.trim(),
      stationId: desk.deps.station.stationId,
      at: saidAt(desk),
    };
    const body = canonicalBytes(report);
    addReport(desk, { id: placementId, applicationId, kind: 'placement', body }, true);
    store.custody.keepPlaceBefore(placementId, card.place);
    saveCase(desk, withPlace(stored, report.place));
    journal(desk, 'card-placed', stored.dossier.ticket);
    return ok({});
  });
  if (!placed.ok) return placed;
  desk.deps.push({ topic: 'cases', ids: [applicationId] });
  desk.deps.push({ topic: 'stock' });
  desk.deps.push({ topic: 'outbox' });
  desk.wake();
  return placed;
}

const withPlace = (stored: StoredCase, place: string | null): StoredCase =>
  stored.head.card === null
    ? stored
    : { ...stored, head: { ...stored.head, card: { ...stored.head.card, place } } };

/** The report in an outbox row of a placement. */
export const placementOf = ({ body }: Pick<OutboxItem, 'body'>) =>
  placementRequest.parse(JSON.parse(new TextDecoder().decode(body)));

/** Taken back or refused: the place before, unless it was told anew meanwhile. Call inside a transaction. */
export function putBack(desk: OpenDesk, item: OutboxItem): void {
  const { cases, custody } = desk.session.store;
  const stored = cases.find(item.applicationId);
  if (stored === null || stored.head.card?.place !== placementOf(item).place) return;
  saveCase(desk, withPlace(stored, custody.placeBefore(item.id)));
}
