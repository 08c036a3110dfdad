// Software keys of the training PKI's services, as PEM texts.

export interface PkiKey {
  readonly certPem: string;
  readonly keyPem: string;
}

export interface PkiKeys {
  /** Signs certificates and revocation lists. */
  readonly issuing: PkiKey;
  readonly ocsp: PkiKey;
  readonly tsa: PkiKey;
  /** Signs trust lists; its CA is what stations pin. */
  readonly list: PkiKey;
  readonly listCaPem: string;
}
