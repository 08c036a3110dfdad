// The table of operations: method, path, schemas. The OpenAPI document and both ends come from it.
import { z } from 'zod';
import {
  actReply,
  actRequest,
  challengeReply,
  changesQuery,
  changesReply,
  claimReply,
  claimRequest,
  newsQuery,
  newsReply,
  nodeConfig,
  openSessionReply,
  openSessionRequest,
  releaseClaimQuery,
  reportReply,
  reportRequest,
  ticketReply,
} from './messages.ts';
import { custodyReply, dispatchesReply, placementReply, placementRequest } from './custody.ts';
import {
  breakIssueLeaseRequest,
  issueLeasesReply,
  returnLeasedCardsRequest,
  signedIssueLease,
  takeIssueLeaseRequest,
} from './issue-lease.ts';
import { actEvidenceReply, revocationReply, revocationRequest } from './evidence.ts';
import { nodeTimeRequest, signedNodeTime } from './node-time.ts';
import { servicesReply } from './services.ts';
import { trustListReply } from './trust-list.ts';
import { signedUpdate } from './update.ts';

const none = z.strictObject({});
const done = z.strictObject({ done: z.literal(true) });

/** Path parameters stand in braces. `auth: false` = before log-in. Blob answers are raw bytes. */
export const operations = {
  challenge: { method: 'POST', path: '/v1/session/challenge', auth: false, body: none, reply: challengeReply },
  openSession: { method: 'POST', path: '/v1/session', auth: false, body: openSessionRequest, reply: openSessionReply },
  closeSession: { method: 'DELETE', path: '/v1/session', auth: true, reply: done },
  config: { method: 'GET', path: '/v1/config', auth: true, reply: nodeConfig },
  changes: { method: 'GET', path: '/v1/changes', auth: true, query: changesQuery, reply: changesReply },
  news: { method: 'GET', path: '/v1/news', auth: true, query: newsQuery, reply: newsReply },
  blob: { method: 'GET', path: '/v1/blobs/{sha256}', auth: true, reply: null },
  claim: { method: 'POST', path: '/v1/claims', auth: true, body: claimRequest, reply: claimReply },
  renewClaim: { method: 'POST', path: '/v1/claims/{applicationId}/renew', auth: true, body: none, reply: claimReply },
  releaseClaim: { method: 'DELETE', path: '/v1/claims/{applicationId}', auth: true, query: releaseClaimQuery, reply: done },
  submitAct: { method: 'POST', path: '/v1/acts', auth: true, body: actRequest, reply: actReply },
  findAct: { method: 'GET', path: '/v1/acts/{actId}', auth: true, reply: actReply },
  report: { method: 'POST', path: '/v1/reports', auth: true, body: reportRequest, reply: reportReply },
  findTicket: { method: 'GET', path: '/v1/tickets/{ticket}', auth: true, reply: ticketReply },
  dispatches: { method: 'GET', path: '/v1/dispatches', auth: true, reply: dispatchesReply },
  submitCustody: { method: 'POST', path: '/v1/custody', auth: true, body: actRequest, reply: custodyReply },
  placeCard: { method: 'POST', path: '/v1/placements', auth: true, body: placementRequest, reply: placementReply },
  issueLeases: { method: 'GET', path: '/v1/issue-leases', auth: true, reply: issueLeasesReply },
  takeIssueLease: { method: 'POST', path: '/v1/issue-leases', auth: true, body: takeIssueLeaseRequest, reply: signedIssueLease },
  renewIssueLease: { method: 'POST', path: '/v1/issue-leases/{issueLeaseId}/renew', auth: true, body: none, reply: signedIssueLease },
  returnLeasedCards: { method: 'POST', path: '/v1/issue-leases/return', auth: true, body: returnLeasedCardsRequest, reply: done },
  breakIssueLease: { method: 'POST', path: '/v1/issue-leases/{issueLeaseId}/break', auth: true, body: breakIssueLeaseRequest, reply: done },
  services: { method: 'GET', path: '/v1/services', auth: true, reply: servicesReply },
  trustList: { method: 'GET', path: '/v1/trust-list', auth: false, reply: trustListReply },
  updateManifest: { method: 'GET', path: '/v1/updates/manifest', auth: false, reply: signedUpdate },
  updateFile: { method: 'GET', path: '/v1/updates/files/{sha256}', auth: false, reply: null },
  nodeTime: { method: 'POST', path: '/v1/time', auth: false, body: nodeTimeRequest, reply: signedNodeTime },
  revocation: { method: 'POST', path: '/v1/revocation', auth: false, body: revocationRequest, reply: revocationReply },
  actEvidence: { method: 'GET', path: '/v1/acts/{actId}/evidence', auth: true, reply: actEvidenceReply },
} as const; // prettier-ignore

/** Header with the station's id on every call, and the node's clock on every answer. */
export const STATION_HEADER = 'x-kualik-station';
export const NODE_TIME_HEADER = 'x-kualik-node-time';
