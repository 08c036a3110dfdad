// Keeps the station's trust: the signed list of the node under the station's pin, or the station's own file.
import type { LogTechnical } from '../../shared/contract/technical-log.ts';
import type { NcaCertificate } from '../../shared/cades/certificate-types.ts';
import {
  bootstrapTrust,
  NO_TRUST,
  openTrustList,
  type Trust,
  type TrustListRefusal,
} from '../../shared/cades/trust-list.ts';
import { readPemCertificates, readTrustPem, type TrustMaterial } from '../../shared/cades/trust.ts';
import { TRUST_PURPOSES } from '../../shared/central/trust-list.ts';
import type { CentralNode } from '../ports/central-node.ts';
import type { Clock } from '../ports/clock.ts';
import type { StationConfig, StationFiles } from '../ports/station.ts';

export interface TrustState {
  /** `none`: a pin, and no list yet: nobody is trusted. */
  readonly source: 'list' | 'station-file' | 'none';
  /** The list has run out and no newer one came: it serves on, and that is said. */
  readonly stale: boolean;
  /** Why the last delivered list was not taken. */
  readonly refused: TrustListRefusal | null;
}

export interface TrustKeeper extends TrustMaterial {
  /** The station's pin of the signer of lists and leases; empty without one: no lease is taken then. */
  readonly pins: readonly NcaCertificate[];
  current(): Trust;
  state(): TrustState;
  /**
   * Asks the node for a newer list when `maxAgeMs` passed since it last answered.
   * False when the node did not answer: further questions would only make the officer wait.
   */
  refresh(maxAgeMs: number): Promise<boolean>;
}

export interface TrustKeeperParts {
  readonly station: StationConfig;
  readonly files: StationFiles;
  readonly node: Pick<CentralNode, 'trustList'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: LogTechnical;
  /** Another list is in force: what was shown of keys may be wrong. */
  changed(): void;
}

/** @throws Error when a certificate file of the station is broken: the administrator's to mend. */
export function trustKeeper(parts: TrustKeeperParts): TrustKeeper {
  const { station, files, clock } = parts;
  const pin = station.trustListPinPem;
  if (pin === undefined) return stationFileTrust(readTrustPem(station.trustPem));
  const pins = readPemCertificates(pin);
  let trust: Trust = NO_TRUST;
  let refused: TrustListRefusal | null = null;
  let etag: string | null = null;
  let answeredAt: number | null = null;
  let asking: Promise<boolean> | null = null;

  const open = (list: Uint8Array, signature: Uint8Array) => {
    const kept = files.readTrustList();
    const newest = kept && { version: kept.version, sha256: kept.sha256 };
    return openTrustList({ list, signature, pins, now: clock.now(), newest });
  };
  const kept = files.readTrustList();
  if (kept !== null) {
    const opened = open(kept.list, kept.signature);
    if (opened.ok) trust = opened.trust;
    else parts.log('trust-list-kept-refused', { code: opened.code });
    if (opened.ok) etag = kept.etag;
  }

  async function ask(): Promise<boolean> {
    const answer = await parts.node.trustList(etag);
    if (!answer.ok) return answer.failure.kind !== 'no-answer';
    answeredAt = clock.now().getTime();
    if (answer.value === null) {
      refused = null; // the node holds nothing newer
      return true;
    }
    const { list, signature } = answer.value;
    const opened = open(list, signature);
    if (!opened.ok) {
      refused = opened.code;
      parts.log('trust-list-refused', { code: opened.code });
      return true;
    }
    refused = null;
    const before = trust.list?.sha256;
    const taken = opened.trust.list!;
    trust = opened.trust;
    etag = answer.value.etag;
    files.writeTrustList({
      list,
      signature,
      etag,
      version: taken.version,
      sha256: taken.sha256,
    });
    if (before !== taken.sha256) parts.changed();
    return true;
  }

  return {
    pins,
    get anchors() {
      return union(trust, clock.now(), 'anchors');
    },
    get intermediates() {
      return union(trust, clock.now(), 'intermediates');
    },
    current: () => trust,
    state: () => ({
      source: trust === NO_TRUST ? 'none' : 'list',
      stale: trust.list !== null && trust.list.nextUpdate < clock.now(),
      refused,
    }),
    async refresh(maxAgeMs) {
      const age = answeredAt === null ? Infinity : clock.now().getTime() - answeredAt;
      if (asking === null && age < maxAgeMs) return true;
      asking ??= ask().finally(() => (asking = null));
      return asking;
    },
  };
}

const stationFileTrust = (material: TrustMaterial): TrustKeeper => {
  const trust = bootstrapTrust(material);
  return {
    ...material,
    pins: [],
    current: () => trust,
    state: () => ({ source: 'station-file', stale: false, refused: null }),
    refresh: () => Promise.resolve(true),
  };
};

/** Certificates of all purposes, each once: for what only needs the CAs at hand. */
function union(trust: Trust, at: Date, part: keyof TrustMaterial): readonly NcaCertificate[] {
  const all = TRUST_PURPOSES.flatMap((purpose) => [...trust.of(purpose, at)[part]]);
  return [...new Map(all.map((one) => [one.sha256, one])).values()];
}
