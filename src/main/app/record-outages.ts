// What probes make of outages on record (cl. 12): begun with its proof, gone on, ended, each once in the journal.
import { type ServiceCode, type ServiceProbe } from '../../shared/central/services.ts';
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
import { journal, type OpenDesk } from './desk.ts';

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

/** When probes are judged: by the clocks and the line of that moment. */
interface Moment {
  /** Our clock, ms. */
  readonly nowMs: number;
  /** The node's clock minus ours, ms. */
  readonly driftMs: number;
  readonly lineDead: boolean;
}

const present = ({ deps, line }: OpenDesk): Moment => ({
  nowMs: deps.clock.now().getTime(),
  driftMs: deps.node.clockDriftMs() ?? 0,
  lineDead: line.state !== 'online',
});

/** How every service stands by the probes kept; at another moment only those of before it may be kept yet. */
export function watchedServices(desk: OpenDesk, at: Moment = present(desk)): Watched[] {
  const { store, config } = desk.session;
  const { outages } = store;
  const rule = watchRule(config.outsideServices);
  const seen = config.outsideServices.services.map(({ code, address }) => ({
    code,
    address,
    own:
      address === null
        ? ({ state: 'silent' } as const)
        : seenFrom(outages.probes(code, 'own'), at.nowMs, rule),
    node: seenFrom(outages.probes(code, 'node'), at.nowMs + at.driftMs, rule),
    open: outages.open(code),
  }));
  const cutOff = isCutOff(
    at.lineDead,
    seen.map(({ own }) => own),
  );
  return seen.map((one) => ({ ...one, cutOff, judged: judge(one.own, one.node, cutOff, rule) }));
}

/** Outages that the probes kept prove by then, or that are over. Call inside a transaction. */
export function recordOutages(desk: OpenDesk, at: Moment = present(desk)): void {
  const rule = watchRule(desk.session.config.outsideServices);
  for (const one of watchedServices(desk, at)) {
    if (one.open !== null && record(desk, one, one.open, rule)) continue;
    if (one.judged.state === 'outage') begin(desk, one, rule, at);
  }
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

function begin(desk: OpenDesk, one: Watched, rule: WatchRule, at: Moment): void {
  const { by, since } = one.judged;
  if (by === null || since === null) throw new Error('an outage nobody saw');
  const { outages } = desk.session.store;
  const reachedAt = new Date(at.nowMs).toISOString();
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
