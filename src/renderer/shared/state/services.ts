// How the outside services stand as the core last told it; read by the top line, the banner and the table.
import { create } from 'zustand';
import type { ServiceDto } from '../../../shared/contract/services.ts';
import { call, onPush, type ReplyOf } from '../bridge.ts';

export const useServices = create<ReplyOf<'services.read'>>(() => ({
  thresholdMinutes: 0,
  services: [],
}));

async function read(): Promise<void> {
  const answer = await call('services.read', {});
  if (answer.ok) useServices.setState(answer.value);
}

/** First read and the subscription, for as long as an officer is at the open desk. */
export function startServices(): () => void {
  void read();
  return onPush(({ topic }) => {
    if (topic === 'services') void read();
  });
}

/** Services in an outage on record that goes on, each with the outage its slip tells of. */
export const inOutage = (
  services: readonly ServiceDto[],
): (ServiceDto & { readonly outageId: string; readonly since: string })[] =>
  services.flatMap((each) =>
    each.state === 'outage' && each.outageId !== null && each.since !== null
      ? [{ ...each, outageId: each.outageId, since: each.since }]
      : [],
  );

/** The minutes of cl. 12 as they are written: a comma, no needless zeros. */
export const minutesText = (minutes: number): string => String(minutes).replace('.', ',');
