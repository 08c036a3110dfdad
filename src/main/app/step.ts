// One step of the morning card or the self-test: what it finds, and how steps run one after the other.
import type { ReadinessStep } from '../../shared/contract/settings.ts';
import type { Desk } from './desk.ts';

export type Finding = Pick<ReadinessStep, 'state' | 'code' | 'params'>;

export const finding = (
  state: ReadinessStep['state'],
  code: string,
  params: ReadinessStep['params'] = {},
): Finding => ({ state, code, params });

/** A step that falls over is a finding too: the others are looked at all the same. */
async function asked(step: () => Finding | Promise<Finding>, { deps }: Desk): Promise<Finding> {
  try {
    return await step();
  } catch (error) {
    deps.log('step-failed', { kind: error instanceof Error ? error.name : '?' });
    return finding('bad', 'step-failed');
  }
}

/** Runs steps one after the other, each with the time it took. */
export async function inOrder<N extends string, D extends Desk>(
  steps: Readonly<Record<N, (desk: D) => Finding | Promise<Finding>>>,
  desk: D,
): Promise<(Finding & { readonly name: N; readonly tookMs: number })[]> {
  const done: (Finding & { readonly name: N; readonly tookMs: number })[] = [];
  for (const name of Object.keys(steps) as N[]) {
    const began = performance.now();
    const result = await asked(() => steps[name](desk), desk);
    done.push({ name, ...result, tookMs: Math.round(performance.now() - began) });
  }
  return done;
}
