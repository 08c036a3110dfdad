// How connections leave: straight, or through the proxy that the policy names; never by the system's settings.
import { Agent, ProxyAgent, type Dispatcher } from 'undici';

/**
 * `connect` judges the far end's TLS, through a proxy too: it tunnels (CONNECT) and sees no byte of ours.
 * A proxy spoken to by https is judged by the same authority.
 */
export function routeBy(
  proxyUrl: string | undefined,
  connect: { readonly ca: string; readonly timeout: number; readonly maxCachedSessions?: number },
  pool: { readonly connections?: number; readonly keepAliveTimeout?: number } = {},
): Dispatcher {
  // Said aloud, for NODE_TLS_REJECT_UNAUTHORIZED=0 of the user's environment is what Node takes otherwise.
  const strict = { rejectUnauthorized: true, minVersion: 'TLSv1.2' as const };
  const tls = { ...connect, ...strict };
  if (proxyUrl === undefined) return new Agent({ ...pool, connect: tls });
  return new ProxyAgent({
    ...pool,
    uri: proxyUrl,
    requestTls: tls,
    proxyTls: { ca: connect.ca, timeout: connect.timeout, ...strict },
  });
}
