// What a channel is: a request, a reply and the closed list of refusals it may answer.
import { z } from 'zod';
import { isWholeText } from '../kernel/whole-text.ts';

export interface Channel<
  Request extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
  Code extends string = string,
> {
  readonly request: Request;
  readonly reply: Reply;
  readonly refusals: readonly Code[];
}

/** A request is refused too when a text in it is no Unicode. */
export const channel = <Request extends z.ZodType, Reply extends z.ZodType, Code extends string>(
  request: Request,
  reply: Reply,
  refusals: readonly Code[],
): Channel<Request, Reply, Code> => ({ request: request.refine(isWholeText), reply, refusals });

export const nothing = z.strictObject({});

/**
 * Refusals any channel may answer: no right now, a request that is none (`not-understood`), or a bug caught
 * once and numbered in the journal.
 */
export const COMMON_REFUSALS = [
  'signed-out',
  'locked',
  'not-allowed',
  'not-understood',
  'incident',
] as const;
export type CommonRefusal = (typeof COMMON_REFUSALS)[number];
