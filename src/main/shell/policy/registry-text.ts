// Reads what `reg.exe query` printed: a pure function, so that recorded outputs test it on any system.
import {
  POLICY_NAMES,
  REGISTRY,
  type PolicyName,
  type RegistryKind,
} from '../../../shared/contract/policy.ts';

/** Lines of a REG_MULTI_SZ stand between these (`reg query /se`): no Windows path may hold one. */
export const LINE_MARK = '|';

export interface RegistryFault {
  readonly code: 'unknown-value' | 'registry-kind' | 'characters-lost' | 'wrong-value';
  /** The value's name in the registry. */
  readonly name: string;
}
export interface RegistryValues {
  readonly values: Readonly<Partial<Record<PolicyName, unknown>>>;
  readonly faults: readonly RegistryFault[];
}

/**
 * reg.exe writes in the console's code page: UTF-8 after `chcp 65001`, else the OEM page, where Kazakh
 * letters become question marks; some builds write UTF-16 with its mark.
 */
export function decodeRegistry(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('ibm866').decode(bytes);
  }
}

const TYPE: Readonly<Record<RegistryKind, string>> = {
  text: 'REG_SZ',
  choice: 'REG_SZ',
  number: 'REG_DWORD',
  flag: 'REG_DWORD',
  lines: 'REG_MULTI_SZ',
  modules: 'REG_MULTI_SZ',
  json: 'REG_SZ',
};
const ROW = /^ {4}(.+?) {4}(REG_[A-Z_]+)(?: {4}(.*))?$/;
const MODULE = /^([^;]+);([^;]+);(.+?)((?:;(?:gost|rescan))*)$/;

/** One token module: `id;title;path` and, behind it, `;gost` and `;rescan` where they hold. */
function moduleOf(line: string): unknown {
  const [, id, title, path, flags = ''] = MODULE.exec(line) ?? [];
  if (id === undefined) return line; // the schema refuses it
  return {
    id: id.trim(),
    title: title?.trim(),
    path: path?.trim(),
    ...(flags.includes('gost') ? { gost: true } : {}),
    ...(flags.includes('rescan') ? { rescanByRestart: true } : {}),
  };
}

/** A text that is no JSON stays a text, which the schema refuses. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function valueOf(kind: RegistryKind, data: string): unknown {
  const lines = data.split(LINE_MARK).filter((line) => line.trim() !== '');
  switch (kind) {
    case 'text':
    case 'choice':
      return data;
    case 'number':
      return Number(data);
    case 'flag':
      return data === '0x0' ? false : data === '0x1' ? true : Number(data);
    case 'lines':
      return lines.map((line) => line.trim());
    case 'modules':
      return lines.map(moduleOf);
    case 'json':
      return jsonOf(data);
  }
}

/** Values of our key by their policy names; sub-keys and the key's default value are passed over. */
export function readRegistryText(text: string): RegistryValues {
  const values: Partial<Record<PolicyName, unknown>> = {};
  const faults: RegistryFault[] = [];
  let keys = 0;
  for (const row of text.split(/\r?\n/)) {
    if (/^HKEY_/.test(row)) keys += 1;
    const [, name, type, data = ''] = ROW.exec(row) ?? [];
    if (name === undefined || keys > 1 || /^\(.+\)$/.test(name)) continue;
    const known = POLICY_NAMES.find(
      (each) => REGISTRY[each]?.name.toLowerCase() === name.toLowerCase(),
    );
    const kind = known === undefined ? undefined : REGISTRY[known]?.kind;
    if (known === undefined || kind === undefined) faults.push({ code: 'unknown-value', name });
    else if (type !== TYPE[kind]) faults.push({ code: 'registry-kind', name });
    // No value of ours may hold a question mark: it stands where the code page had no such letter.
    else if (/[?\uFFFD]/.test(data)) faults.push({ code: 'characters-lost', name });
    else values[known] = valueOf(kind, data);
  }
  return { values, faults };
}
