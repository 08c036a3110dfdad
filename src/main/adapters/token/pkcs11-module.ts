// One PKCS#11 library: loaded from a configured path, its slots, objects and attributes as plain values.
import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type * as Pkcs11 from 'pkcs11js';
import type { TokenModuleView, TokenPinState } from '../../ports/token.ts';
import { ckrOf } from './ckr.ts';

export type Pkcs11Js = typeof Pkcs11;
export type Handle = Pkcs11.Handle;

/** One row of the administrator's list; the path comes from nowhere else: it runs with the officer's PIN. */
export interface Pkcs11ModuleConfig {
  readonly id: string;
  readonly title: string;
  readonly path: string;
  /** The library finds tokens only at C_Initialize (SoftHSM): start it afresh before each look. */
  readonly rescanByRestart?: boolean;
  /** The administrator allows GOST signatures through this library; absent means no. */
  readonly gost?: boolean;
}

export interface LoadedModule {
  readonly config: Pkcs11ModuleConfig;
  readonly p11: Pkcs11Js;
  readonly api: Pkcs11.PKCS11;
  /** A log-in is held: its session must outlive the looks at the token. */
  holds?: boolean;
}

export type ModuleState =
  | { readonly ok: true; readonly module: LoadedModule }
  | { readonly ok: false; readonly view: TokenModuleView };

/** The native binding, or null where it was not built (it is an optional dependency). */
export async function loadPkcs11Js(): Promise<Pkcs11Js | null> {
  try {
    const loaded = (await import('pkcs11js')) as Pkcs11Js & { readonly default?: Pkcs11Js };
    return loaded.default ?? loaded;
  } catch {
    return null;
  }
}

/** Loads and initialises the library; every failure is a state to show, never an exception. */
export function openModule(p11: Pkcs11Js | null, config: Pkcs11ModuleConfig): ModuleState {
  const refused = (state: 'missing' | 'failed', detail: string, rawCode?: number): ModuleState => {
    const view = { moduleId: config.id, title: config.title, state, detail };
    return { ok: false, view: rawCode === undefined ? view : { ...view, rawCode } };
  };
  if (!p11) return refused('missing', 'pkcs11js is not built on this machine');
  // A bare name would be searched for in writable places: DLL planting.
  if (!isAbsolute(config.path)) return refused('failed', 'the module path is not absolute');
  if (!existsSync(config.path)) return refused('missing', 'no file at the configured path');
  try {
    const api = new p11.PKCS11();
    api.load(config.path);
    api.C_Initialize({ flags: p11.CKF_OS_LOCKING_OK });
    return { ok: true, module: { config, p11, api } };
  } catch (error) {
    const text = error instanceof Error ? error.message : 'unknown';
    return refused('failed', text, ckrOf(error) ?? undefined);
  }
}

export interface SlotToken {
  readonly slot: Handle;
  readonly serial: string;
  readonly label: string;
  readonly model: string;
  readonly manufacturer: string;
  readonly initialized: boolean;
  readonly pin: TokenPinState;
}

const trimmed = (text: string): string => text.replace(/[\0 ]+$/, '');

/** Token in a slot, or null when it cannot be asked (pulled out meanwhile). */
export function readSlot({ p11, api }: LoadedModule, slot: Handle): SlotToken | null {
  try {
    const info = api.C_GetTokenInfo(slot);
    const has = (flag: number): boolean => (info.flags & flag) !== 0;
    return {
      slot,
      serial: trimmed(info.serialNumber),
      label: trimmed(info.label),
      model: trimmed(info.model),
      manufacturer: trimmed(info.manufacturerID),
      initialized: has(p11.CKF_TOKEN_INITIALIZED),
      pin: {
        initialized: has(p11.CKF_USER_PIN_INITIALIZED),
        countLow: has(p11.CKF_USER_PIN_COUNT_LOW),
        finalTry: has(p11.CKF_USER_PIN_FINAL_TRY),
        locked: has(p11.CKF_USER_PIN_LOCKED),
        mustChange: has(p11.CKF_USER_PIN_TO_BE_CHANGED),
        minLength: info.minPinLen,
        maxLength: info.maxPinLen,
      },
    };
  } catch (error) {
    if (ckrOf(error) === null) throw error;
    return null;
  }
}

const CRYPTOKI_NOT_INITIALIZED = 0x190;

/** For libraries that see insertions only at the start; never while a log-in is held. */
export function rescan({ api, p11, config, holds }: LoadedModule): void {
  if (!config.rescanByRestart || holds === true) return;
  try {
    api.C_Finalize();
  } catch (error) {
    // An earlier restart that failed half-way must not block this one.
    if (ckrOf(error) !== CRYPTOKI_NOT_INITIALIZED) throw error;
  }
  api.C_Initialize({ flags: p11.CKF_OS_LOCKING_OK });
}

/** Initialised tokens now present; SoftHSM lists an empty extra slot, which is left out. */
export function readTokens(module: LoadedModule): SlotToken[] {
  return module.api.C_GetSlotList(true).flatMap((slot) => {
    const token = readSlot(module, slot);
    return token?.initialized ? [token] : [];
  });
}

/** Handles of the objects that fit the template. */
export function findObjects(
  { api }: LoadedModule,
  session: Handle,
  template: Pkcs11.Template,
): Handle[] {
  api.C_FindObjectsInit(session, template);
  try {
    const found: Handle[] = [];
    for (let next = api.C_FindObjects(session); next; next = api.C_FindObjects(session))
      found.push(next);
    return found;
  } finally {
    api.C_FindObjectsFinal(session);
  }
}

/** One attribute as bytes, or null when the object has none. */
export function findAttribute(
  { api }: LoadedModule,
  session: Handle,
  object: Handle,
  type: number,
): Buffer | null {
  try {
    const value = api.C_GetAttributeValue(session, object, [{ type }])[0]?.value;
    return Buffer.isBuffer(value) ? value : null;
  } catch (error) {
    const code = ckrOf(error);
    // CKR_ATTRIBUTE_TYPE_INVALID, CKR_ATTRIBUTE_SENSITIVE: "not there for you"; all else is a failure.
    if (code === 0x12 || code === 0x11) return null;
    throw error;
  }
}

/** CK_ULONG is 4 bytes on Windows and 8 on Linux; the numbers we read fit the low four. */
export const ulongOf = (value: Buffer | null): number | null =>
  value && value.length >= 4 ? value.readUInt32LE(0) : null;

export const flagOf = (value: Buffer | null): boolean | null =>
  value && value.length > 0 ? value[0] !== 0 : null;
