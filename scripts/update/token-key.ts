// An Ed25519 key in a PKCS#11 token: signs manifests without ever leaving it.
import type * as Pkcs11 from 'pkcs11js';

/** PKCS#11 3.0; the binding has no names for them yet. */
const CKM_EDDSA = 0x1057;
const CKK_EC_EDWARDS = 0x40;
/** CKA_EC_PARAMS of Ed25519: its object identifier (RFC 8410), or its name, as older tokens say it. */
const ED25519 = ['06032b6570', '130c656477617264733235353139'];

export interface TokenKey {
  /** Raw Ed25519, Base64: what stations pin. */
  readonly publicKey: string;
  /** 64 bytes. */
  sign(bytes: Uint8Array): Buffer;
  close(): void;
}

/** Labels are filled up with spaces by the standard, with zeros by some tools. */
const labelOf = ({ label }: Pkcs11.TokenInfo): string => label.replace(/[\0 ]+$/, '');

/**
 * Logs in and finds the one private key of this label over all tokens of the module, or on the token `token`.
 * @throws Error in words: no module, PIN refused, no such key, several, another kind, a public half that is missing
 */
export async function openTokenKey(
  module: string,
  label: string,
  pin: string,
  token?: string,
): Promise<TokenKey> {
  const loaded = (await import('pkcs11js')) as typeof Pkcs11 & { default?: typeof Pkcs11 };
  const p11 = loaded.default ?? loaded;
  const api = new p11.PKCS11();
  api.load(module);
  api.C_Initialize();
  const close = (): void => {
    api.C_Finalize();
    api.close();
  };
  try {
    const slots = api
      .C_GetSlotList(true)
      .filter((slot) => (api.C_GetTokenInfo(slot).flags & p11.CKF_TOKEN_INITIALIZED) !== 0)
      .filter((slot) => token === undefined || labelOf(api.C_GetTokenInfo(slot)) === token);
    // One PIN is tried on one token only: on a wrong one it would cost a try.
    if (slots.length !== 1)
      throw new Error(
        `${slots.length} tokens in ${module}: say --token LABEL of the one that is meant`,
      );
    const session = api.C_OpenSession(slots[0]!, p11.CKF_SERIAL_SESSION);
    api.C_Login(session, p11.CKU_USER, pin);
    const named = (kind: number): Buffer[] => {
      api.C_FindObjectsInit(session, [
        { type: p11.CKA_CLASS, value: kind },
        { type: p11.CKA_KEY_TYPE, value: CKK_EC_EDWARDS },
        { type: p11.CKA_LABEL, value: label },
      ]);
      const found = api.C_FindObjects(session, 3);
      api.C_FindObjectsFinal(session);
      return found;
    };
    const [key, ...more] = named(p11.CKO_PRIVATE_KEY);
    const [half, ...halves] = named(p11.CKO_PUBLIC_KEY);
    if (key === undefined) throw new Error(`no Ed25519 key "${label}" in the token`);
    if (half === undefined) throw new Error(`the token has no public half of "${label}"`);
    if (more.length + halves.length > 0) throw new Error(`several keys "${label}" in the token`);
    const read = (type: number): Buffer =>
      api.C_GetAttributeValue(session, half, [{ type }])[0]!.value as Buffer;
    if (!ED25519.includes(read(p11.CKA_EC_PARAMS).toString('hex')))
      throw new Error(`"${label}" is on another curve than Ed25519`);
    // An OCTET STRING by the standard, the bare point by some tokens.
    const publicKey = read(p11.CKA_EC_POINT).subarray(-32).toString('base64');
    return {
      publicKey,
      sign(bytes) {
        api.C_SignInit(session, { mechanism: CKM_EDDSA }, key);
        return api.C_Sign(session, Buffer.from(bytes), Buffer.alloc(64));
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}
