// The node's watch over the outside services (cl. 12): probes on a beat, the newest kept, outages in the node's journal.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import {
  MOST_PROBES,
  PROBE_LIMIT_MS,
  type ServiceCode,
  type ServiceProbe,
  type ServicesReply,
} from '../../src/shared/central/services.ts';
import { record, type NodeContext } from './context.ts';
import { createProber } from './outside-probe.ts';
import type { OutsideWorld } from './outside-world.ts';

export interface OutsideWatch {
  read(): ServicesReply;
  /** Ends the beat; an open question is dropped. */
  close(): Promise<void>;
}

type Place = Pick<NodeContext, 'database' | 'config' | 'now'>;

/**
 * Begins to ask at once. Probes live in memory, each service's newest `MOST_PROBES`: after a restart the time starts anew, as
 * after any gap. An outage stands in the journal with the probes that prove it, once.
 */
export async function openOutsideWatch(
  world: OutsideWorld,
  place: Place,
  log: Logger,
): Promise<OutsideWatch> {
  const { config, database, now } = place;
  const { services, thresholdMinutes, probeSeconds } = config.outsideServices;
  const prober = createProber(world.caPem);
  const kept = new Map<ServiceCode, readonly ServiceProbe[]>(services.map((one) => [one.code, []]));
  const open = await openOutages(place);

  /** The failures at the end of what is kept, with no gap between them. */
  const runOf = (probes: readonly ServiceProbe[]): readonly ServiceProbe[] => {
    const gapMs = probeSeconds * 3_000 + PROBE_LIMIT_MS;
    const start = probes.findLastIndex(
      ({ ok, at }, i) => ok || Date.parse(at) - Date.parse(probes[i - 1]?.at ?? at) > gapMs,
    );
    const first = probes[start];
    return first?.ok === true ? probes.slice(start + 1) : probes.slice(Math.max(0, start));
  };

  const judge = async (service: ServiceCode, probes: readonly ServiceProbe[]): Promise<void> => {
    const run = runOf(probes);
    const [first] = run;
    const last = run.at(-1);
    if (open.has(service) && last === undefined) {
      open.delete(service);
      await record(database, now(), { event: 'service-answers', detail: { service } });
    }
    if (open.has(service) || first === undefined || last === undefined) return;
    if (Date.parse(last.at) - Date.parse(first.at) <= thresholdMinutes * 60_000) return;
    open.add(service);
    const detail = { service, since: first.at, probes: run };
    await record(database, now(), { event: 'service-outage', detail });
  };

  const stopped = new AbortController();
  const watch = async (code: ServiceCode): Promise<void> => {
    while (!stopped.signal.aborted) {
      const began = performance.now();
      const probe = await prober.probe(world.address(code), now);
      if (stopped.signal.aborted) return;
      const probes = [...(kept.get(code) ?? []), probe].slice(-MOST_PROBES);
      kept.set(code, probes);
      await judge(code, probes).catch((error: unknown) =>
        log.error({ error: String(error) }, 'outage not recorded'),
      );
      const left = Math.max(0, probeSeconds * 1_000 - (performance.now() - began));
      await sleep(left, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
    }
  };
  const watching = Promise.all(services.map(({ code }) => watch(code)));

  return {
    read: () => ({ services: [...kept].map(([code, probes]) => ({ code, probes: [...probes] })) }),
    async close() {
      stopped.abort();
      await prober.close();
      await watching;
    },
  };
}

/** Outages on record that no answer ended: they are not written again after a restart. */
async function openOutages({ database }: Place): Promise<Set<ServiceCode>> {
  const rows = await database.query<{ event: string; detail: { service: ServiceCode } }>(
    "select event, detail from journal where event in ('service-outage', 'service-answers') order by no",
  );
  const open = new Set<ServiceCode>();
  for (const { event, detail } of rows)
    if (event === 'service-outage') open.add(detail.service);
    else open.delete(detail.service);
  return open;
}
