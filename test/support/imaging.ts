// Starts measuring processes for tests and benches as the shell does for the program: late, and again when lost.
import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import {
  createRemoteImaging,
  type ImagingLost,
  type RemoteImagingLimits,
} from '../../src/main/adapters/imaging/remote-imaging.ts';
import type { Imaging } from '../../src/main/ports/imaging.ts';
import type { PortLike } from '../../src/shared/kernel/port-like.ts';
import { childScript } from './child-script.ts';

export interface ImagingOptions {
  /** Folder of the face nets; the checkout's own unless told. */
  readonly modelsDir?: string;
  readonly limits?: Partial<RemoteImagingLimits>;
  /** Acts as another version of the engines. */
  readonly engine?: string;
}

export interface TestImaging extends Imaging {
  /** Why processes were lost so far. */
  readonly lost: ImagingLost[];
  /** The running process, if one was needed yet. */
  child(): ChildProcess | null;
  stop(): void;
}

/** No process until the first call; a lost one is killed and replaced at once. */
export function testImaging(options: ImagingOptions = {}): TestImaging {
  const lost: ImagingLost[] = [];
  let child: ChildProcess | null = null;
  let stopped = false;
  const remote = createRemoteImaging({
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    onLost(reason) {
      lost.push(reason);
      child?.kill('SIGKILL');
      child = null;
      if (!stopped) start();
    },
  });

  function start(): void {
    const { file, execArgv } = childScript('imaging-process');
    const started = fork(file, {
      execArgv,
      serialization: 'advanced',
      env: { ...process.env, KUALIK_TEST_ENGINE: options.engine },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child = started;
    const port: PortLike = {
      postMessage: (message) => {
        if (started.connected) started.send(message as object);
      },
      on: (event: string, listener: (message: unknown) => void) =>
        started.on(event === 'close' ? 'exit' : 'message', listener),
    };
    started.send({
      type: 'start',
      modelsDir: options.modelsDir ?? path.resolve('resources/models'),
    });
    remote.attach(port);
  }

  const needed =
    <A extends unknown[], R>(call: (...args: A) => R) =>
    (...args: A): R => {
      if (child === null && !stopped) start();
      return call(...args);
    };
  return {
    lost,
    child: () => child,
    engine: remote.engine,
    whenReady: needed(remote.whenReady),
    probe: needed(remote.probe),
    measurePortrait: needed(remote.measurePortrait),
    measureSignature: needed(remote.measureSignature),
    compareFaces: needed(remote.compareFaces),
    render: needed(remote.render),
    stop() {
      stopped = true;
      remote.detach();
      child?.kill('SIGKILL');
      child = null;
    },
  };
}
