// ECDSA signature forms: PKCS#11 gives r‖s, CMS wants DER SEQUENCE { r, s }.

/** DER of a raw 64-byte P-256 signature, or null when the length is wrong. */
export function ecdsaDer(raw: Uint8Array): Uint8Array | null {
  if (raw.length !== 64) return null;
  const body = Buffer.concat([integer(raw.subarray(0, 32)), integer(raw.subarray(32))]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

function integer(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  const trimmed = start < 0 ? Uint8Array.of(0) : bytes.subarray(start);
  const sign = (trimmed[0] ?? 0) >= 0x80 ? [0] : [];
  return Buffer.concat([Buffer.from([0x02, trimmed.length + sign.length, ...sign]), trimmed]);
}
