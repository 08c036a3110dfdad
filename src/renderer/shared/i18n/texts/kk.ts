// The Kazakh tree of texts, the same shape as the Russian one.
import type { Tree } from './ru.ts';
import { act } from './kk/act.ts';
import { batch } from './kk/batch.ts';
import { casework } from './kk/casework.ts';
import { common } from './kk/common.ts';
import { issuance } from './kk/issuance.ts';
import { journal } from './kk/journal.ts';
import { login } from './kk/login.ts';
import { measures } from './kk/measures.ts';
import { monitoring } from './kk/monitoring.ts';
import { outbox } from './kk/outbox.ts';
import { papers } from './kk/papers.ts';
import { pictures } from './kk/pictures.ts';
import { queue } from './kk/queue.ts';
import { readiness } from './kk/readiness.ts';
import { refusals } from './kk/refusals.ts';
import { register } from './kk/register.ts';
import { services } from './kk/services.ts';
import { settings } from './kk/settings.ts';
import { shell } from './kk/shell.ts';
import { stock } from './kk/stock.ts';

export const kk: Tree = {
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
};
