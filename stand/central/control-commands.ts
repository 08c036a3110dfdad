// What the control port can do: each command with the schema of its arguments.
import { z } from 'zod';
import { NODE_STAGES } from '../../src/shared/central/application.ts';
import { headOf, SELECT_APPLICATION, type ApplicationRow } from './application-row.ts';
import type { NodeContext } from './context.ts';
import type {
  CommandName,
  ControlCommands,
  JournalRow,
  ListedApplication,
  NodeState,
  StoredAct,
  StoredCustodyAct,
  StoredReport,
} from './control-client.ts';
import { certificateState, serviceSwitches } from './ca-services.ts';
import { findRow, getRow } from './database.ts';
import { listDispatches, makeDispatch } from './dispatches.ts';
import { fault, stopOrder } from './fault-schema.ts';
import type { Faults } from './faults.ts';
import { outsideSwitch, type OutsideWorld } from './outside-world.ts';
import { expireIssueLeases } from './issue-leases.ts';
import { advanceNow, schedule } from './life.ts';
import { refuse } from './refusal.ts';
import type { RequestLog } from './requests.ts';
import {
  addApplication,
  claimAs,
  expireLease,
  moveCase,
  touch,
  type RegionEntry,
} from './world.ts';

export interface ControlParts {
  readonly node: NodeContext;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly directory: readonly RegionEntry[];
  readonly outside: OutsideWorld | null;
  readonly pace: { get(): number; set(ms: number): void };
  setClock(offsetMs: number): void;
}

const none = z.strictObject({});
const named = { applicationId: z.uuid() };

/** Schemas of the arguments; a command missing here does not compile. */
export const COMMAND_ARGUMENTS = {
  addFault: fault,
  removeFault: z.strictObject({ faultId: z.string() }),
  clearFaults: none,
  stop: stopOrder,
  resume: none,
  state: none,
  findApplication: z.strictObject({
    applicationId: z.uuid().optional(),
    ticket: z.string().optional(),
  }),
  listApplications: z.strictObject({
    region: z.string().optional(),
    point: z.string().optional(),
    stage: z.enum(NODE_STAGES).optional(),
    limit: z.int().min(1).max(100_000).optional(),
  }),
  expireLease: z.strictObject(named),
  expireIssueLeases: none,
  claimAs: z.strictObject({
    ...named,
    stationId: z.string().optional(),
    officerName: z.string().optional(),
    minutes: z.number().positive().optional(),
    region: z.string().optional(),
  }),
  moveCase: z.strictObject({ ...named, region: z.string(), point: z.string().optional() }),
  advance: z.strictObject({ ...named, to: z.enum(['sent', 'at-point']).optional() }),
  setPace: z.strictObject({ ms: z.int().min(0) }),
  addApplication: z.strictObject({
    region: z.string().optional(),
    like: z.uuid().optional(),
    stage: z.enum(['pending', 'in-production']).optional(),
  }),
  touch: z.strictObject(named),
  makeDispatch: z.strictObject({
    point: z.string(),
    count: z.int().min(1).max(500).optional(),
    applicationIds: z.array(z.uuid()).min(1).max(500).optional(),
  }),
  dispatches: z.strictObject({ point: z.string().optional() }),
  setClock: z.strictObject({ offsetMs: z.number() }),
  setServices: serviceSwitches,
  setCertificate: certificateState,
  setOutside: outsideSwitch,
  acts: none,
  custodyActs: none,
  reports: none,
  journal: z.strictObject({ after: z.int().optional() }),
  requests: none,
  resetRequests: none,
} as const satisfies Record<CommandName, z.ZodType>;

type Arguments<N extends CommandName> = z.infer<(typeof COMMAND_ARGUMENTS)[N]>;
type Implementation = {
  [N in CommandName]: (args: Arguments<N>) => ReturnType<ControlCommands[N]>;
};

export function createCommands(parts: ControlParts): Implementation {
  const { node, faults, requests, directory } = parts;
  const { database } = node;
  return {
    addFault: async (one) => ({ faultId: faults.add(one) }),
    removeFault: async ({ faultId }) => ({ removed: faults.remove(faultId) }),
    clearFaults: async () => (faults.clear(), {}),
    stop: async (order) => (faults.stop(order), {}),
    resume: async () => (faults.resume(), {}),
    state: () => readState(node),
    findApplication: (args) => findApplication(node, args),
    listApplications: ({ region, point, stage, limit }) =>
      database.query<ListedApplication>(
        `select id as "applicationId", ticket, region, point, stage, revision from application
         where ($1::text is null or region = $1) and ($2::text is null or point = $2)
           and ($3::text is null or stage = $3) order by seq limit $4`,
        [region ?? null, point ?? null, stage ?? null, limit ?? 1000],
      ),
    expireLease: ({ applicationId }) => expireLease(node, applicationId),
    expireIssueLeases: async () => ({ expired: await expireIssueLeases(node) }),
    claimAs: (args) => claimAs(node, directory, defined(args)),
    moveCase: (args) => moveCase(node, directory, defined(args)),
    advance: async ({ applicationId, to }) => ({
      stage: await advanceNow(node, parts.pace.get(), applicationId, to),
    }),
    setPace: async ({ ms }) => {
      parts.pace.set(ms);
      await schedule(node, ms);
      return {};
    },
    addApplication: (args) => addApplication(node, defined(args)),
    touch: ({ applicationId }) => touch(node, applicationId),
    setClock: async ({ offsetMs }) => {
      parts.setClock(offsetMs);
      return { now: node.now().toISOString() };
    },
    setServices: async (switches) => {
      if (node.services === null) return refuse('not-found');
      Object.assign(node.services.switches, defined(switches));
      return {};
    },
    setCertificate: async (state) => {
      if (node.services === null) return refuse('not-found');
      node.services.put(state);
      return {};
    },
    setOutside: async (order) => {
      if (parts.outside === null) return refuse('not-found');
      parts.outside.set(order);
      return {};
    },
    makeDispatch: (order) => makeDispatch(node, defined(order)),
    dispatches: ({ point }) => listDispatches(database, point ?? null, new Date(0)),
    acts: () => readActs(node),
    custodyActs: () => readCustodyActs(node),
    reports: () => readReports(node),
    journal: ({ after }) => readJournal(node, after ?? 0),
    requests: async () => requests.counts(),
    resetRequests: async () => (requests.reset(), {}),
  };
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };
/** zod's `optional()` says `undefined`; an absent key is what the callee means. */
const defined = <T extends object>(args: T): Defined<T> =>
  Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined)) as Defined<T>;

async function readState(node: NodeContext): Promise<NodeState> {
  const stages = await node.database.query<{ stage: string; n: number }>(
    'select stage, count(*) as n from application group by stage',
  );
  const { newest, sessions } = await getRow<{ newest: number; sessions: number }>(
    node.database,
    `select (select value from counter where name = 'seq') as newest,
            (select count(*) from session where expires_at > $1) as sessions`,
    [node.now().toISOString()],
  );
  return {
    now: node.now().toISOString(),
    applications: Object.fromEntries(stages.map(({ stage, n }) => [stage, n])),
    newest,
    sessions,
  };
}

async function findApplication(
  node: NodeContext,
  { applicationId, ticket }: { applicationId?: string | undefined; ticket?: string | undefined },
) {
  const row = await findRow<ApplicationRow>(
    node.database,
    `${SELECT_APPLICATION} where a.id = $1 or a.ticket = $2`,
    [applicationId ?? null, ticket ?? null],
  );
  if (row === null) return refuse('not-found');
  return { head: headOf(row, node.now()), dossier: JSON.parse(row.dossier) };
}

type Stored<T> = Omit<T, 'acceptedAt' | 'statement' | 'cmsBase64'> & {
  readonly at: Date;
  readonly statement: Uint8Array;
  readonly cms: Uint8Array;
};

async function readActs(node: NodeContext): Promise<StoredAct[]> {
  const rows = await node.database.query<Stored<StoredAct>>(
    `select id as "actId", application_id as "applicationId", kind, officer_iin as "officerIin",
       station_id as "stationId", accepted_at as at, statement, cms from act order by accepted_at, id`,
  );
  return rows.map(asText);
}

async function readCustodyActs(node: NodeContext): Promise<StoredCustodyAct[]> {
  const rows = await node.database.query<Stored<StoredCustodyAct>>(
    `select id as "actId", kind, dispatch_id as "dispatchId", officer_iin as "officerIin",
       station_id as "stationId", accepted_at as at, statement, cms from custody_act order by accepted_at, id`,
  );
  return rows.map(asText);
}

/** Bytes as text and base64, the time as text; the rest as it is. */
const asText = <T extends { at: Date; statement: Uint8Array; cms: Uint8Array }>({
  at,
  statement,
  cms,
  ...rest
}: T) => ({
  ...rest,
  acceptedAt: at.toISOString(),
  statement: Buffer.from(statement).toString('utf8'),
  cmsBase64: Buffer.from(cms).toString('base64'),
});

async function readReports(node: NodeContext): Promise<StoredReport[]> {
  const rows = await node.database.query<{ body: Omit<StoredReport, 'recordedAt'>; at: Date }>(
    'select body, recorded_at as at from report order by recorded_at',
  );
  return rows.map(({ body, at }) => ({ ...body, recordedAt: at.toISOString() }));
}

async function readJournal(node: NodeContext, after: number): Promise<JournalRow[]> {
  const rows = await node.database.query<Omit<JournalRow, 'at'> & { at: Date }>(
    `select no, at, event, station_id as "stationId", officer_iin as "officerIin",
       application_id as "applicationId", detail from journal where no > $1 order by no limit 10000`,
    [after],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
