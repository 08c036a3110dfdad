// One round of the watch over outside services (cl. 12): ask, keep, judge; rounds behind the lock are judged later.
import {
  MOST_PROBES,
  type OutsideServices,
  type ServiceCode,
  type ServiceProbe,
} from '../../shared/central/services.ts';
import { nowText, type Beat, type Desk, type OpenDesk, type ToldProbe } from './desk.ts';
import { recordOutages } from './record-outages.ts';

/**
 * Asks every service with an address, and the node for what it found, at once; nothing is thrown away
 * when one of them is silent. Ends within the limit of a probe. A session that ended meanwhile keeps nothing.
 */
export async function watchServices(desk: OpenDesk): Promise<void> {
  const { session } = desk;
  const beat = await askServices(desk, session.config.outsideServices);
  if (desk.session !== session) return;
  session.store.transaction(() => {
    keepBeat(desk, beat);
    recordOutages(desk);
  });
}

/** The answers of one beat; without a session at the node its probes are missing. */
export async function askServices(desk: Desk, services: OutsideServices): Promise<Beat> {
  const { node, clock } = desk.deps;
  const [own, told] = await Promise.all([
    probeOwn(desk, services),
    node.hasSession() ? node.services() : null,
  ]);
  return {
    nowMs: clock.now().getTime(),
    driftMs: node.clockDriftMs() ?? 0,
    lineDead: told === null ? desk.line.state !== 'online' : !told.ok,
    own,
    told:
      told?.ok === true
        ? told.value.services.flatMap(({ code, probes }) =>
            probes.map((probe) => ({ code, probe })),
          )
        : [],
  };
}

/** Every service with an address at once; a failure is an answer too. */
const probeOwn = (desk: Desk, { services }: OutsideServices): Promise<ToldProbe[]> =>
  Promise.all(
    services.flatMap(({ code, address }) => {
      if (address === null) return [];
      const at = nowText(desk);
      return [
        desk.deps.prober.probe(address).then((answer) => ({ code, probe: { at, ...answer } })),
      ];
    }),
  );

function keepBeat({ session: { store } }: OpenDesk, { own, told }: Beat): void {
  for (const { code, probe } of own) store.outages.keepProbes(code, 'own', [probe], MOST_PROBES);
  const ofNode = new Map<ServiceCode, ServiceProbe[]>();
  for (const { code, probe } of told) ofNode.set(code, [...(ofNode.get(code) ?? []), probe]);
  for (const [code, probes] of ofNode) store.outages.keepProbes(code, 'node', probes, MOST_PROBES);
}

/** All that was asked answered: of many such beats in a row only the first and the newest say something. */
export const isQuiet = ({ own, told }: Beat): boolean =>
  [...own, ...told].every(({ probe }) => probe.ok);

/**
 * Beats made while the cache was closed, in their order, each judged as of its own moment: an outage that
 * came and went behind the lock is on record as if nobody had locked. Call inside a transaction.
 */
export function takeBeats(desk: OpenDesk, beats: readonly Beat[]): void {
  const { config, store } = desk.session;
  const { services } = config.outsideServices;
  for (const beat of beats) {
    keepBeat(desk, beat);
    if (!isQuiet(beat) || services.some(({ code }) => store.outages.open(code) !== null))
      recordOutages(desk, beat);
  }
}
