// Entry of the core process: builds the core from the shell's start message and serves its calls.
import type { StationConfig } from '../ports/station.ts';
import { createTokenModules, type TokenModules } from '../adapters/token/token-modules.ts';
import { createRemoteImaging } from '../adapters/imaging/remote-imaging.ts';
import type { PortLike } from '../../shared/kernel/port-like.ts';
import type { SystemVault } from '../adapters/system/key-vault.ts';
import type { StationFactsSource } from '../ports/station-facts.ts';
import type { PaperPrinter } from '../ports/paper-printer.ts';
import type { UpdateInstaller } from '../ports/updates.ts';
import { createCore, type Core } from './compose.ts';
import type { ShownPicture } from '../app/show-picture.ts';
import type {
  FromCore,
  PaperAnswer,
  PaperJob,
  ToCore,
} from '../../shared/contract/core-messages.ts';
import type { StationFacts } from '../../shared/contract/diagnostics.ts';
import type { PictureRequest } from '../../shared/contract/picture-address.ts';

/** Electron's `process.parentPort`, as far as it is used here (no electron import in this room). */
interface ParentPort {
  on(
    event: 'message',
    listener: (event: { data: ToCore; ports: readonly PortLike[] }) => void,
  ): void;
  postMessage(message: FromCore): void;
}

const parent = (process as NodeJS.Process & { parentPort?: ParentPort }).parentPort;
if (!parent) throw new Error('the core runs only as a utility process');
const shell: ParentPort = parent;
const tell = (message: FromCore): void => shell.postMessage(message);

const imaging = createRemoteImaging({
  onLost: (reason) => tell({ type: 'imaging-lost', reason }),
});
let core: Core | null = null;
let token: TokenModules | null = null;

/** The system's vault lives in the shell; questions and answers go by number. */
const asked = new Map<number, { done(bytes: Uint8Array): void; failed(error: Error): void }>();
let lastAsked = 0;
const vaultCall = (call: 'wrap' | 'unwrap', bytes: Uint8Array): Promise<Uint8Array> =>
  new Promise((done, failed) => {
    lastAsked += 1;
    asked.set(lastAsked, { done, failed });
    tell({ type: 'vault', id: lastAsked, call, bytes });
  });
const systemVault = (name: string): SystemVault => ({
  name,
  wrap: (plain) => vaultCall('wrap', plain),
  unwrap: (sealed) => vaultCall('unwrap', sealed),
});

/** The window's engine prints, so papers go to the shell; it answers always, within its own time. */
const papers = new Map<number, (answer: PaperAnswer) => void>();
let lastPaper = 0;
const paperJob = (job: PaperJob): Promise<PaperAnswer> =>
  new Promise((done) => {
    lastPaper += 1;
    papers.set(lastPaper, done);
    tell({ type: 'paper', id: lastPaper, job });
  });
const printer: PaperPrinter = {
  printers: async () => [...(await paperJob({ way: 'printers' })).printers],
  print: async (paper, format, name) =>
    (await paperJob({ way: 'print', paper, format, printer: name })).printed,
  pdf: async (paper, format) => (await paperJob({ way: 'pdf', paper, format })).bytes,
};

/** The shell closes the program, so it is the one that runs an installer. */
const installs = new Map<number, (taken: boolean) => void>();
let lastInstall = 0;
const installer: UpdateInstaller = {
  run: ({ file, sha256 }) =>
    new Promise((done) => {
      lastInstall += 1;
      installs.set(lastInstall, done);
      tell({ type: 'install', id: lastInstall, file, sha256 });
    }),
};

/** Policy, package and system for the diagnostics; null when the shell could not say. */
const factsAsked = new Map<number, (facts: StationFacts | null) => void>();
let lastFacts = 0;
const facts: StationFactsSource = {
  read: () =>
    new Promise((done) => {
      lastFacts += 1;
      factsAsked.set(lastFacts, done);
      tell({ type: 'facts', id: lastFacts });
    }),
};

function start(message: Extract<ToCore, { type: 'start' }>, tokenPorts: readonly PortLike[]): void {
  const { modules } = message.station;
  token = createTokenModules({
    modules,
    onLost: (moduleId, reason) => tell({ type: 'token-lost', moduleId, reason }),
    onSpent: (moduleId) => tell({ type: 'token-spent', moduleId }),
  });
  core = createCore({
    station: message.station satisfies StationConfig,
    userDir: message.userDir,
    exportDir: message.exportDir,
    token,
    imaging,
    printer,
    facts,
    installer,
    camera: {
      open: () => tell({ type: 'camera', allowed: true }),
      close: () => tell({ type: 'camera', allowed: false }),
    },
    systemVault: message.vault === null ? null : systemVault(message.vault),
    sqliteBinding: message.sqliteBinding,
    versions: message.versions,
    onPush: (push) => tell({ type: 'push', push }),
    log: (event, details) => tell({ type: 'log', event, details }),
  });
  modules.forEach(({ id }, i) => {
    const port = tokenPorts[i];
    if (port !== undefined) token?.attach(id, port);
  });
}

/** A fault while a picture is shown is a picture that is not there, never the core's end. */
async function picture(request: PictureRequest): Promise<ShownPicture | null> {
  try {
    return (await core?.picture(request)) ?? null;
  } catch (error) {
    const kind = error instanceof Error ? error.name : '?';
    tell({ type: 'log', event: 'picture-not-shown', details: { kind } });
    return null;
  }
}

shell.on('message', ({ data, ports }) => {
  switch (data.type) {
    case 'start':
      if (ports[0] !== undefined) imaging.attach(ports[0]);
      return start(data, ports.slice(1));
    case 'token-port':
      if (ports[0] !== undefined) token?.attach(data.moduleId, ports[0]);
      return;
    case 'imaging-port':
      if (ports[0] !== undefined) imaging.attach(ports[0]);
      return;
    case 'call':
      void core
        ?.call(data.name, data.payload)
        .then((result) => tell({ type: 'reply', id: data.id, result }));
      return;
    case 'picture':
      void picture(data.request).then((found) =>
        tell({ type: 'picture', id: data.id, picture: found }),
      );
      return;
    case 'vault': {
      const waiting = asked.get(data.id);
      asked.delete(data.id);
      if (data.bytes === null) waiting?.failed(new Error('the system vault refused'));
      else waiting?.done(data.bytes);
      return;
    }
    case 'paper':
      papers.get(data.id)?.(data.answer);
      papers.delete(data.id);
      return;
    case 'install':
      installs.get(data.id)?.(data.taken);
      installs.delete(data.id);
      return;
    case 'facts':
      factsAsked.get(data.id)?.(data.facts);
      factsAsked.delete(data.id);
      return;
    case 'stop':
      imaging.detach();
      void core?.stop().then(() => process.exit(0));
      return;
  }
});
