// Issues the stand's certificates in the layout of Kazakhstan's NCA; the issuer is plainly a training one.
import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { OID, ROLE_OIDS, type CertificateRole } from '../../src/shared/cades/oids.ts';

x509.cryptoProvider.set(webcrypto as Parameters<typeof x509.cryptoProvider.set>[1]);

const { subtle } = webcrypto;
type Usage = Parameters<typeof subtle.importKey>[4];
const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: Uint8Array.of(1, 0, 1),
};
const P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
export const algorithmOf = (kind: 'rsa' | 'ec-p256') => (kind === 'rsa' ? RSA : P256);
const SIGNING: Usage = ['sign', 'verify'];
const FLAG = x509.KeyUsageFlags;

export interface Authority {
  readonly kind: 'rsa' | 'ec-p256';
  readonly certDer: Uint8Array;
  readonly privateKey: webcrypto.CryptoKey;
  readonly publicKey: webcrypto.CryptoKey;
}

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** Positive and 20 bytes long, as the NCA writes them. */
export const serial = (): string => {
  const bytes = randomBytes(20);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
};

const der = (certificate: x509.X509Certificate): Uint8Array => new Uint8Array(certificate.rawData);
/** A copy on a buffer of its own: the library's types refuse bytes that might be shared. */
const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
export const subjectOf = (authority: Authority): x509.Name =>
  new x509.X509Certificate(own(authority.certDer)).subjectName;

// Plain strings lose what stands before a quote in this library: every text is given its type.
const text = (utf8String: string) => [{ utf8String }];
const ascii = (printableString: string) => [{ printableString }];

export interface AuthorityRequest extends Validity {
  readonly commonName: string;
  readonly kind: 'rsa' | 'ec-p256';
  /** Absent for a root. */
  readonly issuer?: Authority;
  /** Path length 0: issues people only. */
  readonly issuing: boolean;
}

/** A CA with a new software key. */
export async function issueAuthority(request: AuthorityRequest): Promise<Authority> {
  const { kind, issuer, commonName, notBefore, notAfter } = request;
  const keys = (await subtle.generateKey(
    algorithmOf(kind),
    true,
    SIGNING,
  )) as webcrypto.CryptoKeyPair;
  const subject = new x509.Name([{ CN: text(commonName) }, { C: ascii('KZ') }]);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject,
    issuer: issuer ? subjectOf(issuer) : subject,
    notBefore,
    notAfter,
    publicKey: keys.publicKey,
    signingKey: (issuer ?? keys).privateKey,
    signingAlgorithm: algorithmOf(issuer?.kind ?? kind),
    extensions: [
      new x509.BasicConstraintsExtension(true, request.issuing ? 0 : undefined, true),
      new x509.KeyUsagesExtension(FLAG.keyCertSign | FLAG.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create((issuer ?? keys).publicKey),
    ],
  });
  return { kind, certDer: der(certificate), ...keys };
}

export interface PersonRequest extends Validity {
  readonly issuer: Authority;
  readonly spkiDer: Uint8Array;
  readonly surname: string;
  readonly name: string;
  readonly patronymic: string | null;
  readonly iin: string | null;
  /** Organisation of an officer; applicants have none. */
  readonly unit: { readonly name: string; readonly bin: string | null } | null;
  readonly roles: readonly CertificateRole[];
  /** `sign`: digitalSignature + nonRepudiation; `auth`: digitalSignature + keyEncipherment. */
  readonly usage: 'sign' | 'auth';
  /** Value of the NCA key-storage extension; null leaves it out. */
  readonly keyStorageOid: string | null;
}

/** KAZTOKEN and PKCS#12 file, as the key-storage extension names them. */
export const STORAGE = { token: '1.2.398.3.3.5.2.2', file: '1.2.398.3.3.5.1.1' } as const;

/** The certificate of an officer or an applicant: RDN order CN, SN, serialNumber, C, O, OU, GN. */
export async function issuePerson(request: PersonRequest): Promise<Uint8Array> {
  const { issuer, unit, surname, patronymic, notBefore, notAfter } = request;
  const subject = [
    { CN: text(`${surname} ${request.name}`) },
    { [OID.surname]: text(surname) },
    ...(request.iin === null ? [] : [{ [OID.serialNumber]: ascii(`IIN${request.iin}`) }]),
    { C: ascii('KZ') },
    ...(unit ? [{ O: text(unit.name) }] : []),
    ...(unit?.bin ? [{ OU: text(`BIN${unit.bin}`) }] : []),
    ...(patronymic === null ? [] : [{ [OID.givenName]: text(patronymic) }]),
  ];
  const publicKey = new x509.PublicKey(own(request.spkiDer));
  const second = request.usage === 'sign' ? FLAG.nonRepudiation : FLAG.keyEncipherment;
  const ekus = [OID.emailProtection, ...request.roles.map((role) => ROLE_OIDS[role])];
  const storage = request.keyStorageOid;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: new x509.Name(subject),
    issuer: subjectOf(issuer),
    notBefore,
    notAfter,
    publicKey,
    signingKey: issuer.privateKey,
    signingAlgorithm: algorithmOf(issuer.kind),
    extensions: [
      new x509.ExtendedKeyUsageExtension(ekus, false),
      new x509.KeyUsagesExtension(FLAG.digitalSignature | second, true),
      new x509.CertificatePolicyExtension([OID.ncaPolicy]),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      ...(storage === null
        ? []
        : [new x509.Extension(OID.ncaKeyStorage, false, own(oidSequence(storage)))]),
    ],
  });
  return der(certificate);
}

/** A TLS server certificate with a new P-256 key, for the loopback names only. */
export async function issueTlsServer(
  issuer: Authority,
  { notBefore, notAfter }: Validity,
): Promise<{ readonly certPem: string; readonly keyPem: string }> {
  const keys = (await subtle.generateKey(P256, true, SIGNING)) as webcrypto.CryptoKeyPair;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: new x509.Name([{ CN: text('localhost') }]),
    issuer: subjectOf(issuer),
    notBefore,
    notAfter,
    publicKey: keys.publicKey,
    signingKey: issuer.privateKey,
    signingAlgorithm: algorithmOf(issuer.kind),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.ExtendedKeyUsageExtension([OID.serverAuth], false),
      new x509.KeyUsagesExtension(FLAG.digitalSignature, true),
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
      ]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return { certPem: pemOf(der(certificate)), keyPem: await exportKeyPem(keys.privateKey) };
}

export const pemOf = (certDer: Uint8Array): string =>
  `${x509.PemConverter.encode(own(certDer), 'CERTIFICATE')}\n`;

export const exportKeyPem = async (key: webcrypto.CryptoKey): Promise<string> =>
  `${x509.PemConverter.encode(await subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`;

/** A CA read back from its certificate and PKCS#8 key. */
export async function importAuthority(certDer: Uint8Array, keyPem: string): Promise<Authority> {
  const certificate = new x509.X509Certificate(own(certDer));
  const kind = certificate.publicKey.algorithm.name === 'ECDSA' ? 'ec-p256' : 'rsa';
  const [pkcs8] = x509.PemConverter.decode(keyPem);
  if (!pkcs8) throw new Error('no key in the PEM text');
  const algorithm = algorithmOf(kind);
  const privateKey = await subtle.importKey('pkcs8', pkcs8, algorithm, true, ['sign']);
  const publicKey = (await certificate.publicKey.export(algorithm, [
    'verify',
  ])) as webcrypto.CryptoKey;
  return { kind, certDer, privateKey, publicKey };
}

/** SEQUENCE { OBJECT IDENTIFIER }. */
function oidSequence(dotted: string): Uint8Array {
  const arcs = dotted.split('.').map(Number);
  const [first = 0, second = 0, ...rest] = arcs;
  const body = [first * 40 + second, ...rest].flatMap((arc) => {
    const septets = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) septets.unshift((left & 0x7f) | 0x80);
    return septets;
  });
  return Uint8Array.from([0x30, body.length + 2, 0x06, body.length, ...body]);
}
