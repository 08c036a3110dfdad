// Token answers as the screens know them: code, tries left, never a raw PKCS#11 number.
import type { pinState } from '../../shared/contract/session.ts';
import { no } from '../../shared/kernel/result.ts';
import type { z } from 'zod';
import type { TokenPinState, TokenRefusal } from '../ports/token.ts';

export const pinDto = (pin: TokenPinState): z.infer<typeof pinState> => ({
  tries: pin.locked ? 'locked' : pin.finalTry ? 'final' : pin.countLow ? 'low' : 'full',
  initialized: pin.initialized,
  mustChange: pin.mustChange,
  minLength: pin.minLength,
  maxLength: pin.maxLength,
});

/** The refusal with what the flags say after the try, and the raw code for the details line. */
export const tokenRefusal = (refusal: TokenRefusal) =>
  no(refusal.code, {
    ...(refusal.pin === undefined
      ? {}
      : {
          tries: pinDto(refusal.pin).tries,
          min: refusal.pin.minLength,
          max: refusal.pin.maxLength,
        }),
    ...(refusal.rawName === undefined ? {} : { raw: refusal.rawName }),
  });
