// `npm run bench [-- --only sync,sign,queue,lock,window,counter,gost] [-- --people N]`: prints figures, each beside its other side.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startStand } from '../../stand/start.ts';
import { benchStand } from './bench-stand.ts';
import { benchCounter } from './counter.ts';
import { benchFirstSync } from './first-sync.ts';
import { benchGost } from './gost.ts';
import { benchLock } from './lock.ts';
import { table, timed, type Figure } from './measure.ts';
import { benchQueue } from './queue.ts';
import { benchSigning } from './signing.ts';
import { benchWindow } from './window.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '20000' },
    only: { type: 'string', default: 'sync,sign,queue,lock,window,counter,gost' },
    write: { type: 'string' },
  },
});
const wanted = new Set(values.only.split(','));
const figures: Figure[] = [];
const note = (line: string): void => console.log(line);

if (['sync', 'sign', 'queue', 'lock'].some((part) => wanted.has(part))) {
  note(`Making ${values.people} people and their node …`);
  const { value: stand, took } = await timed(() => benchStand(Number(values.people)));
  note(`  ready after ${Math.round(took / 1000)} s; first sync …`);
  const { desk, figures: synced } = await benchFirstSync(stand);
  figures.push(...synced);
  if (wanted.has('sign')) note('  100 approvals, a batch of 500, 1,000 acts verified …');
  if (wanted.has('sign')) figures.push(...(await benchSigning(stand, desk)));
  if (wanted.has('queue')) note('  queue and search at 50,000 …');
  if (wanted.has('queue')) figures.push(...(await benchQueue(stand, desk)));
  if (wanted.has('lock')) figures.push(...(await benchLock(stand, desk)));
  await desk.stop();
  await stand.stop();
}
if (wanted.has('window')) {
  note('Window, memory and keys …');
  const stand = await startStand({ people: 60 });
  figures.push(...(await benchWindow(stand)));
  await stand.stop();
}
if (wanted.has('counter')) {
  note('The counter at 50,000 cached cards …');
  figures.push(...(await benchCounter()));
}
if (wanted.has('gost')) {
  note('GOST …');
  figures.push(...(await benchGost()));
}

const cpu = os.cpus();
const head = `Measured ${new Date().toISOString().slice(0, 10)} on ${cpu.length} × ${cpu[0]?.model.trim()}, Node ${process.versions.node}, ${os.platform()}.`;
note(`\n${head}\n\n${table(figures)}\n`);
if (values.write !== undefined) {
  const intro =
    '# Figures\n\nMade by `npm run bench -- --write docs/figures.md`; nothing here is typed by hand.\n';
  fs.writeFileSync(path.resolve(values.write), `${intro}\n${head}\n\n${table(figures)}\n`);
}
process.exit(0);
