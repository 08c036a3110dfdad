// What only the shell can say for the diagnostics: policy with sources, the package's files, system and versions.
import os from 'node:os';
import originalFs from 'original-fs';
import path from 'node:path';
import { app } from 'electron';
import type { StationFacts } from '../../shared/contract/diagnostics.ts';
import { damagedFiles } from './self-test.ts';
import type { Station } from './station-config.ts';

const MIB = 1024 ** 2;

async function programFacts(): Promise<StationFacts['program']> {
  if (!app.isPackaged) return { verdict: 'not-packaged', damaged: [] };
  const damaged = await damagedFiles(path.dirname(process.execPath), originalFs);
  return { verdict: damaged.length === 0 ? 'whole' : 'damaged', damaged };
}

/** Neither the machine's name nor its user's is asked: both are often a person's. */
export async function stationFacts({ policy }: Station): Promise<StationFacts> {
  const { electron = '', chrome = '', node = '', v8 = '' } = process.versions;
  return {
    policy,
    program: await programFacts(),
    system: {
      platform: process.platform,
      release: os.release(),
      arch: process.arch,
      processors: os.cpus().length,
      memoryMiB: Math.round(os.totalmem() / MIB),
      freeMiB: Math.round(os.freemem() / MIB),
      electron,
      chrome,
      node,
      v8,
    },
  };
}
