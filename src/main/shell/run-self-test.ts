// `kualik --self-test`: the station's own steps through the real processes, printed; no window is shown, nobody logs in.
import originalFs from 'original-fs';
import path from 'node:path';
import { app } from 'electron';
import { testReport, type TestStep } from './policy/test-report.ts';
import type { Processes } from './processes.ts';
import { damagedFiles } from './self-test.ts';
import type { Station } from './station-config.ts';
import { inTerminal, say, within } from './terminal.ts';

async function packageStep(): Promise<TestStep[]> {
  if (!app.isPackaged) return [];
  const began = performance.now();
  const damaged = await damagedFiles(path.dirname(process.execPath), originalFs);
  return [
    {
      name: 'package',
      state: damaged.length === 0 ? 'ok' : 'bad',
      code: damaged.length === 0 ? 'whole' : 'damaged',
      params: damaged.length === 0 ? {} : { count: damaged.length, first: damaged[0]! },
      tookMs: Math.round(performance.now() - began),
    },
  ];
}

async function stationSteps(processes: Processes): Promise<TestStep[]> {
  const answer = await within(processes.call('readiness.station', {}));
  if (answer.ok) return (answer.value as { readonly steps: TestStep[] }).steps;
  return [{ name: 'core', state: 'bad', code: answer.refusal.code, params: {}, tookMs: 0 }];
}

/** Prints and answers the exit code: 0 ready, 1 not ready, 2 the policy is wrong. */
export const selfTest = (start: (station: Station) => Processes): Promise<number> =>
  inTerminal(start, async (processes, language) => {
    const steps = [...(await packageStep()), ...(await stationSteps(processes))];
    const { text, code } = testReport(steps, language);
    say(text);
    return code;
  });
