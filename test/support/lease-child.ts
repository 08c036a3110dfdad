// A counter in a process of its own, driven by lines of JSON until it is killed: `tsx lease-child.ts <options>`.
import readline from 'node:readline';
import type { ChannelName } from '../../src/shared/contract/channels.ts';
import type { StationConfig } from '../../stand/station-config.ts';
import { logInAs, startWorkstation, type WorkstationStand } from './workstation.ts';

/** What the parent gives, as JSON in the first argument. */
export interface LeaseChildOptions {
  readonly stand: WorkstationStand & { readonly config: StationConfig };
  readonly userDir: string;
  readonly stationId: string;
}

const { stand, userDir, stationId } = JSON.parse(process.argv[2]!) as LeaseChildOptions;
const desk = await startWorkstation(stand, { userDir, stationId });
const entered = await logInAs(desk, stand, 'issuer-almaty');
if (!entered.ok) throw new Error(`log-in refused: ${entered.refusal.code}`);
await desk.get('line.syncNow', {});
process.stdout.write('{"ready":true}\n');
for await (const line of readline.createInterface({ input: process.stdin })) {
  const { id, name, request } = JSON.parse(line) as {
    id: number;
    name: ChannelName;
    request: never;
  };
  void desk
    .call(name, request)
    .then((result) => process.stdout.write(`${JSON.stringify({ id, result })}\n`));
}
