// A central node for tests: software keys in the NCA layout, either database, clients that are logged in.
import { randomBytes } from 'node:crypto';
import { describe } from 'vitest';
import type { OfficerProfile } from '../../../src/shared/central/messages.ts';
import { standConfig } from '../../../stand/central/config-data.ts';
import { openPostgres } from '../../../stand/central/database-pg.ts';
import { openPglite } from '../../../stand/central/database-pglite.ts';
import type { Database } from '../../../stand/central/database.ts';
import { loadApplications, type SeededApplication } from '../../../stand/central/load.ts';
import {
  startCentralNode,
  type CentralNode,
  type CentralNodeOptions,
} from '../../../stand/central/node.ts';
import { STAND_REGIONS } from '../../../stand/directory.ts';
import { issueAuthority, issueTlsServer, pemOf } from '../../../stand/pki/issue.ts';
import { OFFICERS } from '../../../stand/pki/officers.ts';
import { makeSoftSigner, type SoftSigner } from '../soft-signer.ts';
import { daysFrom, makeAuthorities, type TestAuthorities } from '../soft-token.ts';
import { NodeClient } from './node-client.ts';
import { testPostgres } from './postgres.ts';

export type OfficerId = (typeof OFFICERS)[number]['id'];

export interface TestNode {
  readonly node: CentralNode;
  readonly control: CentralNode['control'];
  readonly authorities: TestAuthorities;
  readonly now: Date;
  signer(id: OfficerId): SoftSigner;
  officer(id: OfficerId): OfficerProfile;
  /** A client without a session. */
  client(stationId?: string): NodeClient;
  /** A client with a session. */
  loggedIn(id: OfficerId, stationId?: string): Promise<NodeClient>;
  close(): Promise<void>;
}

interface Keys {
  readonly authorities: TestAuthorities;
  readonly signers: ReadonlyMap<OfficerId, SoftSigner>;
  readonly tls: { readonly key: string; readonly cert: string };
  readonly caPem: string;
  readonly now: Date;
}

let keys: Promise<Keys> | null = null;

/** Made once a test file. */
async function makeKeys(): Promise<Keys> {
  const now = new Date();
  const authorities = await makeAuthorities(now);
  const term = { notBefore: daysFrom(now, -30), notAfter: daysFrom(now, 300) };
  const tlsCa = await issueAuthority({
    commonName: 'TEST TLS',
    kind: 'ec-p256',
    issuing: true,
    ...term,
  });
  const tls = await issueTlsServer(tlsCa, term);
  const signers = new Map<OfficerId, SoftSigner>();
  for (const plan of OFFICERS)
    signers.set(
      plan.id,
      await makeSoftSigner(plan.key, authorities, now, {
        surname: plan.surname,
        name: plan.name,
        patronymic: plan.patronymic,
        iin: plan.iin,
        unit: { name: plan.department.nameRu, bin: plan.department.bin },
        roles: ['legal-entity', plan.certificateRole],
      }),
    );
  return {
    authorities,
    signers,
    tls: { key: tls.keyPem, cert: tls.certPem },
    caPem: pemOf(tlsCa.certDer),
    now,
  };
}

/** The CA all test nodes of this file trust, for services made beside it. */
export const testAuthorities = async (): Promise<Omit<Keys, 'signers'>> => (keys ??= makeKeys());

export interface TestNodeOptions extends Partial<CentralNodeOptions> {
  readonly database: Database;
  readonly applications?: readonly SeededApplication[];
}

export async function startTestNode({
  applications = [],
  ...options
}: TestNodeOptions): Promise<TestNode> {
  keys ??= makeKeys();
  const { authorities, signers, tls, caPem, now } = await keys;
  await loadApplications(options.database, applications);
  const node = await startCentralNode({
    config: standConfig(),
    tls,
    trustPem: pemOf(authorities.root.certDer) + pemOf(authorities.issuing.certDer),
    officers: OFFICERS.map(profileOf),
    directory: STAND_REGIONS,
    ...options,
  });
  const clients: NodeClient[] = [];
  const test: TestNode = {
    node,
    control: node.control,
    authorities,
    now,
    signer: (id) => signers.get(id) ?? missing(id),
    officer: (id) => profileOf(OFFICERS.find((plan) => plan.id === id) ?? missing(id)),
    client(stationId = 'station-1') {
      const client = new NodeClient(node.url, caPem, stationId);
      clients.push(client);
      return client;
    },
    async loggedIn(id, stationId) {
      const client = test.client(stationId);
      const reply = await client.logIn(test.signer(id), test.officer(id).iin);
      if (!reply.ok)
        throw new Error(`log-in refused: ${reply.code} ${JSON.stringify(reply.params)}`);
      return client;
    },
    async close() {
      await Promise.all(clients.map((client) => client.close()));
      await node.close();
    },
  };
  return test;
}

const profileOf = ({
  iin,
  fullName,
  department,
  region,
  roles,
  registrationPoint,
}: OfficerProfile): OfficerProfile => ({
  iin,
  fullName,
  department,
  region,
  roles,
  registrationPoint,
});

const missing = (what: string): never => {
  throw new Error(`no ${what}`);
};

export type OpenDatabase = () => Promise<Database>;

/** The same tests on the embedded database and on a real server; without one: skipped, and said so. */
export function onBothDatabases(title: string, tests: (open: OpenDatabase) => void): void {
  describe(`${title} (PGlite)`, () => tests(async () => (await openPglite(null)).database));
  const server = testPostgres();
  if ('missing' in server) {
    process.stderr.write(`SKIPPED: ${title} on PostgreSQL: ${server.missing}\n`);
    describe.skip(`${title} (PostgreSQL: ${server.missing})`, () => tests(() => missing('server')));
    return;
  }
  describe(`${title} (PostgreSQL)`, () =>
    tests(() => {
      const schema = `test_${randomBytes(6).toString('hex')}`;
      return openPostgres(server.url, { schema, temporary: true });
    }));
}
