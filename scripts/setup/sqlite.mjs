// Makes sure node_modules/.kualik/better_sqlite3.node runs on this Node and on every Electron we start.
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { cacheDir, nodeHeaders, privateDir, root, sqliteBinding } from './paths.mjs';
import { Trouble } from './say.mjs';
import { backportToNodeApi9, patchText } from './sqlite-backport.mjs';

const run = promisify(execFile);
const source = path.join(root, 'node_modules', 'better-sqlite3-multiple-ciphers');
const keyFile = path.join(privateDir, 'better_sqlite3.key');

/**
 * Sets up the add-on; returns words for the step line.
 * `backport` true: build for Node-API 9, which serves Node 20, Electron 33 and everything newer;
 * false: the shipped prebuild, which needs Node-API 10 in Node and in Electron alike.
 */
export async function prepareSqlite(backport, announce) {
  const { version } = JSON.parse(fs.readFileSync(path.join(source, 'package.json'), 'utf8'));
  const key = cacheKey(version, backport);
  if (fs.existsSync(sqliteBinding) && readOr(keyFile, '') === key) return 'ready';

  fs.mkdirSync(privateDir, { recursive: true });
  const built = path.join(cacheDir, 'native', key, 'better_sqlite3.node');
  let done = 'taken from the cache';
  if (!backport) {
    install(prebuild(), key);
    done = 'the shipped prebuild fits this Node';
  } else {
    if (!fs.existsSync(built)) {
      announce('compiling for Node-API 9, one to three minutes');
      await build(built);
      done = 'built from source for Node-API 9';
    }
    install(built, key);
  }
  await proveItLoads();
  return done;
}

function cacheKey(version, backport) {
  const kind = backport ? 'napi9' : 'prebuild';
  const patch = crypto.createHash('sha256').update(patchText).digest('hex').slice(0, 8);
  const libc = process.report?.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';
  const platform = `${process.platform}-${process.arch}${process.platform === 'linux' ? `-${libc}` : ''}`;
  return `sqlite-mc-${version}-${kind}-${patch}-${platform}`;
}

function prebuild() {
  return path.join(source, 'prebuilds', `${process.platform}-${process.arch}.node`);
}

function install(file, key) {
  const fresh = `${sqliteBinding}.${process.pid}`;
  fs.copyFileSync(file, fresh);
  fs.renameSync(fresh, sqliteBinding);
  fs.writeFileSync(keyFile, key);
}

async function build(target) {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'kualik-sqlite-'));
  try {
    const folder = path.join(work, 'node_modules', 'better-sqlite3-multiple-ciphers');
    fs.cpSync(source, folder, { recursive: true });
    fs.cpSync(
      path.join(root, 'node_modules', 'node-addon-api'),
      path.join(work, 'node_modules', 'node-addon-api'),
      { recursive: true },
    );
    backportToNodeApi9(folder);
    const gyp = path.join(root, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
    const headers = nodeHeaders();
    const jobs = String(os.availableParallelism());
    const args = [gyp, 'rebuild', '--release', '--force_build=1', '-j', jobs];
    if (headers) args.push(`--nodedir=${headers}`);
    await run(process.execPath, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.copyFileSync(
      path.join(folder, 'build', 'Release', 'better_sqlite3.node'),
      `${target}.${process.pid}`,
    );
    fs.renameSync(`${target}.${process.pid}`, target);
  } catch (error) {
    const tail = String(error.stderr ?? error.message)
      .trim()
      .split('\n')
      .slice(-12)
      .join('\n');
    throw new Trouble(
      `SQLite could not be built; it needs python3, make, g++ and Node's headers.\n${tail}`,
      { cause: error },
    );
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

/** In a child process, because an add-on that does not fit brings the whole process down. */
async function proveItLoads() {
  const probe = `const D = require('better-sqlite3-multiple-ciphers');
    const d = new D(':memory:', { nativeBinding: ${JSON.stringify(sqliteBinding)} });
    process.stdout.write(d.prepare("select 'Қ' || sqlite_version() v").get().v);`;
  try {
    await run(process.execPath, ['-e', probe], { cwd: root });
  } catch (error) {
    fs.rmSync(keyFile, { force: true });
    throw new Trouble(
      `the SQLite add-on does not load on Node ${process.version}; delete ${path.join(cacheDir, 'native')} and run the set-up again`,
      { cause: error },
    );
  }
}

function readOr(file, otherwise) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}
