// Time, identity and digests from outside, so that use cases stay repeatable.

export interface Clock {
  now(): Date;
  /** Random UUID v4. */
  uuid(): string;
  /** Lets waiting calls of the screen run before a long piece of work goes on. */
  breathe(): Promise<void>;
  /** Resolves after the time, or at once when aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** SHA-256 of bytes, lower-case hex. */
  sha256(bytes: Uint8Array): string;
}
