// What the screens are told of outside services: states, probes, outages on record and their proofs.
import type { RefusalOf, ReplyOf } from '../../shared/contract/channels.ts';
import type { OutageDto, ServiceDto } from '../../shared/contract/services.ts';
import { no, ok, type Result } from '../../shared/kernel/result.ts';
import { nextOfOutage, watchRule, type WatchRule } from '../domain/outage-watch.ts';
import type { Outage } from '../ports/outage-store.ts';
import type { OpenDesk } from './desk.ts';
import { watchedServices, type Watched } from './record-outages.ts';

const MOST_OUTAGES = 50;

export function readServices(desk: OpenDesk): ReplyOf<'services.read'> {
  const { outsideServices } = desk.session.config;
  const rule = watchRule(outsideServices);
  return {
    thresholdMinutes: outsideServices.thresholdMinutes,
    services: watchedServices(desk).map((one) => serviceDto(one, rule)),
  };
}

/** An outage on record is shown while probes still prove it, from its own beginning. */
function serviceDto(
  { code, own, node, cutOff, judged, open }: Watched,
  rule: WatchRule,
): ServiceDto {
  const goesOn = open !== null && nextOfOutage(open, own, node, cutOff, rule).step === 'goes-on';
  if (!goesOn) return { code, ...judged, outageId: null };
  const { since, id: outageId } = open;
  return { code, state: 'outage', since, by: judged.by ?? open.by, doubt: null, outageId };
}

const outageDto = ({ proof: _proof, ...outage }: Outage): OutageDto => outage;

export function readServiceHistory(desk: OpenDesk): ReplyOf<'services.history'> {
  const { outages } = desk.session.store;
  return {
    probes: desk.session.config.outsideServices.services.map(({ code, address }) => ({
      code,
      own: address === null ? null : outages.probes(code, 'own'),
      node: outages.probes(code, 'node'),
    })),
    outages: outages.newest(MOST_OUTAGES).map(outageDto),
  };
}

export function readProof(
  desk: OpenDesk,
  outageId: string,
): Result<ReplyOf<'services.proof'>, RefusalOf<'services.proof'>> {
  const found = desk.session.store.outages.find(outageId);
  return found === null ? no('outage-unknown') : ok({ proof: found.proof, sha256: found.sha256 });
}
