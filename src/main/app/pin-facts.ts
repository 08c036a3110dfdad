// What the last good PIN told of the token: kept for the session in memory, never the PIN itself.
import type { PinProved } from '../ports/token.ts';
import type { Desk } from './desk.ts';

export type PinFacts = Pick<PinProved, 'pinAlways' | 'factoryPin'>;

const facts = new WeakMap<Desk['deps'], PinFacts>();

/** After each PIN the token took. */
export function notePin(desk: Desk, { pinAlways, factoryPin }: PinFacts): void {
  facts.set(desk.deps, { pinAlways, factoryPin });
}

export const pinFacts = (desk: Desk): PinFacts =>
  facts.get(desk.deps) ?? { pinAlways: false, factoryPin: false };
