// Reads an answer's body up to a limit, so that a huge or endless one cannot fill the memory.
import type { Response } from 'undici';

export class LimitExceeded extends Error {}

/** @throws LimitExceeded when the decoded body is longer than `limit` bytes. */
export async function readLimited(response: Response, limit: number): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > limit) throw new LimitExceeded(); // leaving the loop cancels the stream
    parts.push(part);
  }
  return Buffer.concat(parts);
}
