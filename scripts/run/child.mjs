// Starts child processes for the scripts: captured for checks, followed for long-lived helpers, always ended with us.
import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import path from 'node:path';
import { root } from '../setup/paths.mjs';

const living = new Set();

/** [command, arguments] for a tool of node_modules, without a shell and without npx. */
export function tool(file, ...args) {
  return [process.execPath, [path.join(root, 'node_modules', file), ...args]];
}

/** [command, arguments] for a script of the checkout. */
export function script(file, ...args) {
  return [process.execPath, [path.join(root, file), ...args]];
}

/** [command, arguments] for a TypeScript file of the checkout. */
export function typescript(file, ...args) {
  return [process.execPath, ['--import', 'tsx', path.join(root, file), ...args]];
}

/** Runs to the end with the output on this terminal (or kept). Resolves {code, output, ms}. */
export function run([command, args], { env = {}, keep = false } = {}) {
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const child = follow(command, args, {
      env,
      stdio: keep ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code, signal) =>
      resolve({ code: code ?? (signal ? 1 : 0), output, ms: performance.now() - begun }),
    );
  });
}

/** Starts a process that ends with us at the latest. */
export function follow(command, args, { env = {}, ...options } = {}) {
  const child = spawn(command, args, { cwd: root, ...options, env: { ...process.env, ...env } });
  living.add(child);
  child.on('exit', () => living.delete(child));
  return child;
}

/** Ends a child kindly, after `patience` ms by force; resolves when it is gone. */
export function end(child, patience = 5000) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), patience);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    void Promise.all([...living].map((child) => end(child))).then(() => process.exit(130));
  });
}
process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});
