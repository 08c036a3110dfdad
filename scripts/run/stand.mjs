// Starts the training stand in a process of its own and waits for its one line of JSON.
import fs from 'node:fs';
import { end, follow, typescript } from './child.mjs';
import { Trouble } from '../setup/say.mjs';

/** The stand tells each 20th part of its people; on a slow machine that takes some ten seconds. */
const silence = 180_000;

/**
 * `folder`: keeps the stand's data from start to start; without it every start has an untouched copy
 * of what was prepared once a day. `portraits`: a folder of portraits instead of drawn ones.
 * `announce(text)` is told how far it is.
 * Resolves {ready, stop}: `ready` is the stand's own line ({config, pin, officers …}), `stop` ends it.
 */
export async function startStand({ folder, people = 60, portraits, announce = () => {} }) {
  const args = ['--people', String(people)];
  if (folder) args.push('--dir', folder);
  if (folder) fs.mkdirSync(folder, { recursive: true });
  if (portraits) args.push('--portraits', portraits);
  const [command, all] = typescript('stand/start.ts', ...args);
  const child = follow(command, all, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ready = await readyLine(child, announce);
  child.stdout.resume();
  return { ready, stop: () => end(child, 10_000) };
}

/** stdout carries the one line, stderr the log: JSON lines, plain text when something is wrong. */
function readyLine(child, announce) {
  return new Promise((resolve, reject) => {
    const wrong = [];
    const fail = (why) => {
      clearTimeout(limit);
      child.kill('SIGTERM');
      reject(
        new Trouble(`The training stand did not start: ${why}.\n${wrong.slice(-20).join('\n')}`),
      );
    };
    const limit = setTimeout(() => fail(`it said nothing for ${silence / 1000} s`), silence);
    child.on('error', (error) => fail(error.message));
    child.on('exit', (code, signal) => fail(`it ended with ${signal ?? `code ${code}`}`));
    eachLine(child.stderr, (line) => {
      limit.refresh();
      const said = parse(line);
      if (said?.made) announce(`${said.made} of ${said.of} applicants`);
      else if (said === undefined) wrong.push(line);
    });
    eachLine(child.stdout, (line) => {
      const said = parse(line);
      if (!said?.ready) return;
      clearTimeout(limit);
      child.removeAllListeners('exit');
      resolve(said);
    });
  });
}

function eachLine(stream, take) {
  let rest = '';
  stream.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) take(line);
  });
}

function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
