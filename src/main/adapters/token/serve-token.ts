// The token process's side of the port: answers calls one at a time and says each second which tokens are there.
import type { Pkcs11Token } from './pkcs11-token.ts';
import { payloadOf, type PortLike } from '../../../shared/kernel/port-like.ts';
import { tokenRequest, type TokenMessage, type TokenRequest } from './protocol.ts';

export interface ServeOptions {
  readonly token: Pkcs11Token;
  readonly port: PortLike;
  /** Slot list is read this often: blocking slot events are not supported by many modules. */
  readonly pollMs?: number;
  /** An unexpected failure: the process should end, a broken module must not go on signing. */
  readonly onFault: (error: unknown) => void;
}

/** Starts serving; returns the function that stops it. */
export function serveToken({ token, port, pollMs = 1000, onFault }: ServeOptions): () => void {
  const post = (message: TokenMessage): void => port.postMessage(message);

  /** Presence and sign of life in one: the core compares it with what it heard last. */
  const poll = (): void => {
    try {
      post({ kind: 'present', tokens: [...token.present()] });
    } catch (error) {
      onFault(error);
    }
  };

  const answer = (request: TokenRequest): Promise<unknown> => {
    switch (request.call) {
      case 'list':
        return token.listTokens();
      case 'prove-pin':
        return token.provePin(request.request);
      case 'sign':
        return token.sign(request.request);
      case 'hold':
        return token.hold(request.request);
      case 'sign-held':
        return token.signHeld(request.request);
      case 'release':
        return token.release().then(() => ({ ok: true }));
    }
  };

  port.on('message', (message) => {
    const parsed = tokenRequest.safeParse(payloadOf(message));
    // The error text of the parser may quote the message, and the message holds a PIN: say nothing of it.
    if (!parsed.success)
      return onFault(new Error('a request of the core does not fit the protocol'));
    const { id } = parsed.data;
    answer(parsed.data).then((result) => post({ kind: 'reply', id, result }), onFault);
  });
  port.start?.();
  poll();
  const timer = setInterval(poll, pollMs);
  return () => {
    clearInterval(timer);
    void token.release(); // whoever held a log-in through this port is gone
  };
}
