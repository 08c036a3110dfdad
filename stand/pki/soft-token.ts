// Makes SoftHSM tokens: initialises them, generates keys on them, stores certificates; nothing extractable.
import { writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type * as Pkcs11 from 'pkcs11js';
import { P256_OID, p256Spki, rsaSpki } from './spki.ts';

export const SOFTHSM_MODULE = '/usr/lib/softhsm/libsofthsm2.so';

/** Writes the configuration and the token folder; returns the path for SOFTHSM2_CONF. */
export function writeSoftHsmConfig(dir: string): string {
  const tokens = join(dir, 'tokens');
  mkdirSync(tokens, { recursive: true, mode: 0o700 });
  const path = join(dir, 'softhsm2.conf');
  const lines = [
    `directories.tokendir = ${tokens}`,
    'objectstore.backend = file',
    'log.level = ERROR',
    'slots.removable = true',
    'slots.mechanisms = ALL',
  ];
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

export interface SoftKeyPlan {
  /** CKA_ID, hex. */
  readonly keyId: string;
  readonly kind: 'rsa' | 'ec-p256';
  /** For tests of refusals only. */
  readonly extractable?: boolean;
  /** PIN-always key. */
  readonly alwaysAuthenticate?: boolean;
}

export interface SoftToken {
  readonly serial: string;
  /** Generates a pair on the token; returns its SubjectPublicKeyInfo. */
  generate(plan: SoftKeyPlan): Uint8Array;
  /** Stores the public certificate beside its key. */
  store(keyId: string, certDer: Uint8Array): void;
  /** Removes the certificates under this id. */
  dropCertificates(keyId: string): void;
  close(): void;
}

export interface SoftModule {
  create(label: string, pins: { readonly pin: string; readonly soPin: string }): SoftToken;
  close(): void;
}

/** Opens the module; SOFTHSM2_CONF must already stand in this process's own environment. */
export async function openSoftModule(): Promise<SoftModule> {
  const loaded = (await import('pkcs11js')) as typeof Pkcs11 & { default?: typeof Pkcs11 };
  const p11 = loaded.default ?? loaded;
  const api = new p11.PKCS11();
  api.load(SOFTHSM_MODULE);
  api.C_Initialize();
  const tokenIn = (slot: Buffer) => api.C_GetTokenInfo(slot);
  return {
    create(label, { pin, soPin }) {
      const free = api
        .C_GetSlotList(true)
        .find((slot) => (tokenIn(slot).flags & p11.CKF_TOKEN_INITIALIZED) === 0);
      if (!free) throw new Error('SoftHSM offers no free slot');
      api.C_InitToken(free, soPin, label);
      // SoftHSM moves a new token to a slot of its own: find it again by its label.
      const slot = api.C_GetSlotList(true).find((s) => tokenIn(s).label.trim() === label) ?? free;
      const session = api.C_OpenSession(slot, p11.CKF_SERIAL_SESSION | p11.CKF_RW_SESSION);
      api.C_Login(session, p11.CKU_SO, soPin);
      api.C_InitPIN(session, pin);
      api.C_Logout(session);
      api.C_Login(session, p11.CKU_USER, pin);
      const serial = tokenIn(slot).serialNumber.trim();
      return softToken(p11, api, session, serial);
    },
    close: () => api.C_Finalize(),
  };
}

function softToken(
  p11: typeof Pkcs11,
  api: Pkcs11.PKCS11,
  session: Buffer,
  serial: string,
): SoftToken {
  return {
    serial,
    generate({ keyId, kind, extractable = false, alwaysAuthenticate = false }) {
      const id = Buffer.from(keyId, 'hex');
      const rsa = kind === 'rsa';
      const { publicKey } = api.C_GenerateKeyPair(
        session,
        { mechanism: rsa ? p11.CKM_RSA_PKCS_KEY_PAIR_GEN : p11.CKM_EC_KEY_PAIR_GEN },
        [
          { type: p11.CKA_CLASS, value: p11.CKO_PUBLIC_KEY },
          { type: p11.CKA_TOKEN, value: true },
          { type: p11.CKA_ID, value: id },
          { type: p11.CKA_VERIFY, value: true },
          ...(rsa
            ? [
                { type: p11.CKA_MODULUS_BITS, value: 2048 },
                { type: p11.CKA_PUBLIC_EXPONENT, value: Buffer.from([1, 0, 1]) },
              ]
            : [{ type: p11.CKA_EC_PARAMS, value: P256_OID }]),
        ],
        [
          { type: p11.CKA_CLASS, value: p11.CKO_PRIVATE_KEY },
          { type: p11.CKA_TOKEN, value: true },
          { type: p11.CKA_PRIVATE, value: true },
          { type: p11.CKA_SENSITIVE, value: true },
          { type: p11.CKA_EXTRACTABLE, value: extractable },
          { type: p11.CKA_SIGN, value: true },
          { type: p11.CKA_ALWAYS_AUTHENTICATE, value: alwaysAuthenticate },
          { type: p11.CKA_ID, value: id },
        ],
      );
      const attribute = (type: number): Buffer => {
        const value = api.C_GetAttributeValue(session, publicKey, [{ type }])[0]?.value;
        if (!Buffer.isBuffer(value)) throw new Error('the token gave no public key');
        return value;
      };
      return rsa
        ? rsaSpki(attribute(p11.CKA_MODULUS), attribute(p11.CKA_PUBLIC_EXPONENT))
        : p256Spki(attribute(p11.CKA_EC_POINT));
    },
    store(keyId, certDer) {
      api.C_CreateObject(session, [
        { type: p11.CKA_CLASS, value: p11.CKO_CERTIFICATE },
        { type: p11.CKA_CERTIFICATE_TYPE, value: p11.CKC_X_509 },
        { type: p11.CKA_TOKEN, value: true },
        { type: p11.CKA_PRIVATE, value: false },
        { type: p11.CKA_ID, value: Buffer.from(keyId, 'hex') },
        { type: p11.CKA_SUBJECT, value: Buffer.from([0x30, 0x00]) },
        { type: p11.CKA_VALUE, value: Buffer.from(certDer) },
      ]);
    },
    dropCertificates(keyId) {
      api.C_FindObjectsInit(session, [
        { type: p11.CKA_CLASS, value: p11.CKO_CERTIFICATE },
        { type: p11.CKA_ID, value: Buffer.from(keyId, 'hex') },
      ]);
      const found = api.C_FindObjects(session, 16);
      api.C_FindObjectsFinal(session);
      for (const handle of found) api.C_DestroyObject(session, handle);
    },
    close: () => api.C_CloseSession(session),
  };
}
