// The composition root: adapters in, one desk with its loop and router out. Nothing is built elsewhere.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Push } from '../../shared/contract/channels.ts';
import type { LogTechnical } from '../../shared/contract/technical-log.ts';
import type { Result } from '../../shared/kernel/result.ts';
import { stopBatch } from '../app/batch-desk.ts';
import type { Deps, Desk } from '../app/desk.ts';
import { lock } from '../app/lock-session.ts';
import { revocationDesk } from '../app/revocation-desk.ts';
import { trustKeeper } from '../app/trust-keeper.ts';
import { noUpdates, updateKeeper } from '../app/update-keeper.ts';
import { readLine } from '../app/read-line.ts';
import { renderedPictures, showPicture, type ShownPicture } from '../app/show-picture.ts';
import { signaturesEnded } from '../app/sign-act.ts';
import type { PictureRequest } from '../../shared/contract/picture-address.ts';
import { httpsCentralNode } from '../adapters/central/https-central-node.ts';
import { nodeUpdates } from '../adapters/central/https-update-source.ts';
import { httpsServiceProbe } from '../adapters/central/https-service-probe.ts';
import { argonKeyVault, type SystemVault } from '../adapters/system/key-vault.ts';
import { zippedActPacks } from '../adapters/system/act-packs.ts';
import { exportFolder } from '../adapters/system/export-folder.ts';
import { xlsxSpreadsheets } from '../adapters/system/xlsx-spreadsheets.ts';
import { shareUpdates } from '../adapters/system/share-updates.ts';
import { updateFolder } from '../adapters/system/update-folder.ts';
import { stationFiles } from '../adapters/system/station-files.ts';
import { technicalLogFile } from '../adapters/system/technical-log-file.ts';
import { sqliteOpener } from '../adapters/sqlite/open-store.ts';
import type { CameraGate } from '../ports/camera-gate.ts';
import type { Clock } from '../ports/clock.ts';
import type { Imaging } from '../ports/imaging.ts';
import type { PaperPrinter } from '../ports/paper-printer.ts';
import type { StationFactsSource } from '../ports/station-facts.ts';
import type { StationConfig } from '../ports/station.ts';
import type { TokenPort } from '../ports/token.ts';
import type { UpdateInstaller } from '../ports/updates.ts';
import { logToken } from './log-token.ts';
import { startOutageLoop } from './outage-loop.ts';
import { route } from './router.ts';
import { startUpdateLoop } from './update-loop.ts';
import { LOOP_TIMES, startSyncLoop, type LoopTimes, type SyncLoop } from './sync-loop.ts';

export interface CoreOptions {
  readonly station: StationConfig;
  /** Folder of this user: caches, settings, the station's pre-log-in journal. */
  readonly userDir: string;
  /** Where exported acts go; a folder of the user's data when absent. */
  readonly exportDir?: string;
  readonly token: TokenPort;
  readonly imaging: Imaging;
  /** Prints through the shell; without one papers can be looked at only. */
  readonly printer?: PaperPrinter;
  /** What the shell knows for the diagnostics; without one they have only what the core knows. */
  readonly facts?: StationFactsSource;
  /** The window may film from now on, or no more; without one it never may. */
  readonly camera?: CameraGate;
  /** Closes the program and runs the policy's command; without one nothing is installed from here. */
  readonly installer?: UpdateInstaller;
  readonly systemVault: SystemVault | null;
  readonly sqliteBinding: string | null;
  readonly versions: Deps['versions'];
  readonly times?: LoopTimes;
  readonly clock?: Partial<Clock>;
  onPush(message: Push): void;
  readonly log: LogTechnical;
}

export interface Core {
  call(name: unknown, payload: unknown): Promise<Result<unknown, string>>;
  /** Bytes of a picture or of a rendering for an unlocked officer; null otherwise. */
  picture(request: PictureRequest): Promise<ShownPicture | null>;
  readonly loop: SyncLoop;
  readonly desk: Desk;
  stop(): Promise<void>;
}

const systemClock: Clock = {
  now: () => new Date(),
  uuid: () => randomUUID(),
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
  sleep: async (milliseconds, signal) => {
    await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
  },
  sha256: (bytes) => createHash('sha256').update(bytes).digest('hex'),
};

const noCamera: CameraGate = { open: () => undefined, close: () => undefined };

const noInstaller: UpdateInstaller = { run: () => Promise.resolve(false) };

const noFacts: StationFactsSource = { read: () => Promise.resolve(null) };

const noPrinter: PaperPrinter = {
  printers: () => Promise.resolve([]),
  print: () => Promise.resolve(false),
  pdf: () => Promise.resolve(null),
};

export function createCore(options: CoreOptions): Core {
  const { station, userDir } = options;
  const exportDir = options.exportDir ?? `${userDir}/exported`;
  const revisions = new Map<Push['topic'], number>();
  const clock: Clock = { ...systemClock, ...options.clock };
  const files = stationFiles(userDir);
  const proxyUrl = station.fixed?.proxyUrl;
  const address = {
    url: station.nodeUrl,
    caPem: station.tlsCaPem,
    stationId: station.stationId,
    ...(proxyUrl === undefined ? {} : { proxyUrl }),
  };
  const node = httpsCentralNode(address);
  const trust = trustKeeper({
    station,
    files,
    node,
    clock,
    log: options.log,
    changed: () => deps.push({ topic: 'tokens' }),
  });
  const { updates: settings } = station;
  const updates =
    settings === undefined
      ? noUpdates
      : updateKeeper({
          settings,
          installed: options.versions.app,
          source:
            settings.source === 'node'
              ? nodeUpdates(address)
              : shareUpdates(settings.source.folder),
          folder: updateFolder(`${userDir}/updates`),
          clock,
          log: options.log,
          changed: () => deps.push({ topic: 'updates' }),
        });
  const deps: Deps = {
    clock,
    node,
    prober: httpsServiceProbe(station.tlsCaPem, proxyUrl),
    token: logToken(options.token, options.log),
    imaging: options.imaging,
    vault: argonKeyVault(userDir, options.systemVault),
    opener: sqliteOpener({
      nativeBinding: options.sqliteBinding,
      onSlow: (label, ms) => options.log('slow-query', { label, ms: Math.round(ms) }),
    }),
    files,
    packs: zippedActPacks(exportDir),
    exports: exportFolder(exportDir),
    printer: options.printer ?? noPrinter,
    facts: options.facts ?? noFacts,
    technicalLog: technicalLogFile(userDir),
    camera: options.camera ?? noCamera,
    spreadsheets: xlsxSpreadsheets,
    station,
    trust,
    revocation: revocationDesk({ node, files, trust, clock, random: randomBytes }),
    updates,
    installer: options.installer ?? noInstaller,
    cacheDir: `${userDir}/cache`,
    takeBackMs: (options.times ?? LOOP_TIMES).takeBackMs,
    versions: options.versions,
    push(message) {
      const revision = (revisions.get(message.topic) ?? 0) + 1;
      revisions.set(message.topic, revision);
      options.onPush({ ...message, revision } as Push);
    },
    log: options.log,
  };
  let loop: SyncLoop | null = null;
  const desk: Desk = {
    deps,
    session: null,
    asleep: null,
    calls: 0,
    line: { state: 'unknown', because: null, since: null, syncing: null },
    rendered: renderedPictures(),
    wake: () => loop?.wake(),
    tellLine: () => deps.push({ topic: 'line', line: readLine(desk) }),
  };
  void trust.refresh(0); // the log-in card judges keys by the newest list
  const started = startSyncLoop(desk, options.times ?? LOOP_TIMES);
  const watching = startOutageLoop(desk, (options.times ?? LOOP_TIMES).tickMs);
  const updating = startUpdateLoop(desk);
  loop = started;
  options.token.onPresence((event) => {
    deps.push({ topic: 'tokens' });
    const { session } = desk;
    if (
      event.type === 'removed' &&
      session?.key.serial === event.token.serial &&
      session.key.moduleId === event.token.moduleId
    )
      lock(desk, 'token-removed');
  });
  return {
    desk,
    loop: started,
    call: (name, payload) => route(desk, started, name, payload),
    picture: (request) => showPicture(desk, request),
    async stop() {
      started.stop();
      watching.stop();
      updating.stop();
      await started.quiet();
      stopBatch(desk);
      await signaturesEnded(desk); // a signature the token works on is kept, then the cache closes
      desk.session?.store.close();
      desk.session = null;
      desk.asleep = null;
    },
  };
}
