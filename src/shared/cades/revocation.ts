// What can be known of a certificate's revocation: a closed list of answers, never a guess.

/** Why nothing is known. None of these says that the certificate is good, none that it is bad. */
export type RevocationUnavailable =
  | 'not-asked'
  | 'no-answer'
  | 'no-responder'
  | 'responder-refused'
  | 'malformed'
  | 'other-certificate'
  | 'nonce-missing'
  | 'nonce-mismatch'
  | 'foreign-responder'
  | 'signature-invalid'
  | 'stale'
  | 'crl-malformed'
  | 'crl-foreign'
  | 'crl-stale';

/** RFC 5280 5.3.1, by number. */
export const CRL_REASONS = [
  'unspecified',
  'key-compromise',
  'ca-compromise',
  'affiliation-changed',
  'superseded',
  'cessation-of-operation',
  'certificate-hold',
  null,
  'remove-from-crl',
  'privilege-withdrawn',
  'aa-compromise',
] as const;
export type RevocationReason = NonNullable<(typeof CRL_REASONS)[number]>;

export type RevocationSource = 'ocsp' | 'crl';

export type RevocationAnswer =
  | {
      readonly status: 'good';
      readonly source: RevocationSource;
      /** The state was known to be right at this time. */
      readonly asOf: Date;
      /** Newer information comes by then. */
      readonly until: Date;
    }
  | {
      readonly status: 'revoked';
      readonly source: RevocationSource;
      readonly at: Date;
      readonly reason: RevocationReason | null;
      readonly asOf: Date;
    }
  /** The responder answers for this CA and does not know the certificate: it must not be used. */
  | { readonly status: 'unknown'; readonly source: 'ocsp'; readonly asOf: Date }
  | {
      readonly status: 'unavailable';
      readonly why: RevocationUnavailable;
      /** Technical English, no names. */
      readonly detail: string;
    };

/** Clocks of responder, node and station may differ by this much. */
export const REVOCATION_SKEW_MS = 5 * 60_000;

/** Thrown by the readers of OCSP and CRL, turned into an `unavailable` answer by them. */
export class NotAvailable extends Error {
  readonly why: RevocationUnavailable;
  constructor(why: RevocationUnavailable, detail: string) {
    super(detail);
    this.why = why;
  }
}

/** Runs a reader; bad bytes become `unavailable` with `malformed` or what the reader said. */
export function answered(
  malformed: RevocationUnavailable,
  isBadDer: (error: unknown) => boolean,
  read: () => RevocationAnswer,
): RevocationAnswer {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotAvailable)
      return { status: 'unavailable', why: error.why, detail: error.message };
    if (isBadDer(error))
      return { status: 'unavailable', why: malformed, detail: (error as Error).message };
    throw error;
  }
}
