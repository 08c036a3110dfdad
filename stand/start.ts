// Starts the training stand: demo PKI, synthetic people, central node; in-process for tests, or as a command.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { destination, pino, type Logger } from 'pino';
import type { OfficerProfile } from '../src/shared/central/messages.ts';
import { standConfig } from './central/config-data.ts';
import type { ControlClient } from './central/control-client.ts';
import { openOutsideWorld, outsideData } from './central/outside-world.ts';
import { startCentralNode } from './central/node.ts';
import { lockFolder, openKept, openShared, type DataOptions, type Plan } from './data.ts';
import { ISSUING_POINTS, STAND_REGIONS } from './directory.ts';
import type { DemoOfficer, DemoPki } from './pki/demo-pki.ts';
import { writeStationConfig, type StationConfig } from './station-config.ts';
import { TRAINING_PIN } from './training-pin.ts';

export interface StandOptions extends DataOptions {
  /** Work folder that is kept; a temporary one, removed at the end, when absent. */
  readonly dir?: string;
  readonly people?: number;
  readonly seed?: number;
  readonly portraits?: string;
  readonly port?: number;
  /** Cards of the dispatch that is on its way to each issuer's point at the start; 8 when absent. */
  readonly parcel?: number;
  /** Milliseconds a stage of production; 0 = only by the control port. */
  readonly paceMs?: number;
  /** Pooled portraits and everybody in one region. */
  readonly bench?: boolean;
  readonly leaseMinutes?: number;
  readonly sessionHours?: number;
  readonly challengeHours?: number;
  /** When a failed outside service is an outage, and how often it is asked; as in the order when absent. */
  readonly outages?: { readonly thresholdMinutes: number; readonly probeSeconds: number };
  readonly stationId?: string;
  /** Folder of updates as the maker's command fills it. */
  readonly updatesDir?: string;
  /** Officers as the node shall know them, where a test wants other roles or points. */
  readonly profiles?: Partial<Record<DemoOfficer['id'], Partial<OfficerProfile>>>;
  readonly log?: Logger;
}

export interface Stand {
  readonly url: string;
  readonly configPath: string;
  readonly config: StationConfig;
  readonly pki: DemoPki;
  readonly pin: string;
  readonly officers: readonly DemoOfficer[];
  readonly control: ControlClient;
  stop(): Promise<void>;
}

/** Starts a stand and resolves when it listens. @throws Error when SoftHSM or the database is missing. */
export async function startStand(options: StandOptions = {}): Promise<Stand> {
  const log = options.log ?? pino({ level: 'silent' });
  const plan: Plan = {
    people: options.people ?? 60,
    seed: options.seed ?? 1,
    bench: options.bench ?? false,
    portraits: options.portraits === undefined ? null : resolve(options.portraits),
    parcel:
      options.bench === true || options.applications !== undefined ? 0 : (options.parcel ?? 8),
  };
  const kept = options.dir === undefined ? null : resolve(options.dir);
  const dir = kept ?? mkdtempSync(join(tmpdir(), 'kualik-stand-'));
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(dir);
  try {
    const { pki, database } =
      kept === null && options.databaseUrl === undefined
        ? await openShared(dir, plan, options, log)
        : await openKept(dir, plan, options, log);
    const tls = { key: pki.tlsKey, cert: pki.tlsCert };
    const outside = await openOutsideWorld(tls, pki.tlsCaPem);
    const { thresholdMinutes, probeSeconds } = standConfig().outsideServices;
    const node = await startCentralNode({
      database,
      config: standConfig({
        outsideServices: outsideData(
          outside,
          options.outages ?? { thresholdMinutes, probeSeconds },
        ),
        ...(options.leaseMinutes === undefined ? {} : { leaseMinutes: options.leaseMinutes }),
      }),
      tls,
      outside,
      ...(options.updatesDir === undefined ? {} : { updatesDir: resolve(options.updatesDir) }),
      trustPem: pki.trustPem,
      services: pki.services,
      officers: pki.officers.map((one) => ({ ...profileOf(one), ...options.profiles?.[one.id] })),
      directory: STAND_REGIONS,
      settings: {
        ...(options.sessionHours === undefined ? {} : { sessionHours: options.sessionHours }),
        ...(options.challengeHours === undefined ? {} : { challengeHours: options.challengeHours }),
      },
      paceMs: options.paceMs ?? 0,
      port: options.port ?? 0,
      log,
    });
    if (plan.parcel > 0) await sendFirstParcels(node.control, plan.parcel);
    const config: StationConfig = {
      nodeUrl: node.url,
      tlsCaFile: pki.paths.tlsCa,
      trustFile: pki.paths.trustPem,
      trustListSignerFile: pki.paths.trustListCa,
      modules: [
        { id: 'softhsm', title: 'SoftHSM (training)', path: pki.module, rescanByRestart: true },
      ],
      env: { SOFTHSM2_CONF: pki.softhsmConf },
      stationId: options.stationId ?? 'station-1',
      training: true,
    };
    const configPath = join(dir, 'workstation.json');
    writeStationConfig(configPath, config);
    return {
      url: node.url,
      configPath,
      config,
      pki,
      pin: TRAINING_PIN,
      officers: pki.officers,
      control: node.control,
      async stop() {
        await node.close();
        unlock();
        if (kept === null) rmSync(dir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Each point with an issuer has one dispatch to take over; a kept stand keeps its own. */
async function sendFirstParcels(control: ControlClient, size: number): Promise<void> {
  for (const { point } of ISSUING_POINTS) {
    if ((await control.dispatches({ point: point.code })).length > 0) continue;
    const sent = await control.listApplications({
      point: point.code,
      stage: 'sent',
      limit: 100_000,
    });
    // Loaded last: those before them go on by themselves, at the stand's pace.
    const parcel = sent.slice(-size).map(({ applicationId }) => applicationId);
    if (parcel.length > 0)
      await control.makeDispatch({ point: point.code, applicationIds: parcel });
  }
}

/** What the node knows of an officer; the token's own facts stay outside. */
const profileOf = ({
  iin,
  fullName,
  department,
  region,
  roles,
  registrationPoint,
}: DemoOfficer): OfficerProfile => ({
  iin,
  fullName,
  department,
  region,
  roles,
  registrationPoint,
});

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      dir: { type: 'string' },
      people: { type: 'string', default: '60' },
      seed: { type: 'string', default: '1' },
      portraits: { type: 'string' },
      port: { type: 'string', default: '0' },
      parcel: { type: 'string', default: '8' },
      pace: { type: 'string', default: '20000' },
      station: { type: 'string', default: 'station-1' },
      fresh: { type: 'boolean', default: false },
      bench: { type: 'boolean', default: false },
      updates: { type: 'string' },
    },
  });
  const databaseUrl = process.env['DATABASE_URL'];
  const stand = await startStand({
    people: Number(values.people),
    seed: Number(values.seed),
    port: Number(values.port),
    parcel: Number(values.parcel),
    paceMs: Number(values.pace),
    stationId: values.station,
    fresh: values.fresh,
    bench: values.bench,
    ...(values.dir === undefined ? {} : { dir: values.dir }),
    ...(values.updates === undefined ? {} : { updatesDir: values.updates }),
    ...(values.portraits === undefined ? {} : { portraits: values.portraits }),
    ...(databaseUrl ? { databaseUrl } : {}),
    log: pino({ level: 'info' }, destination(2)), // stdout carries the one ready line
  });
  const end = () => void stand.stop().then(() => process.exit(0));
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  const { url, control, configPath, pin } = stand;
  const officers = stand.officers.map(
    ({
      id,
      roles,
      fullName,
      iin,
      department,
      region,
      tokenLabel,
      tokenSerial,
      keyId,
      certSha256,
    }) => ({
      id,
      roles,
      fullName,
      iin,
      bin: department.bin,
      department,
      region: region.code,
      tokenLabel,
      tokenSerial,
      keyId,
      certSha256,
    }),
  );
  const line = { ready: true, url, control: control.endpoint, config: configPath, pin, officers };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  main().catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
