// GOST R 34.10-2015 on a token: numbers of TC 26, when a module may be asked for it, and what it signs.
import { streebog512 } from '../../../shared/cades/gost/streebog.ts';
import type { Handle, LoadedModule } from './pkcs11-module.ts';
import { TokenError } from './token-error.ts';

/** Vendor range of TC 26 (0xD4321000); pkcs11js knows no names for them. */
export const CKK_GOSTR3410_512 = 0xd4321003;
const CKM_GOSTR3410_512 = 0xd4321006;

/**
 * Before a PIN is spent: the station's file must allow GOST for this module, and the token must list the
 * mechanism. Nothing is tried in the hope that it may work. @throws TokenError
 */
export function checkGost({ config, api }: LoadedModule, slot: Handle, kind: string): void {
  if (kind !== 'gost-512') return;
  if (config.gost !== true)
    throw new TokenError('mechanism-unsupported', 'GOST is not allowed for this module');
  if (!api.C_GetMechanismList(slot).includes(CKM_GOSTR3410_512))
    throw new TokenError(
      'mechanism-unsupported',
      'the token does not offer GOST R 34.10 (512 bits)',
    );
}

/** The digest in the byte order in which every tool prints it: what the mechanism takes. */
export const gostAttempt = (tbs: Uint8Array): { mechanism: number; data: Buffer } => ({
  mechanism: CKM_GOSTR3410_512,
  data: Buffer.from(streebog512(tbs)),
});
