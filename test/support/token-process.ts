// A token process of its own over Node's IPC: the same serving code, really killable and stoppable.
import { openPkcs11Token } from '../../src/main/adapters/token/pkcs11-token.ts';
import type { PortLike } from '../../src/shared/kernel/port-like.ts';
import { startMessage } from '../../src/main/adapters/token/protocol.ts';
import { serveToken } from '../../src/main/adapters/token/serve-token.ts';

const port: PortLike = {
  postMessage: (message) => process.send?.(message),
  on: (event: string, listener: (message: unknown) => void) =>
    process.on(event === 'close' ? 'disconnect' : 'message', listener),
};

process.once('message', (message) => {
  const { modules } = startMessage.parse(message);
  openPkcs11Token(modules).then(
    (token) => serveToken({ token, port, pollMs: 50, onFault: () => process.exit(70) }),
    () => process.exit(70),
  );
});
process.on('disconnect', () => process.exit(0));
