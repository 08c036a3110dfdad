// Sends a picture: ETag, one byte range, cache rule; or the foreign bytes of a fault switch.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readRange, type Blob } from './blobs.ts';
import type { Struck } from './faults.ts';

/** A header that came once, or undefined. */
export function headerText(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** ETag = the hash; a range of one part; kept by clients for good, as the bytes cannot change. */
export function sendPicture(
  request: FastifyRequest,
  reply: FastifyReply,
  hash: string,
  blob: Blob,
  struck: Struck,
): FastifyReply {
  const foreign = struck.find('blob');
  const bytes = Buffer.from(foreign === undefined ? blob.bytes : Buffer.from(foreign.base64, 'base64'));
  const etag = `"${hash}"`;
  reply.headers({
    etag,
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=31536000, immutable',
    'content-type': foreign?.mime ?? blob.mime,
    'x-content-type-options': 'nosniff',
  });
  const wanted = request.headers['if-none-match']?.split(',').map((tag) => tag.trim());
  if (wanted?.includes(etag) || wanted?.includes('*')) return reply.status(304).send();
  const condition = headerText(request, 'if-range');
  const range =
    condition === undefined || condition === etag
      ? readRange(request.headers.range, bytes.length)
      : null;
  if (range === 'unsatisfiable')
    return reply.status(416).header('content-range', `bytes */${bytes.length}`).send('');
  if (range === null) return reply.send(bytes);
  return reply
    .status(206)
    .header('content-range', `bytes ${range.start}-${range.end}/${bytes.length}`)
    .send(bytes.subarray(range.start, range.end + 1));
} // prettier-ignore
