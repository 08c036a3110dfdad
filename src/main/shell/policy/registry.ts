// Asks the Windows registry for the policy that administrators set by the templates of resources/policy.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import {
  decodeRegistry,
  LINE_MARK,
  readRegistryText,
  type RegistryValues,
} from './registry-text.ts';

/** Only the machine's policies: the user's own half of the registry is not his administrator's word. */
export const POLICY_KEY = 'HKLM\\Software\\Policies\\Kualik';
const LIMIT_MS = 10_000;

/** Runs reg.exe behind `chcp`, for letters that the OEM code page lacks would be lost otherwise. */
function query(key: string): { readonly status: number | null; readonly text: string } {
  const system = path.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32');
  const command = `"${path.join(system, 'reg.exe')}" query "${key}" /reg:64 /se "${LINE_MARK}"`;
  const { status, stdout } = spawnSync(
    path.join(system, 'cmd.exe'),
    ['/d', '/s', '/c', `"chcp 65001>nul & ${command}"`],
    { windowsHide: true, windowsVerbatimArguments: true, timeout: LIMIT_MS },
  );
  return { status, text: stdout === null ? '' : decodeRegistry(stdout) };
}

/** The values of the key; none where no key is, null when reg.exe did not answer or may not read it. */
export function readRegistry(): RegistryValues | null {
  const own = query(POLICY_KEY);
  if (own.status === 0) return readRegistryText(own.text);
  // reg.exe ends with 1 for "no such key" and for "not allowed" alike: its parent tells them apart.
  const parent = query(path.win32.dirname(POLICY_KEY));
  const there = /\\Kualik\s*$/im.test(parent.text);
  return parent.status === 0 && !there ? { values: {}, faults: [] } : null;
}
