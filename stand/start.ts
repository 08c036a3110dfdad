// Starts the training stand: demo PKI, synthetic people, central node; in-process for tests, or as a command.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { pino, destination, type Logger } from 'pino';
import type { OfficerProfile } from '../src/shared/central/messages.ts';
import { standConfig } from './central/config-data.ts';
import type { ControlClient } from './central/control-client.ts';
import { openPostgres } from './central/database-pg.ts';
import { dumpPglite, openPglite } from './central/database-pglite.ts';
import { getRow, type Database } from './central/database.ts';
import { loadApplications, type SeededApplication } from './central/load.ts';
import { startCentralNode } from './central/node.ts';
import { STAND_DIRECTORY, STAND_REGIONS } from './directory.ts';
import { generatePeople } from './people/generate-people.ts';
import { makeDemoPki, type DemoOfficer, type DemoPki } from './pki/demo-pki.ts';
import { preparedFolder } from './prepared.ts';
import { writeStationConfig, type StationConfig } from './station-config.ts';

/** PIN of every training token; of this stand only. */
export const TRAINING_PIN = '482915';
const BENCH_REGION = '750000000';

export interface StandOptions {
  /** Work folder that is kept; a temporary one, removed at the end, when absent. */
  readonly dir?: string;
  readonly people?: number;
  readonly seed?: number;
  readonly portraits?: string;
  readonly port?: number;
  /** Milliseconds a stage of production; 0 = only by the control port. */
  readonly paceMs?: number;
  readonly fresh?: boolean;
  /** Pooled portraits and everybody in one region. */
  readonly bench?: boolean;
  readonly leaseMinutes?: number;
  readonly sessionHours?: number;
  readonly challengeHours?: number;
  /** A real PostgreSQL server instead of PGlite. */
  readonly databaseUrl?: string;
  readonly stationId?: string;
  /** Instead of the generator's people. */
  readonly applications?: readonly SeededApplication[];
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

type Plan = Required<Pick<StandOptions, 'people' | 'seed' | 'bench'>> & {
  portraits: string | null;
};

/** Starts a stand and resolves when it listens. @throws Error when SoftHSM or the database is missing. */
export async function startStand(options: StandOptions = {}): Promise<Stand> {
  const log = options.log ?? pino({ level: 'silent' });
  const plan: Plan = {
    people: options.people ?? 60,
    seed: options.seed ?? 1,
    bench: options.bench ?? false,
    portraits: options.portraits === undefined ? null : resolve(options.portraits),
  };
  const kept = options.dir === undefined ? null : resolve(options.dir);
  const dir = kept ?? mkdtempSync(join(tmpdir(), 'kualik-stand-'));
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(dir);
  try {
    const { pki, database } =
      kept === null && options.databaseUrl === undefined
        ? await openShared(plan, options, log)
        : await openKept(dir, plan, options, log);
    const node = await startCentralNode({
      database,
      config: standConfig(
        options.leaseMinutes === undefined ? {} : { leaseMinutes: options.leaseMinutes },
      ),
      tls: { key: pki.tlsKey, cert: pki.tlsCert },
      trustPem: pki.trustPem,
      officers: pki.officers.map(profileOf),
      directory: STAND_DIRECTORY,
      settings: {
        ...(options.sessionHours === undefined ? {} : { sessionHours: options.sessionHours }),
        ...(options.challengeHours === undefined ? {} : { challengeHours: options.challengeHours }),
      },
      paceMs: options.paceMs ?? 0,
      port: options.port ?? 0,
      log,
    });
    const config: StationConfig = {
      nodeUrl: node.url,
      tlsCaFile: pki.paths.tlsCa,
      trustFile: pki.paths.trustPem,
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

const makePki = (dir: string): Promise<DemoPki> =>
  makeDemoPki({ dir: join(dir, 'pki'), now: new Date(), pin: TRAINING_PIN });

function peopleOf(plan: Plan, pki: DemoPki): AsyncIterable<SeededApplication> {
  return generatePeople({
    seed: String(plan.seed),
    count: plan.people,
    now: new Date(),
    signApplication: pki.signApplication,
    regions: STAND_REGIONS,
    ...(plan.portraits === null ? {} : { portraitsDir: plan.portraits }),
    ...(plan.bench ? { portraitPool: 24, onlyRegion: BENCH_REGION } : {}),
  });
}

const load = (database: Database, plan: Plan, pki: DemoPki, options: StandOptions, log: Logger) =>
  loadApplications(database, options.applications ?? told(peopleOf(plan, pki), plan.people, log));

async function* told<T>(people: AsyncIterable<T>, of: number, log: Logger): AsyncIterable<T> {
  let made = 0;
  for await (const one of people) {
    yield one;
    made += 1;
    if (made % Math.max(10, Math.round(of / 20)) === 0) log.info({ made, of }, 'people made');
  }
}

/** In-process start: PKI and people are prepared once a day and shared, each start has its own copy. */
async function openShared(plan: Plan, options: StandOptions, log: Logger) {
  const own = options.applications !== undefined;
  const folder = await preparedFolder(own ? 'pki only' : plan, async (made) => {
    const pki = await makePki(made);
    if (own) return;
    const database = await openPglite(null);
    await load(database.database, plan, pki, options, log);
    await dumpPglite(database, join(made, 'database.tar'));
    await database.database.close();
  });
  const pki = await makePki(folder);
  const { database } = await openPglite(
    own ? null : { dump: new Blob([await readFile(join(folder, 'database.tar'))]) },
  );
  if (own) await load(database, plan, pki, options, log);
  return { pki, database };
}

/** A folder that is kept: what fits the plan is used again, else the data is made anew. */
async function openKept(dir: string, plan: Plan, options: StandOptions, log: Logger) {
  const pki = await makePki(dir);
  const note = join(dir, 'stand.json');
  // Applicants' signatures belong to this PKI: another PKI means other people.
  const stamp = JSON.stringify({
    plan,
    pki: pki.officers[0]?.certSha256,
    url: options.databaseUrl,
  });
  const fresh = options.fresh === true || readText(note) !== stamp;
  const folder = join(dir, 'db');
  if (fresh) {
    rmSync(note, { force: true });
    rmSync(folder, { recursive: true, force: true });
  }
  const database =
    options.databaseUrl === undefined
      ? (await openPglite({ folder })).database
      : await openPostgres(options.databaseUrl, { fresh });
  const { n } = await getRow<{ n: number }>(database, 'select count(*) as n from application');
  if (fresh || n === 0) {
    await load(database, plan, pki, options, log);
    writeFileSync(note, stamp); // last: an unfinished load is made again
  }
  return { pki, database };
}

const readText = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};

/** One stand a folder: an embedded database must not be opened twice. */
function lockFolder(dir: string): () => void {
  const path = join(dir, 'stand.pid');
  const holder = Number(readText(path));
  if (holder > 0 && holder !== process.pid && isAlive(holder))
    throw new Error(`another stand (process ${holder}) works in ${dir}`);
  writeFileSync(path, String(process.pid));
  return () => rmSync(path, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      dir: { type: 'string' },
      people: { type: 'string', default: '60' },
      seed: { type: 'string', default: '1' },
      portraits: { type: 'string' },
      port: { type: 'string', default: '0' },
      pace: { type: 'string', default: '20000' },
      station: { type: 'string', default: 'station-1' },
      fresh: { type: 'boolean', default: false },
      bench: { type: 'boolean', default: false },
    },
  });
  const databaseUrl = process.env['DATABASE_URL'];
  const stand = await startStand({
    people: Number(values.people),
    seed: Number(values.seed),
    port: Number(values.port),
    paceMs: Number(values.pace),
    stationId: values.station,
    fresh: values.fresh,
    bench: values.bench,
    ...(values.dir === undefined ? {} : { dir: values.dir }),
    ...(values.portraits === undefined ? {} : { portraits: values.portraits }),
    ...(databaseUrl ? { databaseUrl } : {}),
    log: pino({ level: 'info' }, destination(2)), // stdout carries the one ready line
  });
  const end = () => void stand.stop().then(() => process.exit(0));
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  const { url, control, configPath, pin } = stand;
  const officers = stand.officers.map(
    ({ id, roles, fullName, iin, department, region, tokenLabel, tokenSerial, certSha256 }) => ({
      id,
      roles,
      fullName,
      iin,
      bin: department.bin,
      region: region.code,
      tokenLabel,
      tokenSerial,
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
