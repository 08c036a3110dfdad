// Starts core, token and measuring processes, joins them by ports, restarts what dies, and passes calls on.
import path from 'node:path';
import {
  MessageChannelMain,
  utilityProcess,
  type MessagePortMain,
  type UtilityProcess,
} from 'electron';
import type {
  FromCore,
  PaperAnswer,
  PaperJob,
  ToCore,
} from '../../shared/contract/core-messages.ts';
import type { Push } from '../../shared/contract/channels.ts';
import type { LogSource, LogTechnical } from '../../shared/contract/technical-log.ts';
import type { PictureRequest } from '../../shared/contract/picture-address.ts';
import type { StationFacts } from '../../shared/contract/diagnostics.ts';
import { no, type Result } from '../../shared/kernel/result.ts';
import { childEnv } from './child-env.ts';
import type { Station } from './station-config.ts';
import { systemVaultName, useSystemVault } from './system-vault.ts';

export interface ProcessOptions {
  readonly station: Station;
  readonly userDir: string;
  readonly exportDir: string;
  /** Folder of the face nets. */
  readonly modelsDir: string;
  readonly sqliteBinding: string | null;
  readonly versions: { readonly app: string; readonly electron: string; readonly runtime: string };
  onPush(push: Push): void;
  /** The core died and a new one runs: what the window shows is from before. */
  onCoreRestarted(): void;
  /** The core says whether the window may film; no core, no camera. */
  onCamera(allowed: boolean): void;
  /** Policy, package and system for the diagnostics. */
  facts(): Promise<StationFacts>;
  /** Renders a paper; answers always. */
  paper(job: PaperJob): Promise<PaperAnswer>;
  /** A new version is to be installed; true when the program now closes for it. Never throws. */
  onInstall(file: string, sha256: string): Promise<boolean>;
  readonly log: LogTechnical;
  /** What another process tells for the log: its words are closed by the line form. */
  logOf(from: LogSource, event: string, details: Readonly<Record<string, unknown>>): void;
}

export interface Processes {
  call(name: unknown, payload: unknown): Promise<Result<unknown, string>>;
  picture(request: PictureRequest): Promise<{ bytes: Uint8Array; mime: string } | null>;
  stop(): Promise<void>;
}

const STOP_MS = 5_000;
const RESTART_MS = 500;
/** A measuring process that dies at each start (a broken installation) is tried more and more rarely. */
const SLOWEST_RESTART_MS = 30_000;
/** Memory of our own objects in the measuring process, MB; pictures and nets lie outside of it. */
const IMAGING_HEAP_MB = 512;
/** A token process that lived this long before it failed is not a broken one. */
const CALM_MS = 60_000;

/** Ends a process that keeps nothing and may be stuck where it hears no polite signal. */
function end(child: UtilityProcess): void {
  const { pid } = child; // undefined once it has ended
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself in this very moment.
  }
  child.kill();
}

type Waiting = (answer: FromCore | null) => void;
type Numbered = Extract<ToCore, { type: 'call' | 'picture' }>;
type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never;

export function startProcesses(options: ProcessOptions): Processes {
  const { station } = options;
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let stopping = false;
  const tokens = new Map<string, { readonly child: UtilityProcess; readonly since: number }>();
  const tokenFailures = new Map<string, number>();
  let imaging: UtilityProcess | null = null;
  let imagingRestartMs = RESTART_MS;
  let core: UtilityProcess;

  const fork = (
    file: string,
    name: string,
    more: Record<string, string>,
    execArgv: string[] = [],
  ): UtilityProcess =>
    utilityProcess.fork(path.join(import.meta.dirname, file), [], {
      serviceName: name,
      stdio: 'inherit',
      execArgv,
      env: childEnv(process.env, process.platform, more),
    });

  /** Place of a module in the policy, from 1: the log has no names. */
  const placeOf = (moduleId: string): number =>
    station.start.modules.findIndex(({ id }) => id === moduleId) + 1;

  /** The only thing that token and measuring processes say to the shell; anything else is no message. */
  const hearLog = (
    from: 'token' | 'imaging',
    told: unknown,
    more: Record<string, number>,
  ): void => {
    const { event, details } = (told ?? {}) as { event?: unknown; details?: object };
    if (typeof event === 'string') options.logOf(from, event, { ...details, ...more });
  };

  /** A fresh process for one module, the old one ended first; answers the core's end of the port. */
  const startToken = (moduleId: string): MessagePortMain => {
    const { port1, port2 } = new MessageChannelMain();
    const old = tokens.get(moduleId);
    if (old) end(old.child);
    const child = fork('token.js', `kualik-token-${moduleId}`, station.env);
    tokens.set(moduleId, { child, since: performance.now() });
    child.on('message', (told: unknown) => hearLog('token', told, { module: placeOf(moduleId) }));
    child.once('exit', (code) => {
      // One that was replaced has nothing to tell.
      if (!stopping && tokens.get(moduleId)?.child === child)
        options.log('token-process-ended', { module: placeOf(moduleId), code });
    });
    const modules = station.start.modules.filter(({ id }) => id === moduleId);
    child.postMessage({ type: 'start', modules }, [port1]);
    return port2;
  };

  const renewToken = (moduleId: string): void => {
    if (!stopping)
      core.postMessage({ type: 'token-port', moduleId } satisfies ToCore, [startToken(moduleId)]);
  };

  /** A module that fails again and again is tried more and more rarely; the others go on. */
  const tokenLost = (moduleId: string, reason: string): void => {
    options.log('token-process-restarted', { module: placeOf(moduleId), reason });
    const lost = tokens.get(moduleId);
    if (lost) end(lost.child);
    const calm = lost !== undefined && performance.now() - lost.since > CALM_MS;
    const failures = calm ? 0 : (tokenFailures.get(moduleId) ?? 0);
    tokenFailures.set(moduleId, failures + 1);
    const of = core;
    setTimeout(
      () => {
        // A core that died meanwhile got processes of its own with its start.
        if (of === core) renewToken(moduleId);
      },
      Math.min(RESTART_MS * 2 ** failures, SLOWEST_RESTART_MS),
    );
  };

  /** A fresh measuring process; the old one may hang in a decoder and is ended without asking. */
  const startImaging = (): MessagePortMain => {
    const { port1, port2 } = new MessageChannelMain();
    if (imaging !== null) end(imaging);
    const heap = `--max-old-space-size=${IMAGING_HEAP_MB}`;
    imaging = fork('imaging.js', 'kualik-imaging', {}, [heap]);
    imaging.on('message', (told: unknown) => hearLog('imaging', told, {}));
    imaging.postMessage({ type: 'start', modelsDir: options.modelsDir }, [port1]);
    return port2;
  };

  const imagingLost = (reason: string): void => {
    options.log('imaging-process-restarted', { reason });
    const broken = reason === 'not-started';
    const wait = broken ? imagingRestartMs : RESTART_MS;
    imagingRestartMs = broken ? Math.min(wait * 2, SLOWEST_RESTART_MS) : RESTART_MS;
    if (imaging !== null) end(imaging);
    imaging = null;
    const of = core;
    setTimeout(() => {
      // A core that died meanwhile got a process of its own with its start.
      if (!stopping && of === core && imaging === null)
        core.postMessage({ type: 'imaging-port' } satisfies ToCore, [startImaging()]);
    }, wait);
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
      case 'camera':
        return options.onCamera(message.allowed);
      case 'log':
        return options.logOf('core', message.event, message.details);
      case 'token-lost':
        return tokenLost(message.moduleId, message.reason);
      case 'token-spent':
        return renewToken(message.moduleId);
      case 'imaging-lost':
        return imagingLost(message.reason);
      case 'paper': {
        const asking = core;
        void options.paper(message.job).then((done) => {
          // A core that died meanwhile asked nothing of the new one.
          if (asking === core && !stopping)
            core.postMessage({ type: 'paper', id: message.id, answer: done } satisfies ToCore);
        });
        return;
      }
      case 'install': {
        const asking = core;
        void options.onInstall(message.file, message.sha256).then((taken) => {
          if (asking === core && !stopping)
            core.postMessage({ type: 'install', id: message.id, taken } satisfies ToCore);
        });
        return;
      }
      case 'facts': {
        const asking = core;
        const tellFacts = (facts: StationFacts | null): void => {
          if (asking === core && !stopping)
            core.postMessage({ type: 'facts', id: message.id, facts } satisfies ToCore);
        };
        void options.facts().then(tellFacts, () => tellFacts(null));
        return;
      }
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
      options.onCamera(false);
      for (const id of [...waiting.keys()]) answer(id, null);
      if (stopping) return;
      options.log('core-process-died', { code });
      setTimeout(() => {
        startCore();
        options.onCoreRestarted();
      }, RESTART_MS);
    });
    const message: ToCore = {
      type: 'start',
      station: station.start,
      userDir: options.userDir,
      exportDir: options.exportDir,
      vault: systemVaultName(),
      sqliteBinding: options.sqliteBinding,
      versions: options.versions,
    };
    const tokenPorts = station.start.modules.map(({ id }) => startToken(id));
    core.postMessage(message, [startImaging(), ...tokenPorts]);
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
    async picture(request) {
      const reply = await ask({ type: 'picture', request });
      return reply?.type === 'picture' ? reply.picture : null;
    },
    async stop() {
      stopping = true;
      const ended = new Promise<void>((resolve) => core.once('exit', () => resolve()));
      core.postMessage({ type: 'stop' } satisfies ToCore);
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, STOP_MS))]);
      for (const { child } of tokens.values()) end(child);
      if (imaging !== null) end(imaging);
      core.kill();
    },
  };
}
