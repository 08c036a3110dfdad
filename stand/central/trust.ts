// The node's own trust, and the signed list it delivers: made at the start, made anew each day.
import { createHash } from 'node:crypto';
import { bootstrapTrust, openTrustList, type Trust } from '../../src/shared/cades/trust-list.ts';
import { readPemCertificates, readTrustPem } from '../../src/shared/cades/trust.ts';
import type { PkiKeys } from '../pki/pki-keys.ts';
import { signTrustList, trainingTrustList, type SignedTrustList } from '../pki/trust-list.ts';
import type { ServiceSwitches } from './ca-services.ts';
import { HOUR } from './context.ts';

export interface TrustDesk {
  readonly trust: Trust;
  /** The list as delivered, with its ETag. */
  deliver(how: NonNullable<ServiceSwitches['trustList']>): { jsonText: string; etag: string };
}

/** Without keys there is no list: the PEM file is the node's own trust, and nothing is delivered. */
export function createTrustDesk(
  trustPem: string,
  keys: PkiKeys | null,
  now: () => Date,
): TrustDesk | { readonly trust: Trust; readonly deliver: null } {
  if (keys === null) return { trust: bootstrapTrust(readTrustPem(trustPem)), deliver: null };
  const make = (how: NonNullable<ServiceSwitches['trustList']>): SignedTrustList => {
    const at = now();
    const version = Math.floor(at.getTime() / 1000);
    const order = { trustPem, version, now: at };
    switch (how) {
      case 'older':
        return signTrustList(trainingTrustList({ ...order, version: 1 }), keys.list, at);
      case 'expired': {
        const change = { nextUpdate: new Date(at.getTime() - HOUR).toISOString() };
        return signTrustList(trainingTrustList({ ...order, change }), keys.list, at);
      }
      case 'unknown-signer':
        return signTrustList(trainingTrustList(order), keys.tsa, at);
      case 'broken-signature': {
        const made = signTrustList(trainingTrustList(order), keys.list, at);
        const signature = Uint8Array.from(made.signature);
        signature[signature.length - 9]! ^= 0x10;
        return { ...made, signature };
      }
      default:
        return signTrustList(trainingTrustList(order), keys.list, at);
    }
  };
  let held = { made: make('good'), at: now().getTime() };
  const opened = openTrustList({
    ...held.made,
    pins: readPemCertificates(keys.listCaPem),
    now: now(),
    newest: null,
  });
  if (!opened.ok) throw new Error(`own trust list: ${opened.code} ${opened.detail}`);
  return {
    trust: opened.trust,
    deliver(how) {
      if (now().getTime() - held.at > 24 * HOUR) held = { made: make('good'), at: now().getTime() };
      const { list, signature } = how === 'good' ? held.made : make(how);
      const jsonText = JSON.stringify({
        list: Buffer.from(list).toString('base64'),
        signature: Buffer.from(signature).toString('base64'),
      });
      const etag = `"${createHash('sha256').update(jsonText).digest('hex').slice(0, 32)}"`;
      return { jsonText, etag };
    },
  };
}
