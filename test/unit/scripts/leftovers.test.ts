// Leftovers of killed test runs: those of dead owners go with their server, those of living ones stay.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const { ownFolder, sweepLeftovers } = (await import(
  path.resolve('scripts/run/leftovers.mjs')
)) as unknown as {
  ownFolder: (kind: 'run' | 'pg', base: string) => string;
  sweepLeftovers: (base: string) => string[];
};

let base = '';
beforeEach(() => {
  base = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-left-'));
});
afterEach(() => fs.rmSync(base, { recursive: true, force: true }));

/** Number of a process that has ended. */
const dead = spawnSync(process.execPath, ['-e', '']).pid;

it('removes what dead owners left, and nothing else', () => {
  const own = ownFolder('run', base);
  const names = [`kualik-run-${dead}-aB3dE6`, `kualik-pg-${dead}-aB3dE6`, 'kualik-run-Xyz123', 'x'];
  for (const name of names) fs.mkdirSync(path.join(base, name, 'kualik-pg-1'), { recursive: true });
  expect(sweepLeftovers(base).sort()).toEqual(names.slice(0, 2).sort());
  expect(fs.readdirSync(base).sort()).toEqual([path.basename(own), ...names.slice(2)].sort());
});

it('ends the server that still works there, and no process that only has its number', async () => {
  const folder = path.join(base, `kualik-pg-${dead}-aB3dE6`);
  const data = path.join(folder, 'data');
  fs.mkdirSync(data, { recursive: true });
  const waits = ['-e', 'setTimeout(() => {}, 60_000)'];
  const server = spawn(process.execPath, [...waits, data]);
  const stranger = spawn(process.execPath, waits);
  const ended = new Promise((tell) => server.once('exit', (_code, signal) => tell(signal)));
  try {
    fs.writeFileSync(path.join(data, 'postmaster.pid'), `${server.pid}\n${data}\n`);
    const other = path.join(base, `kualik-run-${dead}-aB3dE6`, 'kualik-pg-zzz', 'data');
    fs.mkdirSync(other, { recursive: true });
    fs.writeFileSync(path.join(other, 'postmaster.pid'), `${stranger.pid}\n`);
    expect(sweepLeftovers(base)).toHaveLength(2);
    expect(await ended).toBe('SIGQUIT');
    expect(stranger.exitCode).toBeNull();
    expect(stranger.signalCode).toBeNull();
  } finally {
    server.kill('SIGKILL');
    stranger.kill('SIGKILL');
  }
});
