// Which faults of a connection mean that the far end is not the one we trust, so that nothing of ours was said.

/** Certificates that the trusted authority did not give this server for this use. */
const CERTIFICATE =
  /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH/;
/** No TLS of our kind came about: plain text, an old version, nothing in common. OpenSSL's and BoringSSL's names. */
const HANDSHAKE = /WRONG_VERSION_NUMBER|UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|HANDSHAKE_FAILURE/;

/** `code`: of Node's error. Faults after the handshake (a torn record) are not among them. */
export const notTrusted = (code: string): boolean => CERTIFICATE.test(code) || HANDSHAKE.test(code);
