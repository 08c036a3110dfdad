// Keeps the cache key wrapped: by the system's vault where there is one, else under the PIN (Argon2id).

export interface Profile {
  /** File name of the officer's cache, random. */
  readonly cacheFile: string;
  /** Unsent signed acts at the last change, so that the log-in screen can tell of them. */
  readonly unsent: number;
}

export type Unsealed =
  | { readonly ok: true; readonly key: Uint8Array; readonly profile: Profile }
  | {
      readonly ok: false;
      readonly why: 'absent' | 'wrong-secret' | 'damaged';
      /** Signed acts that wait in the cache whose key is not to be had. */
      readonly unsent: number;
    };

export interface KeyVault {
  /** The cache key of an officer (IIN, department BIN) on this station. */
  unseal(owner: { iin: string; bin: string }, secret: string): Promise<Unsealed>;
  /** A new random key for a new cache file, wrapped and kept; an older entry of the owner is let go. */
  create(
    owner: { iin: string; bin: string },
    secret: string,
  ): Promise<{ key: Uint8Array; profile: Profile }>;
  /** Wraps the same key under a new secret (the officer changed the PIN). */
  reseal(
    owner: { iin: string; bin: string },
    oldSecret: string,
    newSecret: string,
  ): Promise<boolean>;
  /** Unsent signed acts of an officer, without a PIN; 0 for one who has no cache here. */
  unsentOf(owner: { iin: string; bin: string }): Promise<number>;
  setUnsent(cacheFile: string, unsent: number): void;
  /** Signed acts of other officers that wait on this station. */
  unsentOfOthers(cacheFile: string | null): number;
  rememberCertificate(cacheFile: string, certSha256: string): void;
  knowsCertificate(certSha256: string): boolean;
  readonly backend: string;
}
