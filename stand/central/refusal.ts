// A refusal inside the node: thrown within a transaction so that it rolls back, answered typed by the server.
import type { NodeRefusal } from '../../src/shared/central/messages.ts';

export class NodeRefused extends Error {
  readonly code: NodeRefusal;
  readonly params: Readonly<Record<string, string | number>> | undefined;

  constructor(code: NodeRefusal, params?: Readonly<Record<string, string | number>>) {
    super(code);
    this.code = code;
    this.params = params;
  }
}

/** Ends the operation with a typed refusal. */
export function refuse(code: NodeRefusal, params?: Record<string, string | number>): never {
  throw new NodeRefused(code, params);
}

/** HTTP status of each refusal; the body's code is what a client goes by. */
export const REFUSAL_STATUS = {
  unauthenticated: 401,
  forbidden: 403,
  'challenge-unknown': 422,
  'challenge-expired': 422,
  'certificate-refused': 403,
  'signature-invalid': 422,
  'officer-unknown': 403,
  'not-found': 404,
  'out-of-scope': 403,
  'claimed-by-other': 409,
  'lease-missing': 409,
  'lease-expired': 409,
  'stage-mismatch': 409,
  'revision-mismatch': 409,
  'statement-mismatch': 422,
  'statement-malformed': 422,
  'reason-unknown': 422,
  'not-approvable': 422,
  'lease-unsettled': 409,
  'already-accepted': 409,
  'idempotency-mismatch': 409,
  'too-large': 413,
  'malformed-request': 400,
  unavailable: 503,
} as const satisfies Record<NodeRefusal, number>;
