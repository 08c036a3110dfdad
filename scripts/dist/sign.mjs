// Signs programs and installers for Windows with osslsigncode; the key is a file or lies in a PKCS#11 token.
import fs from 'node:fs';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Trouble, stopWith } from '../setup/say.mjs';

const engines = ['/usr/lib/x86_64-linux-gnu/engines-3/pkcs11.so', '/usr/lib64/engines-3/pkcs11.so'];

/**
 * Who signs, from the environment, so that no secret stands in a command line; null when nobody does.
 * KUALIK_SIGN_CERT: PEM with the chain. KUALIK_SIGN_KEY: a PEM file or a pkcs11: URI.
 * KUALIK_SIGN_MODULE: the token's library. KUALIK_SIGN_PIN_FILE: PIN or pass phrase. KUALIK_SIGN_TIME: RFC 3161 address.
 */
export function signer(env = process.env) {
  const { KUALIK_SIGN_CERT: cert, KUALIK_SIGN_KEY: key } = env;
  if (!cert && !key) return null;
  if (!cert || !key) throw new Trouble('KUALIK_SIGN_CERT and KUALIK_SIGN_KEY belong together.');
  const inToken = key.startsWith('pkcs11:');
  const engine = engines.find((file) => fs.existsSync(file));
  if (inToken && !env.KUALIK_SIGN_MODULE)
    throw new Trouble('A key in a token needs KUALIK_SIGN_MODULE, the library of the token.');
  if (inToken && !engine)
    throw new Trouble('A key in a token needs: sudo apt-get install -y libengine-pkcs11-openssl');
  return [
    ...['-certs', cert, '-key', key, '-h', 'sha256', '-n', 'Kuälik'],
    ...(inToken ? ['-pkcs11engine', engine, '-pkcs11module', env.KUALIK_SIGN_MODULE] : []),
    ...(env.KUALIK_SIGN_PIN_FILE ? ['-readpass', env.KUALIK_SIGN_PIN_FILE] : []),
    ...(env.KUALIK_SIGN_TIME ? ['-ts', env.KUALIK_SIGN_TIME] : []),
  ];
}

/** Signs the file in its place; false when there is nobody to sign. */
export function signFile(file, who = signer()) {
  if (who === null) return false;
  const signed = `${file}.signed`;
  fs.rmSync(signed, { force: true });
  const ran = spawnSync('osslsigncode', ['sign', ...who, '-in', file, '-out', signed], {
    encoding: 'utf8',
  });
  if (ran.error?.code === 'ENOENT')
    throw new Trouble('Signing needs: sudo apt-get install -y osslsigncode');
  if (ran.status !== 0)
    throw new Trouble(`${file} could not be signed:\n${`${ran.stdout}${ran.stderr}`.trim()}`);
  fs.renameSync(signed, file);
  return true;
}

// makensis calls this for the uninstaller, which it makes by itself.
if (process.argv[1] && fs.realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    for (const file of process.argv.slice(2)) signFile(file);
  } catch (error) {
    stopWith(error);
  }
}
