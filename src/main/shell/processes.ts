// Starts core and token processes, joins them by a port, restarts what dies, and passes calls on.
import path from 'node:path';
import { MessageChannelMain, utilityProcess, type UtilityProcess } from 'electron';
import type { FromCore, ToCore } from '../../shared/contract/core-messages.ts';
import type { Push } from '../../shared/contract/channels.ts';
import { no, type Result } from '../../shared/kernel/result.ts';
import type { Station } from './station-config.ts';
import { systemVaultName, useSystemVault } from './system-vault.ts';

export interface ProcessOptions {
  readonly station: Station;
  readonly userDir: string;
  readonly sqliteBinding: string | null;
  readonly versions: { readonly app: string; readonly electron: string; readonly runtime: string };
  onPush(push: Push): void;
  /** The core died and a new one runs: what the window shows is from before. */
  onCoreRestarted(): void;
  log(event: string, details: Readonly<Record<string, string | number | boolean>>): void;
}

export interface Processes {
  call(name: unknown, payload: unknown): Promise<Result<unknown, string>>;
  picture(sha256: string): Promise<{ bytes: Uint8Array; mime: string } | null>;
  stop(): Promise<void>;
}

const STOP_MS = 5_000;
const RESTART_MS = 500;

type Waiting = (answer: FromCore | null) => void;
type Numbered = Extract<ToCore, { type: 'call' | 'picture' }>;
type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never;

export function startProcesses(options: ProcessOptions): Processes {
  const { station } = options;
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let stopping = false;
  let token: UtilityProcess | null = null;
  let core: UtilityProcess;

  const fork = (file: string, name: string, env: Record<string, string>): UtilityProcess =>
    utilityProcess.fork(path.join(import.meta.dirname, file), [], {
      serviceName: name,
      stdio: 'inherit',
      env: { ...process.env, ...env } as Record<string, string>,
    });

  /** A fresh token process; its other end of the port goes to the core with `message`. */
  const startToken = (message: ToCore): void => {
    const { port1, port2 } = new MessageChannelMain();
    token?.kill();
    const started = fork('token.js', 'kualik-token', station.env);
    token = started;
    started.postMessage({ type: 'start', modules: station.start.modules }, [port1]);
    core.postMessage(message, [port2]);
  };

  const answer = (id: number, message: FromCore | null): void => {
    waiting.get(id)?.(message);
    waiting.delete(id);
  };

  const hear = (message: FromCore): void => {
    switch (message.type) {
      case 'reply':
      case 'picture':
        return answer(message.id, message);
      case 'push':
        return options.onPush(message.push);
      case 'log':
        return options.log(message.event, message.details);
      case 'token-lost':
        options.log('token-process-restarted', { reason: message.reason });
        setTimeout(() => {
          if (!stopping) startToken({ type: 'token-port' });
        }, RESTART_MS);
        return;
      case 'vault':
        return core.postMessage({
          type: 'vault',
          id: message.id,
          bytes: useSystemVault(message.call, message.bytes),
        } satisfies ToCore);
    }
  };

  const startCore = (): void => {
    core = fork('core.js', 'kualik-core', {});
    core.on('message', hear);
    core.on('exit', (code) => {
      for (const id of [...waiting.keys()]) answer(id, null);
      if (stopping) return;
      options.log('core-process-died', { code });
      setTimeout(() => {
        startCore();
        options.onCoreRestarted();
      }, RESTART_MS);
    });
    startToken({
      type: 'start',
      station: station.start,
      userDir: options.userDir,
      vault: systemVaultName(),
      sqliteBinding: options.sqliteBinding,
      versions: options.versions,
    });
  };

  const ask = (message: Unnumbered<Numbered>): Promise<FromCore | null> =>
    new Promise((resolve) => {
      lastId += 1;
      waiting.set(lastId, resolve);
      core.postMessage({ ...message, id: lastId } as ToCore);
    });

  startCore();
  return {
    async call(name, payload) {
      const reply = await ask({ type: 'call', name, payload });
      return reply?.type === 'reply' ? reply.result : no('incident', { number: 'core' });
    },
    async picture(sha256) {
      const reply = await ask({ type: 'picture', sha256 });
      return reply?.type === 'picture' ? reply.picture : null;
    },
    async stop() {
      stopping = true;
      const ended = new Promise<void>((resolve) => core.once('exit', () => resolve()));
      core.postMessage({ type: 'stop' } satisfies ToCore);
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, STOP_MS))]);
      token?.kill();
      core.kill();
    },
  };
}
