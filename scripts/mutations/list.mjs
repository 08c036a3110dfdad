// All planted weaknesses: {name, row of docs/security.md, file, change: [search, replace][], test, title?}.
import { CORE_WEAKNESSES } from './core.mjs';
import { HARDENING_WEAKNESSES } from './hardening.mjs';
import { KEY_WEAKNESSES } from './keys.mjs';
import { WINDOW_WEAKNESSES } from './window.mjs';

export const WEAKNESSES = [
  ...WINDOW_WEAKNESSES,
  ...CORE_WEAKNESSES,
  ...KEY_WEAKNESSES,
  ...HARDENING_WEAKNESSES,
];
