// Makes resources/openapi.json (OpenAPI 3.1) from the contract's zod schemas; `--check` only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { dossier, head } from '../../src/shared/central/application.ts';
import {
  change,
  nodeConfig,
  officerProfile,
  refusalReply,
} from '../../src/shared/central/messages.ts';
import {
  NODE_TIME_HEADER,
  operations,
  STATION_HEADER,
} from '../../src/shared/central/operations.ts';
import { custodyStatement } from '../../src/shared/central/custody.ts';
import { issueLease } from '../../src/shared/central/issue-lease.ts';
import { actStatement, logInStatement } from '../../src/shared/central/statement.ts';
import { REFUSAL_STATUS } from './refusal.ts';

type Json = Record<string, unknown>;
export const OPENAPI_FILE = fileURLToPath(new URL('../../resources/openapi.json', import.meta.url));

/** Schemas by name; one that stands inside another becomes a reference. */
const NAMED = {
  Head: head,
  Dossier: dossier,
  Change: change,
  OfficerProfile: officerProfile,
  NodeConfig: nodeConfig,
  Refusal: refusalReply,
  LogInStatement: logInStatement,
  ActStatement: actStatement,
  CustodyStatement: custodyStatement,
  IssueLease: issueLease,
} as const;

const SUMMARY: Readonly<Record<keyof typeof operations, string>> = {
  challenge: 'A one-time value to sign at log-in',
  openSession: 'Log-in: LogInStatement in RFC 8785 bytes with a detached CAdES signature',
  closeSession: 'Log-out of this session',
  config: 'Data of the order and its period',
  changes: 'Change feed of the own region or point, behind a cursor',
  news: 'Long poll: answers when the feed has something behind the cursor',
  blob: 'A picture of an application in scope, by SHA-256; ETag and one byte range',
  claim: 'Claims a case; the same officer and station get their own lease back',
  renewClaim: 'Makes the own lease longer',
  releaseClaim: 'Gives the case back',
  submitAct: 'A signed act (ActStatement in RFC 8785 bytes); idempotent by actId',
  findAct: 'What became of an own act',
  report: 'A refusal at the counter; idempotent by reportId',
  services: "The node's newest probes of the outside services (cl. 12)",
  trustList: 'The signed trust list: whom stations trust for what; ETag',
  updateManifest: 'The signed update manifest (RFC 8785 bytes, Ed25519): stations judge it',
  updateFile: 'A file the update manifest names, by SHA-256; ETag and one byte range',
  nodeTime: 'The node’s clock under its signature, for one question',
  revocation: 'A revocation question (OCSP, or the lists) passed on to the issuing CA',
  actEvidence: 'Time-stamp and revocation answers beside an own act; null = not there yet',
  findTicket: 'An application in scope by its ticket',
  dispatches: 'Dispatch lists of the own point: on the way, and accepted in the last thirty days',
  submitCustody: 'A signed custody act (CustodyStatement in RFC 8785 bytes); idempotent by actId',
  placeCard: 'Where a card lies at the point; idempotent by placementId',
  issueLeases: 'Issue leases of the own point, and cards of the own one that another counter wants',
  takeIssueLease: 'Takes cards of the point for a dead line, or widens the own open lease',
  renewIssueLease: 'Makes the own issue lease longer',
  returnLeasedCards: 'Gives cards back: not handed over under this lease, and never to be',
  breakIssueLease: 'Head: the station is lost, its unsettled cards are free again',
};

const schemaOf = (schema: z.ZodType, io: 'input' | 'output' = 'output'): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};
const json = (schema: Json) => ({ 'application/json': { schema } });

function parametersOf(path: string, query: z.ZodType | undefined): Json[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const fields =
    query === undefined ? {} : ((schemaOf(query, 'input')['properties'] ?? {}) as Json);
  const required =
    query === undefined ? [] : ((schemaOf(query, 'input')['required'] ?? []) as string[]);
  const inQuery = Object.entries(fields).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
  const station = {
    name: STATION_HEADER,
    in: 'header',
    required: true,
    schema: { type: 'string' },
  };
  return [...inPath, ...inQuery, station];
}

function operationOf(name: keyof typeof operations): Json {
  const operation = operations[name];
  const headers = { [NODE_TIME_HEADER]: { schema: { type: 'string', format: 'date-time' } } };
  const content =
    operation.reply === null
      ? name === 'updateFile'
        ? { 'application/octet-stream': {} }
        : { 'image/jpeg': {}, 'image/png': {} }
      : json(schemaOf(operation.reply));
  return {
    operationId: name,
    summary: SUMMARY[name],
    security: operation.auth ? [{ session: [] }] : [],
    parameters: parametersOf(operation.path, 'query' in operation ? operation.query : undefined),
    ...('body' in operation
      ? { requestBody: { required: true, content: json(schemaOf(operation.body, 'input')) } }
      : {}),
    responses: {
      200: { description: 'Done', headers, content },
      default: {
        description: 'Refusal',
        headers,
        content: json({ $ref: '#/components/schemas/Refusal' }),
      },
    },
  };
}

/** The whole document; the same contract gives the same bytes. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const name of Object.keys(operations) as (keyof typeof operations)[]) {
    const { path, method } = operations[name];
    (paths[path] ??= {})[method.toLowerCase()] = operationOf(name);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Central node, as the Kuälik workstation speaks to it',
      version: '1',
      description:
        `Made from src/shared/central by stand/central/openapi.ts; do not edit. ` +
        `Refusals and their HTTP status: ${Object.entries(REFUSAL_STATUS).map(([code, status]) => `${code} ${status}`).join(', ')}.`,
    },
    paths,
    components: {
      securitySchemes: { session: { type: 'http', scheme: 'bearer' } },
      schemas: Object.fromEntries(Object.entries(NAMED).map(([name, schema]) => [name, schemaOf(schema)])),
    },
  };
} // prettier-ignore

export const openApiText = (): string => `${JSON.stringify(openApiDocument(), null, 1)}\n`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.argv.includes('--check')) writeFileSync(OPENAPI_FILE, openApiText());
  else if (readFileSync(OPENAPI_FILE, 'utf8') !== openApiText()) {
    process.stderr.write(
      'resources/openapi.json is not current: run tsx stand/central/openapi.ts\n',
    );
    process.exit(1);
  }
}
