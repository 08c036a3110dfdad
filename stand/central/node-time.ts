// The node's clock told under its own signature, so that a station can hold its clock against it.
import type { NodeTime, SignedNodeTime } from '../../src/shared/central/node-time.ts';
import { canonicalBytes } from '../../src/shared/central/statement.ts';
import type { NodeContext } from './context.ts';
import { refuse } from './refusal.ts';

/** Answers one question, no session needed: a station whose clock is wrong cannot log in. */
export function tellTime(node: NodeContext, question: string): SignedNodeTime {
  const told: NodeTime = {
    type: 'kualik/node-time',
    version: 1,
    question,
    at: node.now().toISOString(),
  };
  const bytes = canonicalBytes(told);
  const cms = node.signList?.(bytes) ?? refuse('not-found');
  return {
    time: Buffer.from(bytes).toString('base64'),
    cms: Buffer.from(cms).toString('base64'),
  };
}
