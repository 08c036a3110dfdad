// The central node put together: storage, HTTPS front, control port, and the timers of leases and production.
import type { AddressInfo } from 'node:net';
import { pino, type Logger } from 'pino';
import type { NodeConfig, OfficerProfile } from '../../src/shared/central/messages.ts';
import { openCaServices } from './ca-services.ts';
import { expireLeases } from './claims.ts';
import type { NodeContext, NodeSettings } from './context.ts';
import { connectControl, type ControlClient } from './control-client.ts';
import { createCommands } from './control-commands.ts';
import { openControl } from './control-server.ts';
import type { Database } from './database.ts';
import { addEvidence } from './evidence.ts';
import { createFaults } from './faults.ts';
import { createHandlers } from './handlers.ts';
import { openOutsideWatch } from './outside-watch.ts';
import type { OutsideWorld } from './outside-world.ts';
import { advanceDue, schedule } from './life.ts';
import { createRequestLog } from './requests.ts';
import { createServer } from './server.ts';
import { putOfficer } from './session.ts';
import type { PkiKeys } from '../pki/pki-keys.ts';
import { signAsNode } from '../pki/trust-list.ts';
import { createTrustDesk } from './trust.ts';
import { createWake } from './wake.ts';
import { openShelf } from './updates.ts';
import type { RegionEntry } from './world.ts';

const DEFAULTS: NodeSettings = { sessionHours: 8, challengeHours: 72, logInChallengeMinutes: 5 };
const TICK_MS = 500;

export interface CentralNodeOptions {
  /** Open and migrated; closed with the node. */
  readonly database: Database;
  readonly config: NodeConfig;
  readonly tls: { readonly key: string; readonly cert: string };
  /** Anchors and issuing CAs of officers, PEM. */
  readonly trustPem: string;
  /** Keys of the CA's services and of the trust list; without them neither revocation nor stamps. */
  readonly services?: PkiKeys;
  /** The outside services the node watches (cl. 12); closed with the node. */
  readonly outside?: OutsideWorld;
  /** The maker's folder of updates: packages and their signed manifest. */
  readonly updatesDir?: string;
  readonly officers: readonly OfficerProfile[];
  readonly directory: readonly RegionEntry[];
  readonly settings?: Partial<NodeSettings>;
  /** Milliseconds a stage of production; 0 = only by the control port. */
  readonly paceMs?: number;
  readonly port?: number;
  readonly log?: Logger;
}

export interface CentralNode {
  readonly url: string;
  readonly control: ControlClient;
  close(): Promise<void>;
}

/** Starts the node on 127.0.0.1 and its control port; both listen when this resolves. */
export async function startCentralNode(options: CentralNodeOptions): Promise<CentralNode> {
  try {
    return await start(options);
  } catch (error) {
    await options.database.close();
    throw error;
  }
}

async function start(options: CentralNodeOptions): Promise<CentralNode> {
  const { database } = options;
  const log = options.log ?? pino({ level: 'silent' });
  let offsetMs = 0;
  let paceMs = options.paceMs ?? 0;
  const wake = createWake();
  const now = (): Date => new Date(Date.now() + offsetMs);
  const services = options.services ? openCaServices(options.services, now) : null;
  const world = options.outside ?? null;
  const outside =
    world === null
      ? null
      : await openOutsideWatch(world, { database, config: options.config, now }, log);
  const trustDesk = createTrustDesk(options.trustPem, options.services ?? null, now);
  const { deliver } = trustDesk;
  const node: NodeContext = {
    database,
    config: options.config,
    settings: { ...DEFAULTS, ...options.settings },
    trust: trustDesk.trust,
    services,
    lastGood: new Map(),
    trustList:
      services === null || deliver === null ? null : () => deliver(services.switches.trustList),
    outside,
    updates: options.updatesDir === undefined ? null : openShelf(options.updatesDir),
    signList:
      options.services === undefined
        ? null
        : (bytes) => signAsNode(bytes, options.services!.list, now()),
    wake,
    now,
  };
  for (const officer of options.officers) await putOfficer(database, officer);
  await schedule(node, paceMs);
  const faults = createFaults();
  const requests = createRequestLog();
  const handlers = createHandlers(node, () => paceMs);
  const app = await createServer({ node, handlers, faults, requests, tls: options.tls, log });
  await app.listen({ port: options.port ?? 0, host: '127.0.0.1' });
  const commands = createCommands({
    node,
    faults,
    requests,
    directory: options.directory,
    outside: world,
    pace: { get: () => paceMs, set: (ms) => (paceMs = ms) },
    setClock: (ms) => (offsetMs = ms),
  });
  const control = await openControl(commands);
  const ticking = startTicks(log, async () => {
    await expireLeases(node);
    if (paceMs > 0) await advanceDue(node, paceMs);
  });
  // On a beat of its own: a slow authority must not hold up leases.
  const stamping = startTicks(log, () => addEvidence(node));
  const { port } = app.server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    control: connectControl(control.endpoint),
    async close() {
      await ticking.stop();
      await stamping.stop();
      await outside?.close();
      await world?.close();
      services?.close();
      wake.close();
      await control.close();
      await app.close();
      await database.close();
    },
  };
}

/** One tick after another, never two at once; a failed one is told and the next tries again. */
function startTicks(log: Logger, tick: () => Promise<void>): { stop(): Promise<void> } {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(async () => {
      if (stopped) return;
      await tick().catch((error: unknown) => log.error({ error: String(error) }, 'tick failed'));
    });
  }, TICK_MS);
  timer.unref();
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
