// A workstation in a process of its own that signs a batch until it is killed: `tsx batch-child.ts <options as JSON>`.
import fs from 'node:fs';
import path from 'node:path';
import type { StationConfig } from '../../stand/station-config.ts';
import { logInAs, startWorkstation, type WorkstationStand } from './workstation.ts';

const options = JSON.parse(process.argv[2]!) as {
  stand: WorkstationStand & { readonly config: StationConfig };
  userDir: string;
  applicationIds: string[];
  /** One line an item that the core says is signed. */
  signed: string;
};
const { stand, userDir, applicationIds } = options;
const out = fs.openSync(path.resolve(options.signed), 'a');
const desk = await startWorkstation(stand, {
  userDir,
  // Nothing leaves before the parent looks: what is durable is what counts.
  times: { newsWaitMs: 400, retryMs: 100, tickMs: 200, takeBackMs: 3_600_000 },
});
const entered = await logInAs(desk, stand, 'reviewer-almaty');
if (!entered.ok) throw new Error(`log-in refused: ${entered.refusal.code}`);
const { items } = await desk.get('batch.prepare', { applicationIds });
const intentIds = items.flatMap(({ intentId }) => intentId ?? []);
if (intentIds.length !== applicationIds.length) throw new Error('not all could be prepared');
process.stdout.write('prepared\n');
await desk.get('batch.sign', { intentIds, pin: stand.pin });
const told = new Set<string>();
for (;;) {
  for (const item of (await desk.get('batch.read', {})).items)
    if (item.state === 'signed' && !told.has(item.applicationId)) {
      told.add(item.applicationId);
      fs.writeSync(out, `${item.applicationId}\n`);
      process.stdout.write(`${told.size}\n`);
    }
  await new Promise((resolve) => setImmediate(resolve));
}
