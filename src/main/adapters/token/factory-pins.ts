// PINs that makers set at the factory; compared here, in the token process, and never carried out of it.

/**
 * From the makers' own manuals: eToken and JaCarta (1234567890, 11111111), Rutoken and KAZTOKEN
 * (12345678), PIV and YubiKey (123456), smaller readers' defaults.
 */
const FACTORY_PINS: ReadonlySet<string> = new Set([
  '0000',
  '00000000',
  '000000',
  '0987654321',
  '1111',
  '111111',
  '11111111',
  '1234',
  '12345',
  '123456',
  '1234567',
  '12345678',
  '123456789',
  '1234567890',
  '87654321',
]);

export const isFactoryPin = (pin: string): boolean => FACTORY_PINS.has(pin);
