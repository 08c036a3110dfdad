// Entry of the measuring process: takes the models' folder and one port from the shell, then serves the core.
import type { PortLike } from '../../../shared/kernel/port-like.ts';
import type { LogTechnical, TechnicalEvent } from '../../../shared/contract/technical-log.ts';
import type { Imaging } from '../../ports/imaging.ts';
import { localImaging } from './local-imaging.ts';
import { openEngines } from './open-engines.ts';
import { startMessage } from './protocol.ts';
import { serveImaging } from './serve-imaging.ts';

/** Electron's `process.parentPort`, as far as it is used here (no electron import in this room). */
interface ParentPort {
  on(
    event: 'message',
    listener: (event: { data: unknown; ports: readonly PortLike[] }) => void,
  ): void;
  postMessage(message: { readonly event: TechnicalEvent; readonly details: object }): void;
}

const parent = (process as NodeJS.Process & { parentPort?: ParentPort }).parentPort;
if (!parent) throw new Error('the measuring process runs only as a utility process');
const shell: ParentPort = parent;
const log: LogTechnical = (event, details) => shell.postMessage({ event, details });

const say = (text: string): boolean => process.stderr.write(`imaging: ${text}\n`);
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

let opened: Promise<Imaging> | null = null;
let stop: (() => void) | null = null;

function end(error: unknown): void {
  // Messages of decoders may quote the picture; our own say what to mend.
  say(`ends: ${error instanceof Error ? error.message : 'unknown'}`);
  log('imaging-process-fault', { kind: nameOf(error) });
  process.exit(70);
}

/** The sentence says which file and why; the log says that it is so. */
function noModels(text: string): void {
  say(text);
  log('face-nets-unusable', {});
}

const open = async (modelsDir: string): Promise<Imaging> =>
  localImaging(await openEngines(modelsDir, noModels), {
    onFault: (call, error) => {
      say(`${call} failed: ${nameOf(error)}`);
      log('imaging-call-failed', { call, kind: nameOf(error) });
    },
  });

/** `start` opens the engines once; a later one only brings the port of a restarted core. */
async function begin(data: unknown, port: PortLike | undefined): Promise<void> {
  const { modelsDir } = startMessage.parse(data);
  if (!port) throw new Error('no port came with the start message');
  const imaging = await (opened ??= open(modelsDir));
  stop?.();
  const onMisfit = (call: string, where: string): void => {
    say(`answer of ${call} does not fit: ${where}`);
    log('imaging-answer-misfit', { call });
  };
  stop = serveImaging({ imaging, port, onMisfit, onFault: end });
}

shell.on('message', ({ data, ports }) => {
  begin(data, ports[0]).catch(end);
});
