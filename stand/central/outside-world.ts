// The four outside services of cl. 12, played as HTTPS endpoints of a server of their own, each with a way to fail.
import { createServer, type Server } from 'node:https';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import {
  SERVICE_CODES,
  serviceCode,
  type OutsideServices,
  type ServiceCode,
} from '../../src/shared/central/services.ts';

/** `off`: the line is cut without an answer; `slow`: none in time; `broken`: the answer breaks off. */
const serviceState = z.enum(['on', 'off', 'slow', 'status', 'broken']);
type ServiceState = z.infer<typeof serviceState>;
export const outsideSwitch = z.strictObject({ service: serviceCode, state: serviceState });
export type OutsideSwitch = z.infer<typeof outsideSwitch>;

export interface OutsideWorld {
  /** PEM of the CA behind the services' certificate. */
  readonly caPem: string;
  address(code: ServiceCode): string;
  set(order: OutsideSwitch): void;
  close(): Promise<void>;
}

/** Opens the services on 127.0.0.1; all of them answer until they are told otherwise. */
export async function openOutsideWorld(
  tls: { readonly key: string; readonly cert: string },
  caPem: string,
): Promise<OutsideWorld> {
  const states = new Map<string, ServiceState>(SERVICE_CODES.map((code) => [code, 'on']));
  const server = createServer({ ...tls, minVersion: 'TLSv1.2' }, (request, reply) => {
    answer(reply, states.get((request.url ?? '').slice(1)));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    caPem,
    address: (code) => `https://127.0.0.1:${port}/${code}`,
    set: ({ service, state }) => void states.set(service, state),
    close: () => closed(server),
  };
}

function answer(reply: ServerResponse, state: ServiceState | undefined): void {
  switch (state) {
    case 'on':
      reply.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"up"}');
      return;
    case 'off':
      reply.socket?.destroy();
      return;
    case 'slow':
      return; // the caller gives up
    case 'broken':
      reply.writeHead(200, { 'content-length': '100' }).write('{"sta');
      setTimeout(() => reply.socket?.destroy(), 20).unref();
      return;
    default:
      reply.writeHead(state === 'status' ? 503 : 404).end();
  }
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** Data for stations: they reach the portal and the applications, the two registers only the node does. */
export const outsideData = (
  world: OutsideWorld,
  pace: Pick<OutsideServices, 'thresholdMinutes' | 'probeSeconds'>,
): OutsideServices => ({
  ...pace,
  services: SERVICE_CODES.map((code) => ({
    code,
    address: code === 'egov-portal' || code === 'mobile-apps' ? world.address(code) : null,
  })),
});
