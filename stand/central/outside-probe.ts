// The node's question to one outside service: one new connection, one CA, one whole answer within the limit.
import { Agent, request } from 'undici';
import {
  PROBE_LIMIT_MS,
  type ProbeFault,
  type ServiceProbe,
} from '../../src/shared/central/services.ts';

const MOST_BYTES = 64 * 1024;

export interface Prober {
  /** Never throws: what went wrong is the finding. `now` is the node's clock. */
  probe(address: string, now: () => Date): Promise<ServiceProbe>;
  close(): Promise<void>;
}

export function createProber(caPem: string): Prober {
  const agent = new Agent({ connect: { ca: caPem, timeout: PROBE_LIMIT_MS } });
  return {
    async probe(address, now) {
      const at = now().toISOString();
      const began = performance.now();
      const because = await faultOf(agent, address);
      const tookMs = Math.round(performance.now() - began);
      return { at, ok: because === null, tookMs, because };
    },
    close: () => agent.destroy(),
  };
}

async function faultOf(agent: Agent, address: string): Promise<ProbeFault | null> {
  let answered = false;
  try {
    const signal = AbortSignal.timeout(PROBE_LIMIT_MS);
    const { statusCode, body } = await request(address, { dispatcher: agent, reset: true, signal });
    answered = true;
    let bytes = 0;
    for await (const part of body as AsyncIterable<Buffer>)
      if ((bytes += part.length) > MOST_BYTES) break; // enough was answered
    return statusCode >= 400 ? 'status' : null;
  } catch (error) {
    const { name = '', code = '' } = error as { name?: string; code?: string };
    if (name === 'TimeoutError' || code.includes('TIMEOUT')) return 'timeout';
    if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code)) return 'untrusted';
    return answered || code.startsWith('HPE_') ? 'malformed' : 'unreachable';
  }
}
