// The operating system's vault for the cache key; never its plain-text fallback.
import { safeStorage } from 'electron';

/** Name of the vault, or null where keys would lie in plain text (Linux without a keyring). */
export function systemVaultName(): string | null {
  if (!safeStorage.isEncryptionAvailable()) return null;
  if (process.platform !== 'linux') return process.platform === 'win32' ? 'dpapi' : 'keychain';
  const backend = safeStorage.getSelectedStorageBackend();
  return backend === 'basic_text' || backend === 'unknown' ? null : backend;
}

/** null when the vault refuses: another user, another machine, a changed keyring. */
export function useSystemVault(call: 'wrap' | 'unwrap', bytes: Uint8Array): Uint8Array | null {
  try {
    if (call === 'wrap') return safeStorage.encryptString(Buffer.from(bytes).toString('base64'));
    return Buffer.from(safeStorage.decryptString(Buffer.from(bytes)), 'base64');
  } catch {
    return null;
  }
}
