// Keeps a token process for each module as the shell does: replaced when lost or spent, the old one killed.
import { fork, type ChildProcess } from 'node:child_process';
import {
  createTokenModules,
  type TokenModules,
} from '../../src/main/adapters/token/token-modules.ts';
import type { RemoteTokenLimits } from '../../src/main/adapters/token/remote-token.ts';
import type { Pkcs11ModuleConfig } from '../../src/main/adapters/token/pkcs11-module.ts';
import type { PortLike } from '../../src/shared/kernel/port-like.ts';
import { childScript } from './child-script.ts';

export interface TokenStationOptions {
  readonly modules: readonly Pkcs11ModuleConfig[];
  readonly env: Readonly<Record<string, string>>;
  readonly limits?: Partial<RemoteTokenLimits>;
}

export interface TokenStation {
  readonly tokens: TokenModules;
  readonly moduleIds: readonly string[];
  /** Process that now serves the module. */
  pid(moduleId: string): number;
  /** Why processes were replaced, in order: `opensc spent`, `opensc timeout` … */
  readonly replaced: string[];
  /** All the processes ever printed. */
  printed(): string;
  /** Heap snapshot of the module's process, written to `file`. */
  snapshot(moduleId: string, file: string): void;
  stop(): void;
}

export function startTokenStation({ modules, env, limits }: TokenStationOptions): TokenStation {
  const children = new Map<string, ChildProcess>();
  const replaced: string[] = [];
  const said: Buffer[] = [];
  let stopped = false;

  const start = (moduleId: string): void => {
    if (stopped) return;
    children.get(moduleId)?.kill('SIGKILL');
    const { file, execArgv } = childScript('token-process');
    const child = fork(file, {
      execArgv,
      serialization: 'advanced',
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (part: Buffer) => said.push(part));
    children.set(moduleId, child);
    const port: PortLike = {
      postMessage: (message) => {
        if (child.connected) child.send(message as object);
      },
      on: (event: string, listener: (message: unknown) => void) =>
        child.on(event === 'close' ? 'exit' : 'message', listener),
    };
    child.send({ type: 'start', modules: modules.filter(({ id }) => id === moduleId) });
    tokens.attach(moduleId, port);
  };

  const tokens = createTokenModules({
    modules,
    ...(limits && { limits }),
    onLost: (moduleId, reason) => {
      replaced.push(`${moduleId} ${reason}`);
      setTimeout(() => start(moduleId), 100);
    },
    onSpent: (moduleId) => {
      replaced.push(`${moduleId} spent`);
      start(moduleId);
    },
  });
  modules.forEach(({ id }) => start(id));

  const childOf = (moduleId: string): ChildProcess => {
    const child = children.get(moduleId);
    if (child?.pid === undefined) throw new Error(`no process for ${moduleId}`);
    return child;
  };
  return {
    tokens,
    moduleIds: modules.map(({ id }) => id),
    pid: (moduleId) => childOf(moduleId).pid!,
    replaced,
    printed: () => Buffer.concat(said).toString('utf8'),
    snapshot: (moduleId, file) => childOf(moduleId).send({ type: 'heap-snapshot', file }),
    stop() {
      stopped = true;
      tokens.detach();
      for (const child of children.values()) child.kill('SIGKILL');
    },
  };
}
