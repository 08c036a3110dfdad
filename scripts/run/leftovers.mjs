// Folders and servers of test runs that were killed before they could tidy up: the next run ends and removes them.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const OURS = /^kualik-(?:run|pg)-(\d+)-[0-9A-Za-z]{6}$/;

/** Makes `kualik-<kind>-<own pid>-XXXXXX`: by its name the next run knows whether its owner still lives. */
export const ownFolder = (kind, base = os.tmpdir()) =>
  fs.mkdtempSync(path.join(base, `kualik-${kind}-${process.pid}-`));

/** Removes what dead owners left in `base`, their PostgreSQL first; answers the names. Of living ones nothing is touched. */
export function sweepLeftovers(base = os.tmpdir()) {
  const dead = fs.readdirSync(base).filter((name) => {
    const pid = OURS.exec(name)?.[1];
    return pid !== undefined && !lives(Number(pid));
  });
  for (const name of dead) {
    const folder = path.join(base, name);
    for (const data of [folder, ...inside(folder)]) endServer(path.join(data, 'data'));
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
  return dead;
}

const inside = (folder) =>
  fs
    .readdirSync(folder)
    .filter((name) => name.startsWith('kualik-pg-'))
    .map((name) => path.join(folder, name));

function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM'; // another user's
  }
}

/** Ends a PostgreSQL by the number it wrote itself, when that process is still one of this very folder. */
function endServer(data) {
  try {
    const pid = Number(fs.readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
    const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    if (command.split('\0').includes(data)) process.kill(pid, 'SIGQUIT');
  } catch {
    // It runs no more.
  }
}
