// One round of the watch over outside services (cl. 12): ask, keep, judge; an outage goes into the journal with its proof.
import {
  MOST_PROBES,
  type OutsideServices,
  type ServiceCode,
  type ServiceProbe,
  type ServicesReply,
} from '../../shared/central/services.ts';
import { canonicalText } from '../../shared/central/statement.ts';
import {
  failingRun,
  isCutOff,
  judge,
  nextOfOutage,
  seenFrom,
  watchRule,
  type Judged,
  type Seen,
  type WatchRule,
} from '../domain/outage-watch.ts';
import type { Outage } from '../ports/outage-store.ts';
import { journal, nowText, type Desk, type OpenDesk } from './desk.ts';

/** A service as this station and the node see it now, and its outage on record. */
export interface Watched {
  readonly code: ServiceCode;
  readonly address: string | null;
  readonly own: Seen;
  readonly node: Seen;
  readonly judged: Judged;
  readonly cutOff: boolean;
  readonly open: Outage | null;
}

/** How every service stands by the probes kept. */
export function watchedServices(desk: OpenDesk): Watched[] {
  const { store, config } = desk.session;
  const { outages } = store;
  const rule = watchRule(config.outsideServices);
  const now = desk.deps.clock.now().getTime();
  const nodeNow = now + (desk.deps.node.clockDriftMs() ?? 0);
  const seen = config.outsideServices.services.map(({ code, address }) => ({
    code,
    address,
    own:
      address === null
        ? ({ state: 'silent' } as const)
        : seenFrom(outages.probes(code, 'own'), now, rule),
    node: seenFrom(outages.probes(code, 'node'), nodeNow, rule),
    open: outages.open(code),
  }));
  const cutOff = isCutOff(
    desk.line.state !== 'online',
    seen.map(({ own }) => own),
  );
  return seen.map((one) => ({ ...one, cutOff, judged: judge(one.own, one.node, cutOff, rule) }));
}

/**
 * Asks every service with an address, and the node for what it found, at once; nothing is thrown away
 * when one of them is silent. Ends within the limit of a probe. A session that ended meanwhile keeps nothing.
 */
export async function watchServices(desk: OpenDesk): Promise<void> {
  const { session } = desk;
  const { node } = desk.deps;
  const [own, told] = await Promise.all([
    probeOwn(desk, session.config.outsideServices),
    node.hasSession() ? node.services() : null,
  ]);
  if (desk.session !== session) return;
  session.store.transaction(() => {
    const { outages } = session.store;
    for (const { code, probe } of own) outages.keepProbes(code, 'own', [probe], MOST_PROBES);
    if (told?.ok === true) keepTold(desk, told.value);
    recordOutages(desk);
  });
}

/** Outages that the probes kept prove by now, or that are over. */
function recordOutages(desk: OpenDesk): void {
  const rule = watchRule(desk.session.config.outsideServices);
  for (const one of watchedServices(desk)) {
    if (one.open !== null && record(desk, one, one.open, rule)) continue;
    if (one.judged.state === 'outage') begin(desk, one, rule);
  }
}

/** Asks every service with an address at once; a failure is an answer too. */
export const probeOwn = (
  desk: Desk,
  { services }: OutsideServices,
): Promise<{ code: ServiceCode; probe: ServiceProbe }[]> =>
  Promise.all(
    services.flatMap(({ code, address }) => {
      if (address === null) return [];
      const at = nowText(desk);
      return [
        desk.deps.prober.probe(address).then((answer) => ({ code, probe: { at, ...answer } })),
      ];
    }),
  );

function keepTold(desk: OpenDesk, { services }: ServicesReply): void {
  for (const { code, probes } of services)
    desk.session.store.outages.keepProbes(code, 'node', probes, MOST_PROBES);
}

/**
 * Probes made while the cache was closed, in their order: an answer ends the outage on record at its own time.
 * What goes on failing is judged as it stands now. Call inside a transaction.
 */
export function takeProbes(
  desk: OpenDesk,
  told: readonly { readonly code: ServiceCode; readonly probe: ServiceProbe }[],
): void {
  const { outages } = desk.session.store;
  for (const { code, probe } of told) {
    outages.keepProbes(code, 'own', [probe], MOST_PROBES);
    const open = probe.ok ? outages.open(code) : null;
    if (open !== null) end(desk, code, open, 'answered', probe.at);
  }
  recordOutages(desk);
}

/** What became of the outage on record; false when it ended and another may begin. */
function record(desk: OpenDesk, one: Watched, open: Outage, rule: WatchRule): boolean {
  const { outages } = desk.session.store;
  const next = nextOfOutage(open, one.own, one.node, one.cutOff, rule);
  if (next.step === 'waits') return true;
  if (next.step === 'goes-on') {
    outages.goOn(open.id, next.until);
    return true;
  }
  end(desk, one.code, open, next.how, next.at);
  return false;
}

function end(
  desk: OpenDesk,
  service: ServiceCode,
  { id, since, sha256 }: Outage,
  ended: 'answered' | 'unwatched',
  until: string,
): void {
  desk.session.store.outages.end(id, ended, until);
  journal(desk, 'outage-ended', null, { service, since, until, ended, sha256 });
}

function begin(desk: OpenDesk, one: Watched, rule: WatchRule): void {
  const { by, since } = one.judged;
  if (by === null || since === null) throw new Error('an outage nobody saw');
  const { outages } = desk.session.store;
  const reachedAt = nowText(desk);
  const run = (source: 'own' | 'node', seen: Seen): ServiceProbe[] =>
    seen.state === 'failing' ? failingRun(outages.probes(one.code, source), rule) : [];
  const own = run('own', one.own);
  const node = run('node', one.node);
  const { thresholdMinutes, probeSeconds } = desk.session.config.outsideServices;
  const proof = canonicalText({
    kualik: 'outage-proof',
    service: one.code,
    since,
    reachedAt,
    thresholdMinutes,
    probeSeconds,
    stationId: desk.deps.station.stationId,
    own,
    node,
  });
  const sha256 = desk.deps.clock.sha256(new TextEncoder().encode(proof));
  const until =
    [own, node]
      .flatMap((each) => each.at(-1)?.at ?? [])
      .sort()
      .at(-1) ?? since;
  const ended = { endedAt: null, ended: null };
  const id = desk.deps.clock.uuid();
  outages.begin({ id, service: one.code, since, reachedAt, until, ...ended, by, proof, sha256 });
  journal(desk, 'outage', null, { service: one.code, since, source: by, sha256 });
}
