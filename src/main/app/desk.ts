// The officer's desk: everything a use case works with, and the one place where the session lives.
import type { NodeConfig, OfficerProfile } from '../../shared/central/messages.ts';
import type { NcaCertificate } from '../../shared/cades/certificate-types.ts';
import type { Push } from '../../shared/contract/channels.ts';
import type { JournalKind } from '../../shared/contract/journal.ts';
import type { SyncProgress } from '../../shared/contract/line.ts';
import type { LogTechnical } from '../../shared/contract/technical-log.ts';
import type { LOCK_REASONS, SessionDto } from '../../shared/contract/session.ts';
import type { OutsideServices, ServiceCode, ServiceProbe } from '../../shared/central/services.ts';
import type { WorkingCalendar } from '../domain/calendar.ts';
import type { Lease } from '../domain/case-facts.ts';
import type { ActPacks } from '../ports/act-packs.ts';
import type { CameraGate } from '../ports/camera-gate.ts';
import type { CentralNode, NodeFailure } from '../ports/central-node.ts';
import type { Clock } from '../ports/clock.ts';
import type { ExportFolder } from '../ports/export-folder.ts';
import type { Imaging } from '../ports/imaging.ts';
import type { KeyVault } from '../ports/key-vault.ts';
import type { PaperPrinter } from '../ports/paper-printer.ts';
import type { StationFactsSource } from '../ports/station-facts.ts';
import type { TechnicalLog } from '../ports/technical-log.ts';
import type { StationConfig, StationFiles } from '../ports/station.ts';
import type { ServiceProber } from '../ports/service-probe.ts';
import type { Spreadsheets } from '../ports/spreadsheets.ts';
import type { Store, StoreOpener } from '../ports/store.ts';
import type { TokenKeyRef, TokenPort } from '../ports/token.ts';
import type { RenderedPictures } from './show-picture.ts';
import type { RevocationDesk } from './revocation-desk.ts';
import type { TrustKeeper } from './trust-keeper.ts';
import type { UpdateInstaller } from '../ports/updates.ts';
import type { UpdateKeeper } from './update-keeper.ts';

export interface Deps {
  readonly clock: Clock;
  readonly node: CentralNode;
  readonly prober: ServiceProber;
  readonly token: TokenPort;
  readonly imaging: Imaging;
  readonly vault: KeyVault;
  readonly opener: StoreOpener;
  readonly files: StationFiles;
  readonly packs: ActPacks;
  readonly exports: ExportFolder;
  readonly printer: PaperPrinter;
  readonly facts: StationFactsSource;
  readonly technicalLog: TechnicalLog;
  readonly camera: CameraGate;
  readonly spreadsheets: Spreadsheets;
  readonly station: StationConfig;
  readonly trust: TrustKeeper;
  readonly revocation: RevocationDesk;
  readonly updates: UpdateKeeper;
  readonly installer: UpdateInstaller;
  readonly cacheDir: string;
  /** A signed act rests this long before it is sent, so that a slip can be taken back. */
  readonly takeBackMs: number;
  readonly versions: { readonly app: string; readonly electron: string; readonly runtime: string };
  push(message: DistributiveOmit<Push, 'revision'>): void;
  /** Technical log: closed events, codes and numbers only. */
  readonly log: LogTechnical;
}

type DistributiveOmit<T, K extends string> = T extends unknown ? Omit<T, K> : never;

/** The key that is logged in and its certificate. */
export interface SessionKey extends TokenKeyRef {
  readonly label: string;
  readonly certificate: NcaCertificate;
}

export interface OpenSession {
  readonly store: Store;
  readonly cacheFile: string;
  officer: OfficerProfile;
  config: NodeConfig;
  calendar: WorkingCalendar;
  readonly key: SessionKey;
  openedAt: Date;
  locked: (typeof LOCK_REASONS)[number] | null;
}

/** A claim kept alive while the cache is closed; `lapsed`: the node refused to make it longer. */
export interface KeptClaim {
  readonly applicationId: string;
  lease: Lease;
  changed: boolean;
  lapsed: boolean;
}

export interface ToldProbe {
  readonly code: ServiceCode;
  readonly probe: ServiceProbe;
}

/** One round of the watch over outside services, with the clocks (ms) and the line of its moment. */
export interface Beat {
  readonly nowMs: number;
  /** The node's clock minus ours. */
  readonly driftMs: number;
  readonly lineDead: boolean;
  readonly own: readonly ToldProbe[];
  /** The node's. */
  readonly told: readonly ToldProbe[];
}

/**
 * Locked, with the cache closed and its key gone: what the lock screen shows, what opens it again, and what
 * goes on meanwhile without it. Nothing of a person but the officer.
 */
export interface AsleepSession {
  readonly cacheFile: string;
  readonly key: SessionKey;
  readonly locked: NonNullable<OpenSession['locked']>;
  /** The session as it was told last. */
  readonly shown: SessionDto;
  readonly claims: readonly KeptClaim[];
  readonly leaseMinutes: number;
  readonly services: OutsideServices;
  readonly beats: Beat[];
  /** The newest probe of each service that the node told. */
  readonly toldAt: Map<ServiceCode, string>;
  /** Latest time by the node's clock, ms, and that clock minus ours: a clock put back meanwhile is still known. */
  highestMs: number;
  driftMs: number | null;
}

export interface LineState {
  state: 'online' | 'offline' | 'unknown';
  because: string | null;
  since: string | null;
  syncing: SyncProgress | null;
}

export interface Desk {
  readonly deps: Deps;
  session: OpenSession | null;
  /** Not null only while `session` is null. */
  asleep: AsleepSession | null;
  /** Calls of the screens in work: the cache is not closed under them. */
  calls: number;
  readonly line: LineState;
  /** Emptied at lock and log-out. */
  readonly rendered: RenderedPictures;
  /** Wakes the sync loop: something is to be sent or asked for. */
  wake(): void;
  /** Tells the screen how the line stands; never makes the loop work. */
  tellLine(): void;
}

/** A desk with somebody at it: what nearly every use case needs. */
export interface OpenDesk extends Desk {
  session: OpenSession;
}

export const nowText = (desk: Desk): string => desk.deps.clock.now().toISOString();

/** Writes one journal row in the name of the officer at the desk. */
export const journal = (
  desk: OpenDesk,
  kind: JournalKind,
  ticket: string | null,
  details: Record<string, string | number | boolean> = {},
): void =>
  desk.session.store.journal.append({
    at: nowText(desk),
    officer: desk.session.officer.fullName,
    kind,
    ticket,
    details,
  });

/** What a failed call says of the line; a refusal means the line is there. */
export function noteLine(desk: Desk, failure: NodeFailure | null): void {
  const before = desk.line.state;
  const beforeWhy = desk.line.because;
  if (failure === null || (failure.kind === 'refused' && failure.code !== 'unavailable')) {
    const ended = failure?.kind === 'refused' && failure.code === 'unauthenticated';
    desk.line.state = ended ? 'offline' : 'online';
    desk.line.because = ended ? 'session-needed' : null;
  } else {
    desk.line.state = 'offline';
    desk.line.because =
      failure.kind === 'no-answer'
        ? failure.because
        : failure.kind === 'malformed'
          ? 'malformed'
          : 'unavailable';
  }
  if (before !== desk.line.state || beforeWhy !== desk.line.because) {
    desk.line.since = nowText(desk);
    desk.deps.log('line-changed', { state: desk.line.state, because: desk.line.because ?? '' });
    desk.tellLine();
  }
}
