// CAdES-T: a time-stamp over the signature value beside the signature, put in and taken out without touching it.
import { DerError, readDer, sameBytes } from './der.ts';
import { child, expectTag, oidText, TAG } from './der-values.ts';
import { context, oid, sequence, setOf, tlv } from './der-write.ts';
import { OID } from './oids.ts';
import { CMS_LIMITS, readSignedData } from './signed-data.ts';
import { verifyTimeStamp, type TimeStampRefusal, type TimeStampResult } from './timestamp.ts';
import { verifyDetachedCades, type VerifyInput, type VerifyResult } from './verify.ts';
import type { NcaCertificate } from './certificate-types.ts';

/**
 * The signature value of the one signer: what a time-stamp is over (EN 319 122-1, 5.3).
 * @throws DerError when the bytes are not one signer's detached CMS.
 */
export function signatureValue(cms: Uint8Array): Uint8Array {
  const [signer, ...others] = readSignedData(cms).signers;
  if (!signer || others.length > 0) throw new DerError('one signer expected');
  return signer.signature;
}

/**
 * The same message with the token as its signature-time-stamp.
 * @throws DerError when the message has unsigned attributes already, or is none.
 */
export function addTimeStamp(cms: Uint8Array, token: Uint8Array): Uint8Array {
  const [signer] = readSignedData(cms).signers;
  if (!signer || signer.hasUnsignedAttributes) throw new DerError('unsigned attributes');
  const attribute = sequence(oid(OID.signatureTimeStamp), setOf(token));
  return withUnsigned(cms, context(1, attribute));
}

/** Writes the one SignerInfo anew with this unsigned part, or without any. */
function withUnsigned(cms: Uint8Array, unsigned: Uint8Array | null): Uint8Array {
  const info = readDer(cms, CMS_LIMITS);
  const data = child(child(info, 1, 0xa0), 0, TAG.sequence);
  const before = data.children.slice(0, -1).map(({ raw }) => raw);
  const signers = expectTag(data.children[data.children.length - 1], TAG.set);
  const signer = child(signers, 0, TAG.sequence);
  const parts = signer.children.filter(({ tag }) => tag !== 0xa1).map(({ raw }) => raw);
  const signerInfo = sequence(...parts, ...(unsigned === null ? [] : [unsigned]));
  const signedData = sequence(...before, tlv(TAG.set, signerInfo));
  return sequence(child(info, 0).raw, context(0, signedData));
}

export interface SplitCades {
  /** The signature as its maker sent it (level B-B). */
  readonly basic: Uint8Array;
  readonly timeStamp: Uint8Array | null;
}

/**
 * Takes a CAdES-T apart; a message at level B-B comes back as it is.
 * @throws DerError for any other unsigned attribute: its meaning is not known here.
 */
export function splitCadesT(cms: Uint8Array): SplitCades {
  const [signer, ...others] = readSignedData(cms).signers;
  if (!signer || others.length > 0) throw new DerError('one signer expected');
  if (!signer.hasUnsignedAttributes) return { basic: cms, timeStamp: null };
  const data = child(child(readDer(cms, CMS_LIMITS), 1, 0xa0), 0, TAG.sequence);
  const info = child(expectTag(data.children[data.children.length - 1], TAG.set), 0);
  const box = info.children[info.children.length - 1];
  const [attribute, ...more] = expectTag(box, 0xa1).children;
  const values = attribute ? child(attribute, 1, TAG.set).children : [];
  const [token] = values;
  if (
    !attribute ||
    more.length > 0 ||
    values.length !== 1 ||
    !token ||
    oidText(attribute.children[0]) !== OID.signatureTimeStamp
  )
    throw new DerError('unsigned attributes');
  const basic = withUnsigned(cms, null);
  // One form only: what is put together again must be these very bytes.
  if (!sameBytes(addTimeStamp(basic, token.raw), cms)) throw new DerError('unsigned attributes');
  return { basic, timeStamp: token.raw };
}

export interface VerifyTInput extends VerifyInput {
  /** Trusted for time-stamps; another list than the signers'. */
  readonly tsa: {
    readonly anchors: readonly NcaCertificate[];
    readonly intermediates: readonly NcaCertificate[];
  };
}

export type VerifyTResult =
  | {
      readonly ok: true;
      readonly signature: Extract<VerifyResult, { ok: true }>;
      readonly timeStamp: Extract<TimeStampResult, { ok: true }>;
    }
  | { readonly ok: false; readonly signature: Extract<VerifyResult, { ok: false }> }
  | {
      readonly ok: false;
      readonly timeStamp: TimeStampRefusal | 'missing';
      readonly detail: string;
    };

/**
 * Verifies level T: first the stamp, then the signature and its certificate at the stamped time.
 * `now` bounds the stamp from above; the signer's own signing-time (informative) is not used.
 */
export function verifyCadesT(input: VerifyTInput): VerifyTResult {
  let split: SplitCades;
  try {
    split = splitCadesT(input.cms);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return { ok: false, signature: { ok: false, code: 'malformed', detail: error.message } };
  }
  if (split.timeStamp === null)
    return { ok: false, timeStamp: 'missing', detail: 'no signature-time-stamp' };
  const stamp = verifyTimeStamp({
    token: split.timeStamp,
    stamped: signatureValue(split.basic),
    nonce: null,
    ...input.tsa,
    between: { from: new Date(0), to: input.now },
  });
  if (!stamp.ok) return { ok: false, timeStamp: stamp.code, detail: stamp.detail };
  const signature = verifyDetachedCades({ ...input, cms: split.basic, now: stamp.at });
  return signature.ok ? { ok: true, signature, timeStamp: stamp } : { ok: false, signature };
}
