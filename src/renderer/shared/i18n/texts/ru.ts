// The Russian tree of texts; its shape is the law for the Kazakh one.
import type { Texts } from '../text-types.ts';
import { act } from './ru/act.ts';
import { batch } from './ru/batch.ts';
import { casework } from './ru/casework.ts';
import { common } from './ru/common.ts';
import { issuance } from './ru/issuance.ts';
import { journal } from './ru/journal.ts';
import { login } from './ru/login.ts';
import { measures } from './ru/measures.ts';
import { monitoring } from './ru/monitoring.ts';
import { outbox } from './ru/outbox.ts';
import { papers } from './ru/papers.ts';
import { pictures } from './ru/pictures.ts';
import { queue } from './ru/queue.ts';
import { readiness } from './ru/readiness.ts';
import { refusals } from './ru/refusals.ts';
import { register } from './ru/register.ts';
import { services } from './ru/services.ts';
import { settings } from './ru/settings.ts';
import { shell } from './ru/shell.ts';
import { stock } from './ru/stock.ts';

export const ru = {
  common,
  refusals,
  shell,
  login,
  queue,
  outbox,
  journal,
  services,
  settings,
  readiness,
  measures,
  monitoring,
  casework,
  act,
  batch,
  issuance,
  papers,
  register,
  stock,
  pictures,
} as const;

export type Tree = Texts<typeof ru>;
