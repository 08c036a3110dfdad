// The stand's data: PKI and people, kept in a folder, shared for a day among in-process starts, or given.
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { openPostgres } from './central/database-pg.ts';
import { dumpPglite, openPglite } from './central/database-pglite.ts';
import { getRow, type Database } from './central/database.ts';
import { loadApplications, type SeededApplication } from './central/load.ts';
import { ISSUING_POINTS, STAND_REGIONS } from './directory.ts';
import { generatePeople } from './people/generate-people.ts';
import { makeDemoPki, type DemoPki } from './pki/demo-pki.ts';
import { writeSoftHsmConfig } from './pki/soft-token.ts';
import { isAlive, readText } from './holder.ts';
import { keptPictures } from './kept-pictures.ts';
import { preparedFolder } from './prepared.ts';
import { TRAINING_PIN } from './training-pin.ts';

const BENCH_REGION = '750000000';

/** What makes one stand's data differ from another's. */
export interface Plan {
  readonly people: number;
  readonly seed: number;
  readonly bench: boolean;
  readonly portraits: string | null;
  /** Cards on their way to each point that has an issuer, beside those of the people above. */
  readonly parcel: number;
}

export interface DataOptions {
  /** Throw the kept data away. */
  readonly fresh?: boolean;
  /** A real PostgreSQL server instead of PGlite. */
  readonly databaseUrl?: string;
  /** Instead of the generator's people. */
  readonly applications?: readonly SeededApplication[];
}

export interface StandData {
  readonly pki: DemoPki;
  readonly database: Database;
}

const makePki = (dir: string): Promise<DemoPki> =>
  makeDemoPki({ dir: join(dir, 'pki'), now: new Date(), pin: TRAINING_PIN });

function peopleOf(plan: Plan, pki: DemoPki): AsyncIterable<SeededApplication> {
  return generatePeople({
    seed: String(plan.seed),
    count: plan.people,
    now: new Date(),
    signApplication: pki.signApplication,
    regions: STAND_REGIONS,
    keep: keptPictures(),
    ...(plan.portraits === null ? {} : { portraitsDir: plan.portraits }),
    ...(plan.bench ? { portraitPool: 24, onlyRegion: BENCH_REGION } : {}),
  });
}

const FIRST_OF_PARCELS = 950_000; // far behind the people, with telephones of their own

/** People whose cards are made and sent: what the first dispatch list of each issuer's point names. */
async function* parcelsOf(plan: Plan, pki: DemoPki): AsyncIterable<SeededApplication> {
  let first = FIRST_OF_PARCELS;
  for (const { point, region } of ISSUING_POINTS) {
    yield* generatePeople({
      seed: String(plan.seed),
      count: plan.parcel,
      first,
      now: new Date(),
      signApplication: pki.signApplication,
      regions: [{ ...region, points: [point] }],
      onlyRegion: region.region.code,
      onlyStage: 'sent',
      keep: keptPictures(),
    });
    first += plan.parcel;
  }
}

async function* everybody(plan: Plan, pki: DemoPki, log: Logger): AsyncIterable<SeededApplication> {
  yield* told(peopleOf(plan, pki), plan.people, log);
  if (plan.parcel > 0) yield* parcelsOf(plan, pki);
}

const load = (database: Database, plan: Plan, pki: DemoPki, options: DataOptions, log: Logger) =>
  loadApplications(database, options.applications ?? everybody(plan, pki, log));

async function* told<T>(people: AsyncIterable<T>, of: number, log: Logger): AsyncIterable<T> {
  let made = 0;
  for await (const one of people) {
    yield one;
    made += 1;
    if (made % Math.max(10, Math.round(of / 20)) === 0) log.info({ made, of }, 'people made');
  }
}

/**
 * In-process start: PKI and people are prepared once a day and shared, each start has its own copy in `dir`,
 * tokens too: a wrong PIN at one stand is not seen at another.
 */
export async function openShared(
  dir: string,
  plan: Plan,
  options: DataOptions,
  log: Logger,
): Promise<StandData> {
  const own = options.applications !== undefined;
  const folder = await preparedFolder(own ? 'pki only' : plan, async (made) => {
    const pki = await makePki(made);
    if (own) return;
    const database = await openPglite(null);
    await load(database.database, plan, pki, options, log);
    await dumpPglite(database, join(made, 'database.tar'));
    await database.database.close();
  });
  cpSync(join(folder, 'pki'), join(dir, 'pki'), { recursive: true });
  writeSoftHsmConfig(join(dir, 'pki'));
  const pki = await makePki(dir);
  const { database } = await openPglite(
    own ? null : { dump: new Blob([await readFile(join(folder, 'database.tar'))]) },
  );
  if (own) await load(database, plan, pki, options, log);
  return { pki, database };
}

/** A folder that is kept: what fits the plan is used again, else the data is made anew. */
export async function openKept(
  dir: string,
  plan: Plan,
  options: DataOptions,
  log: Logger,
): Promise<StandData> {
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

/** One stand a folder: an embedded database must not be opened twice. */
export function lockFolder(dir: string): () => void {
  const path = join(dir, 'stand.pid');
  const holder = Number(readText(path));
  if (holder > 0 && holder !== process.pid && isAlive(holder))
    throw new Error(`another stand (process ${holder}) works in ${dir}`);
  writeFileSync(path, String(process.pid));
  return () => rmSync(path, { force: true });
}
