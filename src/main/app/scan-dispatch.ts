// A parcel is scanned in: each scan is kept at once, so that a crash loses none.
import type { RequestOf, ResultOf } from '../../shared/contract/channels.ts';
import { no, ok } from '../../shared/kernel/result.ts';
import type { OpenDesk } from './desk.ts';

export const readDispatches = (_desk: OpenDesk): ResultOf<'stock.dispatches'> => ok({ rows: [] });

export const readDispatch = (
  _desk: OpenDesk,
  _request: RequestOf<'stock.dispatch'>,
): ResultOf<'stock.dispatch'> => no('dispatch-unknown');
