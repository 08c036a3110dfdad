// Our clock against the node's: signed where the station has a pin of the node's signer, else by its header alone.
import { openNodeTime } from '../../shared/cades/node-time.ts';
import type { Desk } from './desk.ts';
import { finding, type Finding } from './step.ts';

const MOST_DRIFT_SECONDS = 60;

/**
 * Asks the node now. Half the round trip is taken off; a minute of drift is a fault, for signatures would
 * carry a wrong time. A time whose signature does not hold is a fault of its own and says nothing of the clock.
 */
export async function clockStep({ deps }: Desk): Promise<Finding> {
  const { pins } = deps.trust;
  const question = deps.clock.sha256(
    new TextEncoder().encode(`${deps.clock.uuid()}${deps.clock.uuid()}`),
  );
  const asked = deps.clock.now().getTime();
  const began = performance.now();
  const answer = pins.length === 0 ? null : await deps.node.nodeTime(question);
  if (answer === null || !answer.ok) return byHeader(deps.node.clockDriftMs());
  const middle = asked + (performance.now() - began) / 2;
  const opened = openNodeTime({ ...answer.value, pins, question });
  if (!opened.ok) return finding('bad', 'time-unproved', { why: opened.code });
  return judged(opened.at.getTime() - middle, 'drift');
}

const judged = (driftMs: number, code: string): Finding => {
  const seconds = Math.round(Math.abs(driftMs) / 1000);
  return finding(seconds > MOST_DRIFT_SECONDS ? 'bad' : 'ok', code, { seconds });
};

/** What the last answer's header said; TLS vouches for it, no signature does. */
function byHeader(driftMs: number | null): Finding {
  if (driftMs === null) return finding('look', 'never-asked');
  const { state, code, params } = judged(driftMs, 'drift-unsigned');
  return finding(state === 'ok' ? 'look' : state, code, params);
}
