// Runs the check of the policy on this machine and prints it; no window, no process, no lock.
import fs from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import { readPolicy, stationFilePath } from '../station-config.ts';
import { policyReport } from './check-policy.ts';
import { officerLanguage } from './officer-language.ts';
import { languageOf } from './words.ts';

/** Prints to standard output; answers the exit code. */
export function checkPolicy(): number {
  const effective = readPolicy();
  const used = stationFilePath();
  const older = path.join(path.dirname(used), 'station.json');
  const { text, code } = policyReport(effective, {
    language: languageOf(effective.ok ? effective.policy.language : undefined, process.env),
    own: officerLanguage(app.getPath('userData')),
    unread: path.basename(used) === 'policy.json' && fs.existsSync(older) ? older : null,
    used,
  });
  fs.writeSync(1, `${text}\n`); // at once: the program ends with the next line
  return code;
}
