// Names of the mechanisms a token lists, for the diagnostics: PKCS#11's own and those of TC 26.
import type { Handle, LoadedModule } from './pkcs11-module.ts';

/** TC 26 numbers as vendors' headers name them. */
const TC26: Readonly<Record<number, string>> = {
  0xd4321005: 'CKM_GOSTR3410_512_KEY_PAIR_GEN',
  0xd4321006: 'CKM_GOSTR3410_512',
  0xd4321007: 'CKM_GOSTR3410_12_DERIVE',
  0xd4321008: 'CKM_GOSTR3410_WITH_GOSTR3411_12_256',
  0xd4321009: 'CKM_GOSTR3410_WITH_GOSTR3411_12_512',
  0xd4321012: 'CKM_GOSTR3411_12_256',
  0xd4321013: 'CKM_GOSTR3411_12_512',
};

let names: ReadonlyMap<number, string> | null = null;

function nameOf(p11: LoadedModule['p11'], code: number): string {
  names ??= new Map(
    Object.entries(p11).flatMap(([name, value]): [number, string][] =>
      name.startsWith('CKM_') && typeof value === 'number' ? [[value, name]] : [],
    ),
  );
  return TC26[code] ?? names.get(code) ?? `0x${code.toString(16).padStart(8, '0')}`;
}

/** What the token in this slot says it can compute, sorted; read without a log-in. */
export const mechanismNames = ({ api, p11 }: LoadedModule, slot: Handle): string[] =>
  api
    .C_GetMechanismList(slot)
    .map((code) => nameOf(p11, code))
    .sort();
