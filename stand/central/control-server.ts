// The control port: plain HTTP on the loopback, one POST a command, guarded by a random token.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { z } from 'zod';
import type { ControlEndpoint } from './control-client.ts';
import { COMMAND_ARGUMENTS, type createCommands } from './control-commands.ts';
import { NodeRefused } from './refusal.ts';

type Commands = ReturnType<typeof createCommands>;
const MAX_BODY = 80_000_000; // a picture bomb given by a test

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Listens on 127.0.0.1; `close` ends open calls. */
export async function openControl(
  commands: Commands,
  port = 0,
): Promise<{ endpoint: ControlEndpoint; close(): Promise<void> }> {
  const token = randomBytes(24).toString('base64url');
  const expected = digest(`Bearer ${token}`);
  const server = createServer((request, reply) => {
    const say = (status: number, body: unknown) => {
      reply.writeHead(status, { 'content-type': 'application/json' });
      reply.end(JSON.stringify(body));
    };
    if (!timingSafeEqual(digest(request.headers.authorization ?? ''), expected))
      return say(401, { error: 'no token' });
    run(commands, request).then(
      (result) => say(200, result),
      (error: unknown) => {
        const known = error instanceof NodeRefused || error instanceof BadCommand;
        say(known ? 400 : 500, { error: String(error) });
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    endpoint: { url: `http://127.0.0.1:${bound}`, token },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

class BadCommand extends Error {}

async function run(commands: Commands, request: IncomingMessage): Promise<unknown> {
  const name = (request.url ?? '').slice(1);
  if (request.method !== 'POST' || !Object.hasOwn(COMMAND_ARGUMENTS, name))
    throw new BadCommand(`no command ${name}`);
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MAX_BODY) throw new BadCommand('too large');
    parts.push(part);
  }
  const command = name as keyof Commands;
  const schema: z.ZodType = COMMAND_ARGUMENTS[command];
  const parsed = schema.safeParse(JSON.parse(Buffer.concat(parts).toString('utf8') || '{}'));
  if (!parsed.success) throw new BadCommand(parsed.error.message);
  return (commands[command] as (args: unknown) => Promise<unknown>)(parsed.data);
}
