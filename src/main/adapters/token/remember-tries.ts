// Some modules never say "a wrong PIN was entered" before the last try: what was answered here is remembered.
import type { TokenPinState, TokenRefused } from '../../ports/token.ts';

export interface TriesMemory {
  /** After each PIN: a wrong one is remembered until a good one. */
  note(token: string, result: { readonly ok: true } | TokenRefused): void;
  /** The flags as they are to be shown. */
  shown(token: string, pin: TokenPinState): TokenPinState;
}

export function rememberTries(): TriesMemory {
  const wrong = new Set<string>();
  return {
    note(token, result) {
      if (result.ok) wrong.delete(token);
      else if (result.refusal.code === 'pin-incorrect') wrong.add(token);
    },
    shown(token, pin) {
      // Locked speaks for itself; whoever unblocks it gives all tries back.
      if (pin.locked) wrong.delete(token);
      return wrong.has(token) ? { ...pin, countLow: true } : pin;
    },
  };
}
