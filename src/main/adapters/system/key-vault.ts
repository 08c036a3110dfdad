// Cache keys of this station's officers: wrapped by the system's vault, else under the PIN with Argon2id.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import { argon2id } from 'hash-wasm';
import { z } from 'zod';
import type { KeyVault, Profile, Unsealed } from '../../ports/key-vault.ts';
import { readText, writeWhole } from './station-files.ts';

/** The operating system's own vault (DPAPI, Keychain, Secret Service); absent where it would be plain text. */
export interface SystemVault {
  readonly name: string;
  wrap(plain: Uint8Array): Promise<Uint8Array>;
  unwrap(sealed: Uint8Array): Promise<Uint8Array>;
}

const envelope = z.strictObject({
  scheme: z.enum(['system', 'pin']),
  backend: z.string(),
  salt: z.base64(),
  sealed: z.base64(),
});
/** Loose: after a rollback the fields of the newer program stay as they are. */
const profileFile = z.looseObject({
  salt: z.base64(),
  profiles: z.array(
    z.looseObject({
      /** Argon2id of IIN and BIN under the station's salt: tells whose cache it is to no one else. */
      owner: z.string(),
      cacheFile: z.string().regex(/^[0-9a-f]{32}\.db$/),
      key: envelope,
      certificates: z.array(z.string()),
      unsent: z.int().min(0),
    }),
  ),
});
type ProfileFile = z.infer<typeof profileFile>;
type Envelope = z.infer<typeof envelope>;

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** OWASP's Argon2id setting with a margin: 46 MiB, one lane, two passes. */
const derive = async (secret: string, salt: Uint8Array): Promise<Uint8Array> =>
  argon2id({
    password: secret,
    salt,
    memorySize: 46 * 1024,
    iterations: 2,
    parallelism: 1,
    hashLength: KEY_BYTES,
    outputType: 'binary',
  });

/** Runs `work` with the key under the PIN and wipes it. */
async function underPin<T>(
  secret: string,
  salt: Uint8Array,
  work: (key: Uint8Array) => T,
): Promise<T> {
  const key = await derive(secret, salt);
  try {
    return work(key);
  } finally {
    key.fill(0);
  }
}

function encrypt(key: Uint8Array, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** null when the key is not the right one or a byte was changed. */
function decrypt(key: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const body = sealed.subarray(NONCE_BYTES + TAG_BYTES);
  const plain = decipher.update(body); // GCM gives all of it here; `final` only judges the tag
  try {
    decipher.final();
    return plain;
  } catch {
    plain.fill(0);
    return null;
  }
}

const from64 = (text: string): Buffer => Buffer.from(text, 'base64');

/** @throws when profiles.json is broken: the administrator is told, nothing is overwritten. */
export function argonKeyVault(userDir: string, system: SystemVault | null): KeyVault {
  const file = path.join(userDir, 'profiles.json');
  const read = (): ProfileFile => {
    const text = readText(file);
    if (text === null) return { salt: randomBytes(16).toString('base64'), profiles: [] };
    return profileFile.parse(JSON.parse(text));
  };
  const write = (value: ProfileFile): void => writeWhole(file, JSON.stringify(value, null, 2));
  const sha256 = (data: string | Uint8Array): string =>
    createHash('sha256').update(data).digest('hex');
  /** The tag made last: it costs 150 ms, and behind the lock the same officer is asked for. */
  let last: { readonly of: string; readonly tag: string } | null = null;
  const ownerTag = async (all: ProfileFile, { iin, bin }: { iin: string; bin: string }) => {
    const of = sha256(`${all.salt}|${iin}|${bin}`);
    if (last?.of !== of)
      last = { of, tag: sha256(await derive(`${iin}|${bin}`, from64(all.salt))) };
    return last.tag;
  };

  const seal = async (key: Uint8Array, secret: string): Promise<Envelope> => {
    const salt = randomBytes(16);
    const scheme = system === null ? 'pin' : 'system';
    const sealed =
      system === null
        ? await underPin(secret, salt, (kek) => encrypt(kek, key))
        : await system.wrap(key);
    return {
      scheme,
      backend: system?.name ?? 'argon2id',
      salt: salt.toString('base64'),
      sealed: Buffer.from(sealed).toString('base64'),
    };
  };

  const open = async (
    { scheme, salt, sealed }: Envelope,
    secret: string,
  ): Promise<Uint8Array | 'wrong-secret' | 'damaged'> => {
    if (scheme === 'pin') {
      const key = await underPin(secret, from64(salt), (kek) => decrypt(kek, from64(sealed)));
      return key?.length === KEY_BYTES ? key : 'wrong-secret';
    }
    if (system === null) return 'damaged'; // the vault it was sealed with is not there any more
    try {
      const key = await system.unwrap(from64(sealed));
      return key.length === KEY_BYTES ? key : 'damaged';
    } catch {
      return 'damaged';
    }
  };

  const findOwn = async (owner: { iin: string; bin: string }) => {
    const all = read();
    const tag = await ownerTag(all, owner);
    return { all, tag, entry: all.profiles.find((one) => one.owner === tag) };
  };
  const change = (cacheFile: string, edit: (entry: ProfileFile['profiles'][number]) => void) => {
    const all = read();
    const entry = all.profiles.find((one) => one.cacheFile === cacheFile);
    if (entry === undefined) return;
    edit(entry);
    write(all);
  };
  const shown = ({ cacheFile, unsent }: ProfileFile['profiles'][number]): Profile => ({
    cacheFile,
    unsent,
  });

  return {
    backend: system?.name ?? 'argon2id',
    async unseal(owner, secret): Promise<Unsealed> {
      const { entry } = await findOwn(owner);
      if (entry === undefined) return { ok: false, why: 'absent', unsent: 0 };
      const key = await open(entry.key, secret);
      return typeof key === 'string'
        ? { ok: false, why: key, unsent: entry.unsent }
        : { ok: true, key, profile: shown(entry) };
    },
    async create(owner, secret) {
      const { all, tag } = await findOwn(owner);
      const key = randomBytes(KEY_BYTES);
      const entry = {
        owner: tag,
        cacheFile: `${randomBytes(16).toString('hex')}.db`,
        key: await seal(key, secret),
        certificates: [],
        unsent: 0,
      };
      const others = all.profiles.filter((one) => one.owner !== tag);
      write({ ...all, profiles: [...others, entry] });
      return { key, profile: shown(entry) };
    },
    async reseal(owner, oldSecret, newSecret) {
      const { all, entry } = await findOwn(owner);
      if (entry === undefined) return false;
      const key = await open(entry.key, oldSecret);
      if (typeof key === 'string') return false;
      try {
        entry.key = await seal(key, newSecret);
      } finally {
        key.fill(0);
      }
      write(all);
      return true;
    },
    unsentOf: async (owner) => (await findOwn(owner)).entry?.unsent ?? 0,
    setUnsent(cacheFile, unsent) {
      const known = read().profiles.find((one) => one.cacheFile === cacheFile);
      if (known !== undefined && known.unsent !== unsent)
        change(cacheFile, (entry) => (entry.unsent = unsent));
    },
    unsentOfOthers: (cacheFile) =>
      read()
        .profiles.filter((one) => one.cacheFile !== cacheFile)
        .reduce((sum, one) => sum + one.unsent, 0),
    rememberCertificate(cacheFile, certSha256) {
      change(cacheFile, (entry) => {
        if (!entry.certificates.includes(certSha256)) entry.certificates.push(certSha256);
      });
    },
    knowsCertificate: (certSha256) =>
      read().profiles.some((one) => one.certificates.includes(certSha256)),
  };
}
