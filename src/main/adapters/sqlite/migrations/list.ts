// All migrations in their order, and what each promises to the program of before.
import { first } from './001-first.ts';
import { measures } from './002-measures.ts';
import { evidence } from './003-evidence.ts';
import { register } from './004-register.ts';
import { custody } from './005-custody.ts';
import { outageWatch } from './006-outage-watch.ts';
import { drafts } from './007-drafts.ts';

export interface Migration {
  readonly version: number;
  /**
   * The program that ends one migration earlier may read and write the cache, and nothing is lost
   * when this one opens it again: only what is new is added, and rows written without it are understood.
   */
  readonly backwardSafe: boolean;
  readonly sql: string;
}

export const MIGRATIONS: readonly Migration[] = [
  first,
  measures,
  evidence,
  register,
  custody,
  outageWatch,
  drafts,
];
