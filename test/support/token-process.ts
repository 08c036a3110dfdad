// A token process of its own over Node's IPC: the same serving code, really killable, stoppable and looked into.
import { writeHeapSnapshot } from 'node:v8';
import { openPkcs11Token } from '../../src/main/adapters/token/pkcs11-token.ts';
import type { PortLike } from '../../src/shared/kernel/port-like.ts';
import { startMessage } from '../../src/main/adapters/token/protocol.ts';
import { serveToken } from '../../src/main/adapters/token/serve-token.ts';

const isOrder = (message: unknown): message is { type: string; file: string } =>
  typeof message === 'object' && message !== null && 'type' in message;

const port: PortLike = {
  postMessage: (message) => process.send?.(message),
  on: (event: string, listener: (message: unknown) => void) =>
    process.on(event === 'close' ? 'disconnect' : 'message', (message: unknown) => {
      if (!isOrder(message)) listener(message);
    }),
};

process.once('message', (message) => {
  const { modules } = startMessage.parse(message);
  openPkcs11Token(modules).then(
    (token) => serveToken({ token, port, pollMs: 50, onFault: () => process.exit(70) }),
    () => process.exit(70),
  );
});
process.on('message', (message: unknown) => {
  if (isOrder(message) && message.type === 'heap-snapshot') writeHeapSnapshot(message.file);
});
process.on('disconnect', () => process.exit(0));
