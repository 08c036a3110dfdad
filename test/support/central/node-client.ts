// A plain HTTPS client of the node for its tests: no defences, every answer parsed by the contract.
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';
import type { z } from 'zod';
import {
  refusalReply,
  type Change,
  type NodeRefusal,
  type openSessionReply,
} from '../../../src/shared/central/messages.ts';
import { change } from '../../../src/shared/central/messages.ts';
import { operations, STATION_HEADER } from '../../../src/shared/central/operations.ts';
import { canonicalBytes } from '../../../src/shared/central/statement.ts';

type Name = keyof typeof operations;
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly status: number;
      readonly code: NodeRefusal;
      readonly params: Readonly<Record<string, string | number>>;
    };
type ReplyOf<N extends Name> = (typeof operations)[N]['reply'] extends z.ZodType
  ? z.infer<(typeof operations)[N]['reply']>
  : never;

export interface Signer {
  cms(content: Uint8Array): Uint8Array;
}
export interface CallOptions {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string | number>;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export class NodeClient {
  readonly stationId: string;
  readonly url: string;
  token: string | null = null;
  private readonly agent: Agent;

  constructor(url: string, caPem: string, stationId: string) {
    this.url = url;
    this.stationId = stationId;
    this.agent = new Agent({ connect: { ca: caPem }, connections: 32 });
  }

  /** The raw answer: status, headers, bytes as sent. */
  async raw(name: Name, { params = {}, query = {}, body, headers = {} }: CallOptions = {}) {
    const { path, method } = operations[name];
    const filled = path.replace(/\{(\w+)\}/g, (_, key: string) =>
      encodeURIComponent(params[key] ?? ''),
    );
    const answer = await request(`${this.url}${filled}`, {
      dispatcher: this.agent,
      method,
      query,
      headers: {
        [STATION_HEADER]: this.stationId,
        ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await answer.body.arrayBuffer());
    return { status: answer.statusCode, headers: answer.headers, bytes };
  }

  /** A parsed answer or a parsed refusal; anything else throws. */
  async call<N extends Name>(name: N, options: CallOptions = {}): Promise<Reply<ReplyOf<N>>> {
    const { status, bytes } = await this.raw(name, options);
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (status !== 200) {
      const { refusal } = refusalReply.parse(value);
      return { ok: false, status, code: refusal.code, params: refusal.params ?? {} };
    }
    return { ok: true, value: (operations[name].reply as z.ZodType).parse(value) as ReplyOf<N> };
  }

  /** The value of an answer that must not be a refusal. */
  async get<N extends Name>(name: N, options: CallOptions = {}): Promise<ReplyOf<N>> {
    const reply = await this.call(name, options);
    if (!reply.ok) throw new Error(`${name}: ${reply.code} ${JSON.stringify(reply.params)}`);
    return reply.value;
  }

  async logIn(
    signer: Signer,
    officerIin: string,
    changes: Record<string, unknown> = {},
  ): Promise<Reply<z.infer<typeof openSessionReply>>> {
    const { challengeId, challenge } = await this.get('challenge', { body: {} });
    const statement = canonicalBytes({
      type: 'kualik/log-in',
      version: 1,
      challengeId,
      challenge,
      stationId: this.stationId,
      officerIin,
      at: new Date().toISOString(),
      ...changes,
    });
    const reply = await this.call('openSession', { body: signed(signer, statement) });
    if (reply.ok) this.token = reply.value.token;
    return reply;
  }

  /** All changes behind the cursor, page by page; each item parsed. */
  async pull(cursor = 0, limit = 500): Promise<{ items: Change[]; cursor: number; pages: number }> {
    const items: Change[] = [];
    for (let pages = 1; ; pages += 1) {
      const page = await this.get('changes', { query: { cursor, limit } });
      items.push(...page.items.map((item) => change.parse(item)));
      cursor = page.cursor;
      if (!page.more) return { items, cursor, pages };
    }
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }
}

export const signed = (signer: Signer, statement: Uint8Array) => ({
  statement: Buffer.from(statement).toString('base64'),
  cms: Buffer.from(signer.cms(statement)).toString('base64'),
});

export const actBody = (signer: Signer, statement: { actId: string }) => ({
  actId: statement.actId,
  ...signed(signer, canonicalBytes(statement)),
});

export const newId = (): string => randomUUID();
