// A whole workstation core in this process, on the real token module, the real cache file and a real node.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { probeOnly } from '../../src/main/adapters/imaging/local-imaging.ts';
import { openPkcs11Token } from '../../src/main/adapters/token/pkcs11-token.ts';
import { createCore, type Core } from '../../src/main/core/compose.ts';
import type { LoopTimes } from '../../src/main/core/sync-loop.ts';
import type { CameraGate } from '../../src/main/ports/camera-gate.ts';
import type { Clock } from '../../src/main/ports/clock.ts';
import type { StationFactsSource } from '../../src/main/ports/station-facts.ts';
import { technicalLog } from '../../src/main/shell/technical-log.ts';
import type { StationConfig as StationStart } from '../../src/main/ports/station.ts';
import type { Imaging } from '../../src/main/ports/imaging.ts';
import type { TokenPort, TokenPresenceEvent } from '../../src/main/ports/token.ts';
import type {
  ChannelName,
  Push,
  ReplyOf,
  RequestOf,
  ResultOf,
} from '../../src/shared/contract/channels.ts';
import type { UpdateInstaller } from '../../src/main/ports/updates.ts';
import type { StationFixed } from '../../src/shared/contract/core-messages.ts';
import type { MeasureCode } from '../../src/shared/central/measures.ts';
import { CHECK_GROUPS } from '../../src/shared/central/statement.ts';
import type { DemoOfficer } from '../../stand/pki/demo-pki.ts';
import type { StationConfig } from '../../stand/station-config.ts';

export const SQLITE_BINDING = path.resolve('node_modules/.kualik/better_sqlite3.node');

/** What a workstation needs of a stand: the file of the station, and who may log in. */
export interface WorkstationStand {
  readonly configPath: string;
  readonly config: StationConfig;
  readonly pin: string;
  readonly officers: readonly Pick<
    DemoOfficer,
    'id' | 'iin' | 'department' | 'tokenSerial' | 'keyId' | 'certSha256'
  >[];
}

export interface WorkstationOptions {
  readonly stationId?: string;
  /** Kept between two workstations of a test to act as a restart on the same machine. */
  readonly userDir?: string;
  readonly nodeUrl?: string;
  readonly times?: LoopTimes;
  readonly clock?: Partial<Clock>;
  readonly token?: TokenPort;
  /** `testImaging()` for a real measuring process; else pictures are looked at here and not measured. */
  readonly imaging?: Imaging;
  readonly camera?: CameraGate;
  readonly facts?: StationFactsSource;
  /** Values that the administrator's policy sets. */
  readonly fixed?: StationFixed;
  readonly updates?: NonNullable<StationStart['updates']>;
  readonly installer?: UpdateInstaller;
}

export interface Workstation {
  readonly core: Core;
  readonly userDir: string;
  readonly pushes: Push[];
  readonly logged: { event: string; details: Record<string, unknown> }[];
  /** Any answer. */
  call<N extends ChannelName>(name: N, request: RequestOf<N>): Promise<ResultOf<N>>;
  /** The value of an answer that must be ok. */
  get<N extends ChannelName>(name: N, request: RequestOf<N>): Promise<ReplyOf<N>>;
  /** Tells the core that a token came or went, as the token process would. */
  presence(event: TokenPresenceEvent): void;
  stop(): Promise<void>;
}

/** Quick loops: a test must not wait for a calm officer's rhythm. */
export const QUICK: LoopTimes = { newsWaitMs: 400, retryMs: 100, tickMs: 200, takeBackMs: 0 };

/** The token in this process; slot listing is blocking and short on SoftHSM. */
async function ownToken(
  stand: WorkstationStand,
): Promise<{ port: TokenPort; tell: Workstation['presence'] }> {
  const token = await openPkcs11Token(stand.config.modules);
  const listeners = new Set<(event: TokenPresenceEvent) => void>();
  return {
    port: {
      listTokens: () => token.listTokens(),
      provePin: (request) => token.provePin(request),
      sign: (request) => token.sign(request),
      hold: (request) => token.hold(request),
      signHeld: (request) => token.signHeld(request),
      release: () => token.release(),
      renew: () => undefined,
      onPresence(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    tell: (event) => listeners.forEach((listener) => listener(event)),
  };
}

let shared: ReturnType<typeof ownToken> | null = null;

export async function startWorkstation(
  stand: WorkstationStand,
  options: WorkstationOptions = {},
): Promise<Workstation> {
  Object.assign(process.env, stand.config.env); // where SoftHSM finds its tokens
  // A PKCS#11 module is initialised once a process: all workstations of a test share it.
  const own = await (shared ??= ownToken(stand));
  const userDir = options.userDir ?? fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-ws-'));
  const pushes: Push[] = [];
  const logged: Workstation['logged'] = [];
  const write = technicalLog(userDir);
  const core = createCore({
    station: {
      file: stand.configPath,
      nodeUrl: options.nodeUrl ?? stand.config.nodeUrl,
      tlsCaPem: fs.readFileSync(stand.config.tlsCaFile, 'utf8'),
      trustPem: fs.readFileSync(stand.config.trustFile, 'utf8'),
      ...(stand.config.trustListSignerFile === undefined
        ? {}
        : { trustListPinPem: fs.readFileSync(stand.config.trustListSignerFile, 'utf8') }),
      stationId: options.stationId ?? stand.config.stationId,
      training: true,
      modules: stand.config.modules,
      ...(options.fixed === undefined ? {} : { fixed: options.fixed }),
      ...(options.updates === undefined ? {} : { updates: options.updates }),
    },
    userDir,
    token: options.token ?? own.port,
    imaging: options.imaging ?? probeOnly(),
    systemVault: null,
    sqliteBinding: SQLITE_BINDING,
    versions: { app: '0.0.0', electron: '', runtime: 'test' },
    times: options.times ?? QUICK,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.camera === undefined ? {} : { camera: options.camera }),
    ...(options.installer === undefined ? {} : { installer: options.installer }),
    ...(options.facts === undefined ? {} : { facts: options.facts }),
    onPush: (push) => pushes.push(push),
    log: (event, details) => {
      logged.push({ event, details });
      write('core', event, details);
    },
  });
  const call: Workstation['call'] = (name, request) => core.call(name, request) as never;
  return {
    core,
    userDir,
    pushes,
    logged,
    call,
    presence: own.tell,
    async get(name, request) {
      const result = await call(name, request);
      if (!result.ok) throw new Error(`${name} refused: ${JSON.stringify(result.refusal)}`);
      return result.value as never;
    },
    stop: () => core.stop(),
  };
}

type OfficerId = DemoOfficer['id'];

/** Logs the stand's officer in with the key of the own token. */
export async function logInAs(
  workstation: Workstation,
  stand: WorkstationStand,
  id: OfficerId,
  pin = stand.pin,
): Promise<ResultOf<'session.logIn'>> {
  const officer = stand.officers.find((one) => one.id === id);
  if (officer === undefined) throw new Error(`no officer ${id}`);
  return workstation.call('session.logIn', {
    moduleId: stand.config.modules[0]!.id,
    serial: officer.tokenSerial,
    keyId: officer.keyId,
    certSha256: officer.certSha256,
    pin,
  });
}

/** Waits until `check` answers something other than null/false/undefined; fails after the time. */
export async function until<T>(
  check: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  what: string,
  ms = 15_000,
): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const found = await check();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

export const QUEUE = {
  view: 'pending',
  sort: 'urgency',
  descending: false,
  search: '',
  held: 'any',
  findings: 'any',
  after: null,
  limit: 100,
} as const satisfies RequestOf<'queue.page'>;

/**
 * Reviews a claimed case as an officer whose eye finds nothing wrong: every "look" of the measures is
 * answered, every group confirmed. False when something stands open that only a reason or an annulment ends.
 */
export async function reviewByEye(
  workstation: Workstation,
  applicationId: string,
): Promise<boolean> {
  const { checks } = await workstation.get('case.open', { applicationId });
  for (const { code, measure, open } of checks)
    if (open && measure !== null)
      await workstation.call('case.answer', {
        applicationId,
        code: code as MeasureCode,
        answer: { reason: null },
      });
  let whole = true;
  for (const group of CHECK_GROUPS) {
    const answer = await workstation.call('case.confirm', {
      applicationId,
      group,
      confirmed: true,
    });
    whole &&= answer.ok;
  }
  return whole;
}
