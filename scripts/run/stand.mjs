// Starts the training stand in a process of its own and waits for its one line of JSON.
import fs from 'node:fs';
import { end, follow, typescript } from './child.mjs';
import { Trouble } from '../setup/say.mjs';

/**
 * `folder`: the stand's working folder; `portraits`: a folder of portraits instead of drawn ones.
 * Resolves {ready, stop}: `ready` is the stand's own line ({config, …}), `stop` ends it.
 */
export async function startStand({ folder, people = 60, portraits, patience = 180_000 }) {
  fs.mkdirSync(folder, { recursive: true });
  const args = ['--dir', folder, '--people', String(people)];
  if (portraits) args.push('--portraits', portraits);
  const [command, all] = typescript('stand/start.ts', ...args);
  const child = follow(command, all, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ready = await firstLine(child, patience);
  child.stdout.resume();
  return { ready, stop: () => end(child, 10_000) };
}

function firstLine(child, patience) {
  return new Promise((resolve, reject) => {
    let text = '';
    let errors = '';
    const fail = (why) => {
      clearTimeout(limit);
      child.kill('SIGTERM');
      reject(new Trouble(`The training stand did not start: ${why}\n${errors.slice(-4000)}`));
    };
    const limit = setTimeout(() => fail(`no answer within ${patience / 1000} s`), patience);
    child.stderr.on('data', (chunk) => (errors = (errors + chunk).slice(-20_000)));
    child.on('error', (error) => fail(error.message));
    child.on('exit', (code, signal) => fail(`it ended with ${signal ?? `code ${code}`}`));
    child.stdout.on('data', (chunk) => {
      text += chunk;
      for (const line of text.split('\n').slice(0, -1)) {
        const said = parse(line);
        if (!said?.ready) continue;
        clearTimeout(limit);
        child.removeAllListeners('exit');
        resolve(said);
        return;
      }
    });
  });
}

function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
