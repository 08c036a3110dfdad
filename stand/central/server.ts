// The HTTPS front of the node: every request parsed by the contract, every answer and refusal of its shape.
import compress from '@fastify/compress';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { z } from 'zod';
import { sha256, uuid } from '../../src/shared/central/common.ts';
import {
  NODE_TIME_HEADER,
  operations,
  STATION_HEADER,
} from '../../src/shared/central/operations.ts';
import type { Blob } from './blobs.ts';
import type { NodeContext } from './context.ts';
import type { OperationName } from './fault-schema.ts';
import type { Faults, Struck } from './faults.ts';
import type { Handlers } from './handlers.ts';
import { NodeRefused, refuse, REFUSAL_STATUS } from './refusal.ts';
import type { RequestLog } from './requests.ts';
import { headerText, sendPicture } from './send-picture.ts';
import { authenticate } from './session.ts';
import { spoil } from './spoil.ts';

const SMALL_BODY = 16 * 1024;
const SIGNED_BODY = 160 * 1024; // base64 of a statement and a CMS at their limits
const CUSTODY_BODY = 1536 * 1024; // the same of a parcel of five hundred cards with a note to each
const LIST_BODY = 96 * 1024; // two thousand ids
const BODY_LIMITS: Readonly<Partial<Record<OperationName, number>>> = {
  openSession: SIGNED_BODY,
  submitAct: SIGNED_BODY,
  submitCustody: CUSTODY_BODY,
  takeIssueLease: LIST_BODY,
  returnLeasedCards: LIST_BODY,
};
const PARAMS: Readonly<Record<string, z.ZodType<string>>> = {
  applicationId: uuid,
  actId: uuid,
  issueLeaseId: uuid,
  sha256,
  ticket: z.string().min(1).max(60),
};
const JSON_TYPE = 'application/json; charset=utf-8';

export interface ServerParts {
  readonly node: NodeContext;
  readonly handlers: Handlers;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly tls: { readonly key: string; readonly cert: string };
  readonly log: Logger;
}

/** Builds the server; the caller listens and closes. Logs carry operations and codes, no persons. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const app = Fastify({
    https: { key: parts.tls.key, cert: parts.tls.cert, minVersion: 'TLSv1.2' },
    bodyLimit: SMALL_BODY,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
  }) as unknown as FastifyInstance;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    try {
      done(null, text === '' ? undefined : JSON.parse(text as string));
    } catch {
      done(new NodeRefused('malformed-request', { detail: 'not JSON' }));
    }
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    reply.header(NODE_TIME_HEADER, parts.node.now().toISOString());
    done(null, payload);
  });
  await app.register(compress, { encodings: ['gzip'], threshold: 1024 });
  app.setNotFoundHandler((_request, reply) => sendRefusal(reply, new NodeRefused('not-found')));
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if (error instanceof NodeRefused) return sendRefusal(reply, error);
    if (error.statusCode === 413) return sendRefusal(reply, new NodeRefused('too-large'));
    if (error.statusCode !== undefined && error.statusCode < 500)
      return sendRefusal(reply, new NodeRefused('malformed-request'));
    parts.log.error({ id: request.id, error: error.stack }, 'a bug, or the database is away');
    return sendRefusal(reply, new NodeRefused('unavailable'));
  });
  for (const name of Object.keys(operations) as OperationName[]) addRoute(app, parts, name);
  return app;
}

function sendRefusal(reply: FastifyReply, refused: NodeRefused): FastifyReply {
  const params = refused.params === undefined ? {} : { params: refused.params };
  return reply
    .status(REFUSAL_STATUS[refused.code])
    .type(JSON_TYPE)
    .send(JSON.stringify({ refusal: { code: refused.code, ...params } }));
}

function addRoute(app: FastifyInstance, parts: ServerParts, name: OperationName): void {
  const operation = operations[name];
  app.route({
    method: operation.method,
    url: operation.path.replace(/\{(\w+)\}/g, ':$1'),
    bodyLimit: BODY_LIMITS[name] ?? SMALL_BODY,
    handler: (request, reply) => answer(parts, name, request, reply),
  });
}

async function answer(
  parts: ServerParts,
  name: OperationName,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const started = performance.now();
  const station = headerText(request, STATION_HEADER);
  const picture = (request.params as Record<string, string>)['sha256'];
  const struck = parts.faults.strike(name, station, picture);
  let bytes = 0;
  let code: string | null = null;
  try {
    if (await strikeBefore(parts, struck, request, reply)) {
      code = 'dropped';
      return reply;
    }
    const body = await work(parts, name, request, reply);
    if (struck.find('drop')?.when === 'after') {
      code = 'answer-lost';
      return cut(request, reply);
    }
    if (body instanceof PictureAnswer) {
      bytes = body.blob.bytes.length;
      return sendPicture(request, reply, body.sha256, body.blob, struck);
    }
    const bad = struck.find('malformed');
    const { text, type } = bad === undefined ? { text: body, type: JSON_TYPE } : spoil(body, bad);
    bytes = text.length;
    return reply.type(type).send(text);
  } catch (error) {
    code = error instanceof NodeRefused ? error.code : 'incident';
    if (struck.find('drop')?.when === 'after') return cut(request, reply);
    throw error;
  } finally {
    parts.requests.note(name, bytes, code);
    const ms = Math.round(performance.now() - started);
    parts.log.info({ operation: name, station, code, ms, bytes }, 'asked');
  }
}

/** Faults that come before the work; true when the socket is cut. Refusals are thrown. */
async function strikeBefore(
  { faults }: ServerParts,
  struck: Struck,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<boolean> {
  const stopped = faults.stopped();
  if (stopped === 'unavailable') refuse('unavailable');
  const delay = struck.find('delay');
  if (delay !== undefined) await sleep(delay.ms);
  if (stopped === 'drop' || struck.find('drop')?.when === 'before') {
    cut(request, reply);
    return true;
  }
  const status = struck.find('status');
  if (status !== undefined) {
    await reply.status(status.status).type('text/plain').send('fault switch');
    return true;
  }
  const refusal = struck.find('refuse');
  if (refusal !== undefined) refuse(refusal.code, refusal.params);
  return false;
}

function cut(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  request.raw.socket.destroy();
  return reply;
}

class PictureAnswer {
  readonly sha256: string;
  readonly blob: Blob;

  constructor(hash: string, blob: Blob) {
    this.sha256 = hash;
    this.blob = blob;
  }
}

/** Authenticates, parses, runs the handler; the answer as JSON text or as a picture. */
async function work(
  { node, handlers }: ServerParts,
  name: OperationName,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string | PictureAnswer> {
  const operation = operations[name];
  const stationId = headerText(request, STATION_HEADER);
  const session = operation.auth
    ? await authenticate(node, request.headers.authorization, stationId)
    : null;
  if (stationId === undefined || stationId.length === 0 || stationId.length > 80)
    return refuse('malformed-request', { detail: STATION_HEADER });
  const params = request.params as Record<string, string>;
  for (const [key, value] of Object.entries(params))
    if (!PARAMS[key]?.safeParse(value).success) return refuse('malformed-request', { detail: key });
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  const call = {
    session,
    stationId,
    params,
    query: 'query' in operation ? parse(operation.query, request.query) : undefined,
    body: 'body' in operation ? parse(operation.body, request.body ?? {}) : undefined,
    signal: gone.signal,
  };
  // The table's types were checked where the handlers are made; here all are called alike.
  const result = await (handlers[name] as (c: typeof call) => unknown)(call);
  if (operation.reply === null) return new PictureAnswer(params['sha256'] ?? '', result as Blob);
  const made = result as { jsonText?: string; etag?: string };
  if (made.etag !== undefined) {
    reply.header('etag', made.etag);
    if (headerText(request, 'if-none-match') === made.etag) {
      reply.status(304);
      return '';
    }
  }
  return made.jsonText ?? JSON.stringify(operation.reply.parse(result));
}

function parse(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  return refuse('malformed-request', { detail: parsed.error.issues[0]?.path.join('.') ?? '' });
}
