// Keeps the fault switches that are on, and says which of them strike a request.
import { randomUUID } from 'node:crypto';
import type { Fault, OperationName, StopOrder } from './fault-schema.ts';

type Kind = Fault['kind'];
type Of<K extends Kind> = Extract<Fault, { kind: K }>;

export interface Struck {
  /** The first switch of this kind that struck the request. */
  find<K extends Kind>(kind: K): Of<K> | undefined;
}

export interface Faults {
  add(fault: Fault): string;
  remove(id: string): boolean;
  clear(): void;
  stop(order: StopOrder): void;
  resume(): void;
  /** How the whole node is stopped just now, or null. */
  stopped(): StopOrder['how'] | null;
  /** Takes (and counts down) the switches for one request. */
  strike(operation: OperationName, stationId: string | undefined, sha256?: string): Struck;
}

export function createFaults(): Faults {
  const on = new Map<string, { fault: Fault; left: number }>();
  let stop: { how: StopOrder['how']; until: number } | null = null;
  return {
    add(fault) {
      const id = randomUUID();
      on.set(id, { fault, left: fault.times ?? Infinity });
      return id;
    },
    remove: (id) => on.delete(id),
    clear() {
      on.clear();
      stop = null;
    },
    stop({ ms, how }) {
      stop = { how, until: performance.now() + ms };
    },
    resume() {
      stop = null;
    },
    stopped: () => (stop !== null && performance.now() < stop.until ? stop.how : null),
    strike(operation, stationId, sha256) {
      const struck: Fault[] = [];
      for (const [id, entry] of on) {
        if (!strikes(entry.fault, operation, stationId, sha256)) continue;
        struck.push(entry.fault);
        entry.left -= 1;
        if (entry.left <= 0) on.delete(id);
      }
      return {
        find: <K extends Kind>(kind: K) =>
          struck.find((fault): fault is Of<K> => fault.kind === kind),
      };
    },
  };
}

function strikes(
  fault: Fault,
  operation: OperationName,
  stationId: string | undefined,
  sha256: string | undefined,
): boolean {
  const named = fault.operation === undefined ? null : [fault.operation].flat();
  if (named !== null && !named.includes(operation)) return false;
  if (fault.stationId !== undefined && fault.stationId !== stationId) return false;
  if (fault.kind !== 'blob') return true;
  return operation === 'blob' && (fault.sha256 === undefined || fault.sha256 === sha256);
}
