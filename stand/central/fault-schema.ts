// The fault switches as data: what may go wrong, where, and how many times.
import { z } from 'zod';
import { NODE_REFUSALS } from '../../src/shared/central/messages.ts';
import { operations } from '../../src/shared/central/operations.ts';

export type OperationName = keyof typeof operations;
const operationName = z.enum(Object.keys(operations) as [OperationName, ...OperationName[]]);

const limits = {
  /** Operations it strikes; all when absent. */
  operation: z.union([operationName, z.array(operationName)]).optional(),
  stationId: z.string().optional(),
  /** How many requests it strikes; for ever when absent. */
  times: z.int().min(1).optional(),
};

export const fault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('delay'), ms: z.int().min(0).max(600_000), ...limits }),
  /** `after`: the answer is lost though the work was done. */
  z.strictObject({ kind: z.literal('drop'), when: z.enum(['before', 'after']), ...limits }),
  z.strictObject({ kind: z.literal('status'), status: z.int().min(400).max(599), ...limits }),
  z.strictObject({
    kind: z.literal('refuse'),
    code: z.enum(NODE_REFUSALS),
    params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    ...limits,
  }),
  z.strictObject({
    kind: z.literal('malformed'),
    /** The last three spoil one application in `changes`: the given one, or the first with a dossier. */
    how: z.enum([
      'broken-json',
      'truncated',
      'html',
      'wrong-shape',
      'unknown-enum',
      'oversize-text',
      'wrong-type',
    ]),
    applicationId: z.uuid().optional(),
    ...limits,
  }),
  /** Serves these bytes in place of a picture (of one, or of any). */
  z.strictObject({
    kind: z.literal('blob'),
    sha256: z.string().optional(),
    base64: z.base64(),
    mime: z.string().max(100).optional(),
    ...limits,
  }),
]);
export type Fault = z.infer<typeof fault>;

export const stopOrder = z.strictObject({
  ms: z.int().min(0).max(24 * 3_600_000),
  /** `unavailable`: 503 with a typed refusal; `drop`: every socket is cut, as a dead line does. */
  how: z.enum(['unavailable', 'drop']),
}); // prettier-ignore
export type StopOrder = z.infer<typeof stopOrder>;
