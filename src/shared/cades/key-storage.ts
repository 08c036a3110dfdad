// Where a private key lives, by the NCA's key-storage extension: which file or which kind of token.

export type KeyStoragePlace =
  'file' | 'java-file' | 'id-card' | 'kaztoken' | 'etoken' | 'jacarta' | 'akey' | 'other';

const PLACES: Readonly<Record<string, KeyStoragePlace>> = {
  '1.2.398.3.3.5.1.1': 'file', // PKCS#12
  '1.2.398.3.3.5.1.2': 'java-file', // JKS
  '1.2.398.3.3.5.2.1': 'id-card',
  '1.2.398.3.3.5.2.2': 'kaztoken',
  '1.2.398.3.3.5.2.3': 'etoken',
  '1.2.398.3.3.5.2.4': 'etoken',
  '1.2.398.3.3.5.2.5': 'jacarta',
  '1.2.398.3.3.5.2.6': 'akey',
};

/** `other` for a value we do not know; null when the certificate says nothing. */
export const keyStoragePlace = (oid: string | null): KeyStoragePlace | null =>
  oid === null ? null : (PLACES[oid] ?? 'other');
