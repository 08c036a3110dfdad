// A token process of its own over Node's IPC: the same serving code, really killable, stoppable and looked into.
import { writeHeapSnapshot } from 'node:v8';
import { openPkcs11Token } from '../../src/main/adapters/token/pkcs11-token.ts';
import type { PortLike } from '../../src/shared/kernel/port-like.ts';
import { startMessage } from '../../src/main/adapters/token/protocol.ts';
import { serveToken } from '../../src/main/adapters/token/serve-token.ts';

const isOrder = (message: unknown): message is { type: string; file: string } =>
  typeof message === 'object' && message !== null && 'type' in message;

/** Requests that come while the modules are still being opened wait, as in a port not yet started. */
const early: unknown[] = [];
let hear: ((message: unknown) => void) | null = null;
const port: PortLike = {
  postMessage: (message) => process.send?.(message),
  on(event: string, listener: (message: unknown) => void) {
    if (event === 'message') hear = listener;
  },
  start: () => early.splice(0).forEach((message) => hear?.(message)),
};

process.once('message', (message) => {
  const { modules } = startMessage.parse(message);
  openPkcs11Token(modules).then(
    (token) => serveToken({ token, port, pollMs: 50, onFault: () => process.exit(70) }),
    () => process.exit(70),
  );
});
process.on('message', (message: unknown) => {
  if (isOrder(message)) {
    if (message.type === 'heap-snapshot') writeHeapSnapshot(message.file);
  } else if (hear) hear(message);
  else early.push(message);
});
process.on('disconnect', () => process.exit(0));
