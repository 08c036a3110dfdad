// The register of issue: hand-overs and refusals of the point, filtered, summed, exported under a signature.
import { z } from 'zod';
import { instant, localDate, uuid } from '../central/common.ts';
import { channel } from './channel.ts';
import { OUTCOMES, STANDINGS, totals } from './papers.ts';
import { TOKEN_REFUSALS } from './token-refusals.ts';

const filter = {
  /** Ticket, name or IIN, or a part of one. */
  search: z.string().max(200),
  /** Days of the point, both counted in; null = open. */
  from: localDate.nullable(),
  to: localDate.nullable(),
  officer: z.string().max(500).nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
};
export const registerFilter = z.strictObject(filter);
export type RegisterFilter = z.infer<typeof registerFilter>;

export const registerRow = z.strictObject({
  /** Of the act or the report; of our own making where the node names none. */
  id: z.string(),
  applicationId: uuid,
  at: instant,
  outcome: z.enum(OUTCOMES),
  standing: z.enum(STANDINGS),
  ticket: z.string(),
  name: z.string(),
  /** Masked, unless the role may see it (head). */
  iin: z.string(),
  cardNumber: z.string().nullable(),
  officer: z.string().nullable(),
  stationId: z.string().nullable(),
  /** Signed or recorded at this desk, by this officer. */
  own: z.boolean(),
  sha256: z.string().nullable(),
  /** The paper that can be printed of it here. */
  paper: z.enum(['receipt', 'refusal']).nullable(),
});
export type RegisterRow = z.infer<typeof registerRow>;

export const REGISTER_FORMATS = ['csv', 'xlsx'] as const;
export type RegisterFormat = (typeof REGISTER_FORMATS)[number];
/** More than a year of a large point; a longer one is exported in parts. */
export const MOST_EXPORTED = 50_000;

export const registerChannels = {
  'register.page': channel(
    z.strictObject({
      ...filter,
      after: z.string().max(500).nullable(),
      limit: z.int().min(1).max(500),
    }),
    z.strictObject({
      rows: z.array(registerRow),
      next: z.string().nullable(),
      total: z.int(),
      /** Without what the node refused. */
      totals,
      officers: z.array(z.string()),
    }),
    [],
  ),
  /** The filtered register as a file, and beside it a detached signature over the file's bytes. */
  'register.export': channel(
    z.strictObject({
      ...filter,
      format: z.enum(REGISTER_FORMATS),
      language: z.enum(['ru', 'kk']),
      pin: z.string().min(1).max(128),
    }),
    z.strictObject({
      path: z.string(),
      signaturePath: z.string(),
      rows: z.int(),
      sha256: z.string(),
    }),
    [
      ...TOKEN_REFUSALS,
      'key-unusable', // params: reason
      'register-empty',
      'register-too-long', // params: most
      'not-written',
    ],
  ),
} as const;
