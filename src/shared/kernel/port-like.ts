// A message port as both sides need it; Node's MessagePort and Electron's MessagePortMain fit.

export interface PortLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  /** MessagePortMain holds its messages back until started. */
  start?(): void;
  close?(): void;
}

/** Electron wraps the payload in an event with `ports`; Node hands it over bare. */
export function payloadOf(message: unknown): unknown {
  const wrapped =
    typeof message === 'object' && message !== null && 'data' in message && 'ports' in message;
  return wrapped ? message.data : message;
}
