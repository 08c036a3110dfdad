// The central node over HTTPS: one trusted CA, a time limit on every call, every answer parsed.
import { fetch, type RequestInit, type Response } from 'undici';
import type { z } from 'zod';
import { refusalReply } from '../../../shared/central/messages.ts';
import {
  NODE_TIME_HEADER,
  STATION_HEADER,
  operations,
} from '../../../shared/central/operations.ts';
import { PROBE_LIMIT_MS } from '../../../shared/central/services.ts';
import type { CentralNode, NodeAnswer, NodeFailure } from '../../ports/central-node.ts';
import { LimitExceeded, readLimited } from './read-limited.ts';
import { routeBy } from './route.ts';
import { notTrusted } from './tls-faults.ts';

export interface NodeAddress {
  readonly url: string;
  /** PEM: the only CA that may have issued the node's TLS certificate. */
  readonly caPem: string;
  readonly stationId: string;
  /** The only proxy that is ever used. */
  readonly proxyUrl?: string;
}

type Operations = typeof operations;
type Name = Exclude<keyof Operations, 'blob'>;
type Reply<N extends Name> = z.output<Operations[N]['reply']>;

interface Call {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

const CALL_MS = 15_000;
const CONNECT_MS = 4_000;
/** Questions that stand before a log-in or a signature: an officer waits for them. */
const TRUST_MS = 6_000;
const MOST_JSON_BYTES = 64 * 1024 * 1024;

export function httpsCentralNode({ url, caPem, stationId, proxyUrl }: NodeAddress): CentralNode {
  const agent = routeBy(
    proxyUrl,
    { ca: caPem, timeout: CONNECT_MS },
    { connections: 8, keepAliveTimeout: 30_000 },
  );
  let token: string | null = null;
  let drift: number | null = null;
  let bytes = 0;

  const request = async (path: string, init: RequestInit, call: Call): Promise<Response> => {
    const limit = AbortSignal.timeout(call.timeoutMs ?? CALL_MS);
    const signal = call.signal === undefined ? limit : AbortSignal.any([limit, call.signal]);
    const began = performance.now();
    const response = await fetch(new URL(path, url), {
      ...init,
      headers: {
        ...(init.headers as Record<string, string> | undefined),
        [STATION_HEADER]: stationId,
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      dispatcher: agent,
      redirect: 'error',
      signal,
    });
    noteClock(response, began);
    return response;
  };

  /** Half the round trip is taken off, by a clock that nobody can set; a long poll says nothing of the clock. */
  const noteClock = (response: Response, began: number): void => {
    const told = Date.parse(response.headers.get(NODE_TIME_HEADER) ?? '');
    const took = performance.now() - began;
    if (!Number.isNaN(told) && took < 5_000) drift = told - (Date.now() - took / 2);
  };

  async function ask<N extends Name>(name: N, call: Call = {}): Promise<NodeAnswer<Reply<N>>> {
    const operation = operations[name];
    const path = operation.path.replace(/\{(\w+)\}/g, (_all, key: string) =>
      encodeURIComponent(call.path?.[key] ?? ''),
    );
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(call.query ?? {})) query.set(key, String(value));
    const search = query.size === 0 ? '' : `?${query.toString()}`;
    try {
      const response = await request(
        path + search,
        {
          method: operation.method,
          ...(call.body === undefined
            ? {}
            : {
                body: JSON.stringify(call.body),
                headers: { 'content-type': 'application/json' },
              }),
        },
        call,
      );
      const text = new TextDecoder().decode(await readLimited(response, MOST_JSON_BYTES));
      bytes += Number(response.headers.get('content-length') ?? text.length);
      return parseAnswer(response, text, operation.reply) as NodeAnswer<Reply<N>>;
    } catch (error) {
      return { ok: false, failure: failureOf(error) };
    }
  }

  return {
    challenge: () => ask('challenge', { body: {}, timeoutMs: CONNECT_MS + 2_000 }),
    openSession: (statement, cms) =>
      ask('openSession', { body: { statement: base64(statement), cms: base64(cms) } }),
    useSession: (next) => {
      token = next;
    },
    hasSession: () => token !== null,
    closeSession: () => ask('closeSession', { timeoutMs: CONNECT_MS }),
    config: () => ask('config'),
    changes: (cursor, limit) => ask('changes', { query: { cursor, limit }, timeoutMs: 60_000 }),
    news: (cursor, waitMs, signal) =>
      ask('news', { query: { cursor, waitMs }, signal, timeoutMs: waitMs + 10_000 }),
    async picture(sha256, maxBytes) {
      const path = operations.blob.path.replace('{sha256}', sha256);
      try {
        const response = await request(path, { method: 'GET' }, {});
        if (response.status !== 200) {
          const text = new TextDecoder().decode(await readLimited(response, MOST_JSON_BYTES));
          return parseAnswer(response, text, null);
        }
        const body = await readLimited(response, maxBytes);
        bytes += body.length;
        return { ok: true, value: body };
      } catch (error) {
        return { ok: false, failure: failureOf(error) };
      }
    },
    claim: (applicationId) => ask('claim', { body: { applicationId } }),
    renewClaim: (applicationId) => ask('renewClaim', { path: { applicationId }, body: {} }),
    releaseClaim: (applicationId, leaseId) =>
      ask('releaseClaim', {
        path: { applicationId },
        ...(leaseId === undefined ? {} : { query: { leaseId } }),
      }),
    issueLeases: () => ask('issueLeases'),
    takeIssueLease: (applicationIds) => ask('takeIssueLease', { body: { applicationIds } }),
    renewIssueLease: (issueLeaseId) => ask('renewIssueLease', { path: { issueLeaseId }, body: {} }),
    returnLeasedCards: (leaseIds) => ask('returnLeasedCards', { body: { leaseIds } }),
    breakIssueLease: (issueLeaseId, why) =>
      ask('breakIssueLease', { path: { issueLeaseId }, body: { why } }),
    submitAct: (actId, statement, cms) =>
      ask('submitAct', { body: { actId, statement: base64(statement), cms: base64(cms) } }),
    report: (body) => ask('report', { body }),
    dispatches: () => ask('dispatches'),
    submitCustody: (actId, statement, cms) =>
      ask('submitCustody', { body: { actId, statement: base64(statement), cms: base64(cms) } }),
    placeCard: (body) => ask('placeCard', { body }),
    findTicket: (ticket) => ask('findTicket', { path: { ticket } }),
    async trustList(etag) {
      const init = {
        method: 'GET',
        ...(etag === null ? {} : { headers: { 'if-none-match': etag } }),
      };
      try {
        const response = await request(operations.trustList.path, init, { timeoutMs: TRUST_MS });
        if (response.status === 304) return { ok: true, value: null };
        const text = new TextDecoder().decode(await readLimited(response, MOST_JSON_BYTES));
        const answer: NodeAnswer<Reply<'trustList'>> = parseAnswer(
          response,
          text,
          operations.trustList.reply,
        );
        if (!answer.ok) return answer;
        const { list, signature } = answer.value;
        return {
          ok: true,
          value: {
            list: Uint8Array.from(Buffer.from(list, 'base64')),
            signature: Uint8Array.from(Buffer.from(signature, 'base64')),
            etag: response.headers.get('etag'),
          },
        };
      } catch (error) {
        return { ok: false, failure: failureOf(error) };
      }
    },
    async nodeTime(question) {
      const answer = await ask('nodeTime', { body: { question }, timeoutMs: TRUST_MS });
      if (!answer.ok) return answer;
      const { time, cms } = answer.value;
      return {
        ok: true,
        value: {
          time: Uint8Array.from(Buffer.from(time, 'base64')),
          cms: Uint8Array.from(Buffer.from(cms, 'base64')),
        },
      };
    },
    revocation: (question) => ask('revocation', { body: question, timeoutMs: TRUST_MS }),
    actEvidence: (actId) => ask('actEvidence', { path: { actId } }),
    services: () => ask('services', { timeoutMs: PROBE_LIMIT_MS }),
    clockDriftMs: () => drift,
    bytesReceived: () => bytes,
  };
}

const base64 = (data: Uint8Array): string => Buffer.from(data).toString('base64');

function parseAnswer(
  response: Response,
  text: string,
  schema: z.ZodType | null,
): NodeAnswer<never> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return malformed(`status ${response.status}: not JSON`);
  }
  if (response.status < 400 && schema !== null) {
    const parsed = schema.safeParse(json);
    return parsed.success
      ? ({ ok: true, value: parsed.data } as NodeAnswer<never>)
      : malformed(parsed.error.issues[0]?.path.join('.') ?? 'shape');
  }
  const refusal = refusalReply.safeParse(json);
  if (!refusal.success) return malformed(`status ${response.status}: no refusal`);
  const { code, params } = refusal.data.refusal;
  return { ok: false, failure: { kind: 'refused', code, params: params ?? {} } };
}

const malformed = (detail: string): NodeAnswer<never> => ({
  ok: false,
  failure: { kind: 'malformed', detail },
});

/** What is known when a call did not end well; after the request left, only "no answer". */
function failureOf(error: unknown): NodeFailure {
  if (error instanceof LimitExceeded) return { kind: 'malformed', detail: 'answer too large' };
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = String((cause as { code?: unknown }).code ?? '');
  if (notTrusted(code)) return { kind: 'no-answer', because: 'untrusted' };
  const name = error instanceof Error ? error.name : '';
  if (name === 'TimeoutError' || code.includes('TIMEOUT'))
    return { kind: 'no-answer', because: 'timeout' };
  if (['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN'].includes(code))
    return { kind: 'no-answer', because: 'unreachable' };
  // Cut off before TLS stood, or refused by the proxy: nothing of ours was said yet.
  const words = [cause, (cause as Error).cause].map((each) => String(each)).join(' ');
  // The node never sends us elsewhere; where this leads nobody was asked.
  if (/unexpected redirect/.test(words)) return { kind: 'malformed', detail: 'redirect' };
  if (/before secure TLS connection|when HTTP Tunneling/.test(words))
    return { kind: 'no-answer', because: 'unreachable' };
  return { kind: 'no-answer', because: 'cut-off' };
}
