// Probes an outside service over HTTPS: a new connection each time, the station's CA, one whole answer within the limit.
import { request, type Dispatcher } from 'undici';
import { PROBE_LIMIT_MS, type ProbeFault } from '../../../shared/central/services.ts';
import type { ServiceProber } from '../../ports/service-probe.ts';
import { routeBy } from './route.ts';
import { notTrusted } from './tls-faults.ts';

/** More than a page of health says; the rest is not read. */
const MOST_BYTES = 64 * 1024;

export function httpsServiceProbe(caPem: string, proxyUrl?: string): ServiceProber {
  // A kept connection or a kept TLS session would hide a service that takes no new ones.
  const agent = routeBy(proxyUrl, { ca: caPem, timeout: PROBE_LIMIT_MS, maxCachedSessions: 0 });
  return {
    async probe(address) {
      const began = performance.now();
      const because = await faultOf(agent, address);
      return { ok: because === null, tookMs: Math.round(performance.now() - began), because };
    },
  };
}

/** A redirect is an answer: the service lives. Nothing of ours is sent along: no session, no cookie. */
async function faultOf(agent: Dispatcher, address: string): Promise<ProbeFault | null> {
  let answered = false;
  try {
    const signal = AbortSignal.timeout(PROBE_LIMIT_MS);
    const { statusCode, body } = await request(address, { dispatcher: agent, reset: true, signal });
    answered = true;
    let bytes = 0;
    for await (const part of body as AsyncIterable<Uint8Array>)
      if ((bytes += part.length) > MOST_BYTES) break;
    return statusCode >= 400 ? 'status' : null;
  } catch (error) {
    const { name = '', code = '' } = error as { name?: string; code?: string };
    if (name === 'TimeoutError' || code.includes('TIMEOUT')) return 'timeout';
    if (notTrusted(code)) return 'untrusted';
    return answered || code.startsWith('HPE_') ? 'malformed' : 'unreachable';
  }
}
