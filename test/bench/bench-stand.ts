// The stand of the benches in a process of its own: the node's work must not count as the workstation's.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { StationConfig } from '../../stand/station-config.ts';
import type { WorkstationStand } from '../support/workstation.ts';

interface Ready {
  readonly config: string;
  readonly pin: string;
  readonly officers: WorkstationStand['officers'];
}

export interface BenchStand extends WorkstationStand {
  stop(): Promise<void>;
}

/** Starts `stand/start.ts --bench` and resolves when it listens. */
export async function benchStand(people: number): Promise<BenchStand> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-bench-stand-'));
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'stand/start.ts', '--dir', dir, '--people', String(people), '--bench'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    void ended.then(() => reject(new Error('the stand ended before it was ready')));
  });
  const { config: configPath, pin, officers } = JSON.parse(line) as Ready;
  const config = JSON.parse(fs.readFileSync(configPath, 'utf8')) as StationConfig;
  return {
    configPath,
    config,
    pin,
    officers,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      fs.rmSync(dir, { recursive: true, force: true });
    },
  };
}
