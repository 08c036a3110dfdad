// SubjectPublicKeyInfo of a key on a token, from its public attributes alone.

/** CKA_EC_PARAMS of the named curve. */
export const P256_OID = Buffer.from('06082a8648ce3d030107', 'hex');
const EC_ALGORITHM = Buffer.from('301306072a8648ce3d020106082a8648ce3d030107', 'hex');
const RSA_ALGORITHM = Buffer.from('300d06092a864886f70d0101010500', 'hex');

function tlv(tag: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const length =
    body.length < 128
      ? [body.length]
      : body.length < 256
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const unsigned = (bytes: Buffer): Buffer =>
  tlv(0x02, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
const bits = (body: Buffer): Buffer => tlv(0x03, Buffer.from([0]), body);

/** From CKA_MODULUS and CKA_PUBLIC_EXPONENT. */
export const rsaSpki = (modulus: Buffer, exponent: Buffer): Uint8Array =>
  tlv(0x30, RSA_ALGORITHM, bits(tlv(0x30, unsigned(modulus), unsigned(exponent))));

/** From CKA_EC_POINT, which is the point in a DER OCTET STRING. */
export const p256Spki = (wrapped: Buffer): Uint8Array =>
  tlv(0x30, EC_ALGORITHM, bits(wrapped.subarray(2)));
