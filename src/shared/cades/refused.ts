// Closed list of why a signature is not taken, and the exception that carries one inside this room.
import type { SignatureFault } from './public-key.ts';
import type { UnusableReason } from './signability.ts';

export type CadesRefusal =
  | 'too-large'
  | 'malformed'
  | 'content-attached'
  | 'signer-count'
  | 'certificate-missing'
  | 'certificate-unexpected'
  | 'algorithm-unsupported'
  | 'attributes-invalid'
  | 'digest-mismatch'
  | 'signature-invalid'
  | 'signing-certificate-missing'
  | 'signing-certificate-mismatch'
  | 'chain-untrusted'
  | 'not-yet-valid'
  | 'expired'
  | 'key-usage'
  | 'signer-not-allowed';

/** Thrown by the checks, turned into a typed result by `verifyDetachedCades`. */
export class Refused extends Error {
  readonly code: CadesRefusal;
  readonly reason: UnusableReason | undefined;
  readonly fault: SignatureFault | undefined;
  constructor(code: CadesRefusal, detail: string, reason?: UnusableReason, fault?: SignatureFault) {
    super(detail);
    this.code = code;
    this.reason = reason;
    this.fault = fault;
  }
}
