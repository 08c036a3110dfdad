// One handler an operation of the contract: the table of operations.ts made to work.
import type { z } from 'zod';
import type { operations } from '../../src/shared/central/operations.ts';
import { findAct, submitAct } from './acts.ts';
import { createBlobReader, type Blob } from './blobs.ts';
import { claim, release, renew } from './claims.ts';
import type { NodeContext } from './context.ts';
import { findTicket, recordReport } from './counter.ts';
import { submitCustody } from './custody.ts';
import { readDispatches } from './dispatches.ts';
import type { OperationName } from './fault-schema.ts';
import { readEvidence } from './evidence.ts';
import { awaitNews, readChanges } from './feed.ts';
import {
  breakIssueLease,
  readIssueLeases,
  renewIssueLease,
  returnLeasedCards,
  takeIssueLease,
} from './issue-leases.ts';
import { tellTime } from './node-time.ts';
import { placeCard } from './placements.ts';
import { refuse } from './refusal.ts';
import { passOn } from './revocation.ts';
import { scopeOf } from './scope.ts';
import { closeSession, makeChallenge, openSession, type Session } from './session.ts';

type Operations = typeof operations;
type Parsed<O, K extends string> = O extends { [key in K]: infer S extends z.ZodType }
  ? z.infer<S>
  : undefined;

/** A request after authentication and parsing. */
export interface Call<N extends OperationName> {
  readonly session: Operations[N]['auth'] extends true ? Session : null;
  readonly stationId: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Parsed<Operations[N], 'query'>;
  readonly body: Parsed<Operations[N], 'body'>;
  /** Aborts when the caller has gone. */
  readonly signal: AbortSignal;
}

/** A value of the reply schema, JSON text already made, or a picture. */
export type Answer<N extends OperationName> = Operations[N]['reply'] extends z.ZodType
  ? z.infer<Operations[N]['reply']> | JsonText
  : Blob;
export interface JsonText {
  readonly jsonText: string;
  /** Sent with it; a caller that has this one gets 304. */
  readonly etag?: string;
}

export type Handlers = {
  readonly [N in OperationName]: (call: Call<N>) => Promise<Answer<N>> | Answer<N>;
};

export function createHandlers(node: NodeContext, paceMs: () => number): Handlers {
  const readBlob = createBlobReader(node);
  return {
    challenge: () => makeChallenge(node),
    openSession: ({ stationId, body }) => openSession(node, stationId, body),
    closeSession: ({ session }) => closeSession(node, session),
    config: () => node.config,
    changes: async ({ session, query }) => ({
      jsonText: await readChanges(
        node,
        scopeOf(session.officer),
        `${session.officer.iin}|${session.stationId}`,
        query,
      ),
    }),
    news: ({ session, query, signal }) => awaitNews(node, scopeOf(session.officer), query, signal),
    blob: ({ session, params }) => readBlob(scopeOf(session.officer), params['sha256'] ?? ''),
    claim: ({ session, body }) => claim(node, session, body.applicationId),
    renewClaim: ({ session, params }) => renew(node, session, params['applicationId'] ?? ''),
    releaseClaim: ({ session, params, query }) =>
      release(node, session, params['applicationId'] ?? '', query.leaseId),
    submitAct: ({ session, body }) => submitAct(node, session, paceMs(), body),
    findAct: ({ session, params }) => findAct(node, session, params['actId'] ?? ''),
    report: ({ session, body }) => recordReport(node, session, body),
    services: () => node.outside?.read() ?? { services: [] },
    trustList: () => node.trustList?.() ?? refuse('not-found'),
    updateManifest: () => node.updates?.manifest() ?? refuse('not-found'),
    updateFile: ({ params }) => node.updates?.file(params['sha256'] ?? '') ?? refuse('not-found'),
    nodeTime: ({ body }) => tellTime(node, body.question),
    revocation: ({ body }) => passOn(node, body),
    actEvidence: ({ session, params }) => readEvidence(node, session, params['actId'] ?? ''),
    findTicket: ({ session, params }) => findTicket(node, session, params['ticket'] ?? ''),
    dispatches: ({ session }) => readDispatches(node, session),
    submitCustody: ({ session, body }) => submitCustody(node, session, paceMs(), body),
    placeCard: ({ session, body }) => placeCard(node, session, body),
    issueLeases: ({ session }) => readIssueLeases(node, session),
    takeIssueLease: ({ session, body }) => takeIssueLease(node, session, body.applicationIds),
    renewIssueLease: ({ session, params }) =>
      renewIssueLease(node, session, params['issueLeaseId'] ?? ''),
    returnLeasedCards: ({ session, body }) => returnLeasedCards(node, session, body),
    breakIssueLease: ({ session, params, body }) =>
      breakIssueLease(node, session, params['issueLeaseId'] ?? '', body.why),
  };
}
