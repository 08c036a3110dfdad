// Updates from the central node: the signed manifest, and files by their hash, from any byte on.
import { request } from 'undici';
import { signedUpdate } from '../../../shared/central/update.ts';
import { operations, STATION_HEADER } from '../../../shared/central/operations.ts';
import type { UpdateSource } from '../../ports/updates.ts';
import type { NodeAddress } from './https-central-node.ts';
import { routeBy } from './route.ts';

const CONNECT_MS = 4_000;
const MANIFEST_MS = 10_000;
/** Silence after which a download is cut off; it goes on from there next time. */
const SILENT_MS = 20_000;
const MOST_BYTES = 256 * 1024;

/** No session: a station that may not log in any more still gets the version it needs. */
export function nodeUpdates({ url, caPem, stationId, proxyUrl }: NodeAddress): UpdateSource {
  const dispatcher = routeBy(proxyUrl, { ca: caPem, timeout: CONNECT_MS });
  const headers = { [STATION_HEADER]: stationId };
  return {
    async manifest() {
      try {
        const { statusCode, body } = await request(new URL(operations.updateManifest.path, url), {
          dispatcher,
          headers,
          signal: AbortSignal.timeout(MANIFEST_MS),
        });
        const parts: Uint8Array[] = [];
        let length = 0;
        for await (const part of body as AsyncIterable<Uint8Array>) {
          if ((length += part.length) > MOST_BYTES) return 'malformed';
          parts.push(part);
        }
        if (statusCode === 404) return 'none';
        if (statusCode !== 200) return 'unreachable';
        return read(Buffer.concat(parts).toString());
      } catch {
        return 'unreachable';
      }
    },
    async *file({ sha256 }, from, signal) {
      const path = operations.updateFile.path.replace('{sha256}', sha256);
      const { statusCode, body } = await request(new URL(path, url), {
        dispatcher,
        headers: { ...headers, range: `bytes=${from}-` },
        headersTimeout: SILENT_MS,
        bodyTimeout: SILENT_MS,
        signal,
      });
      if (statusCode !== 206) {
        await body.dump();
        throw new Error(`status ${statusCode}`);
      }
      yield* body as AsyncIterable<Uint8Array>;
    },
  };
}

function read(text: string) {
  try {
    const parsed = signedUpdate.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : 'malformed';
  } catch {
    return 'malformed';
  }
}
