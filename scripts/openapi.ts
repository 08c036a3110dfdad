// Writes the OpenAPI 3.1 document of the central node from the contract; `--check` only asks whether it is current.
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { refusalReply } from '../src/shared/central/messages.ts';
import { NODE_TIME_HEADER, STATION_HEADER, operations } from '../src/shared/central/operations.ts';

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly auth: boolean;
  readonly body?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly reply: z.ZodType | null;
}

const file = path.resolve(import.meta.dirname, '..', 'resources', 'central-openapi.json');

/** The whole document, ready for JSON. Answers that are not JSON (images) are raw bytes. */
export function openApiDocument(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, operation] of Object.entries<Operation>(operations)) {
    const item = (paths[operation.path] ??= {});
    item[operation.method.toLowerCase()] = describe(name, operation);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Central node of online ID-card applications',
      version: '1',
      description: `Times are UTC. Every answer carries the node's clock in ${NODE_TIME_HEADER}.`,
    },
    paths,
    components: {
      securitySchemes: { session: { type: 'http', scheme: 'bearer' } },
      schemas: { Refusal: schemaOf(refusalReply, 'output') },
    },
  };
}

function describe(name: string, { auth, body, query, reply, path: address }: Operation): object {
  return {
    operationId: name,
    security: auth ? [{ session: [] }] : [],
    parameters: [
      { name: STATION_HEADER, in: 'header', required: true, schema: { type: 'string' } },
      ...[...address.matchAll(/\{(\w+)\}/g)].map((match) => ({
        name: match[1],
        in: 'path',
        required: true,
        schema: { type: 'string' },
      })),
      ...(query ? queryParameters(query) : []),
    ],
    ...(body && Object.keys(body.shape).length > 0
      ? { requestBody: { required: true, content: json(schemaOf(body, 'input')) } }
      : {}),
    responses: {
      200: {
        description: 'Done.',
        content: reply
          ? json(schemaOf(reply, 'output'))
          : { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
      },
      default: {
        description: 'Refused, with the reason as a code.',
        content: json({ $ref: '#/components/schemas/Refusal' }),
      },
    },
  };
}

function queryParameters(query: z.ZodObject): object[] {
  return Object.entries(query.shape).map(([name, part]) => ({
    name,
    in: 'query',
    required: !(part as z.ZodType).safeParse(undefined).success,
    schema: schemaOf(part as z.ZodType, 'input'),
  }));
}

function json(schema: object): object {
  return { 'application/json': { schema } };
}

/** JSON Schema 2020-12, which is OpenAPI 3.1's own; the dialect is said once for the document. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

if (process.argv[1] && fs.realpathSync(process.argv[1]) === import.meta.filename) {
  const text = `${JSON.stringify(openApiDocument(), null, 2)}\n`;
  const checking = process.argv.includes('--check');
  const current = fs.existsSync(file) && fs.readFileSync(file, 'utf8') === text;
  if (checking && !current) {
    console.error('resources/central-openapi.json is not current: run "npm run openapi".');
    process.exit(1);
  }
  if (!current) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  console.log(current ? 'current' : 'written');
}
