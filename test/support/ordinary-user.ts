// A start of the program as an ordinary user with Chromium's sandbox on, for tests that run as root.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { writeStationConfig } from '../../stand/station-config.ts';
import type { Stand } from '../../stand/start.ts';

export interface OrdinaryUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  /** True when this call made the user, so the test takes him away again. */
  readonly made: boolean;
}

/** Finds or makes the user; null when root may not make one here. */
export function ordinaryUser(name: string): OrdinaryUser | null {
  const id = (flag: string): number =>
    Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout.trim() || 'NaN');
  const made =
    Number.isNaN(id('-u')) && spawnSync('useradd', ['-m', name], { stdio: 'ignore' }).status === 0;
  const [uid, gid] = [id('-u'), id('-g')];
  return Number.isNaN(uid) || Number.isNaN(gid)
    ? null
    : { name, uid, gid, home: `/home/${name}`, made };
}

export function forget({ made, name }: OrdinaryUser): void {
  if (made) spawnSync('userdel', ['-f', '-r', name], { stdio: 'ignore' });
}

/** Words before a command that is run as this user. */
const as = ({ uid, gid }: OrdinaryUser): string[] => [
  ...['setpriv', '--reuid', String(uid), '--regid', String(gid), '--init-groups'],
];

/** Does the command end well when this user runs it? */
export function may(user: OrdinaryUser, ...command: string[]): boolean {
  const [first, ...rest] = [...as(user), ...command];
  return spawnSync(first!, rest, { stdio: 'ignore' }).status === 0;
}

/**
 * Writes a script that starts `program` as the user, with `home` as his home. Playwright adds --no-sandbox
 * by itself when it runs as root; the officer's start has none, so the script drops it.
 */
export function startScript(
  file: string,
  user: OrdinaryUser,
  program: string,
  home = user.home,
): string {
  const command = [...as(user), 'env', `HOME=${home}`, program];
  const drop = 'for a; do shift; [ "$a" = --no-sandbox ] || set -- "$@" "$a"; done';
  fs.writeFileSync(file, `#!/bin/sh\n${drop}\nexec ${command.join(' ')} "$@"\n`, { mode: 0o755 });
  return file;
}

/**
 * The stand's certificates and tokens in a folder of the user's own, and a station file for them at `file`.
 * `certificates`: another folder for what the file names, where only root writes.
 */
export function copyStation(
  file: string,
  to: string,
  { uid, gid }: OrdinaryUser,
  { config, pki }: Stand,
  changes: Partial<Stand['config']> = {},
  certificates = to,
): void {
  const from = path.dirname(pki.softhsmConf);
  fs.cpSync(from, to, { recursive: true });
  const conf = path.join(to, path.basename(pki.softhsmConf));
  fs.writeFileSync(conf, fs.readFileSync(conf, 'utf8').replaceAll(from, to));
  const copy = (source: string): string => {
    const target = path.join(certificates, path.basename(source));
    fs.copyFileSync(source, target);
    fs.chmodSync(target, 0o644); // the stand's are for root's eyes
    return target;
  };
  writeStationConfig(file, {
    ...config,
    tlsCaFile: copy(config.tlsCaFile),
    trustFile: copy(config.trustFile),
    ...(config.trustListSignerFile === undefined
      ? {}
      : { trustListSignerFile: copy(config.trustListSignerFile) }),
    env: { SOFTHSM2_CONF: conf },
    ...changes,
  });
  const own = spawnSync('chown', ['-R', `${uid}:${gid}`, to], { encoding: 'utf8' });
  if (own.status !== 0) throw new Error(`chown: ${own.stderr}`);
}
