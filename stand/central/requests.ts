// Counts what was asked of the node: operations, bytes, refusals; for tests, benches and the tour.
import type { OperationName } from './fault-schema.ts';

export interface RequestCount {
  count: number;
  bytes: number;
  refusals: Record<string, number>;
}
export type RequestCounts = Partial<Record<OperationName, RequestCount>>;

export interface RequestLog {
  note(operation: OperationName, bytes: number, refusal: string | null): void;
  counts(): RequestCounts;
  reset(): void;
}

export function createRequestLog(): RequestLog {
  let counts: RequestCounts = {};
  return {
    note(operation, bytes, refusal) {
      const entry = (counts[operation] ??= { count: 0, bytes: 0, refusals: {} });
      entry.count += 1;
      entry.bytes += bytes;
      if (refusal !== null) entry.refusals[refusal] = (entry.refusals[refusal] ?? 0) + 1;
    },
    counts: () => structuredClone(counts),
    reset() {
      counts = {};
    },
  };
}
