// Opens the cache of an officer, at the log-in and behind the lock; the key does not outlive this call.
import type { RefusalOf } from '../../shared/contract/channels.ts';
import { no, ok, type Result } from '../../shared/kernel/result.ts';
import type { Store } from '../ports/store.ts';
import type { Desk, SessionKey } from './desk.ts';

export interface Secrets {
  readonly pin: string;
  /** Opens a cache that was sealed before the PIN was changed. */
  readonly previousPin?: string | undefined;
}

type Refusal = Extract<
  RefusalOf<'session.logIn'>,
  'line-dead-first-log-in' | 'cache-pin-changed' | 'cache-damaged' | 'cache-newer'
>;

/** `mayMake`: an officer without a cache gets one, and one whose key the system lost is built anew. */
export async function openCache(
  desk: Desk,
  { certificate, certSha256 }: Pick<SessionKey, 'certificate' | 'certSha256'>,
  { pin, previousPin }: Secrets,
  mayMake: boolean,
): Promise<Result<{ store: Store; cacheFile: string }, Refusal>> {
  const { vault, opener, cacheDir } = desk.deps;
  const owner = { iin: certificate.iin!, bin: certificate.bin! };
  let unsealed = await vault.unseal(owner, pin);
  if (!unsealed.ok && unsealed.why === 'wrong-secret' && previousPin !== undefined) {
    await vault.reseal(owner, previousPin, pin);
    unsealed = await vault.unseal(owner, pin);
  }
  if (!unsealed.ok && unsealed.why === 'absent' && !mayMake) return no('line-dead-first-log-in');
  // The system's vault lost the key, and nothing signed waits in the cache: it is built anew.
  const rebuild = !unsealed.ok && unsealed.why === 'damaged' && unsealed.unsent === 0 && mayMake;
  if (!unsealed.ok && (unsealed.why === 'absent' || rebuild)) {
    if (rebuild) desk.deps.log('cache-key-lost', {});
    unsealed = { ok: true, ...(await vault.create(owner, pin)) };
  }
  if (!unsealed.ok)
    return no(unsealed.why === 'wrong-secret' ? 'cache-pin-changed' : 'cache-damaged');
  const { key, profile } = unsealed;
  const { cacheFile } = profile;
  try {
    const opened = opener.open(`${cacheDir}/${cacheFile}`, key);
    if (opened.ok) {
      vault.rememberCertificate(cacheFile, certSha256);
      return ok({ store: opened.store, cacheFile });
    }
    desk.deps.log('cache-not-opened', { failure: opened.failure });
    return no(opened.failure === 'newer-version' ? 'cache-newer' : 'cache-damaged');
  } finally {
    key.fill(0);
  }
}
