// Entry of the token process: takes the module list and one port from the shell, then serves the core.
import { openPkcs11Token, type Pkcs11Token } from './pkcs11-token.ts';
import type { PortLike } from '../../../shared/kernel/port-like.ts';
import type { TechnicalEvent } from '../../../shared/contract/technical-log.ts';
import { startMessage } from './protocol.ts';
import { serveToken } from './serve-token.ts';

/** Electron's `process.parentPort`, as far as it is used here (no electron import in this room). */
interface ParentPort {
  on(
    event: 'message',
    listener: (event: { data: unknown; ports: readonly PortLike[] }) => void,
  ): void;
  postMessage(message: { readonly event: TechnicalEvent; readonly details: object }): void;
}

const parent = (process as NodeJS.Process & { parentPort?: ParentPort }).parentPort;
if (!parent) throw new Error('the token process runs only as a utility process');
const shell: ParentPort = parent;

let opened: Promise<Pkcs11Token> | null = null;
let stop: (() => void) | null = null;

/** A module that failed in an unknown way is not trusted with a second PIN: the shell starts afresh. */
function end(error: unknown): void {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
  process.stderr.write(`token process ends: ${text}\n`);
  const kind = error instanceof Error ? error.name : '?';
  shell.postMessage({ event: 'token-process-fault', details: { kind } });
  process.exit(70);
}

/** `start` opens the modules once; a later one only brings the port of a restarted core. */
async function begin(data: unknown, port: PortLike | undefined): Promise<void> {
  const { modules } = startMessage.parse(data);
  if (!port) throw new Error('no port came with the start message');
  const token = await (opened ??= openPkcs11Token(modules));
  stop?.();
  stop = serveToken({ token, port, onFault: end });
}

shell.on('message', ({ data, ports }) => {
  begin(data, ports[0]).catch(end);
});
