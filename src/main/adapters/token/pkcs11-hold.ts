// One log-in held for a row of signatures: opened by one PIN, ended by release, rest, a fault or the next PIN.
import type { TokenKeyRef, TokenRefused, TokenSignature } from '../../ports/token.ts';
import { endSession } from './pkcs11-session.ts';
import { signOnce } from './pkcs11-sign.ts';
import { readSlot, type SlotToken } from './pkcs11-module.ts';
import { refused, type OpenKey } from './pkcs11-with-key.ts';
import { TokenError } from './token-error.ts';

/** A log-in nobody signs with for this long ends by itself: the core may be gone. */
export const HOLD_REST_MS = 60_000;

export interface HeldLogIn {
  /** Keeps the session of a key that is just logged in; call it inside `withKey`. */
  keep(ref: TokenKeyRef, key: OpenKey): void;
  /** One signature with the key that is held, without a PIN. */
  sign(request: TokenKeyRef & { readonly tbs: Uint8Array }): TokenSignature | TokenRefused;
  /** Ends it; nothing to do when nothing is held. */
  release(): void;
  /** Ends it after the rest; called by whoever polls. */
  releaseRested(now?: number): void;
}

interface Holding {
  readonly ref: TokenKeyRef;
  readonly key: OpenKey;
  usedAt: number;
}

const sameKey = (a: TokenKeyRef, b: TokenKeyRef): boolean =>
  a.moduleId === b.moduleId &&
  a.serial === b.serial &&
  a.keyId === b.keyId &&
  a.certSha256 === b.certSha256;

/** Nothing is held at first. */
export function heldLogIn(): HeldLogIn {
  let holding: Holding | null = null;

  const release = (): void => {
    const ended = holding;
    holding = null;
    if (ended === null) return;
    const { module, token, session } = ended.key;
    module.holds = false;
    endSession(module, token, session);
  };

  return {
    keep(ref, key) {
      key.module.holds = true;
      holding = { ref, key, usedAt: performance.now() };
    },
    sign({ tbs, ...ref }) {
      if (holding === null || !sameKey(holding.ref, ref))
        return { ok: false, refusal: { code: 'cancelled', detail: 'no log-in is held' } };
      const { key } = holding;
      const { module, token, session, handle, kind } = key;
      try {
        if (!sameToken(key)) throw new TokenError('token-removed');
        // No PIN is kept: a key that wants it for each signature is never held.
        const signature = signOnce(module, token.slot, session, handle, { kind, tbs, pin: '' });
        holding.usedAt = performance.now();
        return { ok: true, signature };
      } catch (error) {
        release();
        return refused(error, () => sameToken(key));
      }
    },
    release,
    releaseRested(now = performance.now()) {
      if (holding !== null && now - holding.usedAt > HOLD_REST_MS) release();
    },
  };
}

/** The token as it is in its slot now; undefined when it is gone or another one stands there. */
function sameToken({ module, token }: OpenKey): SlotToken | undefined {
  const now = readSlot(module, token.slot);
  return now?.initialized && now.serial === token.serial ? now : undefined;
}
