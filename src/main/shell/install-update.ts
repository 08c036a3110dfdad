// Runs the policy's installer when everything of the program has ended: no shell, no environment of the user's making.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { InstallCommand } from '../../shared/contract/policy.ts';
import { childEnv } from './child-env.ts';
import { writableByOthers } from './policy/roots-only.ts';

export interface InstallOrder {
  readonly command: InstallCommand;
  /** The verified copy, in a folder that only this user and root write. */
  readonly file: string;
  readonly sha256: string;
}

/** No program that the installer calls by its name is looked for where the user says. */
const OWN_PATH = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };

/**
 * A program to be run with the rights of an installer: a plain file that can be executed; `guarded`: root's, in
 * folders that only root writes (a shipped program on Linux).
 */
export function isRunnable(program: string, guarded: boolean): boolean {
  try {
    if (!path.isAbsolute(program)) return false;
    const real = fs.realpathSync(program);
    if (!fs.statSync(real).isFile()) return false;
    fs.accessSync(real, fs.constants.X_OK);
    return !guarded || writableByOthers(program) === null;
  } catch {
    return false;
  }
}

/** Whether the copy still is what was verified. */
async function isAsVerified({ file, sha256 }: Omit<InstallOrder, 'command'>): Promise<boolean> {
  const hash = createHash('sha256');
  try {
    for await (const bytes of fs.createReadStream(file)) hash.update(bytes as Uint8Array);
  } catch {
    return false;
  }
  return hash.digest('hex') === sha256;
}

/** Arguments with file and hash put in; nothing of them is read as a pattern or by a shell. */
const argumentsOf = ({ command, file, sha256 }: InstallOrder): string[] =>
  command.args.map((arg) =>
    arg.replace(/\{(file|sha256)\}/g, (_, name) => (name === 'file' ? file : sha256)),
  );

/** Looked at before anything closes, so that a refusal can be told, and once more right before it runs. */
export const mayInstall = async (order: InstallOrder, guarded: boolean): Promise<boolean> =>
  isRunnable(order.command.program, guarded) && (await isAsVerified(order));

/**
 * The last look at program and copy, then a process of its own that outlives this one.
 * Resolves whether it runs, never rejects; what becomes of it is seen by the version of the next start.
 */
export async function runInstaller(order: InstallOrder, guarded: boolean): Promise<boolean> {
  if (!(await mayInstall(order, guarded))) return false;
  const child = spawn(order.command.program, argumentsOf(order), {
    cwd: path.parse(order.command.program).root,
    detached: true,
    env: childEnv(process.env, process.platform, process.platform === 'win32' ? {} : OWN_PATH),
    shell: false,
    stdio: 'ignore',
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
